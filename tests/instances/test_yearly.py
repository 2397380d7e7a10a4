from __future__ import annotations

import csv
import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from refzones.instances import Instance, load, read_folder, write_folder
from refzones.instances.report import describe
from refzones.instances.vintages import history

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("REFZONES_DATA", ROOT.parent / "shared" / "data"))
official = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the official files are not in {DATA} (set REFZONES_DATA)"
)

Complaints = Callable[..., list[str]]
YEARS = "nis,inhabitants_2024,inhabitants_2015\n1002,210,190\n1001,90,\n1003,310,290\n"


@pytest.fixture
def with_years(folder: Path) -> Path:
    (folder / "years.csv").write_text(YEARS, encoding="utf-8")
    return folder


def test_a_cell_or_row_that_is_not_there_is_not_known(with_years: Path) -> None:
    made = read_folder(with_years)
    assert list(made.yearly) == [2015, 2024]
    assert np.array_equal(made.yearly[2015], [np.nan, 190, 290, np.nan], equal_nan=True)
    assert np.array_equal(made.yearly[2024], [90, 210, 310, np.nan], equal_nan=True)


def test_years_are_written_and_read_back(with_years: Path, tmp_path: Path) -> None:
    made = read_folder(with_years)
    write_folder(made, tmp_path / "back")
    text = (tmp_path / "back" / "years.csv").read_text(encoding="utf-8")
    assert text == "nis,inhabitants_2015,inhabitants_2024\n1001,,90\n1002,190,210\n1003,290,310\n1004,,\n"
    back = read_folder(tmp_path / "back")
    assert all(np.array_equal(back.yearly[y], made.yearly[y], equal_nan=True) for y in made.yearly)
    write_folder(replace(made, yearly={}), tmp_path / "back")
    assert not (tmp_path / "back" / "years.csv").exists()


def test_years_change_the_hash_only_where_they_are_asked_for(toy: Instance, with_years: Path) -> None:
    made = read_folder(with_years)
    assert made.hash == toy.hash == made.hash_with(()) == made.hash_with(["income", "inhabitants_2099"])
    asked = made.hash_with(["inhabitants_2024"])
    assert len({made.hash, asked, made.hash_with(["inhabitants_2015"])}) == 3
    both = made.hash_with(["inhabitants_2015", "inhabitants_2024"])
    assert both == made.hash_with(["inhabitants_2024", "inhabitants_2015", "income"])
    other = replace(made, yearly=made.yearly | {2024: made.yearly[2024] + 1})
    assert other.hash == made.hash
    assert other.hash_with(["inhabitants_2024"]) != asked
    assert other.hash_with(["inhabitants_2015"]) == made.hash_with(["inhabitants_2015"])


def test_columns_of_people(with_years: Path) -> None:
    made = read_folder(with_years)
    assert np.array_equal(made.people("inhabitants_2015"), made.yearly[2015], equal_nan=True)
    assert made.people("income") is made.attributes["income"]
    assert made.people("inhabitants_2016") is None


def test_parts_keep_their_years(with_years: Path) -> None:
    made = read_folder(with_years)
    part = made.subset(np.array([1, 3]))
    assert np.array_equal(part.yearly[2024], [210, np.nan], equal_nan=True)
    assert np.array_equal(pickle.loads(pickle.dumps(made)).yearly[2024], made.yearly[2024], equal_nan=True)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "inhabitants_2024",
            "people",
            "years.csv, column 'people': only inhabitants by year stand here; name it after its year, such "
            "as 'inhabitants_2026', or move it to municipalities.csv",
            id="no year",
        ),
        pytest.param(
            "1003,",
            "1009,",
            "years.csv, row 4, column 'nis', value '1009': no municipality has this code; take one of "
            "municipalities.csv",
            id="unknown code",
        ),
        pytest.param(
            "1003,",
            "1002,",
            "years.csv, row 4, column 'nis', value '1002': the municipality stands already in row 2; remove "
            "one of the two",
            id="twice",
        ),
        pytest.param(
            "210",
            "210.5",
            "years.csv, row 2, column 'inhabitants_2024', value '210.5': this must be a whole number; "
            "correct the figure",
            id="half an inhabitant",
        ),
        pytest.param(
            "210",
            "-1",
            "years.csv, row 2, column 'inhabitants_2024', value '-1': this must be at least 0; correct the "
            "figure",
            id="fewer than nobody",
        ),
    ],
)
def test_what_is_refused(with_years: Path, complaints: Complaints, old: str, new: str, message: str) -> None:
    text = (with_years / "years.csv").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (with_years / "years.csv").write_text(text.replace(old, new), encoding="utf-8")
    assert complaints(read_folder, with_years) == [message]


