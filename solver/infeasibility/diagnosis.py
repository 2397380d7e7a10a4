"""Whether each region has a plan, and if not why, and what is enough to change: of any scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ...instances.common.activity import doing
from ...instances.common.problems import InputError
from ...instances.instance import Instance
from ...models.question.builder import ask
from ...models.question.differences import Difference, scenario_differences
from ...models.question.each_lock import Lock, locks_of, with_lock, without_lock
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..deadline import Deadline, Limits, TimeUpError
from ..results.plan import Plan
from ..verification.verifier import verify
from .explanation import EXPLAINING, Explanation, explain
from .feasibility import Feasibility
from .minimal_repair import Repair
from .params import ExplanationParams
from .rules import Rule

Verdict = Literal["plan", "no plan", "contradiction", "not known"]
"""'plan': there is one; 'no plan': it is proved that there is none; 'contradiction': the scenario contradicts
itself or the instance; 'not known': not told in time."""


@dataclass(frozen=True)
class Remedy:
    """A change with which a region has a plan, which is verified; of one thing where one is enough.

    Attributes
    ----------
    text : str
        For people.
    scenario : Scenario
        With the change.
    differences : tuple of Difference
        What is changed, one by one; more than one where one word of a scenario needs another.
    least : bool
        Whether no smaller amount is enough.
    """

    text: str
    scenario: Scenario = field(repr=False)
    differences: tuple[Difference, ...]
    least: bool = True


@dataclass(frozen=True)
class Diagnosis:
    """What is to be said of a region under a scenario.

    Attributes
    ----------
    region : str
    verdict : Verdict
    problems : tuple of str
        What the scenario contradicts, in words; empty but for a contradiction.
    explanation : Explanation or None
        The rules that clash; None where there is a plan, or where that is not told.
    rules : tuple of Rule
        These rules, each with its `kind`, its municipalities and the lock that it is.
    locks : tuple of Lock
        Locks that clash: those among the rules, and those without any one of which there is a plan.
    remedies : tuple of Remedy
        Single changes, each enough by itself. Where there is none, the locks of which all have to go: a
        correction set, none of which can be taken back.
    """

    instance: Instance = field(repr=False)
    region: str
    verdict: Verdict
    problems: tuple[str, ...] = ()
    explanation: Explanation | None = None
    locks: tuple[Lock, ...] = ()
    remedies: tuple[Remedy, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that cannot hold together."""
        return () if self.explanation is None else self.explanation.rules

    @property
    def text(self) -> str:
        """All of it in a few sentences; empty where there is a plan."""
        told = [] if self.explanation is None else [self.explanation.in_words(seen=not self.problems)]
        return ". ".join([*(["; ".join(self.problems)] if self.problems else []), *told])


@doing("looking for what clashes")
def diagnose(
    instance: Instance,
    scenario: Scenario,
    regions: Sequence[str] | None = None,
    *,
    limits: Limits = Limits(EXPLAINING),
    params: ExplanationParams = ExplanationParams(),
) -> tuple[Diagnosis, ...]:
    """Say of each region whether it has a plan; where it has none why, and what is enough to change.

    Any scenario will do: one that contradicts itself, which `solve` refuses, is told like one without a plan.
    Budgets are passed over: where the rules of a region leave it a plan, it is not known whether they do too.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    regions : sequence of str, optional
        All by default.
    limits : Limits
        For each region; `EXPLAINING` seconds by default.
    params : ExplanationParams

    Returns
    -------
    tuple of Diagnosis
        In the order of the regions.

    Examples
    --------
    >>> scenario = Scenario.from_dict({"preset": "mergers", "locks": {"together": [["Gent", "Aalter"]]}})
    >>> (found,) = diagnose(load(), scenario, ["Gent"])
    >>> found.verdict, [remedy.text for remedy in found.remedies]
    """
    instance = framed(instance, scenario)
    names = instance.regions if regions is None else regions
    instance.region_indices(names)
    budgeted, free = bool(scenario.budgeted), scenario.without_budgets()
    return tuple(_Diagnosing(instance, free, name, params, budgeted).told(limits.start()) for name in names)


