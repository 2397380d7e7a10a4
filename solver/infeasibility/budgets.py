"""Why budgets leave no plan: what plans can have at the least and the most, and which budget is enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from ...instances.common.activity import doing
from ...instances.common.arrays import FloatArray, IntArray
from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...models.scoring.model import Model
from ...models.scoring.scorer import NANO, Scorer
from ..candidates.region import wanted_regions
from ..deadline import Deadline
from ..engines import DEFAULT, engine
from ..regions.answering import Work
from ..regions.region import RegionSolver
from ..regions.together import blocks_of
from ..results.region_result import RegionResult
from ..results.result import PARTITION

Side = Literal["least", "most"]


@dataclass(frozen=True)
class BudgetRepair:
    """A budget that plans break, and the nearest one that allows a plan.

    Attributes
    ----------
    name : str
        The indicator.
    level : {'', 'zones'}
        'zones' where it bounds the zones of a nested scenario.
    key : str
        Of the bound in a scenario file, such as ``budgets.councillors.max``.
    bound : int
        As it is asked for.
    side : {'least', 'most'}
        Which end of what plans have is beyond the bound.
    reached : int or None
        This end: of plans that keep all else, other budgets included; None where there is no such plan.
    alone : int or None
        The same of plans that keep all else but the other budgets.
    before : int
        What the municipalities have, each alone.
    """

    name: str
    level: str
    key: str
    bound: int
    side: Side
    reached: int | None
    alone: int | None
    before: int

    @property
    def enough(self) -> int | None:
        """The nearest value of the bound with which there is a plan; None where no value is enough."""
        if self.reached is None:
            return None
        return self.reached - self.before if self.key.endswith("change") else self.reached

    @property
    def text(self) -> str:
        """Say it in a sentence."""
        asked, reached, enough = f"{self.key} is {self.bound:,}", self.reached, self.enough
        if reached is not None and enough is not None:
            if self.side == "least":
                return f"{asked}; the least that a plan can have is {reached:,}, so {enough:,} is enough"
            return f"{asked}; the most that a plan can have is {reached:,}, so {enough:,} is enough"
        if self.alone is None:
            return ""
        if self.side == "least":
            return f"{asked}; without the other budgets the least that a plan can have is {self.alone:,}"
        return f"{asked}; without the other budgets the most that a plan can have is {self.alone:,}"


def repairs_of_budgets(
    instance: Instance, scenario: Scenario, regions: Sequence[str], deadline: Deadline = Deadline()
) -> tuple[BudgetRepair, ...] | None:
    """Find for each budget the nearest one that allows a plan of all regions together.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Without a plan for these regions.
    regions : sequence of str
    deadline : Deadline

    Returns
    -------
    tuple of BudgetRepair or None
        One for each bound that no plan keeps while all else is kept. None where there is no plan without any
        budget either, or where that is not told in time.
    """
    asking = _Asking(instance, scenario, tuple(regions), deadline)
    if asking.end(scenario, None, "least") is None:
        return None
    with doing("looking for the nearest budget"):
        return tuple(asking.repairs())


@dataclass(frozen=True)
class _Asking:
    instance: Instance
    scenario: Scenario
    regions: tuple[str, ...]
    deadline: Deadline

    def repairs(self) -> Iterator[BudgetRepair]:
        several = sum(len(level.budgets) for level in self.scenario.levels) > 1
        for prefix, level in self.scenario.levels_by_prefix.items():
            for name, budget in level.budgets.items():
                before = self._before(level, name)
                least, most = budget.limits(before)
                others = {key: value for key, value in level.budgets.items() if key != name}
                freed = _with(self.scenario, prefix, {"budgets": others})
                ends: tuple[tuple[Side, int | None], ...] = (("least", most), ("most", least or None))
                for side, bound in ends:
                    if bound is None:
                        continue
                    alone = self.end(self.scenario, (prefix, name), side)
                    reached = self.end(freed, (prefix, name), side, budgets=True) if several else alone
                    beyond = reached is None or (reached > bound if side == "least" else reached < bound)
                    if beyond:
                        yield self._repair(prefix, name, side, reached, alone, before)

    def _repair(
        self, prefix: str, name: str, side: Side, reached: int | None, alone: int | None, before: int
    ) -> BudgetRepair:
        budget = self.scenario.levels_by_prefix[prefix].budgets[name]
        keys = ("max", "most_change") if side == "least" else ("min", "least_change")
        given = [(key, getattr(budget, key)) for key in keys if getattr(budget, key) is not None]
        # of two bounds on the same side the tighter one binds
        sign = 1 if side == "least" else -1
        key, bound = min(
            given, key=lambda one: sign * (one[1] + (before if one[0].endswith("change") else 0))
        )
        quoted = name if name.replace("_", "").isalnum() else f'"{name}"'
        where = f"{prefix}.budgets.{quoted}.{key}" if prefix else f"budgets.{quoted}.{key}"
        return BudgetRepair(name, prefix, where, bound, side, reached, alone, before)

    def _before(self, level: Scenario, name: str) -> int:
        question = Model.of(self.instance, level, self.regions).question
        return next(one.before for one in question.budgets if one.name == name)

    def end(
        self, scenario: Scenario, of: tuple[str, str] | None, side: Side, *, budgets: bool = False
    ) -> int | None:
        """Give the least or the most that plans have in an indicator; None where there is no plan.

        Without an indicator: 0 where there is a plan. Budgets are kept only where that is asked for.
        """
        asked = scenario if budgets else scenario.without_budgets()
        prefix, name = of or ("", "")
        weighed = {f"effect({name})": 1.0 / NANO} if name else {}
        for one in asked.levels_by_prefix:
            asked = _with(asked, one, {"weights": weighed if one == prefix else {}})
        results = self._solved(asked, prefix, side)
        total = 0
        for result in results:
            if result.status != "optimal" or result.score_nano is None:
                return None
            total += abs(result.score_nano)
        return total

    def _solved(self, scenario: Scenario, prefix: str, side: Side) -> Iterator[RegionResult]:
        work = Work.of(self.instance, scenario, PARTITION, DEFAULT, self.regions)
        places = list(scenario.levels_by_prefix)
        for block in blocks_of(work.levels, wanted_regions(self.instance, self.regions)):
            levels = tuple(
                Model(model.question, _Most(model.scorer.instance, model.scenario))
                if side == "most" and place == prefix
                else model
                for place, model in zip(places, block.levels, strict=True)
            )
            solver = RegionSolver(levels, block.region, work.methods, engine(DEFAULT), deadline=self.deadline)
            yield solver.solve()


class _Most(Scorer):
    """Scores so that more of what costs points is better."""

    def nano(self, values: FloatArray, weights: Any = None) -> IntArray:
        """See `Scorer.nano`."""
        return -super().nano(values, weights)


def _with(scenario: Scenario, prefix: str, changes: dict[str, Any]) -> Scenario:
    if not prefix or scenario.zones is None:
        return scenario.model_copy(update=changes)
    return scenario.model_copy(update={"zones": scenario.zones.model_copy(update=changes)})


def explained_budgets(
    instance: Instance, scenario: Scenario, results: Sequence[RegionResult], deadline: Deadline
) -> tuple[RegionResult, ...]:
    """Say of regions that budgets leave without a plan which budgets do so, and what is enough.

    The first region tells it for all; where there is no plan without budgets either, nothing is said.
    """
    repairs = repairs_of_budgets(instance, scenario, [one.name for one in results], deadline)
    texts = [repair.text for repair in repairs or () if repair.text]
    if not texts:
        return tuple(results)
    first, *others = results
    return (replace(first, reason=". ".join([first.reason, *texts])), *others)
