"""Plan files: what is written is what is read, and a broken file says how."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.record import PlanRecord, read_record, record_of
from support.build import build_instance
from support.strategies import questions

SMALL = build_instance([40_000, 50_000, 60_000], [(0, 1), (1, 2)])
ANSWER = solve(SMALL, Scenario.from_dict({"weights": {"distance": 1}}))


@given(questions(largest=6))
@settings(max_examples=60, deadline=None)
def test_round_trip(question: tuple[Instance, Scenario]) -> None:
    try:
        result = solve(*question, workers=1)
    except InputError:
        return
    record = PlanRecord.model_validate_json(record_of(result).model_dump_json())
    assert record == record_of(result)
    assert record.plan(result.instance).mergers == result.mergers


def test_broken_files(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    good = json.loads(record_of(ANSWER).model_dump_json())
    broken = {
        "Invalid JSON": "{",
        "the file is empty": "",
        "the key 'mergers' is missing": json.dumps({k: v for k, v in good.items() if k != "mergers"}),
        "schema_version: Input should be 1": json.dumps(good | {"schema_version": 99}),
    }
    for message, text in broken.items():
        file.write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_record(tmp_path)
        assert message in str(caught.value)


def test_other_data_are_noticed() -> None:
    record = record_of(ANSWER)
    record.check_instance(SMALL)
    other = build_instance([40_000, 50_000, 60_001], [(0, 1), (1, 2)])
    with pytest.raises(InputError, match="the plan was made for other data"):
        record.check_instance(other)
