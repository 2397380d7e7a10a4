"""Why a region has no plan: rules that cannot hold together, and single repairs that are enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ...instances.common.activity import doing
from ...instances.common.deprecated import Renamed
from ...instances.common.problems import InputError
from ...instances.instance import Instance
from ...models.question.builder import ask
from ...models.question.constraints import refuse_beyond_number
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..deadline import Deadline, Limits, TimeUpError
from ..results.plan import Plan
from ..results.result import Result
from ..verification.verifier import verify
from .budgets import explained_budgets
from .certificates import Certificate, certificates_of
from .deletion_filter import InfeasibleSubset, infeasible_subset
from .feasibility import Feasibility
from .island_repairs import repairs_of_islands
from .minimal_repair import Repair
from .params import ExplanationParams
from .repairs import repairs_of
from .rules import Rule, rules_of

EXPLAINING = 15.0
"""Seconds for one region, where nothing else is said."""


@dataclass(frozen=True)
class Explanation:
    """Why a region has no plan.

    Attributes
    ----------
    region : str
    rules : tuple of Rule
        An infeasible subset: they cannot hold together, whatever other rules are dropped. Empty where that
        was not told in time. `RelaxedLevel` says what it means to drop a rule.
    unsure : tuple of Rule
        Those of them of which it could not be told in time whether they are needed.
    municipalities : tuple of int
        Those that the rules name or that are cut off.
    repairs : tuple of Repair
        Single changes that give the region a plan, each by the least amount that is enough by itself.
    apart, certificates : tuple of str
        What shows without a search, in words: municipalities that lie apart and are too few, and what else.
        Each leaves the region without a plan by itself.
    undecided : tuple of str
        Single changes of which it was not told in time whether they are enough. All others that give way on
        a rule are proved not to be.
    """

    region: str
    rules: tuple[Rule, ...]
    unsure: tuple[Rule, ...]
    municipalities: tuple[int, ...]
    repairs: tuple[Repair, ...]
    apart: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()

    relaxations = Renamed("repairs")
    obstacles = Renamed("certificates")
    minimal = Renamed("irreducible")

    @property
    def irreducible(self) -> bool:
        """Whether it is proved that no rule of the infeasible subset can be spared."""
        return bool(self.rules) and not self.unsure

    def in_words(self, *, seen: bool = True) -> str:
        """Say it in a few sentences; without what shows before a search where that is said already."""
        return ". ".join([*(self.apart + self.certificates if seen else ()), *self._sentences()])

    def _sentences(self) -> Iterator[str]:
        texts = "; ".join(rule.text for rule in self.rules)
        if not self.rules:
            yield "which rules clash was not found out"
        elif len(self.rules) == 1:
            yield f"this rule leaves no plan by itself: {texts}"
        elif self.irreducible:
            yield f"these rules cannot hold together: {texts} (they could without any one of them)"
        else:
            unsure = "; ".join(rule.text for rule in self.unsure)
            open_ones = f"not found out whether all are needed: {unsure}"
            yield f"these rules cannot hold together: {texts} ({open_ones})"
        if self.repairs:
            yield "Enough by itself: " + " or ".join(repair.text for repair in self.repairs)
        elif self.rules and not self.undecided:
            yield "Enough by itself: no single change, for giving way on any one rule leaves no plan either"
        if self.undecided:
            yield "Not found out whether enough by itself: " + " or ".join(self.undecided)

    def beside(self, reason: str) -> str:
        """Say it together with the solver's reason: municipalities that lie apart come first."""
        return ". ".join([*self.apart, reason, *self.certificates, *self._sentences()])


def explain(
    instance: Instance,
    scenario: Scenario,
    region: str,
    limits: Limits = Limits(EXPLAINING),
    *,
    known: bool = False,
    params: ExplanationParams = ExplanationParams(),
) -> Explanation | None:
    """Find an irreducible infeasible subset of the rules of a region, and the repairs that are enough.

    Budgets are passed over: see `repairs_of_budgets`.

    What shows without a search comes first, then a deletion filter; see `infeasible_subset`. A single change
    can be enough only if it gives way on a rule of the subset. Each such change is made in the scenario as a
    file would say it, and answered; its plan is verified before the change is named.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Infeasible for the region.
    region : str
    limits : Limits
        `EXPLAINING` seconds by default.
    known : bool
        Whether it is proved already that the region has no plan.
    params : ExplanationParams

    Returns
    -------
    Explanation or None
        None when the region has a plan, or when it is not told in time whether it has.

    Raises
    ------
    InputError
        The region has side constraints that an explanation does not know.
    """
    instance = framed(instance, scenario)
    if scenario.budgeted:  # what they leave is told by `repairs_of_budgets`
        known, scenario = False, scenario.without_budgets()
    for level in scenario.levels:
        try:
            question = ask(instance, level, [region])
        except InputError:  # locks that contradict a rule, which an explanation tells
            continue
        refuse_beyond_number(question, [instance.regions.index(region)], "an explanation")
    with doing(f"{region}: looking for the rules that leave no plan"):
        return _Explaining(instance, scenario, region, limits.start(), params).explained(known)


