"""Plans and results as HTML."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import Plan, Result, solve
from support.build import build_instance


class Reader(HTMLParser):
    """Reads the cells of tables, and makes sure that every element is closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    assert len({len(row) for row in reader.rows}) == 1
    return reader


@pytest.fixture(scope="module")
def result() -> Result:
    return solve(load("flanders-2025"), Scenario.preset("mergers"), regions=["Waasland", "Vlaamse Ardennen"])


def test_result_has_a_row_a_region_and_the_whole(result: Result) -> None:
    shown = read(result._repr_html_())
    assert [row[0] for row in shown.rows] == ["region", "Vlaamse Ardennen", "Waasland", "all"]
    head, *_, whole = shown.rows
    assert whole[head.index("score")] == f"{result.score:,.4f}"
    assert whole[head.index("bound")] == f"{result.bound:,.4f}"
    assert whole[head.index("before")] == "21"
    assert whole[head.index("after")] == str(len(result.mergers))
    assert whole[head.index("mergers")] == str(sum(len(merger.members) > 1 for merger in result.mergers))
    people = sum(merger.population(result.instance) for merger in result.mergers)
    assert f"values are means over the {people:,} inhabitants in Vlaamse Ardennen and Waasland" in shown.text
    assert f"{len(result.mergers)} municipalities after merging (" in shown.text
    assert whole[head.index("gap")] == "0 %"
    for term in result.scenario.weights:
        assert term in shown.text


def test_plan_has_a_row_a_merger(result: Result) -> None:
    plan = result.plan
    assert plan is not None
    shown = read(plan._repr_html_())
    head, *rows = shown.rows
    assert len(rows) == len(plan.mergers)
    names, inhabitants = head.index("merger"), head.index("inhabitants")
    found = {(row[names], row[inhabitants]) for row in rows}
    instance = result.instance
    assert found == {(m.name(instance), f"{m.population(instance):,}") for m in plan.mergers}
    towns = ", ".join(row[names] + ", " + row[head.index("members")] for row in rows)
    for merger in plan.mergers:
        assert all(instance.names[i] in towns for i in merger.members)


def test_names_cannot_smuggle_elements_in() -> None:
    instance = build_instance([10, 20, 30], [(0, 1), (1, 2)])
    instance = replace(instance, names=("<script>a", 'b"&', "c"), regions=("<i>R",), title="<b>T")
    scenario = Scenario.from_dict(
        {"name": "<u>s", "population": {"min": 5, "max": 100}, "weights": {"size": 1}}
    )
    result = solve(instance, scenario)
    assert result.plan is not None
    for html in (result._repr_html_(), result.plan._repr_html_()):
        read(html)
        for mark in ("<script", "<i>", "<b>T", "<u>"):
            assert mark not in html
    assert "&lt;script&gt;a" in result.plan._repr_html_()


def test_what_has_no_plan_says_why() -> None:
    instance = build_instance([10, 20], [(0, 1)])
    scenario = Scenario.from_dict({"population": {"min": 100, "max": 200}, "weights": {"size": 1}})
    shown = read(solve(instance, scenario)._repr_html_())
    (_, row) = shown.rows
    assert row[1].startswith("infeasible: no connected merger")


def test_a_plan_shows_itself_without_its_instance(result: Result) -> None:
    plan = result.plan
    assert plan is not None
    shown = read(Plan(plan.mergers)._repr_html_())
    assert len(shown.rows) == 1 + len(plan.mergers)
    assert shown.rows[1][1] == ", ".join(map(str, plan.mergers[0].members))


def test_zones_are_shown(result: Result) -> None:
    nested = solve(result.instance, Scenario.preset("nested"), regions=["Waasland"])
    assert nested.plan is not None
    head, *rows = read(nested.plan._repr_html_()).rows
    zones = {zone.name(result.instance) for zone in nested.zones}
    assert {row[head.index("zone")] for row in rows} == zones
    assert f"zones: {next(iter(nested.scenario.at('zones').weights))} " in read(nested._repr_html_()).text
