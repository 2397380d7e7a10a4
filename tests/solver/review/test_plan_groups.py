"""Plans in files: looked up, complete, and of the regions asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.instances import InputError, Instance
from refzones.instances.plan_files import read_groups
from refzones.solver.review.plan_groups import labels_of, parts_of, read_parts
from support.build import build_instance

ROW = build_instance([40_000] * 4, [(0, 1), (1, 2), (2, 3)], region=[0, 0, 0, 1])


def parts(tmp_path: Path, text: str, instance: Instance = ROW) -> list[tuple[int, ...]]:
    file = tmp_path / "mine.csv"
    file.write_text(text, encoding="utf-8")
    return read_parts(file, instance)


TABLES = {
    "codes": "nis,merger\n10000,A\n10001,A\n10002,\n",
    "names": "name;group\nm0;x\nM1;x\nM2;y\n",
    "both": "code\tzone\n10000\tA\n10001\tA\nM2\t\n",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_tables_of_every_kind(text: str, tmp_path: Path) -> None:
    assert parts(tmp_path, text) == [(0, 1), (2,)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nis,merger\n10000,A\n10009,A\n", "no municipality has this code"),
        ("nis,merger\n10000,A\n10000,B\n", "the municipality stands already in row 2"),
        ("nis,merger\n10000,A\n10001,A\n", "1 municipality of its regions is missing (M2 (10002))"),
        ("nis,with\n10000,A\n", "the file has none of the columns merger, zone, group"),
        ("", "the file is empty"),
    ],
)
def test_bad_tables(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        parts(tmp_path, text)
    assert message in str(caught.value)


def test_name_of_two(tmp_path: Path) -> None:
    from dataclasses import replace

    twins = replace(ROW, names=("M0", "M1", "M1", "M3"))
    with pytest.raises(InputError, match="more than one municipality has this name; use the code"):
        parts(tmp_path, "name,merger\nM0,A\nM1,A\n", twins)


# Some regions

TWO = build_instance([40_000] * 6, [(0, 1), (1, 2), (3, 4), (4, 5)], region=[0, 0, 0, 1, 1, 1])
WHOLE = "nis,merger\n10000,A\n10001,A\n10002,\n10003,B\n10004,B\n10005,\n"


def asked(tmp_path: Path, text: str, *regions: str, others_alone: bool = False) -> list[tuple[int, ...]]:
    file = tmp_path / "mine.csv"
    file.write_text(text, encoding="utf-8")
    return parts_of(TWO, read_groups(file), others_alone=others_alone, regions=regions or None)


def test_what_is_in_other_regions_is_left_out(tmp_path: Path) -> None:
    assert asked(tmp_path, WHOLE, "R1") == [(3, 4), (5,)]
    assert asked(tmp_path, WHOLE, "R0") == [(0, 1), (2,)]
    assert asked(tmp_path, WHOLE, "R1", "R0") == asked(tmp_path, WHOLE) == [(0, 1), (2,), (3, 4), (5,)]


def test_a_region_that_is_not_asked_for_may_be_incomplete(tmp_path: Path) -> None:
    text = "\n".join(WHOLE.splitlines()[:-1])
    assert asked(tmp_path, text, "R0") == [(0, 1), (2,)]
    for regions in ((), ("R1",)):
        with pytest.raises(InputError, match=r"1 municipality of its regions is missing \(M5 \(10005\)\)"):
            asked(tmp_path, text, *regions)
    with pytest.raises(InputError, match="or name the regions that are complete with --region: R0"):
        asked(tmp_path, text)
    assert asked(tmp_path, text, "R1", others_alone=True) == [(3, 4), (5,)]


def test_a_region_without_groups_is_evaluated_where_it_is_asked_for(tmp_path: Path) -> None:
    text = WHOLE.replace("B", "")
    assert asked(tmp_path, text) == [(0, 1), (2,)]
    assert asked(tmp_path, text, "R1") == [(3,), (4,), (5,)]


def test_a_merger_across_the_border_stays_whole(tmp_path: Path) -> None:
    assert asked(tmp_path, WHOLE.replace("10002,", "10002,B"), "R0") == [(0, 1), (2, 3, 4)]


def test_regions_that_are_not_there(tmp_path: Path) -> None:
    half = "\n".join(WHOLE.splitlines()[:4])
    with pytest.raises(InputError, match="the plan has no municipality of R1; it is for R0"):
        asked(tmp_path, half, "R1")
    with pytest.raises(InputError, match="there is no such region"):
        asked(tmp_path, half, "R2")
    assert asked(tmp_path, half, "R1", others_alone=True) == [(3,), (4,), (5,)]


def test_names_that_a_file_gives_its_mergers(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("nis,merger\n10000,North\n10001,North\n10002,South\n10003,M3 +1\n10004,M3 +1\n10005,\n")
    assert labels_of(TWO, read_groups(file)) == {(0, 1): "North"}
