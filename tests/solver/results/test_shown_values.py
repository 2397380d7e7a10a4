"""Values that are shown: means over those who are answered for, recomputed from members and inhabitants."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import event, given, settings
from refzones.instances import InputError, Instance, load
from refzones.models.scenario.scenario import Scenario
from refzones.solver import Merger, Result, solve
from refzones.solver.audit.consistency import inconsistencies
from refzones.solver.results.record import record_of
from refzones.solver.results.term_text import values_text
from refzones.solver.results.terms import TermRecord
from support.build import build_instance
from support.scenarios import FUNCTIONS_NEARBY
from support.shown import COUNTED, shown_by_hand
from support.strategies import nested_questions, questions


def check_terms(
    instance: Instance,
    scenario: Scenario,
    stated: dict[str, TermRecord],
    parts: Sequence[Merger],
    score_nano: int,
) -> None:
    """Every value is that of these mergers alone, and points follow from it."""
    assert list(stated) == (list(scenario.weights) if parts else [])
    members = [part.members for part in parts]
    for name, term in stated.items():
        value, divisor, share = shown_by_hand(instance, scenario, name, members)
        assert term.value == pytest.approx(value, rel=1e-9, abs=1e-12)
        assert (term.divisor, term.share) == (pytest.approx(divisor), pytest.approx(share))
        sign = 1 if term.better == "more" else -1
        if divisor:
            assert term.points == pytest.approx(sign * term.weight * term.value * term.share, abs=1e-9)
    # each merger is rounded to a nano-point
    points = math.fsum(term.points for term in stated.values())
    assert points == pytest.approx(score_nano / 1e9, rel=1e-9, abs=len(parts) * 1e-9)


def check_record(instance: Instance, scenario: Scenario, result: Result) -> None:
    """Check the whole, which is the regions with a plan, and each region."""
    record = record_of(result)
    zones = scenario.at("zones") if scenario.level == "nested" else Scenario.model_construct(weights={})
    inner = scenario.at("mergers") if scenario.level == "nested" else scenario
    assert record.inhabitants == sum(part.population(instance) for part in result.mergers)
    score = sum(part.score_nano for part in result.mergers)
    check_terms(instance, inner, record.terms, result.mergers, score)
    check_terms(instance, zones, record.zone_terms, result.zones, sum(z.score_nano for z in result.zones))
    for stated, found in zip(record.regions, result.by_region, strict=True):
        of = instance.members(instance.regions.index(found.name))
        assert stated.inhabitants == instance.population[of].sum()
        check_terms(
            instance, inner, stated.terms, found.mergers, sum(part.score_nano for part in found.mergers)
        )
        check_terms(
            instance, zones, stated.zone_terms, found.zones, sum(zone.score_nano for zone in found.zones)
        )
        sizes = [len(part.members) for part in found.mergers]
        assert stated.counts.model_dump() == {
            "municipalities": sum(sizes),
            "after": len(sizes),
            "mergers": sum(size > 1 for size in sizes),
            "unchanged": sizes.count(1),
            "alone_by_rule": sum(len(m.members) == 1 and m.standalone != "" for m in found.mergers),
        }
    assert inconsistencies(record, instance) == []


@settings(deadline=None, max_examples=60)
@given(questions(largest=7, agreed=True))
def test_values_of_drawn_answers(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    for regions in (None, [instance.regions[0]]):
        try:
            result = solve(instance, scenario, regions=regions, workers=1)
        except InputError:
            event("refused")
            return
        planned = sum(region.score_nano is not None for region in result.by_region)
        event(f"{min(planned, 2)} of {min(len(result.by_region), 3)} regions")
        check_record(instance, scenario, result)


@settings(deadline=None, max_examples=15)
@given(nested_questions(largest=6))
def test_values_at_two_levels(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    try:
        result = solve(instance, scenario, workers=1)
    except InputError:
        event("refused")
        return
    event("plan" if result.plan else "no plan")
    check_record(instance, scenario, result)


def by_hand(instance: Instance, result: Result) -> dict[str, float]:
    """Coverage, distance and the rest for one region, from the columns of the instance alone."""
    shares = result.scenario.coverage.shares
    people = instance.population.astype(float)
    covered = travelled = outside = outside_care = twice = 0.0
    for merger in result.mergers:
        of = list(merger.members)
        inside = people[of].sum()
        for name, share in shares.items():
            function = instance.functions[name]
            covered += inside * share * bool((function.amount[of] >= function.at_least).any())
        metres = np.rint(
            np.hypot(instance.x[of][:, None] - instance.x[of], instance.y[of][:, None] - instance.y[of])
        )
        travelled += (people[of][:, None] * metres).sum(axis=0).min() / 1000
        for layer in ("police", "primary_care"):
            zone = instance.layers[layer].zone[of]
            in_main = max(people[of][zone == z].sum() for z in np.unique(zone))
            if layer == "police":
                outside += inside - in_main
            else:
                outside_care += inside - in_main
        if len(of) > 1:
            twice += people[of][instance.merged_in[of] > 0].sum()
    everybody = people[instance.region == instance.regions.index(result.by_region[0].name)].sum()
    return {
        "coverage": covered / everybody,
        "distance": travelled / everybody,
        "straddle(police)": outside / everybody,
        "straddle(primary_care)": outside_care / everybody,
        "stacking": twice / everybody,
    }


@pytest.fixture(scope="module")
def flanders() -> Instance:
    return load("flanders-2025")


@pytest.mark.parametrize("region", load("flanders-2025").regions)
def test_every_region_of_flanders(flanders: Instance, region: str) -> None:
    result = solve(flanders, FUNCTIONS_NEARBY, regions=[region], workers=1)
    record = record_of(result)
    expected = by_hand(flanders, result)
    assert {name: term.value for name, term in record.terms.items()} == pytest.approx(expected, abs=1e-12)
    # asked with others or alone, a region has the same values
    assert record.regions[0].terms == record.terms
    frame = result.to_frame("regions")
    assert frame[list(expected)].iloc[0].to_dict() == pytest.approx(expected, abs=1e-12)


def test_a_kilometre_is_a_kilometre_for_the_people_of_one_region(flanders: Instance) -> None:
    result = solve(flanders, FUNCTIONS_NEARBY, regions=["Oost-Brabant"])
    terms = record_of(result).terms
    assert round(terms["distance"].value, 4) == 3.3177
    assert round(terms["coverage"].value, 4) == 0.6544
    said = values_text(flanders, ["Oost-Brabant"], terms)
    assert said == (
        "values are means over the 568,853 inhabitants in Oost-Brabant; points are weight x value x "
        "0.0828656, their share in the inhabitants of the instance"
    )


def test_regions_without_a_plan_are_not_answered_for() -> None:
    # R1 cannot be two mergers of 90,000
    instance = build_instance([40_000, 50_000, 50_000, 50_000], [(0, 1), (2, 3)], region=[0, 0, 1, 1])
    asked = {"population": {"min": 90_000}, "count": {"regions": {"R1": [2, 2]}}, "weights": {"distance": 2}}
    result = solve(instance, Scenario.from_dict(asked))
    record = record_of(result)
    assert [region.status for region in record.regions] == ["optimal", "infeasible"]
    assert record.inhabitants == 90_000
    assert record.terms["distance"].value == pytest.approx(40 / 90)
    assert record.terms["distance"].share == pytest.approx(90 / 190)
    assert record.regions[1].terms == {}
    assert record.regions[1].inhabitants == 100_000
    assert record.counts.municipalities == 2
    assert inconsistencies(record, instance) == []
    forged = record.model_copy(deep=True)
    forged.regions[1].terms = forged.regions[0].terms
    assert "R1: terms is ['distance']; it should be []" in inconsistencies(forged, instance)[0]


def test_nobody_is_divided_by(flanders: Instance) -> None:
    nobody = replace(build_instance([0, 0, 10], [(0, 1)], region=[0, 0, 1]), uninhabited=True)
    scenario = Scenario.from_dict(
        {"population": {"min": 0}, "weights": {"distance": 2, "size": 1, "fiscal": 0, "cut_edges": 1}}
    )
    instance = replace(nobody, attributes={"net_taxable_income_eur": np.array([0.0, 0.0, 5.0])})
    result = solve(instance, scenario, regions=["R0"])
    terms = record_of(result).terms
    assert [terms[name].value for name in ("distance", "size", "fiscal")] == [0.0, 0.0, 0.0]
    assert terms["distance"].divisor == 0
    assert result.to_frame("regions")["distance"].tolist() == [0.0]
    assert inconsistencies(record_of(result), instance) == []


def test_commuters_are_counted_where_they_live() -> None:
    flows = {(0, 1): 10.0, (1, 0): 6.0, (0, 2): 4.0, (2, 3): 5.0, (2, 2): 100.0}
    instance = build_instance([100] * 4, [(0, 1), (2, 3)], region=[0, 0, 1, 1], flows=flows)
    scenario = Scenario.from_dict({"population": {"min": 200, "max": 200}, "weights": {"commuting": 50}})
    both, one = solve(instance, scenario), solve(instance, scenario, regions=["R0"])
    whole, part = record_of(both).terms["commuting"], record_of(one).terms["commuting"]
    assert (part.value, part.divisor, part.share) == (pytest.approx(16 / 20), 20, pytest.approx(20 / 25))
    assert (whole.value, whole.divisor, whole.share) == (pytest.approx(21 / 25), 25, 1)
    assert part.points == pytest.approx(50 * 16 / 25)
    # the mean of the regions, each weighing as many as live there
    values = [region.terms["commuting"] for region in record_of(both).regions]
    assert whole.value == pytest.approx(sum(t.value * t.divisor for t in values) / 25)
    assert {t.divided_by for t in values} == {"commuters"}


def test_sums_are_said_to_be_sums() -> None:
    instance = build_instance([40_000, 50_000], [(0, 1)], layers={"police": ["A", "B"]})
    weights = {"distance": 1, "touched(police)": 0.5, "cut_edges": 2}
    terms = record_of(solve(instance, Scenario.from_dict({"weights": weights}))).terms
    assert {name for name, term in terms.items() if term.divided_by == "nothing"} == {
        name for name in weights if name.partition("(")[0] in COUNTED
    }
    said = values_text(instance, ["R0"], terms)
    assert "touched(police) and cut_edges: a sum, divided by nothing; points are weight x value" in said