@dataclass
class _Diagnosing:
    instance: Instance
    scenario: Scenario
    region: str
    params: ExplanationParams
    budgeted: bool = False

    def told(self, deadline: Deadline) -> Diagnosis:
        problems = self._contradictions(self.scenario)
        explanation = self._explained(deadline)
        if not problems and explanation is None:
            verdict: Verdict = "not known" if self.budgeted else self._feasible(deadline)
            return Diagnosis(self.instance, self.region, verdict)
        repairs = () if explanation is None else explanation.repairs
        remedies = [self._remedy(repair) for repair in repairs]
        remedies += self._without_one(self._locks(explanation, remedies), deadline)
        if problems:
            remedies += self._without_locks(deadline, remedies)
        if not remedies:
            remedies += self._without_several(deadline)
        return Diagnosis(
            self.instance,
            self.region,
            "contradiction" if problems else "no plan",
            problems,
            explanation,
            self._locks(explanation, remedies),
            tuple(remedies),
        )

    def _contradictions(self, scenario: Scenario) -> tuple[str, ...]:
        found: list[str] = []
        for level in scenario.levels:
            try:
                ask(self.instance, level, [self.region])
            except InputError as error:
                found += [problem.what for problem in error.problems]
        return tuple(dict.fromkeys(found))

    def _explained(self, deadline: Deadline) -> Explanation | None:
        try:
            return explain(self.instance, self.scenario, self.region, deadline.limits(), params=self.params)
        except InputError:  # a side constraint that an explanation does not know
            return None

    def _feasible(self, deadline: Deadline) -> Verdict:
        plan = self._plan(self.scenario, deadline)
        return "plan" if plan else "not known"

    def _plan(self, scenario: Scenario, deadline: Deadline) -> bool:
        """Whether a plan is found that the verifier agrees with."""
        test = Feasibility(self.instance, self.region, deadline, self.params)
        try:
            parts = test.plan(scenario)
            if not isinstance(parts, tuple):
                return False
            plan = Plan.of(self.instance, scenario, *parts)
        except (InputError, TimeUpError):
            return False
        return not verify(self.instance, scenario, plan, regions=[self.region])

    def _remedy(self, repair: Repair) -> Remedy:
        changed = scenario_differences(self.instance, self.scenario, repair.scenario)
        return Remedy(repair.text, repair.scenario, changed, repair.least)

    def _without_locks(self, deadline: Deadline, known: Sequence[Remedy]) -> Iterator[Remedy]:
        """Leave out one lock: a search does not see every contradiction, such as a border added abroad."""
        seen = {one.lock for remedy in known if len(remedy.differences) == 1 for one in remedy.differences}
        for lock in self._locks_here():
            if lock in seen or deadline.passed:
                continue
            scenario = without_lock(self.instance, self.scenario, lock)
            if not self._contradictions(scenario) and self._plan(scenario, deadline):
                changed = scenario_differences(self.instance, self.scenario, scenario)
                yield Remedy(f"drop the lock {lock.text}", scenario, changed)

    def _without_one(self, locks: Sequence[Lock], deadline: Deadline) -> Iterator[Remedy]:
        """Take one municipality out of a group of three or more that is locked together or apart."""
        for lock in locks:
            several = lock.kind in ("together", "apart") and len(lock.municipalities) > 2
            for i in lock.municipalities if several else ():
                if deadline.passed:
                    return
                rest = tuple(j for j in lock.municipalities if j != i)
                free = without_lock(self.instance, self.scenario, lock)
                scenario = with_lock(self.instance, free, replace(lock, municipalities=rest))
                if not self._contradictions(scenario) and self._plan(scenario, deadline):
                    changed = scenario_differences(self.instance, self.scenario, scenario)
                    text = f"take {self.instance.names[i]} out of the lock {lock.text}"
                    yield Remedy(text, scenario, changed)

    def _without_several(self, deadline: Deadline) -> Iterator[Remedy]:
        """Leave out locks until there is a plan, and take back those that it does not need to do without."""
        dropped = list(self._locks_here())
        if not self._has_plan(dropped, deadline):
            return
        for lock in tuple(dropped):
            fewer = [other for other in dropped if other != lock]
            if self._has_plan(fewer, deadline):
                dropped = fewer
        scenario = self._dropping(dropped)
        changed = scenario_differences(self.instance, self.scenario, scenario)
        texts = "; ".join(lock.text for lock in dropped)
        yield Remedy(f"drop {len(dropped)} locks: {texts}", scenario, changed, not deadline.passed)

    def _has_plan(self, dropped: Sequence[Lock], deadline: Deadline) -> bool:
        scenario = self._dropping(dropped)
        return not deadline.passed and not self._contradictions(scenario) and self._plan(scenario, deadline)

    def _dropping(self, locks: Sequence[Lock]) -> Scenario:
        scenario = self.scenario
        for lock in locks:
            scenario = without_lock(self.instance, scenario, lock)
        return scenario

    def _locks_here(self) -> tuple[Lock, ...]:
        """Locks of a municipality of the region."""
        regions, region = self.instance.regions, self.instance.region
        return tuple(
            lock
            for lock in locks_of(self.instance, self.scenario)
            if any(regions[region[i]] == self.region for i in lock.municipalities)
        )

    def _locks(self, explanation: Explanation | None, remedies: Sequence[Remedy]) -> tuple[Lock, ...]:
        rules = () if explanation is None else explanation.rules
        clashing = {rule.lock for rule in rules} | {
            one.lock for remedy in remedies for one in remedy.differences if one.kind == "unlocked"
        }
        return tuple(lock for lock in locks_of(self.instance, self.scenario) if lock in clashing)
