"""What a wish costs: in points, in each term, and in mergers that change."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ...instances.instance import Instance
from ...models.question.locks import join_groups
from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import NANO, Scorer
from ..results.mergers import Merger
from ..results.plan import Plan
from ..results.region_result import RegionResult
from ..results.result import Result

Exchange = tuple[tuple[Merger, ...], tuple[Merger, ...]]
"""Parts of a plan, and what the same municipalities become."""


@dataclass(frozen=True)
class TermDifference:
    """What a wish costs in one term.

    Attributes
    ----------
    name : str
        At the nested level ``zones.coverage`` is the term of the zones.
    unit : str
    better : {'more', 'less'}
    before, after : float
        Value of the plan and of the one with the wish, in the unit.
    cost_nano : int
        What the difference costs, in nano-points; below zero where the wish gains. The costs of all terms sum
        to the cost of the wish.
    """

    name: str
    unit: str
    better: Literal["more", "less"]
    before: float
    after: float
    cost_nano: int


@dataclass(frozen=True)
class RegionChange:
    """What a wish changes in one region.

    Attributes
    ----------
    region : str
    before, after : tuple of Merger
        Mergers (zones at the level of zones) that the plan has and the one with the wish has not, and those
        that it has instead, by first member. Empty where all stay, and only what they score changes: with
        other borders the same mergers can be worth more or less.
    zones_before, zones_after : tuple of Merger
        The same for zones, at the nested level.
    cost_nano : int
    """

    region: str
    before: tuple[Merger, ...]
    after: tuple[Merger, ...]
    zones_before: tuple[Merger, ...]
    zones_after: tuple[Merger, ...]
    cost_nano: int

    @property
    def has_other_mergers(self) -> bool:
        """Whether mergers or zones change, and not only what they score."""
        return bool(self.before or self.zones_before)


@dataclass(frozen=True)
class WhatIfAnswer:
    """What the best plan with a wish is, and what it costs.

    Attributes
    ----------
    scenario : Scenario
        That of the plan, with the wish among its locks and existing mergers.
    before : Result
        The plan that the wish is held against.
    result : Result or None
        The best plan with the wish: the regions that were solved again, and the others as they were. None
        where the wish contradicts a rule.
    regions : tuple of str
        Those that the wish concerns.
    solved : tuple of str
        Those of them that were solved again; in the others the plan has the wish already.
    problems : tuple of str
        The rules that the wish contradicts, in words.
    """

    scenario: Scenario
    before: Result
    result: Result | None
    regions: tuple[str, ...]
    solved: tuple[str, ...]
    problems: tuple[str, ...] = ()

    def __repr__(self) -> str:
        cost = "no plan" if self.cost_nano is None else f"costs {self.cost_nano / NANO:,.4f} points"
        return f"<WhatIfAnswer '{self.scenario.name}' on {self.before.instance.name}: {cost}>"

    @property
    def held(self) -> bool:
        """Whether the plan has the wish already."""
        return not self.solved and self.result is not None

    @property
    def possible(self) -> bool:
        """Whether there is a plan with the wish."""
        return self.result is not None and all(after.score_nano is not None for _, after in self._pairs())

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why there is no plan with the wish, in words; empty where there is one."""
        if self.result is None:
            return self.problems
        return tuple(
            f"{after.name}: {after.status}: {after.reason}"
            for _, after in self._pairs()
            if after.score_nano is None
        )

    @cached_property
    def cost_nano(self) -> int | None:
        """What the plan scores more than the one with the wish, in nano-points; None where there is none.

        Never below zero where the plan is proved and the wish only forbids. Who is wished alone, and a merger
        that is wished as it is, are exempt from bounds that the plan keeps: such a wish may gain. So may a
        seat that is wished where seats are the best-equipped members.
        """
        return sum(_cost(*pair) for pair in self._pairs()) if self.possible else None

    @cached_property
    def at_least_nano(self) -> int | None:
        """What the wish costs at least, whatever is not proved; None where no bound says."""
        return self._summed([self._least(*pair) for pair in self._pairs()])

    @cached_property
    def at_most_nano(self) -> int | None:
        """What the wish costs at most, held against the bound of the plan; None where no bound says."""
        return self._summed([_difference(b.bound_nano, a.score_nano) for b, a in self._pairs()])

    @property
    def proved(self) -> bool:
        """Whether the cost is exact: optima are proved with the wish and without, where it matters."""
        return self.possible and self.at_least_nano == self.cost_nano == self.at_most_nano

    @property
    def unproved(self) -> tuple[str, ...]:
        """Regions of the wish in which the plan that it is held against is not proved."""
        return tuple(before.name for before, _ in self._pairs() if before.status != "optimal")

    @cached_property
    def terms(self) -> tuple[TermDifference, ...]:
        """The difference in each term, in the order of the weights; empty where there is no plan."""
        if self.result is None or not self.possible:
            return ()
        instance, plans = self.before.instance, (self.before, self.result)
        before, after = (Plan(r.mergers, r.zones, instance, self.scenario).terms for r in plans)
        nano = [_by_term(instance, self.scenario, result) for result in plans]
        return tuple(
            TermDifference(name, old.unit, old.better, old.value, after[name].value, nano_before - nano_after)
            for (name, old), nano_before, nano_after in zip(before.items(), *nano, strict=True)
        )

    @cached_property
    def changed(self) -> tuple[RegionChange, ...]:
        """What changes, region by region; regions that stay as they are, at the same score, have no entry."""
        changes = []
        for old, new in self._pairs() if self.possible else ():
            before, after = _apart(old.mergers, new.mergers)
            zones_before, zones_after = _apart(old.zones, new.zones)
            change = RegionChange(old.name, before, after, zones_before, zones_after, _cost(old, new))
            if change.has_other_mergers or change.cost_nano:
                changes.append(change)
        return tuple(changes)

    def _pairs(self) -> Iterator[tuple[RegionResult, RegionResult]]:
        """Answers without the wish and with it, for the regions that it concerns."""
        answered = () if self.result is None else self.result.by_region
        for before, after in zip(self.before.by_region, answered, strict=bool(answered)):
            if before.name in self.regions:
                yield before, after

    def _least(self, before: RegionResult, after: RegionResult) -> int | None:
        if before.name not in self.solved:
            return 0  # every plan with what the plan has is one without the wish too
        return _difference(before.score_nano, after.bound_nano)

    def _summed(self, parts: Sequence[int | None]) -> int | None:
        if not self.possible or None in parts:
            return None
        return sum(part for part in parts if part is not None)


