"""The record of an evaluation can be read back and holds what was found."""

from __future__ import annotations

import pytest
from refzones.models import Scenario
from refzones.solver.results.plan import Plan
from refzones.solver.review.evaluation import evaluate
from refzones.solver.review.evaluation_record import EvaluationRecord, evaluation_record
from support.build import build_instance

ROW = build_instance([30_000, 40_000, 50_000, 60_000], [(0, 1), (1, 2), (2, 3)], region=[0, 0, 1, 1])
MERGERS = Scenario.from_dict({"population": {"min": 60_000}, "weights": {"distance": 1, "size": 3}})


def test_what_was_found_is_written_down_and_read_back() -> None:
    found = evaluate(ROW, MERGERS, Plan.of(ROW, MERGERS, [(0, 1), (2,), (3,)]))
    record = evaluation_record(found, "mine.csv")
    assert EvaluationRecord.model_validate_json(record.model_dump_json()) == record
    assert record.plan == "mine.csv"
    assert [rule.kind for rule in record.broken_rules] == ["too_small"]
    assert record.broken_rules[0].municipalities == ["10002"]
    assert record.loss_nano == record.best.score_nano - record.score_nano == found.loss_nano
    assert record.gap == found.gap
    assert [region.loss_nano for region in record.regions] == [0, found.loss_nano]
    assert record.terms.keys() == record.best.terms.keys() == {"distance", "size"}


def test_a_part_across_regions_names_both() -> None:
    record = evaluation_record(evaluate(ROW, MERGERS, Plan.of(ROW, MERGERS, [(0,), (1, 2), (3,)])), "x")
    assert record.mergers[1].regions == ["R0", "R1"]
    assert "region" in {rule.kind for rule in record.broken_rules}


def test_without_an_optimum() -> None:
    impossible = Scenario.from_dict({"population": {"min": 120_000}, "weights": {"distance": 1}})
    record = evaluation_record(evaluate(ROW, impossible, Plan.of(ROW, impossible, [(0, 1), (2, 3)])), "x")
    assert (record.loss_nano, record.loss, record.gap) == (None, None, None)
    assert record.best.status == "infeasible"


def test_mergers_with_their_terms_and_rules() -> None:
    plan = Plan.of(ROW, MERGERS, [(0, 1), (2,), (3,)]).labelled({(0, 1): "West"})
    record = evaluation_record(evaluate(ROW, MERGERS, plan), "mine.csv")
    west, small, _ = record.mergers
    assert (west.name, west.label, small.name, small.label) == ("West", "West", "M2", "")
    assert sum(part.score_nano for part in record.mergers) == record.score_nano
    for name, term in record.terms.items():
        assert sum(part.terms[name].points for part in record.mergers) == pytest.approx(term.points)
    assert {rule.rule: rule.state for rule in small.rules} == {"inhabitants": "broken", "region": "kept"}
    (broken,) = record.broken_rules
    assert (broken.level, broken.mergers, broken.seats) == ("mergers", ["M2"], ["10002"])
    assert broken.brief == small.rules[0].text == "50,000 inhabitants: 10,000 below the minimum of 60,000"


def test_a_record_without_what_came_later_is_read() -> None:
    found = evaluate(ROW, MERGERS, Plan.of(ROW, MERGERS, [(0, 1), (2,), (3,)]))
    data = evaluation_record(found, "mine.csv").model_dump(mode="json")
    for rule in data["broken_rules"]:
        for key in ("level", "mergers", "seats", "brief"):
            del rule[key]
    for part in data["mergers"]:
        for key in ("label", "terms", "rules"):
            del part[key]
    assert EvaluationRecord.model_validate(data).mergers[0].rules == []
