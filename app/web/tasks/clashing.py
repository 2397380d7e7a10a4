"""Telling why there is no plan: of regions that have none, and of a scenario that contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ....instances.common.problems import InputError
from ....instances.instance import Instance
from ....models.question.builder import ask
from ....models.question.differences import Difference
from ....models.question.each_lock import Lock
from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ....solver import Diagnosis, diagnose
from ....solver.infeasibility.explanation import EXPLAINING
from ....solver.infeasibility.rules import Rule
from ..contract.clashes import Clash, DifferenceData, Remedy, RuleData
from ..contract.saying import said
from ..contract.scenarios import plain_scenario
from .room import Room

NO_PLAN = ("no plan", "contradiction")
"""Verdicts of which there is something to tell."""


def tell_clashes(room: Room, scenario: Scenario, regions: Sequence[str]) -> None:
    """Tell of each region why it has no plan, and what is enough to change; what is said once is enough."""
    told: list[Clash] = []
    limits = replace(room.limits, seconds=EXPLAINING)
    for region in regions:
        for diagnosis in diagnose(room.instance, scenario, [region], limits=limits):
            if diagnosis.verdict not in NO_PLAN:
                continue
            clash = clash_of(scenario, diagnosis)
            if not any(_is_same(clash, other) for other in told):
                told.append(clash)
                room.say("clash", clash)


def contradicted(instance: Instance, scenario: Scenario) -> list[str]:
    """List the regions in which a scenario contradicts itself or the instance."""
    return list(_contradicted(framed(instance, scenario), scenario))


def _contradicted(instance: Instance, scenario: Scenario) -> Iterator[str]:
    for region in instance.regions:
        try:
            for level in scenario.levels:
                ask(instance, level, [region])
        except InputError:
            yield region


def _is_same(one: Clash, other: Clash) -> bool:
    """Whether two regions say the same, such as of a lock that lies in both."""
    return one.model_copy(update={"region": other.region}) == other


def clash_of(scenario: Scenario, diagnosis: Diagnosis, wished: Sequence[Lock] = ()) -> Clash:
    """Give what clashes in a region as the page takes it; to drop what is wished is no remedy."""
    explanation = diagnosis.explanation
    seen = () if explanation is None else (*explanation.apart, *explanation.certificates)
    named = {i for rule in diagnosis.rules for i in rule.municipalities}
    return Clash(
        region=diagnosis.region,
        verdict="contradiction" if diagnosis.verdict == "contradiction" else "no plan",
        rules=[_rule_data(scenario, diagnosis.region, rule) for rule in diagnosis.rules],
        irreducible=explanation is not None and explanation.irreducible,
        municipalities=sorted(named | set(() if explanation is None else explanation.municipalities)),
        remedies=[
            Remedy(
                text=said(remedy.text),
                differences=[_difference_data(one) for one in remedy.differences],
                least=remedy.least,
                scenario=plain_scenario(remedy.scenario),
            )
            for remedy in diagnosis.remedies
            if not any(one.kind == "unlocked" and one.lock in wished for one in remedy.differences)
        ],
        others=[said(text) for text in (*diagnosis.problems, *seen)],
    )


def _rule_data(scenario: Scenario, region: str, rule: Rule) -> RuleData:
    level = scenario.at("zones") if rule.level else scenario
    about = rule.key[1]
    names = [about] if isinstance(about, str) else []
    return RuleData(
        kind=rule.kind,
        level=rule.level,
        municipalities=list(rule.municipalities),
        names=list(level.requires.classes) if rule.kind == "classes" else names,
        value=_value_of(level, region, rule.kind),
        text=said(rule.text),
    )


def _value_of(level: Scenario, region: str, kind: str) -> float | None:
    """Give the number of a rule that has one."""
    least, most = level.count.of(region) or (None, None)
    values = {
        "low": level.population.lowest,
        "high": level.population.highest,
        "absorb": level.rules.absorb_up_to,
        "fewest": least,
        "most": most,
        "min_length": level.borders.min_length,
    }
    return values.get(kind)


def _difference_data(one: Difference) -> DifferenceData:
    return DifferenceData(
        kind=one.kind,
        key=one.key,
        before=one.before,
        after=one.after,
        lock="" if one.lock is None else one.lock.kind,
        municipalities=list(one.municipalities),
        text=said(one.text),
    )