def exchanges(before: Sequence[Merger], after: Sequence[Merger]) -> list[Exchange]:
    """Put together the parts that exchange municipalities with each other.

    Parameters
    ----------
    before, after : sequence of Merger
        They hold the same municipalities.

    Returns
    -------
    list of (tuple of Merger, tuple of Merger)
        Each as small as can be, by first member.
    """
    return [
        (
            tuple(part for part in before if part.members[0] in group),
            tuple(part for part in after if part.members[0] in group),
        )
        for group in join_groups(part.members for part in (*before, *after))
    ]


def _apart(
    before: Sequence[Merger], after: Sequence[Merger]
) -> tuple[tuple[Merger, ...], tuple[Merger, ...]]:
    """Leave out the parts that both have, with the same seat."""
    both = {(part.members, part.seat) for part in before} & {(part.members, part.seat) for part in after}
    gone, new = (
        tuple(part for part in parts if (part.members, part.seat) not in both) for parts in (before, after)
    )
    return gone, new


def _cost(before: RegionResult, after: RegionResult) -> int:
    assert before.score_nano is not None
    assert after.score_nano is not None
    return before.score_nano - after.score_nano


def _difference(more: int | None, less: int | None) -> int | None:
    return None if more is None or less is None else more - less


def _by_term(instance: Instance, scenario: Scenario, result: Result) -> list[int]:
    """Nano-points of a plan by term, those of zones after those of mergers."""
    levels = zip(scenario.levels, (result.mergers, result.zones), strict=False)
    return [nano for level, parts in levels for nano in _summed_terms(Scorer(instance, level), parts)]


def _summed_terms(scorer: Scorer, parts: Sequence[Merger]) -> list[int]:
    shares = [_shares(scorer, part) for part in parts]
    return [sum(column) for column in zip(*shares, strict=True)] if shares else [0] * len(scorer.terms)


def _shares(scorer: Scorer, part: Merger) -> list[int]:
    """Divide the score of a part among the terms, in whole nano-points (largest remainders).

    The score is rounded once for all terms together. Divided merger by merger, what a plan scores in each
    term sums to its score, and mergers that two plans share make no difference.
    """
    weights = [scorer.scenario.weights[term.name] for term in scorer.terms]
    exact = [
        NANO * (term.sense * weight * (value / scorer.divisor(term)))
        for term, weight, value in zip(scorer.terms, weights, part.values, strict=True)
    ]
    nano = [math.floor(points) for points in exact]
    weighted = [k for k, weight in enumerate(weights) if weight > 0]
    if weighted:
        each, rest = divmod(part.score_nano - sum(nano), len(weighted))
        order = sorted(weighted, key=lambda k: (nano[k] - exact[k], k))
        for place, k in enumerate(order):
            nano[k] += each + (place < rest)
    return nano
