"""Ways to an answer: what the table says is what happened."""

from __future__ import annotations

from refzones.instances import synthesise
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.methods.listed import Listed, ListingParams
from refzones.solver.results.record import PlanRecord, record_of
from refzones.solver.results.ways import Way, of_component, with_answer
from support.regions import answer_region

INSTANCE = synthesise(18, regions=1, per_merger=6, seed=3)
THIRD = INSTANCE.total_population // 3
ASKED = {
    "population": {"min": THIRD * 9 // 10, "max": THIRD * 11 // 10},
    "rules": {"facility": "free"},
    "weights": {"moment": 1e-6},
}
SCENARIO = Scenario.from_dict(ASKED | {"count": {"min": 3, "max": 3}})


def test_the_way_that_proved_a_plan_answers_and_of_others_the_first_with_its_score() -> None:
    search, worse = Way("a search", "plan", score=5), Way("another", "plan", score=4)
    proof = Way("a proof", "proved", score=5)
    assert [way.answered for way in with_answer([search, worse, proof], 5, infeasible=False)] == [0, 0, 1]
    assert [way.answered for way in with_answer([worse, search, search], 5, infeasible=False)] == [0, 1, 0]
    assert [way.answered for way in with_answer([worse, proof], None, infeasible=False)] == [0, 0]
    none = Way("a proof", "proved")
    assert [way.answered for way in with_answer([search, none], None, infeasible=True)] == [0, 1]


def test_each_way_knows_its_component() -> None:
    assert [(way.component, way.municipalities) for way in of_component([Way("a", "plan")], 2, 7)] == [(2, 7)]


def test_listing_and_proving_are_told_with_what_they_came_to() -> None:
    region = solve(INSTANCE, SCENARIO).by_region[0]
    first, last = region.ways[0], region.ways[-1]
    assert (first.way, first.outcome) == ("listing candidates", "passed on")
    assert first.why == f"{region.candidates:,} candidates"
    assert (last.way, last.outcome, last.answered) == ("proving the optimum", "proved", True)
    assert last.score == region.score_nano
    assert sum(way.answered for way in region.ways) == 1
    assert {way.municipalities for way in region.ways} == {18}
    assert sum(way.seconds for way in region.ways) <= region.seconds


def test_a_list_that_is_refused_says_how_far_it_was_counted_and_who_answered_instead() -> None:
    region = answer_region(
        INSTANCE, SCENARIO, listing=ListingParams(most_states=10, states_beside_centres=10)
    )
    listing, answering = region.ways[0], [way for way in region.ways if way.answered]
    assert (listing.way, listing.outcome) == (Listed.doing, "nothing")
    assert "states to look at" in listing.why
    assert len(answering) == 1
    assert answering[0].way != Listed.doing
    assert answering[0].score == region.score_nano == solve(INSTANCE, SCENARIO).score_nano
    assert all(way.why for way in region.ways if way.outcome in ("refused", "nothing"))


def test_they_are_written_and_read_and_sealed() -> None:
    result = solve(INSTANCE, SCENARIO)
    record = record_of(result)
    written = record.regions[0].ways
    assert [way.way for way in written] == [way.way for way in result.by_region[0].ways]
    assert all(f"way {number}" in record.regions[0].runtime for number in range(1, len(written) + 1))
    assert PlanRecord.model_validate_json(record.model_dump_json()) == record
    without = record.regions[0].model_copy(update={"ways": []})
    assert record.model_copy(update={"regions": [without]}).digest_of_content() != record.digest
    assert "ways" not in without.model_dump()
