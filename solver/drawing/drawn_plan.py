"""A plan drawn by hand, finished or not: the rules that it breaks, its score, its gap to the best plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ...models.question.exemptions import LOCKED
from ...models.question.unchecked import Group, Unchecked
from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import Scorer
from ..recent import Recent
from ..results.mergers import Merger, score_parts
from ..results.points_in_words import points_in_words
from ..results.result import Result
from ..results.status import relative_gap
from .broken_rules import BrokenRule, Drawn


@dataclass(frozen=True)
class DrawnRegion:
    """A region of a drawn plan.

    Attributes
    ----------
    name : str
    unassigned : tuple of int
        Municipalities of it that are in no merger yet, ascending.
    score_nano : int
        Of the mergers with their seat in the region.
    best_nano, bound_nano : int or None
        Score of the best plan that is known, and proved bound; None where none is known.
    is_sound : bool
        Whether no rule is broken in it.
    """

    name: str
    unassigned: Group
    score_nano: int
    best_nano: int | None
    bound_nano: int | None
    is_sound: bool

    @property
    def is_complete(self) -> bool:
        """Whether every municipality has its place."""
        return not self.unassigned

    @property
    def loss_nano(self) -> int | None:
        """What it lacks to the best plan, in nano-points; None while it is incomplete.

        Below zero only where a rule is broken, or where the best plan is not proved.
        """
        if self.best_nano is None or not self.is_complete:
            return None
        return self.best_nano - self.score_nano

    @property
    def gap(self) -> float | None:
        """Relative gap to the proved bound; None while it is incomplete."""
        return relative_gap(self.score_nano, self.bound_nano) if self.is_complete else None


@dataclass(frozen=True)
class DrawnPlan:
    """What there is to say of a drawn plan.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
        What it is judged by, at one level.
    mergers : tuple of Merger
        What was drawn, and whoever stands alone by rule or lock where nothing else was drawn; scored, by
        first member.
    broken : tuple of BrokenRule
    regions : tuple of DrawnRegion
        In the order of the instance.
    """

    instance: Instance = field(repr=False)
    scenario: Scenario = field(repr=False)
    mergers: tuple[Merger, ...]
    broken: tuple[BrokenRule, ...]
    regions: tuple[DrawnRegion, ...]

    @property
    def unassigned(self) -> Group:
        """Municipalities that are in no merger yet, ascending."""
        return tuple(sorted(i for region in self.regions for i in region.unassigned))

    @property
    def is_complete(self) -> bool:
        """Whether every municipality has its place."""
        return not self.unassigned

    @property
    def is_sound(self) -> bool:
        """Whether no rule is broken."""
        return not self.broken

    @property
    def score_nano(self) -> int:
        """Sum of the scores of what is drawn, in nano-points."""
        return sum(merger.score_nano for merger in self.mergers)

    @property
    def loss_nano(self) -> int | None:
        """What the plan lacks to the best one, in nano-points; None while a region has no loss."""
        losses = [region.loss_nano for region in self.regions]
        return None if None in losses else sum(loss for loss in losses if loss is not None)

    @property
    def gap(self) -> float | None:
        """Relative gap to the proved bound; None while it is incomplete, or nothing is proved."""
        bounds = [region.bound_nano for region in self.regions]
        if None in bounds or not self.is_complete:
            return None
        return relative_gap(self.score_nano, sum(bound for bound in bounds if bound is not None))

    @cached_property
    def loss_in_words(self) -> str:
        """The loss as something that people can picture; empty where there is nothing to say."""
        names = [region.name for region in self.regions]
        return points_in_words(self.instance, self.scenario, names, self.loss_nano)


def evaluate_drawn(
    instance: Instance,
    scenario: Scenario,
    groups: Iterable[Iterable[int]],
    *,
    optimum: Result | None = None,
    regions: Sequence[str] | None = None,
    level: str = "",
) -> DrawnPlan:
    """Say which rules a drawn plan breaks, what it scores, and what it lacks to the best plan.

    It may be unfinished: a municipality in no group has no place yet, unless it stands alone by rule or lock.
    What such municipalities may still mend is marked (`BrokenRule.is_open`), and a merger that they would
    join is told which of them. Nothing is solved; see `complete_drawn` for the best way to finish it.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        May contradict itself.
    groups : iterable of iterables of int
        Members of each merger.
    optimum : Result, optional
        The answer to the scenario, as far as it is known.
    regions : sequence of str, optional
        Those to look at; by default those with a municipality in a group.
    level : {'', 'zones'}
        'zones' for zones of a nested scenario. Of such a scenario losses and gaps are not known, as a drawn
        plan has one level.

    Returns
    -------
    DrawnPlan

    Raises
    ------
    InputError
        A municipality is in two groups, or is none of the instance; or there is no such region.

    Examples
    --------
    >>> drawn = evaluate_drawn(instance, scenario, [[3, 4], [7]], optimum=solve(instance, scenario))
    >>> [rule.text for rule in drawn.broken], drawn.loss_nano, drawn.unassigned
    """
    of, scorer = _prepared(instance, scenario, level)
    instance = of.instance
    drawn = _drawn(of, checked_groups(instance, groups), regions)
    standing = {(i,): rule for i, rule in of.standing.items()}
    kept = {lock.municipalities: LOCKED for lock in of.kept if len(lock.municipalities) > 1}
    mergers = tuple(score_parts(scorer, drawn.groups, standing | kept))
    broken = (*drawn.broken(), *_seats(of, mergers))
    known = optimum if scenario.zones is None else None
    by_region = tuple(_region(instance, r, drawn, mergers, broken, known) for r in drawn.regions)
    return DrawnPlan(instance, of.scenario, mergers, broken, by_region)


_LAST: Recent[tuple[str, str], tuple[Instance, Unchecked, Scorer]] = Recent(4)
"""What was made for the last scenarios: a plan is judged after each stroke, under the same one."""


def _prepared(instance: Instance, scenario: Scenario, level: str) -> tuple[Unchecked, Scorer]:
    """Put a scenario to an instance, or take what was made of it before."""
    key = scenario.model_dump_json(), level
    known = _LAST.get(key)
    if known is None or known[0] is not instance:
        of = Unchecked.of(instance, scenario, level)
        known = instance, of, Scorer(of.instance, of.scenario)
        _LAST.put(key, known)
    return known[1:]


def checked_groups(instance: Instance, groups: Iterable[Iterable[int]]) -> tuple[Group, ...]:
    """Sort groups by first member, each ascending, without empty ones.

    Raises
    ------
    InputError
        A municipality is in two of them, or is none of the instance.
    """
    problems, seen = Problems(), set[int]()
    found = []
    for group in groups:
        members = sorted(set(group))
        for i in members:
            if not 0 <= i < len(instance):
                problems.add(f"there is no municipality {i}; they are numbered 0 to {len(instance) - 1}")
            elif i in seen:
                problems.add(f"{instance.label(i)} is in two of the mergers", "leave it out of one of them")
        seen.update(members)
        found += [tuple(members)] if members else []
    problems.raise_if_any()
    return tuple(sorted(found))


def _drawn(of: Unchecked, groups: tuple[Group, ...], regions: Sequence[str] | None) -> Drawn:
    instance = of.instance
    touched = {int(instance.region[i]) for group in groups for i in group}
    wanted = touched if regions is None else touched | set(instance.region_indices(regions))
    held = {i for group in groups for i in group}
    missing = [i for r in sorted(wanted) for i in instance.members(r).tolist() if i not in held]
    alone = [(i,) for i in missing if i in of.standing]
    whole = tuple(sorted([*groups, *alone]))
    unassigned = tuple(sorted(i for i in missing if i not in of.standing))
    return Drawn(of, whole, unassigned, tuple(sorted(wanted)))


def _seats(of: Unchecked, mergers: Sequence[Merger]) -> list[BrokenRule]:
    """Locked seats that are not the seat of their merger."""
    names, found = of.instance.names, []
    for lock in of.locks:
        if lock.kind != "seat":
            continue
        for merger in mergers:
            (i,) = lock.municipalities
            if i in merger.members and merger.seat != i:
                text = f"{names[i]} is to be the seat of its merger; the seat is {names[merger.seat]}"
                found.append(BrokenRule("lock", text, merger.members, (i,), lock=lock))
    return found


def _region(
    instance: Instance,
    region: int,
    drawn: Drawn,
    mergers: Sequence[Merger],
    broken: Sequence[BrokenRule],
    optimum: Result | None,
) -> DrawnRegion:
    name, place = instance.regions[region], instance.region
    answers = {} if optimum is None else {one.name: one for one in optimum.by_region}
    best = answers.get(name)
    return DrawnRegion(
        name,
        tuple(i for i in drawn.unassigned if place[i] == region),
        sum(merger.score_nano for merger in mergers if place[merger.seat] == region),
        None if best is None else best.score_nano,
        None if best is None else best.bound_nano,
        not any(_is_about(rule, region, instance) for rule in broken),
    )


def _is_about(rule: BrokenRule, region: int, instance: Instance) -> bool:
    concerned = {*rule.merger, *rule.municipalities}
    if not concerned:
        return instance.regions[region] in rule.names
    return any(int(instance.region[i]) == region for i in concerned)
