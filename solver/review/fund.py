"""Who gains and who pays in the municipal fund when a plan is carried out, and how unequal the fund is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...instances.common.arrays import FloatArray
from ...instances.common.problems import reject, suggest
from ...instances.entities import EQUIPMENT
from ...instances.instance import Instance
from ...models.indicators.fund import Fund
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..results.plan import Plan
from .inequality import Inequality, inequality


@dataclass(frozen=True, eq=False)
class FundEffects:
    """What a plan does in the municipal fund by a scheme; changes sum to 0.

    Attributes
    ----------
    fund : Fund
    parts : tuple of tuple of int
        Mergers, then municipalities that stay alone, by instance indices; all municipalities are in one.
    before, after : ndarray of float64, shape (k, b)
        Euro of each part from each block of `Fund.blocks`: what its members have today, and what it has then.
    alone : ndarray of float64, shape (n,)
        Euro of each municipality today, from all blocks.
    """

    fund: Fund
    parts: tuple[tuple[int, ...], ...]
    before: FloatArray
    after: FloatArray
    alone: FloatArray

    @property
    def instance(self) -> Instance:
        """The municipalities."""
        return self.fund.instance

    @cached_property
    def changes(self) -> FloatArray:
        """Euro that each part has more, or less, shape (k,)."""
        changes: FloatArray = (self.after - self.before).sum(axis=1)
        return changes

    @property
    def changes_by_block(self) -> tuple[FloatArray, FloatArray]:
        """Euro that mergers have more of each block, and all others together, each of shape (b,)."""
        merged = np.array([len(part) > 1 for part in self.parts])
        changes = self.after - self.before
        return changes[merged].sum(axis=0), changes[~merged].sum(axis=0)

    @property
    def gaining(self) -> tuple[int, ...]:
        """Places of the parts that have more, the most first."""
        return tuple(k for k in np.argsort(-self.changes, kind="stable").tolist() if self.changes[k] > 0)

    @property
    def paying(self) -> tuple[int, ...]:
        """Places of the parts that have less, the most first."""
        return tuple(k for k in np.argsort(self.changes, kind="stable").tolist() if self.changes[k] < 0)

    @property
    def paid_by_others(self) -> int:
        """Euro that municipalities have less which take part in no merger: the Borsbeek effect."""
        return -int(sum(self.changes[k] for k in self.paying if len(self.parts[k]) == 1))

    def name_of(self, k: int) -> str:
        """Name a part by its members, the largest first."""
        people = self.instance.population
        return ", ".join(self.instance.names[i] for i in sorted(self.parts[k], key=lambda i: -people[i]))

    def inequality_before(self, by: str = "class") -> Inequality:
        """Work out how unequal the fund is per inhabitant today; see `inequality_after`."""
        groups = [self._group((i,), by) for i in range(len(self.instance))]
        return inequality(self.alone, self.instance.population.astype(np.float64), groups)

    def inequality_after(self, by: str = "class") -> Inequality:
        """Work out how unequal the fund is per inhabitant of the new municipalities.

        Parameters
        ----------
        by : str
            What groups are made of: ``class``, the degree of equipment of the best-equipped member, or a
            layer, of the member with the most inhabitants.
        """
        people = self.instance.population.astype(np.float64)
        together = np.array([people[list(part)].sum() for part in self.parts])
        groups = [self._group(part, by) for part in self.parts]
        return inequality(self.after.sum(axis=1), together, groups)

    def _group(self, part: tuple[int, ...], by: str) -> str:
        if by == "class":
            place = {name: rank for rank, names in enumerate(EQUIPMENT) for name in names}
            classes = [self.instance.classes[i] for i in part]
            return min(classes, key=lambda name: (place.get(name, len(place)), name))
        people = self.instance.population
        return self.instance.layers[by].name_of(max(part, key=lambda i: (people[i], -i)))


def check_groups(instance: Instance, by: str) -> None:
    """Make sure that an instance has what groups are made of; see `FundEffects.inequality_after`.

    Raises
    ------
    InputError
        It has no such layer.
    """
    if by not in ("class", *instance.layers):
        reject("there is no such layer", suggest(by, ("class", *instance.layers)), value=by)


def fund_effects(instance: Instance, scenario: Scenario, plan: Plan, scheme: str = "report") -> FundEffects:
    """Work out what a plan does in the municipal fund.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Its table `schemes` may hold the scheme.
    plan : Plan
        Municipalities that it says nothing of stay as they are.
    scheme : str
        Name of a scheme, or the path of a file; see `models.indicators.scheme_files.find_scheme`.

    Raises
    ------
    InputError
        There is no such scheme, or nothing of it can be worked out for this instance.
    """
    instance = framed(instance, scenario)
    fund = Fund(instance, scenario.levels[0], scheme)
    held = {i for merger in plan.mergers for i in merger.members}
    others = [(i,) for i in range(len(instance)) if i not in held]
    parts = (*(merger.members for merger in plan.mergers), *others)
    alone = fund.by_block([(i,) for i in range(len(instance))])
    before = np.array([alone[list(part)].sum(axis=0) for part in parts])
    return FundEffects(fund, parts, before, fund.by_block(parts), alone.sum(axis=1))
