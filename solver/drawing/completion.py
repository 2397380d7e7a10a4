"""The best plan with what was drawn: finished mergers kept as they are, others begun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ...instances.common.activity import doing
from ...instances.instance import Instance
from ...models.question.each_lock import Lock, LockKind, lock_text, with_lock
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

_ROUNDS = 20  # times that a lock is left out and a region solved again


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
    asked = [("existing", tuple(sorted(set(group)))) for group in done]
    asked += [("together", tuple(sorted(set(group)))) for group in open_ones]
    work = _Completing(instance, scenario, level, scenario)
    for kind, members in asked:
        if len(members) > (kind == "together"):
            work.add("together" if kind == "together" else "existing", members)
    names = list(instance.regions) if regions is None else list(regions)

    solving = solver_of(instance, resolver, engine_name, workers)

    def solved(some: Sequence[str], report: Progress | None) -> Result:
        left = deadline.remaining
        within = Limits(None if left is None else max(left, 1e-3), limits.memory)
        return solving(work.wished, regions=some, limits=within, progress=report)

    result = solved(names, progress)
    for _ in range(_ROUNDS):
        lost = [region.name for region in result.by_region if region.status == "infeasible"]
        again = [name for name in lost if work.loosen(name, explain_seconds, deadline)]
        if not again or deadline.passed:
            break
        answers = {region.name: region for region in solved(again, None).by_region}
        by_region = tuple(answers.get(region.name, region) for region in result.by_region)
        result = _with(result, work.wished, by_region)
    return Completion(work.wished, _with(result, work.wished, result.by_region), *work.told)


def _with(result: Result, scenario: Scenario, by_region: Sequence[object]) -> Result:
    from dataclasses import replace

    return replace(result, scenario=scenario, by_region=tuple(by_region))  # type: ignore[arg-type]


@dataclass
class _Completing:
    instance: Instance
    scenario: Scenario
    level: str
    wished: Scenario
    locks: list[Lock] = field(default_factory=list)
    unkept: list[Unkept] = field(default_factory=list)

    def add(self, kind: LockKind, members: Group) -> None:
        """Take a drawn merger, unless what is asked already speaks against it."""
        reason = why_not(self.instance, self.wished, kind, members, level=self.level)
        if reason is None or reason.kind in ("locked already", "stands alone already"):
            lock = Lock(kind, members, self.level)
            wished = with_lock(self.instance, self.wished, lock)
            asked = wished.levels_by_prefix[self.level]
            self.locks.append(Lock(kind, members, self.level, lock_text(self.instance, asked, lock)))
            if reason is None:
                self.wished = wished
        else:
            self.unkept.append(Unkept(members, kind == "existing", reason))

    def loosen(self, region: str, seconds: float, deadline: Deadline) -> bool:
        """Leave out a drawn merger that leaves a region without a plan; tell whether there was one."""
        drawn = {lock.municipalities: lock for lock in self.locks if region in lock.regions(self.instance)}
        left = seconds if deadline.remaining is None else min(seconds, deadline.remaining)
        if not drawn or left <= 0:
            return False
        explanation = explain(self.instance, self.wished, region, Limits(left), known=True)
        rules = () if explanation is None else explanation.rules
        named = [drawn[members] for members in self._of_rules(rules) if members in drawn]
        # where it was not told in time which clash, all of them may
        worst = min(named or drawn.values(), key=self._size)
        texts = "; ".join(rule.text for rule in rules if rule.municipalities != worst.municipalities)
        text = "no plan holds it" + (f" together with: {texts}" if texts else "")
        self.locks.remove(worst)
        kept = tuple(self.locks)
        self.unkept.append(
            Unkept(
                worst.municipalities,
                worst.kind == "existing",
                Reason("contradiction", text, worst.municipalities),
            )
        )
        self.wished, self.locks = self.scenario, []
        for lock in kept:
            self.add(lock.kind, lock.municipalities)
        return True

    def _of_rules(self, rules: Iterable[Rule]) -> Iterator[Group]:
        for rule in rules:
            if rule.key[0] in ("together", "existing") and rule.level == self.level:
                yield rule.municipalities

    def _size(self, lock: Lock) -> tuple[int, Group]:
        return int(self.instance.population[list(lock.municipalities)].sum()), lock.municipalities

    @property
    def told(self) -> tuple[tuple[Lock, ...], tuple[Unkept, ...]]:
        """What is kept, and what is not."""
        return tuple(self.locks), tuple(self.unkept)
