"""Scenarios of two dates: what they say, and what is wrong with them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.models.scenario.staged import StagedScenario, asks_for_two_dates

BASE: dict[str, Any] = {
    "level": "staged",
    "until": "2037-01-01",
    "earlier": {"preset": "mergers", "date": "2027-01-01"},
    "target": {"preset": "mergers", "date": "2031-01-01"},
}


def test_presets_and_files_of_each_map(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'level = "staged"\nuntil = 2037-01-01\n[earlier]\npreset = "mergers"\ndate = 2027-01-01\n'
        'population.min = 20000\nexisting.plan = "agreed.csv"\n[target]\npreset = "mergers"\n'
        "date = 2031-01-01\n",
        encoding="utf-8",
    )
    (tmp_path / "agreed.csv").write_text("nis,merger\n37022,A\n37011,A\n", encoding="utf-8")
    road = StagedScenario.read(file)
    earlier, target = road.stages
    assert asks_for_two_dates(file)
    assert (road.name, earlier.name, target.name) == ("mine", "mine-2027", "mine-2031")
    assert (earlier.population.min, target.population.min) == (20_000, 30_000)
    assert earlier.existing.mergers == (("37022", "37011"),)
    assert target.weights == Scenario.preset("mergers").weights
    assert StagedScenario.from_dict(road.model_dump(mode="json")) == road
    (tmp_path / "again.toml").write_text(road.to_toml(), encoding="utf-8")
    assert StagedScenario.read(tmp_path / "again.toml") == road


@pytest.mark.parametrize(
    ("others", "lasting", "shares", "moments"),
    [
        ({}, (4, 6), (2, 3), ("2027", "2031")),
        ({"until": "2033-07-01"}, (4, Fraction(5, 2)), (8, 5), ("2027", "2031")),
        ({"until": None, "years": {"earlier": 0.01, "target": 100}}, (Fraction(1, 100), 100), (1, 10_000),
         ("2027", "2031")),
        ({"earlier": {"preset": "mergers", "date": "2030-07-01"}}, (Fraction(1, 2), 6), (1, 12),
         ("2030-07", "2031-01")),
    ],
)  # fmt: skip
def test_years(
    others: dict[str, Any], lasting: tuple[Any, Any], shares: tuple[int, int], moments: tuple[str, str]
) -> None:
    road = StagedScenario.from_dict(BASE | others)
    assert (road.lasting, road.shares, road.moments) == (lasting, shares, moments)


WRONG = [
    ({"earlier": {"date": "2031-01-01"}}, "earlier.date (2031-01-01) is not before target.date"),
    ({"until": "2031-01-01"}, "until (2031-01-01) is not after target.date"),
    ({"until": None}, "it is not said for how long the target map counts; add until"),
    ({"years": {"earlier": 4, "target": 6}}, "until and [years] both say"),
    ({"until": None, "years": {"earlier": 0, "target": 6}}, "years.earlier"),
    ({"earlier": {"date": "2027-01-15"}}, "on the first day of a month, not on 2027-01-15"),
    ({"earlier": {"date": "2027-13-01"}}, "earlier.date"),
    ({"earlier": {"preset": "mergers"}}, "earlier.date"),
    ({"earlier": {"date": "2027-01-01", "frames": {"regions": False}}}, "frames.regions differ"),
    ({"earlier": {"date": "2027-01-01", "budgets": {"bonus(2025)": {"max": 1}}}}, "know no budgets"),
    ({"earlier": {"date": "2027-01-01"}, "target": {"date": "2031-01-01"}}, "neither map weighs anything"),
    ({"unmerged": "stay"}, "unmerged"),
    ({"level": "mergers"}, "does not ask for the maps of two dates"),
    ({"target": {"date": "2031-01-01", "preset": "merger"}}, "target.preset: there is no such preset"),
    ({"target": {"date": "2031-01-01", "rule": {}}}, "unknown key 'target.rule'"),
    ({"zones": {}}, "unknown key 'zones'"),
]  # fmt: skip


@pytest.mark.parametrize(("others", "message"), WRONG, ids=[message[:40] for _, message in WRONG])
def test_what_is_wrong_is_said(others: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as error:
        StagedScenario.from_dict(BASE | others, file="my.toml")
    assert message in str(error.value)
    assert "my.toml" in str(error.value)


def test_a_scenario_of_one_date_refuses_the_level() -> None:
    with pytest.raises(InputError, match="asks for the maps of two dates"):
        Scenario.from_dict(BASE)