def test_values_are_checked_wherever_they_come_from(toy: Instance, complaints: Complaints) -> None:
    def told(values: list[float]) -> list[str]:
        return complaints(replace, toy, yearly={2024: np.array(values)})

    whole = "inhabitants_2024 must be a whole number of at least 0 wherever it is known"
    assert told([1, 2, 3]) == ["inhabitants_2024 has 3 entries, there are 4 municipalities"]
    assert told([1, 2, 3, 0.5]) == told([1, 2, 3, -4]) == told([1, 2, np.inf, 4]) == [whole]
    assert "more people than there are" in told([1, 2, 3, 1e12])[0]
    both = {"attributes": {"inhabitants_2024": np.ones(4)}, "yearly": {2024: np.ones(4)}}
    assert complaints(lambda: replace(toy, **both))[0].startswith("inhabitants_2024 stands in both tables")


def test_years_are_described(toy: Instance, with_years: Path) -> None:
    assert dict(describe(read_folder(with_years)).facts)["other years"] == "2015 of 2, 2024 of 3"
    assert "other years" not in dict(describe(toy).facts)
    known = dict(describe(load("flanders-2025")).facts)["other years"]
    assert known == "2015-2018 of 265, 2019-2023 of 272, 2024-2026 of 285"


@pytest.mark.parametrize("name", ["flanders-2024", "flanders-2025"])
def test_the_year_of_an_embedded_instance_is_its_inhabitants(name: str) -> None:
    instance = load(name)
    assert instance.yearly[int(instance.vintage[:4])].tolist() == instance.population.tolist()


def test_nothing_is_known_of_a_municipality_before_its_merger() -> None:
    for name in ("flanders-2024", "flanders-2025"):
        instance = load(name)
        for i in np.flatnonzero(instance.merged_in):
            # those of 2025 are summed for 2024; no figure of other years means the same area
            first = 2024 if instance.merged_in[i] == 2025 else instance.merged_in[i]
            known = [year for year, column in instance.yearly.items() if not np.isnan(column[i])]
            assert min(known) == first, instance.label(int(i))


def test_nothing_is_known_of_2024s_municipalities_after_they_merged() -> None:
    before, after = load("flanders-2024"), load("flanders-2025")
    merged = {i for i in range(len(before)) if history(before.codes[i], after.codes)}
    merged.add(before.find("11002"))  # kept its code
    for year in (2025, 2026):
        assert set(np.flatnonzero(np.isnan(before.yearly[year])).tolist()) == merged
    assert len(merged) == 28


@official
def test_yearly_inhabitants_are_the_official_ones() -> None:
    instance = load("flanders-2025")
    with (DATA / "2025" / "pop_2015_2025_285_nis2025.csv").open(encoding="utf-8") as file:
        rows = {row["nis2025"]: row for row in csv.DictReader(file)}
    with (DATA / "policy" / "population-2026.csv").open(encoding="utf-8") as file:
        later = {row["nis"]: row["population_2026_01_01"] for row in csv.DictReader(file)}
    for i, code in enumerate(instance.codes):
        merged = int(instance.merged_in[i])
        for year in range(2015, 2026):
            cell = rows[code]["pop_2024_aggregated" if year == 2024 else f"pop_{year}"]
            value = instance.yearly[year][i]
            if year < merged and year != 2024:
                assert np.isnan(value)
            else:
                assert value == float(cell)
        assert instance.yearly[2026][i] == float(later[code])
    assert instance.yearly[2026].sum() == 6_898_350
    assert instance.yearly[2024].sum() == 6_821_770
