"""Road files and presets."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.instances.common.problems import InputError
from refzones.models.road import known_roads, named_road, read_road


@pytest.mark.parametrize("name", known_roads())
def test_presets_are_dated_and_say_where_they_come_from(name: str) -> None:
    road = named_road(name)
    assert road.source
    assert road.note
    assert all(one.source for one in road.milestones)


def test_the_report_has_two_dates_and_takes_no_side() -> None:
    road = named_road("milestones-report")
    assert [str(date) for date in road.dates] == ["2027-01-01", "2031-01-01"]
    assert not road.compulsory


def test_a_file_lies_over_a_preset(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('preset = "milestones-report"\ncompulsory = true\n[[capacity]]\nmergers = 10\n')
    road = read_road(path)
    assert road.compulsory
    assert road.dates == named_road("milestones-report").dates
    assert road.capacity[0].bounds == (("mergers", 10),)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[[capacity]]\nmergers = -1\n", "must be at least 0"),
        ("[[capacity]]\n", "bounds nothing"),
        ("[[capacity]]\nmergers = 1\ndate = 2029-01-01\n", "no date of the file"),
        ('[[agreements]]\nmerger = "A"\n', "say at which date"),
        (
            '[[agreements]]\nmerger = "A"\nat = 2027-01-01\nnot_before = 2031-01-01\n',
            "A: at 2027-01-01 and not before 2031-01-01 contradict each other",
        ),
        ('[[agreements]]\nmerger = "A"\nat = 2028-01-01\n', "no date of the file"),
        ('objectives = ["least_bonus", "most_bonus"]\n', "as small and as large"),
        ("capacitty = 3\n", "did you mean 'capacity'"),
    ],
)
def test_mistakes_are_told_by_place(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f'preset = "milestones-report"\n{text}')
    with pytest.raises(InputError, match=what) as found:
        read_road(path)
    assert found.value.problems[0].file == "own.toml"


def test_unknown_names_are_told() -> None:
    with pytest.raises(InputError, match="milestones-report"):
        named_road("milestones-raport")
