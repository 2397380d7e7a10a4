"""The yardstick, by hand, on a chain of six municipalities with two centres."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yardstick
from refzones.instances import Instance
from support.build import build_instance
from yardstick import Level, enclosed_centres, extra_touched, lesser_names, with_their_centre

INSTANCE = build_instance(
    [10_000, 20_000, 30_000, 40_000, 50_000, 60_000],
    [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)],
    classes=["c1", "a1", "c0", "b0", "a0", "c3"],
    facility=[5],
    layers={"police": ["A", "A", "B", "B", "B", "C"], "primary_care": ["A"] * 6},
)
FLOWS = {("10000", "10001"): 5.0, ("10002", "10004"): 3.0, ("10002", "10001"): 1.0, ("10003", "10004"): 2.0}


def level(*groups: tuple[int, ...], seats: tuple[int, ...] = ()) -> Level:
    codes = tuple(tuple(INSTANCE.codes[i] for i in group) for group in groups)
    chosen = tuple(INSTANCE.codes[i] for i in seats) or tuple(group[0] for group in codes)
    return Level("", tuple(f"M{group[0]}" for group in groups), chosen, codes)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (((0, 1), (2, 3, 4), (5,)), 1.0),
        (((0, 1, 2), (3, 4), (5,)), 50 / 80),
        (((0,), (1, 2), (3,), (4, 5)), 0.0),
    ],
)
def test_towns_with_their_first_centre(groups: tuple[tuple[int, ...], ...], expected: float) -> None:
    assert with_their_centre(INSTANCE, level(*groups), FLOWS) == expected


def test_zones_touched_more_often_than_there_are_zones() -> None:
    plan = level((0, 1), (2, 3), (4, 5))
    assert (extra_touched(INSTANCE, plan, "police"), extra_touched(INSTANCE, plan, "primary_care")) == (1, 2)


def test_names_of_lesser_members() -> None:
    assert lesser_names(INSTANCE, level((0, 1), (2, 3, 4), (5,), seats=(0, 4, 5))) == ["M0"]


def test_enclosed_centres_are_told_with_the_ring() -> None:
    assert enclosed_centres(INSTANCE, level((0, 2, 3, 5), (1,), (4,))) == ["M1 (M1) by M0", "M4 (M4) by M0"]
    assert enclosed_centres(INSTANCE, level((0, 1, 2), (3, 4, 5)), alone=True) == []
    assert len(enclosed_centres(INSTANCE, level((0, 2, 3, 5), (1,), (4,)), alone=True)) == 2
    assert enclosed_centres(INSTANCE, level((0, 1, 2), (3, 4, 5))) == [
        "M1 (M0) by M3 and the other way round",
        "M4 (M3) by M0 and the other way round",
    ]


def test_runs_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    part = {"name": "M0 +1", "seat": "10000", "members": ["10000", "10001"]}
    plan = {"instance": {"name": "small"}, "scenario": {"level": "zones"}, "mergers": [part], "zones": []}
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    table = tmp_path / "flows.csv"
    table.write_text("home,work,people\n10000,10001,5.0\n", encoding="utf-8")

    def small(name: str) -> Instance:
        assert name == "small"
        return INSTANCE

    monkeypatch.setattr(yardstick, "load", small)
    yardstick.main([str(tmp_path), "--flows", str(table)])
    printed = capsys.readouterr().out
    assert f"{tmp_path.name}: zones (1)" in printed
    assert "with their first centre: 1.000" in printed
    assert "named after a lesser member: 1: M0 +1" in printed
