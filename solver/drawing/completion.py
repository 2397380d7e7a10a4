"""The best plan with what was drawn: finished mergers kept as they are, others begun."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ...instances.common.activity import doing
from ...instances.instance import Instance
from ...models.question.each_lock import Lock, lock_text, with_lock
from ...models.question.unchecked import Group
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..deadline import Deadline, Limits
from ..engines import DEFAULT
from ..infeasibility.explanation import EXPLAINING, explain
from ..infeasibility.rules import Rule
from ..progress import Progress
from ..regions.choosing import solver_of
from ..regions.resolver import Resolver
from ..results.result import Result
from ..review.reason import Reason
from ..review.reasons import why_not
from .drawn_plan import checked_groups


@dataclass(frozen=True)
class Unkept:
    """A drawn merger that the completed plan does not keep.

    Attributes
    ----------
    members : tuple of int
    is_finished : bool
        Whether it was to be kept exactly; else its members were to stay together.
    reason : Reason
        Why not: a rule that it breaks, or that no plan holds it.
    """

    members: Group
    is_finished: bool
    reason: Reason


@dataclass(frozen=True)
class Completion:
    """A drawn plan, completed.

    Attributes
    ----------
    scenario : Scenario
        With what was drawn among its locks and existing mergers, as far as it can be kept.
    result : Result
        The best plan under it, region by region.
    locks : tuple of Lock
        What was drawn, as locks.
    unkept : tuple of Unkept
        What was drawn and cannot be kept.
    """

    scenario: Scenario = field(repr=False)
    result: Result
    locks: tuple[Lock, ...]
    unkept: tuple[Unkept, ...]


@doing("completing what was drawn")
def complete_drawn(
    instance: Instance,
    scenario: Scenario,
    finished: Iterable[Iterable[int]],
    begun: Iterable[Iterable[int]] = (),
    *,
    regions: Sequence[str] | None = None,
    level: str = "",
    engine_name: str = DEFAULT,
    workers: int | None = None,
    limits: Limits = Limits(),
    explain_seconds: float = EXPLAINING,
    progress: Progress | None = None,
    resolver: Resolver | None = None,
) -> Completion:
    """Find the best plan with what was drawn.

    A finished merger is kept exactly, whatever its size, as `existing.mode = "keep"` does; the members of one
    that is begun are in one merger, others may join. What the rules or locks of the scenario forbid is
    left out, and told with the reason; so is what leaves a region without a plan, the smallest first of those
    that clash.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    finished, begun : iterable of iterables of int
        Members of each merger; no municipality in two of them. A finished one of one municipality stands
        alone, one that is begun says nothing.
    regions : sequence of str, optional
        Those to answer for; all by default.
    level : {'', 'zones'}
        'zones' where zones of a nested scenario were drawn.
    engine_name, workers, limits, progress
        See `solve`. The limits are for everything.
    explain_seconds : float
        Longest search, a region, for what clashes where there is no plan with what was drawn.
    resolver : Resolver, optional
        Of the same instance: what it answered before is not answered again.

    Returns
    -------
    Completion

    Raises
    ------
    InputError
        A municipality is in two mergers, or the scenario contradicts itself without what was drawn.

    Examples
    --------
    >>> completion = complete_drawn(instance, scenario, finished=[[3, 4]], begun=[[7, 8]])
    >>> completion.result.score, [(one.members, one.reason.text) for one in completion.unkept]
    """
    deadline = limits.start()
    instance = framed(instance, scenario)
    done, open_ones = tuple(map(tuple, finished)), tuple(map(tuple, begun))
    checked_groups(instance, [*done, *open_ones])
    drawn = [_Drawing("existing", tuple(sorted(set(group)))) for group in done if group]
    drawn += [_Drawing("together", tuple(sorted(set(group)))) for group in open_ones if len(set(group)) > 1]
    work = _Completing(instance, scenario, level, drawn)
    solving = solver_of(instance, resolver, engine_name, workers)

    def solved(asked: _Asked, some: Sequence[str], report: Progress | None = None) -> Result:
        within = replace(deadline.limits(), memory=limits.memory)
        return solving(asked.scenario, regions=some, limits=within, progress=report)

    asked, dropped = work.asked({}), dict[_Drawing, Reason]()
    result = solved(asked, list(instance.regions) if regions is None else list(regions), progress)
    while not deadline.passed:
        lost = [region.name for region in result.by_region if region.status == "infeasible"]
        more = work.to_drop(asked, lost, explain_seconds, deadline)
        if not more:
            break
        dropped |= more
        after = work.asked(dropped)
        result = _answered_again(result, solved(after, work.touched(asked, after, result)))
        asked = after
    for one in tuple(dropped) if len(dropped) > 1 else ():
        # another that was dropped later may have been what was in its way
        after = work.asked({other: why for other, why in dropped.items() if other != one})
        answer = solved(after, work.touched(asked, after, result))
        if answer.status != "infeasible" and not deadline.passed:
            del dropped[one]
            result, asked = _answered_again(result, answer), after
    return Completion(asked.scenario, replace(result, scenario=asked.scenario), asked.locks, asked.unkept)


def _answered_again(result: Result, answer: Result) -> Result:
    """Put new answers for some regions in the place of the old ones."""
    new = {region.name: region for region in answer.by_region}
    return replace(result, by_region=tuple(new.get(region.name, region) for region in result.by_region))


@dataclass(frozen=True)
class _Drawing:
    """One merger that was drawn: to be kept exactly, or begun."""

    kind: Literal["existing", "together"]
    members: Group


@dataclass(frozen=True)
class _Asked:
    """A scenario with what was drawn, as far as nothing speaks against it.

    Those that the scenario has itself are among the locks; `added` are the others.
    """

    scenario: Scenario
    locks: tuple[Lock, ...]
    added: dict[_Drawing, Lock]
    unkept: tuple[Unkept, ...]


@dataclass(frozen=True)
class _Completing:
    instance: Instance
    scenario: Scenario
    level: str
    drawn: list[_Drawing]

    def asked(self, dropped: Mapping[_Drawing, Reason]) -> _Asked:
        """Put what was drawn into the scenario, one after the other, but for what is dropped."""
        scenario, locks, added, unkept = self.scenario, list[Lock](), dict[_Drawing, Lock](), list[Unkept]()
        for one in self.drawn:
            reason = dropped.get(one)
            if reason is None:
                reason = why_not(self.instance, scenario, one.kind, one.members, level=self.level)
            if reason is not None and reason.kind not in ("locked already", "stands alone already"):
                unkept.append(Unkept(one.members, one.kind == "existing", reason))
                continue
            lock = Lock(one.kind, one.members, self.level)
            wished = with_lock(self.instance, scenario, lock)
            lock = replace(lock, text=lock_text(self.instance, wished.levels_by_prefix[self.level], lock))
            locks.append(lock)
            if reason is None:
                scenario, added[one] = wished, lock
        return _Asked(scenario, tuple(locks), added, tuple(unkept))

    def to_drop(
        self, asked: _Asked, lost: Sequence[str], seconds: float, deadline: Deadline
    ) -> dict[_Drawing, Reason]:
        """Choose of each region without a plan the smallest of those that leave it without one."""
        found: dict[_Drawing, Reason] = {}
        for region in lost:
            here = [one for one, lock in asked.added.items() if region in lock.regions(self.instance)]
            if here and seconds > 0 and not deadline.passed:
                within = deadline.limits(seconds)
                explanation = explain(self.instance, asked.scenario, region, within, known=True)
                rules = () if explanation is None else explanation.rules
                named = [one for one in here if (one.kind, one.members) in self._keys(rules)]
                if not named and explanation is not None and explanation.irreducible:
                    continue  # there is no plan whatever is drawn
                # where it was not told in time which clash, all of them may
                worst = min(named or here, key=self._size)
                found[worst] = self._reason(worst, rules)
        return found

    def touched(self, before: _Asked, after: _Asked, result: Result) -> list[str]:
        """Name the answered regions in which what is asked changes."""
        changed = before.added.keys() ^ after.added.keys()
        locks = [(before.added | after.added)[one] for one in changed]
        names = {name for lock in locks for name in lock.regions(self.instance)}
        if names and self.scenario.budgeted:  # which binds all regions together
            return [region.name for region in result.by_region]
        return [region.name for region in result.by_region if region.name in names]

    def _keys(self, rules: Iterable[Rule]) -> set[tuple[str, Group]]:
        return {(rule.kind, rule.municipalities) for rule in rules if rule.level == self.level}

    def _reason(self, dropped: _Drawing, rules: Sequence[Rule]) -> Reason:
        own = (dropped.kind, dropped.members)
        texts = "; ".join(rule.text for rule in rules if (rule.kind, rule.municipalities) != own)
        text = "no plan holds it" + (f" together with: {texts}" if texts else "")
        return Reason("contradiction", text, dropped.members)

    def _size(self, drawing: _Drawing) -> tuple[int, Group]:
        return int(self.instance.population[list(drawing.members)].sum()), drawing.members
