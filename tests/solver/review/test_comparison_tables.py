"""The tables of a comparison: columns as documented, figures as compared."""

from __future__ import annotations

import pytest
from refzones.models import Scenario
from refzones.solver.results.plan import Plan
from refzones.solver.review.comparison import Comparison, compare
from refzones.solver.review.comparison_tables import (
    Table,
    broken_by_rule,
    rules_table,
    similarity_table,
    terms_table,
    transfers_table,
)
from support.build import build_instance

ROW = build_instance([30_000, 40_000, 50_000, 60_000], [(0, 1), (1, 2), (2, 3)], region=[1, 1, 0, 0])
MERGERS = Scenario.from_dict({"population": {"min": 60_000}, "weights": {"distance": 1, "size": 2}})
TOGETHER, APART, HALF = [(0, 1), (2, 3)], [(0,), (1,), (2,), (3,)], [(0, 1), (2,), (3,)]


@pytest.fixture(scope="module")
def found() -> Comparison:
    plans = [Plan.of(ROW, MERGERS, groups) for groups in (TOGETHER, APART, HALF)]
    return compare(ROW, MERGERS, dict(zip("abc", plans, strict=True)))


COUNTS = ["after", "mergers", "unchanged"]


def column(table: Table, name: str) -> list[object]:
    header, rows = table
    return [row[header.index(name)] for row in rows]


def test_terms_stand_side_by_side(found: Comparison) -> None:
    table = terms_table(found)
    assert table[0][:4] == ["term", "unit", "better", "weight"]
    assert table[0][4:] == ["value a", "value b", "value c", "points a", "points b", "points c"]
    assert column(table, "term") == ["distance", "size", "score", "broken_rules", *COUNTS]
    for plan in found.plans:
        values = column(table, f"value {plan.name}")
        points = column(table, f"points {plan.name}")
        assert values[:2] == [term.value for term in plan.terms.values()]
        assert values[2] == points[2] == plan.plan.score_nano / 1e9
        merged = sum(len(part.members) > 1 for part in plan.plan.mergers)
        after = len(plan.plan.mergers)
        assert values[3:] == [len(plan.violations), after, merged, after - merged]
        assert points[2] == pytest.approx(sum(float(str(figure)) for figure in points[:2]))


def test_changes_by_plan_and_region(found: Comparison) -> None:
    table = transfers_table(found)
    assert table[0][:6] == ["level", "plan", "region", "nis", "name", "population"]
    assert column(table, "plan") == ["b"] * 4 + ["c"] * 2
    assert column(table, "name") == ["M2", "M3", "M0", "M1", "M2", "M3"]  # R0 before R1
    assert column(table, "from")[:4] == ["M3 +1", "M3 +1", "M1 +1", "M1 +1"]
    assert column(table, "to")[:4] == ["M2", "M3", "M0", "M1"]
    assert column(table, "moves") == ["yes", "no", "yes", "no", "yes", "no"]
    assert column(table, "leaves")[:2] == ["M3", "M2"]
    assert column(table, "joins") == [""] * 6
    assert sum(len(row) == len(table[0]) for row in table[1]) == 6


def test_every_pair_of_plans_once(found: Comparison) -> None:
    table = similarity_table(found)
    assert list(zip(column(table, "plan"), column(table, "other"), strict=True)) == [
        ("a", "b"), ("a", "c"), ("b", "c")
    ]  # fmt: skip
    alike = found.levels[0].similarity[0][2]
    assert table[1][1][3:] == [alike.rand, alike.adjusted_rand, alike.adjusted_rand_municipalities]


def test_nested_levels_follow_each_other() -> None:
    nested = Scenario.from_dict(
        {"level": "nested", "weights": {"distance": 1}, "zones": {"weights": {"distance": 3}}}
    )
    one = build_instance([40_000] * 3, [(0, 1), (1, 2)])
    parts = [(0,), (1,), (2,)]
    found = compare(
        one,
        nested,
        {
            "a": Plan.of(one, nested, parts, [(0, 1), (2,)]),
            "b": Plan.of(one, nested, parts, [(0,), (1, 2)]),
        },
    )
    assert column(terms_table(found), "term")[-4:] == [*COUNTS, "zones"]
    assert column(terms_table(found), "value a")[-4:] == [3, 0, 3, 2]
    assert set(column(transfers_table(found), "level")) == {"zones"}
    assert column(similarity_table(found), "level") == ["mergers", "zones"]


def test_which_rules_break_where(found: Comparison) -> None:
    table = rules_table(found)
    assert column(table, "plan") == ["b", "b", "b", "c"]
    assert len(table[1]) == sum(len(plan.violations) for plan in found.plans)
    assert column(table, "merger") == ["M0", "M1", "M2", "M2"]
    assert column(table, "seat_nis") == ["10000", "10001", "10002", "10002"]
    assert column(table, "rule") == ["inhabitants within the bounds"] * 4
    assert column(table, "finding")[0] == "30,000 inhabitants: 30,000 below the minimum of 60,000"
    texts = [violation.text for plan in found.plans for violation in plan.violations]
    assert sorted(map(str, column(table, "sentence"))) == sorted(texts)
    assert broken_by_rule(found) == {"inhabitants within the bounds": [[], ["M0", "M1", "M2"], ["M2"]]}


def test_what_the_whole_breaks_has_no_merger() -> None:
    many = Scenario.from_dict({"weights": {"distance": 1}, "count": {"max": 1}})
    groups = {"a": [(0, 1), (2, 3)], "b": [(0,), (1,), (2, 3)]}
    compared = compare(ROW, many, {name: Plan.of(ROW, many, some) for name, some in groups.items()})
    rows = rules_table(compared)[1]
    assert [row[:5] for row in rows if row[6] == "count"] == [["b", "", "", "", ""]]
    assert broken_by_rule(compared)["how many there are to be"] == [[], ["the plan as a whole"]]
