"""Who is enclosed by whom, in a plan and in words."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.solver import Plan, evaluate, evaluation_record
from refzones.solver.results.enclosures import enclosed_lines
from refzones.solver.verification.enclosed import enclosed_by
from support.build import build_instance
from support.strategies import questions

# 0 and 6 have 1 to 3 around them and nobody else
NEAR = [*((0, i) for i in (1, 2, 3)), *((6, i) for i in (1, 2, 3)), *pairwise((1, 2, 3, 4, 5))]
MAP = build_instance([10_000] * 7, NEAR, classes=["a1", "", "", "", "", "c2", "c3"])
ANY = {"population": {"min": 0, "max": 900_000}, "weights": {"distance": 1}}


def plan(groups: list[list[int]], **demands: Any) -> Plan:
    return Plan.of(MAP, Scenario.from_dict(ANY | demands), groups)


def test_each_is_told_with_its_ring() -> None:
    (town, other) = plan([[0], [1, 2, 3], [4], [5], [6]]).enclosures
    assert (town.part.members, town.by.members, town.is_centre) == ((0,), (1, 2, 3), True)
    assert (other.part.members, other.is_centre, other.level) == ((6,), False, "mergers")


@pytest.mark.parametrize("mode", ["allowed", "forbidden"])
def test_lines(mode: str) -> None:
    made = plan([[0], [1, 2, 3], [4], [5], [6]], rules={"enclosed": mode})
    assert enclosed_lines(MAP, made.enclosures) == [
        "1 centre town is enclosed: M0, by M2 +2",
        "1 municipality is enclosed: M6, by M2 +2",
    ]
    both = plan([[0], [1, 2, 3, 5, 4], [6]], orientation={"centres": ["a1", "c3"]})
    assert enclosed_lines(MAP, both.enclosures) == ["2 centre towns are enclosed: M0, by M3 +4; M6, by M3 +4"]


def test_nobody_is_enclosed() -> None:
    assert plan([[0, 1, 2, 3, 6], [4], [5]]).enclosures == ()
    assert plan([[0, 1], [2, 3], [4], [5], [6]]).enclosures == ()
    assert plan([[i] for i in range(7)]).enclosures == ()  # 5 has no neighbour but 4, which is alone too
    assert enclosed_lines(MAP, ()) == []


def test_zones_are_called_so() -> None:
    scenario = Scenario.from_dict({"level": "nested", **ANY, "zones": ANY})
    made = Plan.of(MAP, scenario, [[i] for i in range(7)], [[0], [1, 2, 3], [4, 5], [6]])
    assert enclosed_lines(MAP, made.enclosures) == [
        "1 centre town is enclosed by a zone: M0, by M2 +2",
        "1 municipality is enclosed by a zone: M6, by M2 +2",
    ]


def test_mergers_too_where_they_count() -> None:
    """0 and 1 have 2 and 3 around them; 4 and 5 lie behind, and have no other neighbour than 3 either."""
    row = build_instance(
        [10_000] * 6, [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (4, 5)], classes=["a1", "", "", "", "", ""]
    )
    groups = [[0, 1], [2, 3], [4, 5]]
    made = Plan.of(row, Scenario.from_dict(ANY | {"rules": {"enclosed_parts": "all"}}), groups)
    assert enclosed_lines(row, made.enclosures) == [
        "1 merger with a centre town is enclosed: M0 +1, by M2 +1",
        "1 merger is enclosed: M4 +1, by M2 +1",
    ]
    assert Plan.of(row, Scenario.from_dict(ANY), groups).enclosures == ()
    two = Plan.of(row, made.scenario or Scenario(), [[0, 1, 2, 3], [4, 5]])
    assert two.enclosures == ()


def test_long_lists_are_cut() -> None:
    star = build_instance([10_000] * 12, [(0, 11), *((0, i) for i in range(1, 11))])
    made = Plan.of(star, Scenario.from_dict(ANY), [[0, 11], *([i] for i in range(1, 11))])
    (line,) = enclosed_lines(star, made.enclosures)
    assert line.startswith("10 municipalities are enclosed: M1, by M0 +1; ")
    assert line.endswith("M8, by M0 +1; and 2 more")


@given(questions(largest=8, agreed=True), st.data())
@settings(max_examples=100, deadline=None)
def test_the_verifier_reads_the_same(question: tuple[Instance, Scenario], data: st.DataObject) -> None:
    instance, scenario = question
    mark = [data.draw(st.integers(0, 3)) for _ in range(len(instance))]
    groups = [[i for i in range(len(instance)) if mark[i] == k] for k in sorted(set(mark))]
    try:
        made = Plan.of(instance, scenario, groups)
    except InputError:
        assume(False)
    expected = {
        (i, part)
        for part in map(tuple, groups)
        for i in enclosed_by(instance, scenario, part)
        if [i] in groups  # who is in a part that does not hold together is not alone
    }
    assert {(*one.part.members, one.by.members) for one in made.enclosures} == expected


def test_an_evaluation_records_them() -> None:
    scenario = Scenario.from_dict(ANY)
    made = plan([[0], [1, 2, 3], [4], [5], [6]])
    record = evaluation_record(evaluate(MAP, scenario, made), "mine")
    assert [one.model_dump() for one in record.enclosed] == [
        {
            "name": name,
            "members": [code],
            "centre": name == "M0",
            "by": "M2 +2",
            "by_members": ["10001", "10002", "10003"],
            "level": "mergers",
        }
        for code, name in (("10000", "M0"), ("10006", "M6"))
    ]


def test_in_flanders_the_coast_around_oostende() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("zones")
    coast = ["Bredene", "De Haan", "Gistel", "Ichtegem", "Middelkerke", "Oudenburg"]
    made = Plan.of(instance, scenario, [coast, ["Oostende"]])
    assert enclosed_lines(instance, made.enclosures) == [
        f"1 centre town is enclosed by a zone: Oostende, by {made.mergers[0].name(instance)}"
    ]
