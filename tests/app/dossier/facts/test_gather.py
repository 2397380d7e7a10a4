"""What is gathered for a dossier: against brute force, and against a second reading of the data."""

from __future__ import annotations

import math
import statistics
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from refzones.app.dossier.chapters.book import compose
from refzones.app.dossier.facts.gather import gather
from refzones.app.dossier.facts.known import DossierFacts
from refzones.app.dossier.facts.record import DossierRecord, MergerFigures
from refzones.app.maps.shapes import generalised_shapes
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import Limits, record_of, solve
from support.all_plans import all_plans
from support.build import build_instance
from support.strategies import questions
from support.told import LOCKED_REGIONS, all_texts, facts_of, flanders, preset_facts

Question = tuple[Instance, Scenario]


def test_the_plan_in_the_record_is_that_of_the_run() -> None:
    result = solve(flanders(), Scenario.preset("mergers"), regions=["Midwest"], decided=True)
    record = record_of(result)
    facts = gather(flanders(), record, [], generalised_shapes(flanders()))
    written = DossierRecord.model_validate_json(facts.record.model_dump_json())
    assert written.plan == record
    assert written.plan.digest == record.digest_of_content()
    assert list(written.regions) == ["Midwest"]


@given(questions(agreed=True, largest=7))
@settings(max_examples=40, deadline=None)
def test_alternatives_and_what_is_settled_against_all_plans(question: Question) -> None:
    instance, scenario = question
    try:
        result = solve(instance, scenario, workers=1)
    except InputError:
        assume(False)
    assume(any(region.score_nano is not None for region in result.by_region))
    facts = gather(instance, record_of(result), [], generalised_shapes(instance), workers=1)
    assert facts.is_complete
    for name, one in facts.regions.items():
        if one.result.score_nano is None:
            assert one.diagnosis is not None
            continue
        plans = all_plans(instance, scenario, result.instance.regions.index(name))
        scores = {frozenset(plan): score for score, plan in plans}
        check_others(facts, name, plans[0][0], scores)
        for known, part in zip(one.without, facts.record.regions[name].mergers, strict=False):
            others = [score for plan, score in scores.items() if known.part.members not in plan]
            if part.without.status == "proved":
                assert part.without.price_nano == plans[0][0] - max(others)


def check_others(
    facts: DossierFacts, name: str, best: int, scores: dict[frozenset[tuple[int, ...]], int]
) -> None:
    figures, others = facts.record.regions[name], facts.regions[name].others
    if others is None:
        return
    own = frozenset(merger.members for merger in facts.regions[name].result.mergers)
    seen = set()
    for other in others.plans:
        parts = frozenset(merger.members for merger in other.plan.mergers)
        assert parts != own
        assert other.loss_nano == best - scores[parts]
        seen.add(parts)
    assert len(seen) == len(others.plans)
    if others.within is None:
        return
    allowed = math.floor(others.within * abs(best) / 100)
    good = [plan for plan, score in scores.items() if best - score <= allowed]
    assert seen <= set(good)
    if others.are_only:
        assert seen | {own} == set(good)
    if figures.settled is not None:
        assert figures.settled.plans == len(good)
        index = facts.instance.index
        for pair in figures.settled.pairs:
            both = {index[pair.one], index[pair.other]}
            assert pair.merging == sum(any(both <= set(part) for part in plan) for plan in good)


@pytest.mark.parametrize(
    ("preset", "regions"), [("mergers", ("Midwest",)), ("nested", ("Midwest",)), ("locked", LOCKED_REGIONS)]
)
def test_cards_are_what_the_data_say(preset: str, regions: tuple[str, ...]) -> None:
    facts = preset_facts(preset, regions)
    seen = 0
    for region in facts.record.regions.values():
        for part in (*region.mergers, *region.zones):
            check_card(facts.instance, part)
            seen += 1
    assert seen


def check_card(instance: Instance, part: MergerFigures) -> None:
    """Compute the figures of a merger again, in plain words of Python."""
    members = [instance.index[member.nis] for member in part.members]
    seat = instance.index[part.seat]
    people = {i: int(instance.population[i]) for i in members}
    far = {
        i: round(math.hypot(instance.x[i] - instance.x[seat], instance.y[i] - instance.y[seat])) / 1000
        for i in members
    }
    everybody = sum(people.values())
    assert part.inhabitants == everybody
    assert part.area == pytest.approx(sum(float(instance.area[i]) for i in members))
    assert part.density == pytest.approx(everybody / part.area)
    assert part.mean_km == pytest.approx(sum(people[i] * far[i] for i in members) / everybody)
    assert part.farthest_km == max(far.values()) == far[instance.index[part.farthest]]
    assert part.beyond_5 == pytest.approx(sum(people[i] for i in members if far[i] > 5) / everybody)
    assert part.beyond_10 == pytest.approx(sum(people[i] for i in members if far[i] > 10) / everybody)
    for key, names in part.functions.items():
        function = instance.functions[key]
        assert names == [instance.names[i] for i in members if function.amount[i] >= function.at_least]
    for name, found in part.layers.items():
        layer = instance.layers[name]
        touched = {layer.name_of(i) for i in members} - {""}
        assert set(found.whole) | set(found.cut) == touched
        for zone in found.whole:
            assert {i for i in range(len(instance)) if layer.name_of(i) == zone} <= set(members)
        for zone in found.cut:
            assert not {i for i in range(len(instance)) if layer.name_of(i) == zone} <= set(members)


