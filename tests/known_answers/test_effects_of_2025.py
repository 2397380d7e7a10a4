"""What the 13 mergers of 2025 did, as it was published and as rates of later years show it."""

from __future__ import annotations

import csv
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from refzones.instances import Instance, load
from refzones.instances.vintages import all_changes
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from refzones.models.indicators.tax_rates import TaxRate, rate_bounds

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("REFZONES_DATA", ROOT.parent / "shared" / "data"))
official = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the official files are not in {DATA} (set REFZONES_DATA)"
)

ASKED = Scenario.from_dict({"weights": {}})

# Statbel, population by municipality on 1 January 2018 (CC BY 4.0). By law the inhabitants on 1 January of
# the year of the elections decide how many councillors and aldermen there are; those of 2018 held until 2024.
INHABITANTS_2018 = {
    **{"11002": 523_248, "11007": 10_685, "11056": 19_002, "23023": 8_725, "23024": 9_236, "23032": 6_643},
    **{"37007": 10_906, "37012": 5_387, "37015": 20_422, "37018": 14_243, "44012": 10_532, "44034": 22_300},
    **{"44040": 11_574, "44043": 24_634, "44045": 6_455, "44048": 11_574, "44073": 7_683, "46003": 48_192},
    **{"46013": 16_657, "46014": 41_438, "71022": 77_651, "71057": 18_514, "71069": 10_824, "73006": 32_318},
    **{"73009": 10_697, "73032": 9_685, "73040": 8_446, "73083": 31_032},
}


@pytest.fixture(scope="module")
def before() -> Instance:
    return load("flanders-2024")


@pytest.fixture(scope="module")
def mergers(before: Instance) -> dict[str, tuple[int, ...]]:
    """Members by the code of the new municipality."""
    members: dict[str, list[int]] = {}
    for change in all_changes():
        if change.year == 2025:
            members.setdefault(change.code, []).append(before.index[change.old_code])
    found = {code: tuple(sorted(several)) for code, several in members.items() if len(several) > 1}
    assert (len(found), sum(map(len, found.values()))) == (13, 28)
    return found


def summed(instance: Instance, name: str, parts: list[tuple[int, ...]]) -> float:
    total = build_indicator(name, instance, ASKED).of_plan(parts).value(range(len(parts)))
    assert total is not None
    return total


def test_247_councillors_and_46_mayors_and_aldermen(
    before: Instance, mergers: dict[str, tuple[int, ...]]
) -> None:
    """Published: 704 councillors became 457, and 178 mayors and aldermen 132 in the first term.

    Those before were elected in 2018; by the inhabitants of 2024 the 28 would have had 714 and 180.
    """
    assert set(INHABITANTS_2018) == {before.codes[i] for part in mergers.values() for i in part}
    population = [
        INHABITANTS_2018.get(code, int(before.population[i])) for i, code in enumerate(before.codes)
    ]
    elected = replace(before, population=np.array(population))
    alone = [(i,) for part in mergers.values() for i in part]
    parts = list(mergers.values())
    assert summed(elected, "councillors", alone) == 704
    assert summed(before, "councillors", parts) == 704 - 247
    assert summed(elected, "executives(first)", alone) == 178
    assert summed(before, "executives(first)", parts) == 178 - 46
    assert summed(before, "executives(second)", parts) == 106 + 13
    assert summed(before, "executives(later)", parts) == 106
    assert (summed(before, "councillors", alone), summed(before, "executives(later)", alone)) == (714, 180)


def test_all_13_have_the_rate_of_their_largest_member(
    before: Instance, mergers: dict[str, tuple[int, ...]]
) -> None:
    after = load("flanders-2026")
    found = {}
    for rule in ("largest", "mean", "lowest"):
        indicator = build_indicator(f"property_tax_rate({rule})", before, ASKED)
        assert isinstance(indicator, TaxRate)
        amounts = indicator.of_plan(list(mergers.values()))
        found[rule] = [amounts.value([k]) for k in range(len(mergers))]
    rates = [float(after.figures["property_tax_rate"][after.index[code]]) for code in mergers]
    assert found["largest"] == pytest.approx(rates)
    assert found["mean"] != pytest.approx(rates)
    assert found["lowest"] != pytest.approx(rates)


@official
def test_the_official_rates_say_the_same(before: Instance, mergers: dict[str, tuple[int, ...]]) -> None:
    def rates(year: int) -> dict[str, float]:
        with (DATA / "policy" / f"oov-{year}.csv").open(encoding="utf-8") as file:
            return {row["nis"]: float(row["opcentiemen"]) for row in csv.DictReader(file)}

    with (DATA / "2024" / "pop_20240101_300_nis2019.csv").open(encoding="utf-8") as file:
        people = {row["nis2019"]: int(row["pop_2024"]) for row in csv.DictReader(file)}
    old, new = rates(2024), rates(2026)
    for code, part in mergers.items():
        largest = max((before.codes[i] for i in part), key=lambda one: people[one])
        assert new[code] == old[largest], code


def test_rates_in_use_are_within_the_bounds_of_plausibility() -> None:
    """More than twice the highest one, as the note of the bounds says."""
    highest = {"property_tax_rate": 0.0, "income_tax_rate": 0.0}
    for name in ("flanders-2024", "flanders-2025", "flanders-2026"):
        figures = load(name).figures
        highest = {key: max(most, float(np.nanmax(figures[key]))) for key, most in highest.items()}
    assert highest == {"property_tax_rate": 1_417, "income_tax_rate": 9}
    assert rate_bounds().property_tax_most > 2 * 1_417
    assert rate_bounds().income_tax_most > 2 * 9
