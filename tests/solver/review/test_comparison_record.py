"""The records of comparisons and evaluations can be read back and hold what was found."""

from __future__ import annotations

from refzones.models import Scenario
from refzones.solver.results.plan import Plan
from refzones.solver.review.comparison import compare
from refzones.solver.review.comparison_record import ComparisonRecord, comparison_record
from support.build import build_instance

ROW = build_instance([30_000, 40_000, 50_000], [(0, 1), (1, 2)])
MERGERS = Scenario.from_dict({"population": {"min": 60_000}, "weights": {"distance": 1}})
PLANS = {
    "a": Plan.of(ROW, MERGERS, [(0, 1), (2,)]),
    "b": Plan.of(ROW, MERGERS, [(0,), (1, 2)]),
}


def test_a_comparison_is_written_down_and_read_back() -> None:
    found = compare(ROW, MERGERS, PLANS)
    record = comparison_record(found)
    assert ComparisonRecord.model_validate_json(record.model_dump_json()) == record
    assert record.instance.hash == ROW.hash
    assert record.scenario == MERGERS
    assert [plan.score_nano for plan in record.plans] == [plan.plan.score_nano for plan in found.plans]
    assert [rule.municipalities for rule in record.plans[0].broken_rules] == [["10002"]]
    assert [part.members for part in record.plans[1].mergers] == [["10000"], ["10001", "10002"]]


def test_changes_name_municipalities_by_code() -> None:
    found = compare(ROW, MERGERS, PLANS)
    (changes,) = comparison_record(found).levels[0].changes
    assert (changes.plan, changes.municipalities, changes.inhabitants) == ("b", 1, 40_000)
    moved = next(transfer for transfer in changes.changes if transfer.moves)
    assert (moved.municipality, moved.before, moved.after) == ("10001", "M1 +1", "M2 +1")
    assert (moved.leaves, moved.joins) == (["10000"], ["10002"])
    (alike,) = comparison_record(found).levels[0].similarity
    assert (alike.plan, alike.other) == ("a", "b")
    assert alike.rand == found.levels[0].similarity[0][1].rand


def test_who_moves_in_words() -> None:
    (changes,) = comparison_record(compare(ROW, MERGERS, PLANS)).levels[0].changes
    (move,) = changes.moves
    assert (move.text, move.municipalities, move.inhabitants) == ("M1 from M0 to M2", ["10001"], 40_000)
    assert sum(one.inhabitants for one in changes.moves) == changes.inhabitants
    assert (move.from_seat, move.to_seat) == ("10001", "10002")