def test_before_and_after_are_what_the_data_say() -> None:
    facts = preset_facts("locked", LOCKED_REGIONS)
    instance = facts.instance
    for name, figures in facts.record.regions.items():
        here = [i for i in range(len(instance)) if instance.regions[instance.region[i]] == name]
        people = [int(instance.population[i]) for i in here]
        assert figures.before.municipalities == len(here)
        assert figures.before.median == statistics.median(people)
        assert figures.before.smallest.inhabitants == min(people)
        assert figures.before.below_min == sum(number < 30_000 for number in people)
        if figures.after is None:
            assert facts.regions[name].result.status == "infeasible"
            continue
        sizes = [merger.population(instance) for merger in facts.regions[name].result.mergers]
        assert figures.after.municipalities == len(sizes)
        assert figures.after.inhabitants == sum(people) == sum(sizes)
        assert figures.after.largest.inhabitants == max(sizes)
        assert figures.after.above_max == sum(number > 130_000 for number in sizes)
        for layer, counts in figures.after.layers.items():
            assert counts.whole + counts.cut == counts.zones == figures.before.layers[layer].zones


def test_weights_are_told_as_kilometres() -> None:
    weights = preset_facts("mergers", ("Midwest",)).record.weights
    assert weights["distance"].inhabitant_km == pytest.approx(1)
    assert weights["orientation"].inhabitant_km == pytest.approx(200 / 5)
    assert weights["touched(police)"].inhabitant_km == pytest.approx(0.2 / 5 * flanders().total_population)


def test_prices_of_what_is_agreed_are_in_the_record() -> None:
    facts = preset_facts("locked", LOCKED_REGIONS)
    assert len(facts.record.locks) == len(facts.locks) == 10
    for price, figures in zip(facts.locks, facts.record.locks, strict=True):
        assert (price.cost_nano, price.status, price.proved) == (
            figures.cost_nano,
            figures.status,
            figures.proved,
        )
    assert {figures.status for figures in facts.record.locks} == {"priced"}


def test_without_time_what_is_not_known_is_said() -> None:
    record = preset_facts("mergers", ("Midwest",)).record.plan
    facts = gather(flanders(), record, [], generalised_shapes(flanders()), limits=Limits(1e-6))
    assert not facts.is_complete
    assert facts.record.regions["Midwest"].alternatives is None
    assert compose(facts, "nl").sections


def test_a_plan_that_is_not_proved_is_told_as_such() -> None:
    instance = flanders()
    result = solve(instance, Scenario.preset("mergers"), regions=["Midwest"])
    (region,) = result.by_region
    above = replace(region, bound_nano=(region.score_nano or 0) + 1_000_000)
    record = record_of(replace(result, by_region=(above,)))
    assert record.status == "feasible"
    facts = gather(instance, record, [], generalised_shapes(instance))
    assert facts.is_complete
    assert {part.without.status for part in facts.record.regions["Midwest"].mergers} == {"not known"}
    told = list(all_texts(compose(facts, "en")))
    assert any("not proved to be the best, for: Midwest" in text for text in told)
    assert not any("It is proved that no plan that keeps the rules scores more" in text for text in told)


def test_a_region_that_the_run_does_not_have() -> None:
    record = preset_facts("mergers", ("Midwest",)).record.plan
    with pytest.raises(InputError, match="no such region"):
        gather(flanders(), record, ["Kempen"], generalised_shapes(flanders()))


def test_a_run_without_a_plan() -> None:
    instance = build_instance([10, 10], [(0, 1)])
    asked = {"weights": {"distance": 1}, "population": {"min": 50, "max": 60}}
    record = record_of(solve(instance, Scenario.from_dict(asked)))
    with pytest.raises(InputError, match="no plan of these regions"):
        gather(instance, record, [], generalised_shapes(instance))


def test_a_plan_that_breaks_a_rule_is_not_told() -> None:
    record = preset_facts("mergers", ("Midwest",)).record.plan
    asked = record.scenario.overlaid({"locks": {"apart": [["Roeselare", "Izegem"]]}})
    forged = record.model_copy(update={"scenario": asked})
    with pytest.raises(InputError, match="does not pass verification"):
        gather(flanders(), forged, [], generalised_shapes(flanders()))


def test_another_instance() -> None:
    record = preset_facts("mergers", ("Midwest",)).record.plan
    with pytest.raises(InputError, match="other data"):
        gather(build_instance([10, 10], [(0, 1)]), record, [], generalised_shapes(flanders()))


def test_a_small_instance_is_told_in_both_languages() -> None:
    """One region, one merger, no layers and no functions, weights without distance."""
    instance = build_instance([1000] * 3, [(0, 1), (1, 2)])
    asked = {"weights": {"cut_edges": 1.0}, "population": {"min": 1000, "max": 3000}}
    facts = facts_of(instance, Scenario.from_dict(asked))
    for language in ("en", "nl"):
        assert compose(facts, language).sections