def with_explanations(result: Result, seconds: float = EXPLAINING, deadline: Deadline = Deadline()) -> Result:
    """Give a result whose infeasible regions say which rules clash, as far as that is told in time.

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
        explanation = None
        if region.status == "infeasible" and not deadline.passed:
            try:
                explanation = explain(
                    result.instance, result.scenario, region.name, deadline.limits(seconds), known=True
                )
            except InputError:  # a side constraint that is not explained; the reason names what it can
                explanation = None
        reason = region.reason if explanation is None else explanation.beside(region.reason)
        regions.append(replace(region, reason=reason))
    if result.scenario.budgeted and result.status == "infeasible" and not deadline.passed:
        return replace(
            result, by_region=explained_budgets(result.instance, result.scenario, regions, deadline)
        )
    return replace(result, by_region=tuple(regions))


@dataclass
class _Explaining:
    instance: Instance
    scenario: Scenario
    region: str
    deadline: Deadline
    params: ExplanationParams
    rules: list[Rule] = field(init=False)
    certificates: list[Certificate] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.rules = rules_of(self.instance, self.scenario, self.region)

    def explained(self, known: bool) -> Explanation | None:
        test = self._test(self.deadline)
        self.certificates = self._proved(certificates_of(test, self.scenario, self.rules), test)
        if not known and not self.certificates:
            try:
                if test(self.scenario) is not False:
                    return None
            except TimeUpError:
                return None
        subset = self._infeasible_subset()
        repairs, undecided = self._repairs(subset.rules)
        islands = {i for certificate in self.certificates for i in certificate.island}
        apart, others = (
            tuple(dict.fromkeys(one.text for one in self.certificates if one.apart is lies_apart))
            for lies_apart in (True, False)
        )
        return Explanation(
            region=self.region,
            rules=subset.rules,
            unsure=subset.unsure,
            municipalities=tuple(sorted({i for rule in subset.rules for i in rule.municipalities} | islands)),
            repairs=tuple(repairs),
            apart=apart,
            certificates=others,
            undecided=tuple(undecided),
        )

    def _test(self, deadline: Deadline) -> Feasibility:
        return Feasibility(self.instance, self.region, deadline, self.params)

    def _proved(self, certificates: Sequence[Certificate], test: Feasibility) -> list[Certificate]:
        """Keep the certificates whose rules are proved to leave no plan by themselves."""
        every = {rule.named for rule in self.rules}
        proved = []
        for certificate in certificates:
            try:
                dropped = every - certificate.rules
                if test.infeasible_at_sight(self.scenario, dropped) or test(self.scenario, dropped) is False:
                    proved.append(certificate)
            except TimeUpError:
                continue
        return proved

    def _infeasible_subset(self) -> InfeasibleSubset:
        test = self._test(self.deadline.part(self.params.filtering))
        every = frozenset(rule.named for rule in self.rules)
        starts = [certificate.rules & every for certificate in self.certificates] or [every]
        return infeasible_subset(test, self.scenario, self.rules, starts)

    def _repairs(self, subset: Sequence[Rule]) -> tuple[list[Repair], list[str]]:
        """Try every single change that could be enough; give those that are, and those that are open."""
        test = self._test(self.deadline)
        asked = (self.instance, self.scenario, self.region)
        enough, undecided = [], []
        for change in (
            *repairs_of_islands(*asked, self.certificates),
            *repairs_of(*asked, self.rules, subset),
        ):
            repair = change.attempt(test)
            if isinstance(repair, str):
                undecided.append(repair)
            elif repair is not None:
                verified = self._verified(repair)
                if verified is None:
                    undecided.append(repair.text)
                elif verified:
                    enough.append(repair)
        return enough, undecided

    def _verified(self, repair: Repair) -> bool | None:
        """Whether a repaired scenario can be asked; None where the plan does not keep all its rules."""
        try:
            plan = Plan.of(self.instance, repair.scenario, *repair.plan)
        except InputError:
            return False  # another rule is void or contradicted with the change
        return None if verify(self.instance, repair.scenario, plan, regions=[self.region]) else True
