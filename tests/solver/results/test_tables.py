"""Plans and results as data frames."""

from __future__ import annotations

import numpy as np
import pytest
from refzones.instances import InputError, Instance, load
from refzones.instances.common import optional
from refzones.models import Scenario
from refzones.models.scoring.scorer import NANO, Scorer
from refzones.solver import Plan, Result, solve
from refzones.solver.results.rows import MUNICIPALITY_COLUMNS, PART_COLUMNS
from refzones.solver.results.tables import REGION_COLUMNS
from support.build import build_instance
from support.shown import shown_by_hand

pytest.importorskip("pandas")
REGIONS = ["Waasland", "Vlaamse Ardennen"]


@pytest.fixture(scope="module")
def flanders() -> Instance:
    return load("flanders-2025")


@pytest.fixture(scope="module")
def result(flanders: Instance) -> Result:
    return solve(flanders, Scenario.preset("mergers"), regions=REGIONS)


def plan_of(result: Result) -> Plan:
    assert result.plan is not None
    return result.plan


def test_one_row_a_merger(result: Result, flanders: Instance) -> None:
    plan = plan_of(result)
    frame = plan.to_frame()
    terms = Scorer(flanders, result.scenario).terms
    assert tuple(frame.columns) == ("merger", *PART_COLUMNS, *(term.name for term in terms))
    assert len(frame) == len(plan.mergers)
    for row, merger in zip(frame.to_dict("records"), plan.mergers, strict=True):
        assert row["member_nis"] == tuple(flanders.codes[i] for i in merger.members)
        assert row["members"] == tuple(flanders.names[i] for i in merger.members)
        assert row["municipalities"] == len(merger.members)
        assert row["seat_nis"] == flanders.codes[merger.seat]
        assert row["population"] == merger.population(flanders)
        assert row["standalone"] == merger.standalone
        assert row["score"] == merger.score_nano / NANO
        assert row["area_km2"] == pytest.approx(sum(flanders.area[i] for i in merger.members))
        for name in row["functions"]:
            assert flanders.functions[name].present[list(merger.members)].any()
    for k, term in enumerate(terms):
        values = frame[term.name] * (frame["population"] if term.per_inhabitant else 1)
        assert values.to_numpy() == pytest.approx([merger.values[k] for merger in plan.mergers])
    assert frame["score"].sum() == pytest.approx(plan.score_nano / NANO)


def test_one_row_a_municipality(result: Result, flanders: Instance) -> None:
    plan = plan_of(result)
    frame = result.to_frame("municipalities")
    assert tuple(frame.columns) == MUNICIPALITY_COLUMNS
    held = np.flatnonzero(plan.assignment(flanders) >= 0)
    assert frame["nis"].tolist() == [flanders.codes[i] for i in held]
    assert set(frame["region"]) == set(REGIONS)
    mergers = plan.to_frame()
    sums = frame.groupby("seat_nis")["population"].sum()
    assert sums.to_dict() == dict(zip(mergers["seat_nis"], mergers["population"], strict=True))
    assert set(frame["zone"]) == {""}


def test_one_row_a_region(result: Result) -> None:
    frame = result.to_frame("regions")
    assert tuple(frame.columns) == (*REGION_COLUMNS, *result.scenario.weights)
    for row, region in zip(frame.to_dict("records"), result.by_region, strict=True):
        sizes = [len(merger.members) for merger in region.mergers]
        by_rule = sum(bool(merger.standalone) for merger in region.mergers)
        assert [row["after"], row["mergers"], row["unchanged"], row["alone_by_rule"]] == [
            len(sizes), sum(size > 1 for size in sizes), sizes.count(1), by_rule,
        ]  # fmt: skip
        parts = [merger.members for merger in region.mergers]
        assert row["inhabitants"] == sum(merger.population(result.instance) for merger in region.mergers)
        for term in result.scenario.weights:
            value, _, _ = shown_by_hand(result.instance, result.scenario, term, parts)
            assert row[term] == pytest.approx(value, rel=1e-12)
    assert frame["region"].tolist() == [region.name for region in result.by_region]
    assert frame["score"].sum() == pytest.approx(result.score)
    assert frame["after"].sum() == len(result.mergers)


def test_zones_and_the_mergers_inside_them(flanders: Instance) -> None:
    result = solve(flanders, Scenario.preset("nested"), regions=["Waasland"])
    mergers, zones = result.to_frame("mergers"), result.to_frame("zones")
    assert set(mergers["zone"]) == set(zones["zone"])
    inside = mergers.groupby("zone")["population"].sum()
    assert inside.to_dict() == dict(zip(zones["zone"], zones["population"], strict=True))
    assert set(result.to_frame("municipalities")["zone"]) == set(zones["zone"])
    total = mergers["score"].sum() + zones["score"].sum()
    assert total == pytest.approx(result.score)


def test_a_plan_of_zones_speaks_of_zones(flanders: Instance) -> None:
    result = solve(flanders, Scenario.preset("zones"), regions=["Waasland"])
    frame = result.to_frame()
    assert frame.equals(result.to_frame("zones"))
    assert tuple(frame.columns)[:2] == ("zone", "region")
    assert frame["zone"].tolist() == [zone.name(flanders) for zone in result.mergers]
    towns = result.to_frame("municipalities")
    assert set(towns["zone"]) == set(frame["zone"])
    assert set(towns["merger"]) == set(towns["merger_nis"]) == {""}
    with pytest.warns(DeprecationWarning, match="zones"):
        old = result.to_frame("mergers")
    assert old.rename(columns={"merger": "zone"}).equals(frame)


def test_shapes_belong_to_their_rows(result: Result, flanders: Instance) -> None:
    pytest.importorskip("geopandas")
    mergers, towns = result.to_geoframe(), result.to_geoframe("municipalities")
    assert mergers.crs == flanders.crs
    assert mergers.attrs["generalised"] is True
    assert len(mergers) == len(result.mergers)
    for row in towns.itertuples():
        (holder,) = (k for k, found in enumerate(mergers["member_nis"]) if row.nis in found)
        assert mergers.geometry[holder].buffer(1).contains(row.geometry)
    assert mergers.area.sum() == pytest.approx(towns.area.sum(), rel=1e-3)


def test_what_is_not_there_is_told(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(result)
    with pytest.raises(InputError, match=r"no such table.*did you mean 'mergers'"):
        plan.to_frame("merger")
    with pytest.raises(InputError, match=r"does not know.*plan\.with_context\(instance, scenario\)"):
        Plan(plan.mergers).to_frame()
    assert (
        Plan(plan.mergers).with_context(result.instance, result.scenario).to_frame().equals(plan.to_frame())
    )
    monkeypatch.setattr(optional, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"need the package pandas.*refzones\[research\]"):
        plan.to_frame()


def test_what_a_plan_is_for_is_no_part_of_it(result: Result) -> None:
    plan = plan_of(result)
    bare = Plan(plan.mergers)
    assert bare == plan
    assert hash(bare) == hash(plan)
    assert repr(bare) == repr(plan)


def test_no_plan_has_no_rows() -> None:
    instance = build_instance([10, 20], [(0, 1)])
    result = solve(
        instance, Scenario.from_dict({"population": {"min": 100, "max": 200}, "weights": {"size": 1}})
    )
    assert result.plan is None
    assert len(result.to_frame()) == 0
    assert result.to_frame("regions")["status"].tolist() == ["infeasible"]
    assert np.isnan(result.to_frame("regions")["score"][0])
