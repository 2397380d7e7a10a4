"""Blocks of a fund, bound to an instance: who has a part in each of them, and how large."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...instances.changes import Crosswalk
from ...instances.common.arrays import BoolArray, FloatArray
from ...instances.instance import Instance
from ...instances.vintages import all_changes
from .apportioning import apportioned, whole_numbers
from .fund_schemes import AREA, GIVEN, INHABITANTS, FundBlock, FundScheme

_NAMED = 5
"""Most municipalities that a sentence names."""


class NotShownError(Exception):
    """A block cannot be worked out; its text says why, and how to mend it."""


@dataclass(frozen=True)
class BoundBlock:
    """A block whose amounts can be worked out.

    Attributes
    ----------
    name : str
    pot : int
        Euro.
    given : tuple of int
        What each municipality has today, where that is known; empty otherwise.
    rule : FundBlock
    values : tuple of int
        What the block is shared by, of each municipality, to scale; empty where it is what they have.
    inside : tuple of bool
        Whether each municipality is of the group.
    weights : tuple of int
        Weight of the degree of equipment of each municipality, to scale.
    on_steps : tuple of int
        Weight of each step of inhabitants, to scale.
    people : tuple of int
        Inhabitants of each municipality.
    """

    name: str
    pot: int
    given: tuple[int, ...]
    rule: FundBlock
    values: tuple[int, ...]
    inside: tuple[bool, ...]
    weights: tuple[int, ...]
    on_steps: tuple[int, ...]
    people: tuple[int, ...]

    def amounts(self, parts: Sequence[Sequence[int]]) -> list[int]:
        """Give the euro of each part of a plan; all municipalities are in one. They sum to the pot.

        Where amounts of today are given, a part has those of its members, and what the rule gives it more, or
        less, than them. Where a plan leaves nobody a part in the block, members count as before they merged.
        """
        had = [sum(self.given[i] for i in part) for part in parts] if self.given else [0] * len(parts)
        if not self.values:
            return had
        by_rule = self._by_rule(parts)
        if not self.given:
            return by_rule
        alone = self._by_rule([(i,) for i in range(len(self.people))])
        return [
            one + rule - sum(alone[i] for i in part)
            for one, rule, part in zip(had, by_rule, parts, strict=True)
        ]

    def _by_rule(self, parts: Sequence[Sequence[int]]) -> list[int]:
        order = sorted(range(len(parts)), key=lambda k: min(parts[k]))  # a tie is one of codes, not of places
        measures = [self.measure(parts[k]) for k in order]
        if not any(measures):
            measures = [sum(self._measure((i,)) for i in parts[k]) for k in order]
        shared = apportioned(self.pot, measures)
        amounts = [0] * len(parts)
        for k, amount in zip(order, shared, strict=True):
            amounts[k] = amount
        return amounts

    def measure(self, part: Sequence[int]) -> int:
        """Give what the part of a plan counts for, in proportion to others."""
        if self.rule.joined == "members":
            return sum(self._measure((i,)) for i in part)
        return self._measure(part)

    def _measure(self, part: Sequence[int]) -> int:
        if not any(self.inside[i] for i in part):
            return 0
        weight = max(self.weights[i] for i in part)
        if self.rule.steps is not None:
            at = bisect_right(self.rule.steps.below, sum(self.people[i] for i in part))
            weight *= self.on_steps[at]
        return weight * sum(self.values[i] for i in part)


def bind_blocks(scheme: FundScheme, instance: Instance) -> tuple[tuple[BoundBlock, ...], dict[str, str]]:
    """Bind the blocks of a scheme to an instance.

    Returns
    -------
    bound : tuple of BoundBlock
    not_shown : dict of str to str
        Why each of the other blocks cannot be worked out.
    """
    pots: dict[str, int] = {}
    if scheme.total is not None and any(block.share is not None for block in scheme.blocks.values()):
        shares = whole_numbers([block.share or 0.0 for block in scheme.blocks.values()])
        pots = dict(zip(scheme.blocks, apportioned(scheme.total, shares), strict=True))
    bound: list[BoundBlock] = []
    not_shown: dict[str, str] = {}
    for name, rule in scheme.blocks.items():
        try:
            bound.append(_bound(name, rule, scheme, pots.get(name), instance))
        except NotShownError as why:
            not_shown[name] = str(why)
    return tuple(bound), not_shown


def _bound(name: str, rule: FundBlock, scheme: FundScheme, pot: int | None, instance: Instance) -> BoundBlock:
    if rule.gap:
        raise NotShownError(rule.gap)
    given = tuple(round(euro) for euro in column(instance, rule.amounts).tolist()) if rule.amounts else ()
    values = () if rule.by == GIVEN else tuple(whole_numbers(column(instance, rule.by)))
    block = BoundBlock(
        name=name,
        pot=sum(given) if pot is None else pot,
        given=given,
        rule=rule,
        values=values,
        inside=_inside(rule.group, scheme, instance),
        weights=_weights(rule, instance),
        on_steps=() if rule.steps is None else tuple(whole_numbers(rule.steps.values)),
        people=tuple(instance.population.tolist()),
    )
    if values and not any(block.measure((i,)) for i in range(len(instance))):
        raise NotShownError("nobody has a part in it")
    return block


def column(instance: Instance, name: str) -> FloatArray:
    """Look up a column that is known of all municipalities, and nowhere below 0.

    Raises
    ------
    NotShownError
        It is not.
    """
    if name == INHABITANTS:
        return instance.population.astype(np.float64)
    if name == AREA:
        return instance.area
    found = instance.people(name)
    found = instance.figure(name) if found is None else found
    if found is None:
        raise NotShownError(
            f"the instance lacks the column '{name}'; add it with: refzones instance add-figures "
            f"{instance.name} FILE --column {name} --out FOLDER"
        )
    if np.isnan(found).any():
        raise NotShownError(f"'{name}' is not known for {_listed(instance, np.isnan(found))}")
    if (found < 0).any():
        raise NotShownError(f"'{name}' is below 0 for {_listed(instance, found < 0)}")
    return found


def lacking_columns(scheme: FundScheme, instance: Instance) -> list[str]:
    """List the columns that blocks of a scheme are about, and that the instance lacks."""
    named = [name for block in scheme.blocks.values() for name in (block.amounts, block.by)]
    own = dict.fromkeys(name for name in named if name not in ("", GIVEN, INHABITANTS, AREA))
    return [name for name in own if instance.people(name) is None and instance.figure(name) is None]


def _weights(rule: FundBlock, instance: Instance) -> tuple[int, ...]:
    if not rule.classes:
        return (1,) * len(instance)
    unknown = np.array([not one for one in instance.classes])
    if unknown.any():
        raise NotShownError(f"the degree of equipment is not known for {_listed(instance, unknown)}")
    return tuple(whole_numbers([rule.classes.get(one, 0.0) for one in instance.classes]))


def _inside(group: str, scheme: FundScheme, instance: Instance) -> tuple[bool, ...]:
    if not group:
        return (True,) * len(instance)
    places = {name: _place(name, instance) for name in scheme.groups[group]}
    lacking = [name for name, place in places.items() if place is None]
    if lacking:
        raise NotShownError(f"the instance lacks {_few(lacking)} of the group '{group}'")
    found = set(places.values())
    return tuple(i in found for i in range(len(instance)))


def _place(name: str, instance: Instance) -> int | None:
    """Find a municipality, or what it became by mergers since."""
    try:
        return instance.find(name)
    except KeyError:
        pass
    became = instance.successor(name)
    if became is not None:
        return became
    changes = Crosswalk.of(all_changes()).follow(name)
    return instance.index.get(changes[-1].code) if changes else None


def _listed(instance: Instance, which: BoolArray) -> str:
    return _few([instance.names[i] for i in np.flatnonzero(which)])


def _few(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
