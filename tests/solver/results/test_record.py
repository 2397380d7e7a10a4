"""Plan files: what is written is what is read, and a broken file says how."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import solve, verify
from refzones.solver.audit.claims import unfounded
from refzones.solver.audit.consistency import inconsistencies
from refzones.solver.results.record import PlanRecord, read_record, record_of
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
    assert inconsistencies(record, result.instance) == []


def test_broken_files(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    good = json.loads(record_of(ANSWER).model_dump_json())
    broken = {
        "Invalid JSON": "{",
        "the file is empty": "",
        "the key 'mergers' is missing": json.dumps({k: v for k, v in good.items() if k != "mergers"}),
        "written in version 99 of this format by a newer refzones": json.dumps(good | {"schema_version": 99}),
        "written in version 1 of this format by an older refzones": json.dumps({"schema_version": 1}),
        "schema_version: must be 2": json.dumps(good | {"schema_version": "2"}),
    }
    for message, text in broken.items():
        file.write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_record(tmp_path)
        assert message in str(caught.value)


def test_plans_of_before_formulations_are_read(tmp_path: Path) -> None:
    old = json.loads(record_of(ANSWER).model_dump_json())
    assert old.pop("formulation") == "partition"
    (tmp_path / "plan.json").write_text(json.dumps(old), encoding="utf-8")
    assert read_record(tmp_path) == record_of(ANSWER)


def test_other_data_are_noticed() -> None:
    record = record_of(ANSWER)
    record.check_instance(SMALL)
    other = build_instance([40_000, 50_000, 60_001], [(0, 1), (1, 2)])
    with pytest.raises(InputError, match="the plan was made for other data"):
        record.check_instance(other)


def test_file_or_folder(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(record_of(ANSWER).model_dump_json(), encoding="utf-8")
    assert read_record(tmp_path) == read_record(tmp_path / "plan.json") == record_of(ANSWER)
    with pytest.raises(InputError, match="the file is missing"):
        read_record(tmp_path / "elsewhere")


def test_latin_1_is_refused(tmp_path: Path) -> None:
    text = record_of(ANSWER).model_dump_json().replace('"scenario","description"', "").replace("M0", "Mé")
    (tmp_path / "plan.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=r"plan\.json, row 1: the file is not UTF-8 \(byte 0xE9"):
        read_record(tmp_path)


def test_every_mistake_of_a_file_is_listed(tmp_path: Path) -> None:
    plan = json.loads(record_of(ANSWER).model_dump_json())
    plan["status"], plan["scenario"]["weights"] = "best", {"distnce": 1}
    del plan["mergers"][0]["seat"]
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_record(tmp_path)
    texts = [str(problem) for problem in caught.value.problems]
    assert len(texts) == 3
    assert any("unknown term 'distnce'; did you mean 'distance'?" in text for text in texts)
    assert any("the key 'mergers, entry 1, seat' is missing" in text for text in texts)
    assert any(text.startswith("plan.json, value 'best': status: ") for text in texts)


def test_unknown_codes_become_no_municipality() -> None:
    record = record_of(ANSWER)
    changed = record.mergers[0].model_copy(update={"members": ["99999"], "seat": "99998"})
    (merger, *_) = record.model_copy(update={"mergers": [changed]}).plan(SMALL).mergers
    assert (merger.members, merger.seat) == ((-1,), -1)


# No figure of a plan file can be altered without notice.

BY_CHANCE = {"candidates", "kept", "seed", "runtime", "reason", "engine", "schema_version", "scenario"}
BY_CHANCE |= {"instance", "formulation", "files", "ways"}
"""What does not follow from the plan; the instance is compared by its hash."""


def figures(part: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Paths of all numbers and words in a file."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key not in BY_CHANCE:
                yield from figures(value, (*path, key))
    elif isinstance(part, list):
        for place, value in enumerate(part):
            yield from figures(value, (*path, place))
    else:
        yield path


def altered(value: Any) -> Any:
    """A value that a file may hold as well, and as little different as can be."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return {"optimal": "feasible", "less": "more", "inhabitants": "commuters"}.get(value, value + "x")
    if isinstance(value, float):
        return value * (1 + 1e-9) + 1e-9
    return (value or 0) + 1


TWO_REGIONS = build_instance(
    [40_000, 50_000, 60_000, 20_000, 30_000],
    [(0, 1), (1, 2), (3, 4)],
    region=[0, 0, 0, 1, 1],
    layers={"police": ["A", "B", "B", "C", "D"]},
)
WHOLE = record_of(
    solve(TWO_REGIONS, Scenario.from_dict({"weights": {"distance": 1, "straddle(police)": 2}}))
).model_dump_json()


@pytest.mark.parametrize(
    "path", list(figures(json.loads(WHOLE))), ids=lambda path: ".".join(str(step) for step in path)
)
def test_altered_figure_is_noticed(path: tuple[str | int, ...]) -> None:
    plan = json.loads(WHOLE)
    assert not noticed(plan)
    *way, last = path
    part = plan
    for step in way:
        part = part[step]
    part[last] = altered(part[last])
    assert noticed(plan)


def noticed(plan: Any) -> bool:
    """Whether a forger who mends the digest is found out."""
    stated = PlanRecord.model_validate_json(json.dumps(plan))
    record = stated.sealed()
    if stated.digest not in (record.digest, json.loads(WHOLE)["digest"]):
        return bool(unfounded(stated, TWO_REGIONS))
    try:
        found = verify(TWO_REGIONS, record.scenario, record.plan(TWO_REGIONS), regions=record.region_names)
    except InputError:
        return True
    return bool(found or inconsistencies(record, TWO_REGIONS))


@given(questions(largest=6, agreed=True))
@settings(max_examples=40, deadline=None)
def test_prices_are_written_and_read(question: tuple[Instance, Scenario]) -> None:
    try:
        result = solve(*question, workers=1, decided=True)
    except InputError:
        return
    record = PlanRecord.model_validate_json(record_of(result).model_dump_json())
    read = record.plan(result.instance).mergers
    assert [merger.decided for merger in read] == [merger.decided for merger in result.mergers]
    assert unfounded(record, result.instance) == []
    assert inconsistencies(record, result.instance) == []


def test_what_is_not_known_of_prices_is_not_written() -> None:
    """So plans of before prices have the form, and the digest, that they had."""
    without = json.loads(record_of(ANSWER).model_dump_json())
    assert not any(key.startswith("price") for part in without["mergers"] for key in part)
    asked = solve(SMALL, Scenario.from_dict({"weights": {"distance": 1}}), decided=True)
    known = json.loads(record_of(asked).model_dump_json())
    for part in known["mergers"]:
        assert part.pop("price_status") == "proved"
        assert part.pop("price_without") == part.pop("price_without_nano") / 1e9
    assert known["mergers"] == without["mergers"]
