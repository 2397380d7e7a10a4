"""Why a region has no plan: the smallest set of rules that clash, and the single changes that are enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ...instances.common.activity import doing
from ...instances.common.problems import InputError
from ...instances.instance import Instance
from ...models.question.builder import ask
from ...models.scenario.scenario import Scenario
from ...models.scorer import Scorer
from ..deadline import Deadline, TimeUpError
from ..results.mergers import make_parts
from ..results.plan import Plan
from ..results.result import Result
from ..verification.verifier import verify
from .changes_of_rules import changes_of
from .feasibility import Feasibility, RuleKey
from .islands import ways_off
from .nearest import Relaxation
from .obstacles import Obstacle, obstacles_of
from .rules import Rule, rules_of

EXPLAINING = 15.0
"""Seconds for one region, where nothing else is said."""

_CLASH = 0.5  # share of the time for the rules that clash; the rest is for what is enough to change


@dataclass(frozen=True)
class Explanation:
    """Why a region has no plan.

    Attributes
    ----------
    region : str
    rules : tuple of Rule
        They cannot hold together, whatever other rules are given up; empty where that was not told in time.
        What it means to give a rule up is said by `Level`.
    unsure : tuple of Rule
        Those of which it could not be told in time whether the clash needs them. Of each other one it is
        proved that without it the rest of the clash leaves the region a plan.
    municipalities : tuple of int
        Whom the rules name, and who is cut off.
    relaxations : tuple of Relaxation
        Single changes that give the region a plan, each by the least amount that is enough by itself.
    apart, obstacles : tuple of str
        What shows without a search, in words: who lies apart and is too few, and what else. Each leaves the
        region without a plan by itself.
    undecided : tuple of str
        Single changes of which it was not told in time whether they are enough. All others that give way on
        a rule are proved not to be.
    """

    region: str
    rules: tuple[Rule, ...]
    unsure: tuple[Rule, ...]
    municipalities: tuple[int, ...]
    relaxations: tuple[Relaxation, ...]
    apart: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()

    @property
    def minimal(self) -> bool:
        """Whether no rule of the clash can be spared, proved."""
        return bool(self.rules) and not self.unsure

    def in_words(self, *, seen: bool = True) -> str:
        """Say it in a few sentences; without what shows before a search where that is said already."""
        return ". ".join([*(self.apart + self.obstacles if seen else ()), *self._sentences()])

    def _sentences(self) -> Iterator[str]:
        texts = "; ".join(rule.text for rule in self.rules)
        if not self.rules:
            yield "which rules clash was not found out"
        elif len(self.rules) == 1:
            yield f"this rule leaves no plan by itself: {texts}"
        elif self.minimal:
            yield f"these rules cannot hold together: {texts} (they could without any one of them)"
        else:
            unsure = "; ".join(rule.text for rule in self.unsure)
            open_ones = f"not found out whether all are needed: {unsure}"
            yield f"these rules cannot hold together: {texts} ({open_ones})"
        if self.relaxations:
            yield "Enough by itself: " + " or ".join(change.text for change in self.relaxations)
        elif self.rules and not self.undecided:
            yield "Enough by itself: no single change, for giving way on any one rule leaves no plan either"
        if self.undecided:
            yield "Not found out whether enough by itself: " + " or ".join(self.undecided)

    def beside(self, reason: str) -> str:
        """Say it together with why the solver found no plan: who lies apart comes first."""
        return ". ".join([*self.apart, reason, *self.obstacles, *self._sentences()])


def explain(
    instance: Instance,
    scenario: Scenario,
    region: str,
    deadline: Deadline | None = None,
    *,
    known: bool = False,
) -> Explanation | None:
    """Find a smallest set of rules that leaves a region without a plan, and what is enough to change.

    What shows without a search comes first. Then a deletion filter (Chinneck and Dravnieks 1991): rules are
    given up one after the other; one whose loss leaves the region without a plan is not part of the clash
    and stays given up. Giving a rule up never takes a plan away (see `Level`), so what remains is minimal,
    and a single change can be enough only if it gives way on a rule that remains. Each such change is made
    in the scenario as a file would say it, and answered; a plan is verified before the change is named.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Infeasible for the region.
    region : str
    deadline : Deadline, optional
        Some seconds from now by default.
    known : bool
        That the region has no plan is proved already.

    Returns
    -------
    Explanation or None
        None when the region has a plan, or when it is not told in time whether it has.
    """
    limit = Deadline.after(EXPLAINING) if deadline is None else deadline
    with doing(f"{region}: looking for the rules that leave no plan"):
        return _Explaining(instance, scenario, region, limit).explained(known)


def with_explanations(result: Result, seconds: float = EXPLAINING, deadline: Deadline = Deadline()) -> Result:
    """Give a result whose infeasible regions say which rules clash, as far as that is found in time.

    Parameters
    ----------
    result : Result
    seconds : float
        For each region.
    deadline : Deadline
        For all of them.
    """
    regions = []
    for region in result.by_region:
        found = None
        if region.status == "infeasible" and not deadline.passed:
            left = deadline.remaining
            limit = Deadline.after(seconds if left is None else max(1e-3, min(seconds, left)))
            found = explain(result.instance, result.scenario, region.name, limit, known=True)
        regions.append(replace(region, reason=found.beside(region.reason)) if found else region)
    return replace(result, by_region=tuple(regions))


@dataclass
class _Explaining:
    instance: Instance
    scenario: Scenario
    region: str
    deadline: Deadline
    rules: list[Rule] = field(init=False)
    obstacles: list[Obstacle] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.rules = rules_of(self.instance, self.scenario, self.region)

    def explained(self, known: bool) -> Explanation | None:
        test = Feasibility(self.instance, self.region, self.deadline)
        self.obstacles = self._proved(obstacles_of(test, self.scenario, self.rules), test)
        if not known and not self.obstacles:
            try:
                if test(self.scenario) is not False:
                    return None
            except TimeUpError:
                return None
        clash, unsure = self._clash()
        enough, undecided = self._changes(clash)
        islands = {i for obstacle in self.obstacles for i in obstacle.island}
        named = sorted({i for rule in clash for i in rule.municipalities} | islands)
        apart, others = (
            tuple(dict.fromkeys(one.text for one in self.obstacles if one.apart is lies_apart))
            for lies_apart in (True, False)
        )
        return Explanation(
            self.region,
            tuple(clash),
            tuple(unsure),
            tuple(named),
            tuple(enough),
            apart,
            others,
            tuple(undecided),
        )

    def _proved(self, obstacles: Sequence[Obstacle], test: Feasibility) -> list[Obstacle]:
        """Keep the obstacles whose rules are proved to leave no plan by themselves."""
        every = {rule.named for rule in self.rules}
        found = []
        for obstacle in obstacles:
            try:
                without = every - obstacle.rules
                if test.shows(self.scenario, without) or test(self.scenario, without) is False:
                    found.append(obstacle)
            except TimeUpError:
                continue
        return found

    # The rules that clash

    def _clash(self) -> tuple[list[Rule], list[Rule]]:
        """Give a clash, and the rules in it of which it is not told whether they are needed."""
        test = Feasibility(self.instance, self.region, self.deadline.part(_CLASH))
        every = {rule.named for rule in self.rules}
        starts = [obstacle.rules & every for obstacle in self.obstacles] or [frozenset(every)]
        found = []
        for start in starts:
            some = [rule for rule in self.rules if rule.named in start]
            for order in (some, some[::-1]):
                # who is exempt is looked at last, so that a clash names as few of them as can be
                ordered = [rule for rule in order if not rule.exempts] + [r for r in order if r.exempts]
                found.append(self._filtered(ordered, every, test))
            if any(not unsure for _, unsure in found):
                break
        clash, unsure = min(found, key=lambda one: (len(one[1]), len(one[0])))
        place = {rule.named: k for k, rule in enumerate(self.rules)}
        return sorted(clash, key=lambda rule: place[rule.named]), unsure

    def _filtered(
        self, some: Sequence[Rule], every: set[RuleKey], test: Feasibility
    ) -> tuple[list[Rule], list[Rule]]:
        """Give rules up as long as there is no plan; give those that remain, and unsure ones."""
        left = {rule.named for rule in some}
        unsure = []
        for rule in some:
            try:
                answer = test(self.scenario, every - (left - {rule.named}))
            except TimeUpError:
                answer = None
            if answer is False:
                left.discard(rule.named)
            elif answer is None:
                unsure.append(rule)
        return [rule for rule in some if rule.named in left], unsure

    # What is enough to change

    def _changes(self, clash: Sequence[Rule]) -> tuple[list[Relaxation], list[str]]:
        """Try every single change that could be enough; give those that are, and those that are open."""
        test = Feasibility(self.instance, self.region, self.deadline)
        changes = changes_of(self.instance, self.scenario, self.region, self.rules, clash)
        enough, undecided = [], []
        for change in (*ways_off(self.instance, self.scenario, self.region, self.obstacles), *changes):
            found = change.tried(test)
            if isinstance(found, str):
                undecided.append(found)
            elif found is not None:
                verified = self._verified(found)
                if verified is None:
                    undecided.append(found.text)
                elif verified:
                    enough.append(found)
        return enough, undecided

    def _verified(self, change: Relaxation) -> bool | None:
        """Whether a scenario with a change can be asked; None where the plan does not keep all its rules."""
        scenario = change.scenario
        levels = [scenario] if scenario.zones is None else [scenario.at("mergers"), scenario.at("zones")]
        parts = []
        for asked, chosen in zip(levels, change.plan, strict=True):
            try:
                question = ask(self.instance, asked, [self.region])
            except InputError:
                return False  # another rule is void or contradicted with the change
            parts.append(tuple(make_parts(question, Scorer(self.instance, asked), sorted(chosen))))
        plan = Plan(parts[0], parts[1] if len(parts) > 1 else ())
        return None if verify(self.instance, scenario, plan, regions=[self.region]) else True
