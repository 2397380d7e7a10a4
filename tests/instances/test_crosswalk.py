"""Plans of another moment, brought to the municipalities of an instance."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances import Change, Crosswalk, InputError, Problems, load, resolve_groups
from refzones.instances.crosswalk import Majority, to_vintage, translated
from refzones.instances.groups import Entry, Grouping
from refzones.instances.plan_files import read_groups
from refzones.instances.vintages import all_changes

NEW = load("flanders-2025")


def grouping(text: str, tmp_path: Path) -> Grouping:
    file = tmp_path / "plan.csv"
    file.write_text("nis,merger\n" + text.replace(" ", "\n") + "\n", encoding="utf-8")
    return read_groups(file)


def said(text: str, tmp_path: Path, source: int = 2024, target: int = 2025) -> list[str]:
    problems = Problems()
    to_vintage(grouping(text, tmp_path), source, target, problems)
    with pytest.raises(InputError) as caught:
        problems.raise_if_any()
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("46003,A 46013,A 11056,A 46020,A", [("46030", "46020")]),
        ("Beveren,A Kruibeke,A Zwijndrecht,A", [("46030",)]),
        ("11002,A 11007,A", [("11002",)]),
        # mixtures of both moments
        ("46030,A 46014,B 44045,B", [("46030",), ("46029",)]),
        ("Lokeren,B 46020,B", [("46029", "46020")]),
        ("11002,A 11001,A", [("11002", "11001")]),
        ("46029,B 46014,B 44045,B", [("46029",)]),
        # alone before, and alone as one now
        ("46014, 44045, 46020,", [("46029",), ("46020",)]),
        # what did not change stays, whatever it is
        ("11001,A 99999,A Mars,B", [("11001", "99999"), ("Mars",)]),
    ],
)
def test_translated(text: str, groups: list[tuple[str, ...]], tmp_path: Path) -> None:
    problems = Problems()
    plan = to_vintage(grouping(text, tmp_path), 2024, 2025, problems)
    problems.raise_if_any()
    assert list(plan.groups) == groups
    assert [len(rows) for rows in plan.rows] == list(map(len, plan.groups))


def test_over_two_steps(tmp_path: Path) -> None:
    text = "12030,A 12034,A 46003,B 46013,B 11056,B"
    problems = Problems()
    assert to_vintage(grouping(text, tmp_path), 2018, 2025, problems).groups == (("12041",), ("46030",))
    assert to_vintage(grouping(text, tmp_path), 2018, 2024, problems).groups[0] == ("12041",)
    assert to_vintage(grouping(text, tmp_path), 2018, 2024, problems).groups[1] == ("46003", "46013", "11056")
    assert to_vintage(grouping(text, tmp_path), 2024, 2025, problems).groups[0] == ("12030", "12034")
    problems.raise_if_any()


def test_members_in_two_groups_are_named(tmp_path: Path) -> None:
    assert said("46014,A 44045,B", tmp_path) == [
        "plan.csv, row 2: Lokeren (46014), Moerbeke (44045) are one municipality since 2025, Lokeren "
        "(46029), and in different groups; put them into one group"
    ]
    assert "Antwerpen (11002), Borsbeek (11007) are one municipality" in said("11002,A 11007,B", tmp_path)[0]
    # one of them alone, and the other in a merger
    assert "are one municipality since 2025" in said("46014,A 46020,A 44045,", tmp_path)[0]


def test_members_that_are_lacking_are_named(tmp_path: Path) -> None:
    assert said("46003,A 46013,A 46020,A", tmp_path) == [
        "plan.csv, row 2: Beveren (46003), Kruibeke (46013) is part of Beveren-Kruibeke-Zwijndrecht (46030) "
        "since 2025, and the file lacks Zwijndrecht (11056); add the whole municipality to one group"
    ]
    assert "the file lacks Antwerpen (11002)" in said("11007,A 11001,A", tmp_path)[0]
    assert "the file lacks Moerbeke (44045)" in said("46014,A", tmp_path)[0]


MEMBERS = {
    code: [change.old_code for change in all_changes() if change.year == 2025 and change.code == code]
    for code in {change.code for change in all_changes() if change.year == 2025}
}


@given(st.lists(st.integers(0, 9), min_size=285, max_size=285), st.randoms())
def test_what_is_taken_apart_comes_together(labels: list[int], random: st.randoms) -> None:  # type: ignore[valid-type]
    """Any plan of now, written with the municipalities of before, in any order, is the same plan again."""
    entries = [
        Entry(0, old, f"group {label}")
        for code, label in zip(NEW.codes, labels, strict=True)
        for old in MEMBERS.get(code, [code])
    ]
    random.shuffle(entries)  # type: ignore[attr-defined]
    problems = Problems()
    plan = to_vintage(Grouping.of("f", "nis", entries), 2024, 2025, problems)
    groups = resolve_groups(NEW, plan, problems)
    problems.raise_if_any()
    expected = {
        label: tuple(i for i, other in enumerate(labels) if other == label) for label in sorted(set(labels))
    }
    assert sorted(groups) == sorted(expected.values())


@given(st.sampled_from(sorted(MEMBERS)), st.data())
def test_no_division_of_one_municipality_passes(code: str, data: st.DataObject) -> None:
    members = MEMBERS[code]
    labels = data.draw(st.lists(st.sampled_from("AB"), min_size=len(members), max_size=len(members)))
    problems = Problems()
    entries = [Entry(k, old, label) for k, (old, label) in enumerate(zip(members, labels, strict=True), 1)]
    to_vintage(Grouping.of("f", "nis", entries), 2024, 2025, problems)
    assert bool(problems) == (len(set(labels)) > 1)


# Mergers of merged municipalities

TWICE = Crosswalk.of(
    [
        Change(2031, "1", "A", "9", "AB"),
        Change(2031, "2", "B", "9", "AB"),
        Change(2040, "9", "AB", "20", "ABC"),
        Change(2040, "3", "C", "20", "ABC"),
    ]
)


def brought(*groups: str, majority: Majority | None = None) -> tuple[tuple[tuple[str, ...], ...], list[str]]:
    entries = [
        Entry(row, text, str(k) if len(group.split()) > 1 else "")
        for k, group in enumerate(groups)
        for row, text in enumerate(group.split(), start=2)
    ]
    problems = Problems()
    made = translated(Grouping.of("plan.csv", "nis", entries), TWICE, problems, majority)
    try:
        problems.raise_if_any()
    except InputError as error:
        return made.groups, [problem.what for problem in error.problems]
    return made.groups, []


def test_members_of_any_moment_make_one_municipality() -> None:
    for whole in ("1 2 3 5", "9 3 5", "20 5", "A B C 5", "AB C 5"):
        assert brought(whole) == ((("20", "5"),), [])
    assert brought("1", "2", "3", "5") == ((("20",), ("5",)), [])


def test_what_cuts_through_is_told() -> None:
    assert brought("1 2 5", "3")[1] == [
        "A (1), B (2), C (3) are one municipality since 2040, ABC (20), and in different groups"
    ]
    assert brought("1 5", "2 3")[1] == [
        "A (1), B (2), C (3) are one municipality since 2040, ABC (20), and in different groups"
    ]
    assert brought("1 3 5")[1] == ["A (1), C (3) is part of ABC (20) since 2040, and the file lacks B (2)"]
    assert brought("9 5")[1] == ["AB (9) is part of ABC (20) since 2040, and the file lacks C (3)"]
    assert brought("3 5")[1] == ["C (3) is part of ABC (20) since 2040, and the file lacks A (1), B (2)"]


def test_the_majority_settles_what_is_cut() -> None:
    people = {"1": 10, "2": 20, "3": 29, "9": 30}
    for groups, expected in (
        (("1 5", "2 3 6"), (("5",), ("20", "6"))),
        (("1 2 5", "3 6"), (("20", "5"), ("6",))),
        (("9 5", "3"), (("20", "5"),)),
        (("1 2", "3"), (("20",),)),
        (("3 5", "1 6", "2 7"), (("20", "5"), ("6",), ("7",))),
    ):
        rule = Majority(people)
        assert brought(*groups, majority=rule) == (expected, [])
        assert len(rule.told) == 1
    rule = Majority(people)
    brought("1 5", "2 3 6", majority=rule)
    assert rule.told == [
        "A (1), B (2), C (3) are one municipality since 2040, ABC (20), and in different groups: "
        "it goes with B (2), C (3), where most inhabitants are"
    ]


def test_of_equals_the_first_group_has_it() -> None:
    rule = Majority({"1": 5, "2": 2, "3": 3})
    assert brought("1 5", "2 3 6", majority=rule)[0] == (("20", "5"), ("6",))


def test_what_is_not_cut_needs_no_majority() -> None:
    rule = Majority({})
    assert brought("1 2 3 5", majority=rule) == ((("20", "5"),), [])
    assert brought("1", "2", "3", "5", majority=rule) == ((("20",), ("5",)), [])
    assert rule.told == []


def test_a_majority_of_unknown_people_is_none() -> None:
    _, told = brought("1 5", "2 3", majority=Majority({"1": 5}))
    assert told == ["A (1), B (2), C (3) are one municipality since 2040, ABC (20), and in different groups"]
