"""Plans that every instance has."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.app.input.known_plans import AS_IS, is_known_name, known_plans, year_of
from refzones.app.input.plan_reading import PlanReading, read_plans
from refzones.app.input.plans import given_plan
from refzones.instances import InputError, load
from refzones.models import Scenario


def test_the_mergers_of_2025_are_those_that_the_next_instance_has() -> None:
    before, after = load("flanders-2024"), load("flanders-2025")
    plan = known_plans(before)["mergers-2025"]
    assert sorted(i for group in plan for i in group) == list(range(len(before)))
    assert sum(len(group) > 1 for group in plan) == 13
    assert len(plan) == len(after) == 285
    names = {before.names[i] for group in plan for i in group if before.find("Tielt") in group}
    assert names == {"Tielt", "Meulebeke"}


def test_what_has_merged_already_is_no_plan_any_more() -> None:
    instance = load("flanders-2025")
    assert known_plans(instance) == {AS_IS: tuple((i,) for i in range(285))}


def test_the_year_is_in_the_key() -> None:
    assert year_of("mergers-2025") == 2025
    assert year_of(AS_IS) is None


def test_a_plan_is_compared_with_the_municipalities_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read for the regions of the other plan, wherever it stands among them."""
    monkeypatch.chdir(tmp_path)
    instance = load("flanders-2025")
    (region,) = instance.region_indices(["Middenkust"])
    members = instance.members(region).tolist()
    rows = [f"{instance.codes[i]},{'east' if i == members[0] else 'west'}" for i in members]
    Path("mine.csv").write_text("\n".join(["nis,merger", *rows]), encoding="utf-8")
    for order in (["mine.csv", AS_IS], [AS_IS, "mine.csv"]):
        given = [given_plan(Path(name)) for name in order]
        plans = read_plans(given, instance, Scenario.preset("mergers"), PlanReading())
        by_name = dict(zip(order, plans, strict=True))
        assert [part.members for part in by_name[AS_IS].mergers] == [(i,) for i in sorted(members)]
        assert len(by_name["mine.csv"].mergers) == 2
        assert {plan.regions for plan in plans} == {("Middenkust",)}


def test_files_come_before_known_plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(AS_IS).write_text("nis,merger\n", encoding="utf-8")
    assert not given_plan(Path(AS_IS)).is_known


def test_a_plan_that_is_not_known_of_an_instance() -> None:
    assert is_known_name("mergers-2025")
    assert not is_known_name("mergers-next")
    given = [given_plan(Path("mergers-2025"))]
    with pytest.raises(InputError, match="the instance has no such plan; known: as-is"):
        read_plans(given, load("flanders-2025"), Scenario.preset("mergers"), PlanReading())
