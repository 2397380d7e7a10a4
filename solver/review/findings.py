"""An evaluated plan, merger by merger: what each is worth, and which rules it keeps or breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ..results.mergers import Merger
from ..results.plan import Plan
from ..results.terms import TermRecord, term_records
from ..verification.verifier import Kind, Violation

RuleState = Literal["kept", "broken", "exempt"]
Rule = Literal[
    "members",
    "inhabitants",
    "connected",
    "region",
    "frames",
    "alone",
    "agreements",
    "requirements",
    "enclosed",
    "count",
    "budgets",
    "other",
]
"""What is asked of a merger: municipalities of the plan's regions, each once; inhabitants within the bounds;
that it is connected, inside one region and inside frames; who stands alone by rule; what is agreed (locks and
existing mergers); what it has to hold; whom it may not enclose; how many there are; budgets over the plan;
right figures."""

_RULES: Mapping[Rule, tuple[Kind, ...]] = {
    "members": ("twice", "missing", "unknown"),
    "inhabitants": ("too_small", "too_large", "column"),
    "connected": ("disconnected",),
    "region": ("region",),
    "frames": ("frame", "nesting"),
    "alone": ("standalone",),
    "agreements": ("lock", "existing"),
    "requirements": ("requirement",),
    "enclosed": ("enclosed",),
    "count": ("count",),
    "budgets": ("budget",),
    "other": ("seat", "term", "score", "border"),
}
_RULE_OF: Mapping[Kind, Rule] = {kind: rule for rule, kinds in _RULES.items() for kind in kinds}

RULE_NAMES: Mapping[Rule, str] = {
    "members": "each municipality once",
    "inhabitants": "inhabitants within the bounds",
    "connected": "connected",
    "region": "inside one reference region",
    "frames": "inside the frames",
    "alone": "who stands alone by rule",
    "agreements": "locks and existing mergers",
    "requirements": "what it must hold",
    "enclosed": "encloses nobody",
    "count": "how many there are to be",
    "budgets": "within the budgets",
    "other": "figures and names",
}
"""What rules are called for readers."""

_EXEMPT: tuple[Rule, ...] = ("inhabitants", "requirements", "enclosed")
"""Rules that do not hold for a merger that stands alone by rule, or is kept."""

Violations: TypeAlias = Sequence[Violation]


@dataclass(frozen=True)
class RuleFinding:
    """Whether a merger keeps a rule.

    Attributes
    ----------
    rule : Rule
    state : {'kept', 'broken', 'exempt'}
    text : str
        In words, such as "29,110 inhabitants: 890 below the minimum of 30,000".
    broken : tuple of Violation
    """

    rule: Rule
    state: RuleState
    text: str
    broken: tuple[Violation, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class EvaluatedMerger:
    """A merger, or a zone, of a plan that was evaluated.

    Attributes
    ----------
    merger : Merger
    name : str
        The one that the plan gives it, else that of its seat.
    regions : tuple of str
        In which it lies: one, unless it crosses a border.
    population : int
    terms : mapping of str to TermRecord
        Values are means over its own inhabitants (of ``commuting``: commuters); points are what it adds to
        the score of the plan.
    rules : tuple of RuleFinding
        Rules that the scenario has, and others that it breaks.
    """

    merger: Merger
    name: str
    regions: tuple[str, ...]
    population: int
    terms: Mapping[str, TermRecord]
    rules: tuple[RuleFinding, ...]

    @property
    def broken(self) -> tuple[Violation, ...]:
        """The rules that it breaks, alone or with others."""
        return tuple(violation for rule in self.rules for violation in rule.broken)

    @property
    def score_nano(self) -> int:
        """What it adds to the score, in nano-points."""
        return self.merger.score_nano


def evaluated_levels(
    plan: Plan, violations: Violations
) -> tuple[tuple[EvaluatedMerger, ...], tuple[EvaluatedMerger, ...]]:
    """Tell what each merger of a plan is worth, and which rules it keeps.

    Parameters
    ----------
    plan : Plan
        It knows its instance and its scenario.
    violations : sequence of Violation
        Of the whole plan, as `verify` lists them.

    Returns
    -------
    mergers : tuple of EvaluatedMerger
        In the order of the plan; zones where the scenario asks for zones alone.
    zones : tuple of EvaluatedMerger
        Those around the mergers; none where the scenario has one level.
    """
    assert plan.instance is not None
    mergers, *zones = (_level(plan.instance, asked, parts, violations) for asked, parts in plan.levels)
    return mergers, zones[0] if zones else ()


def _level(
    instance: Instance, asked: Scenario, parts: Sequence[Merger], violations: Violations
) -> tuple[EvaluatedMerger, ...]:
    level = "zones" if asked.level == "zones" else "mergers"
    broken: dict[int, list[Violation]] = {}
    for violation in violations:
        for place in violation.parts if violation.level == level else ():
            broken.setdefault(place, []).append(violation)
    return tuple(
        EvaluatedMerger(
            part,
            part.name(instance),
            tuple(sorted({instance.regions[instance.region[i]] for i in part.members})),
            part.population(instance),
            term_records(instance, asked, [part]),
            rule_findings(instance, asked, part, broken.get(place, [])),
        )
        for place, part in enumerate(parts)
    )


def rule_findings(
    instance: Instance, asked: Scenario, part: Merger, broken: Violations
) -> tuple[RuleFinding, ...]:
    """Say of each rule whether a merger keeps it: rules of the scenario, and others that are broken."""
    kept = _kept(instance, asked, part)
    found = []
    for rule in _RULES:
        own = tuple(violation for violation in broken if rule_of(violation) == rule)
        if own:
            found.append(RuleFinding(rule, "broken", "; ".join(one.words for one in own), own))
        elif rule in kept:
            is_exempt = bool(part.standalone) and rule in _EXEMPT
            found.append(RuleFinding(rule, "exempt" if is_exempt else "kept", kept[rule]))
    return tuple(found)


def rule_of(violation: Violation) -> Rule:
    """Say which rule is broken."""
    return _RULE_OF[violation.kind]


def of_the_whole(violations: Violations) -> tuple[Violation, ...]:
    """Give the rules that no merger breaks, but the plan as a whole."""
    return tuple(violation for violation in violations if not violation.parts)


def _kept(instance: Instance, asked: Scenario, part: Merger) -> dict[Rule, str]:
    """What there is to say of the rules that a scenario has, where a merger keeps them."""
    said: dict[Rule, str] = {"inhabitants": _inhabitants(instance, asked, part)}
    if len(part.members) > 1:
        said["connected"] = "connected"
    if len(instance.regions) > 1:
        said["region"] = f"inside {instance.regions[instance.region[part.seat]]}"
    if asked.frames.unsplit or asked.frames.within or asked.frames.zones:
        said["frames"] = "inside the frames"
    if part.standalone:
        said["alone"] = f"{_as_it_is(part)}: {_BECAUSE[part.standalone]}"
    if _has_agreements(asked):
        said["agreements"] = "keeps what is agreed"
    if asked.requires.classes or asked.requires.functions:
        said["requirements"] = "exempt from what it must hold" if part.standalone else "holds what it must"
    if asked.rules.enclosed == "forbidden":
        said["enclosed"] = "encloses nobody"
    return said


def _inhabitants(instance: Instance, asked: Scenario, part: Merger) -> str:
    """Say how large a merger is that keeps the hard bounds, and whether it misses a soft one."""
    bounds, people = asked.population, part.population(instance)
    has = f"{people:,} inhabitants"
    if part.standalone:
        return f"{has}: exempt from the bounds"
    cities = [i for i in part.members if int(instance.population[i]) > bounds.max]
    if cities and asked.rules.above_max == "absorb":
        absorbed = people - int(instance.population[cities[0]])
        return f"{has}: {instance.names[cities[0]]} absorbs {absorbed:,} of them, which is within the bounds"
    if people < bounds.min:
        return f"{has}: {bounds.min - people:,} below {bounds.min:,}, a soft bound"
    if people > bounds.max:
        return f"{has}: {people - bounds.max:,} above {bounds.max:,}, a soft bound"
    return f"{has}: within the bounds"


_BECAUSE = {
    "above_max": "it has more inhabitants than the maximum",
    "facility": "it is a facility municipality",
    "merged": "it came out of a recent merger",
    "isolated": "it has nobody to merge with",
    "staying": "it stays as it is for the time being",
    "locked": "that is agreed",
}


def _as_it_is(part: Merger) -> str:
    return "kept as it is" if len(part.members) > 1 else "stands alone"


def _has_agreements(asked: Scenario) -> bool:
    locks = asked.locks
    return bool(locks.together or locks.apart or locks.alone or locks.seat or asked.existing.mergers)
