from __future__ import annotations

import csv
import os
import pickle
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest
from refzones.instances import Column, Instance, load, read_folder, write_folder
from refzones.instances.report import describe
from refzones.instances.vintages import history

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("REFZONES_DATA", ROOT.parent / "shared" / "data"))
official = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the official files are not in {DATA} (set REFZONES_DATA)"
)

Complaints = Callable[..., list[str]]
FIGURES = "nis,rate,debt\n1002,7.5,-100\n1001,,90\n1003,1.250,\n"


@pytest.fixture
def with_figures(folder: Path) -> Path:
    (folder / "figures.csv").write_text(FIGURES.replace("1.250", "1.25"), encoding="utf-8")
    return folder


def test_a_cell_or_row_that_is_not_there_is_not_known(with_figures: Path) -> None:
    made = read_folder(with_figures)
    assert list(made.figures) == ["rate", "debt"]
    assert np.array_equal(made.figures["rate"], [np.nan, 7.5, 1.25, np.nan], equal_nan=True)
    assert np.array_equal(made.figures["debt"], [90, -100, np.nan, np.nan], equal_nan=True)


def test_figures_are_written_and_read_back(with_figures: Path, tmp_path: Path) -> None:
    made = read_folder(with_figures)
    made = replace(made, figures={**made.figures, "area": np.array([1.234, np.nan, 5.678, 1e-7])})
    write_folder(made, tmp_path / "back")
    text = (tmp_path / "back" / "figures.csv").read_text(encoding="utf-8")
    assert text == "nis,rate,debt,area\n1001,,90,1.234\n1002,7.5,-100,\n1003,1.25,,5.678\n1004,,,1e-07\n"
    back = read_folder(tmp_path / "back")
    assert back.hash_with(back.figures) == made.hash_with(made.figures)
    assert all(np.array_equal(back.figures[k], made.figures[k], equal_nan=True) for k in made.figures)
    write_folder(replace(made, figures={}), tmp_path / "back")
    assert not (tmp_path / "back" / "figures.csv").exists()


def test_figures_change_the_hash_only_where_they_are_asked_for(toy: Instance, with_figures: Path) -> None:
    made = read_folder(with_figures)
    assert made.hash == toy.hash == made.hash_with(()) == made.hash_with(["income", "staff"])
    asked = made.hash_with(["rate"])
    assert len({made.hash, asked, made.hash_with(["debt"]), made.hash_with(["debt", "rate"])}) == 4
    other = replace(made, figures={**made.figures, "rate": made.figures["rate"] + 1})
    assert other.hash == made.hash
    assert other.hash_with(["rate"]) != asked
    assert other.hash_with(["debt"]) == made.hash_with(["debt"])


def test_a_column_of_ones_own_goes_before_a_figure(with_figures: Path) -> None:
    made = read_folder(with_figures)
    assert made.figure("debt") is made.figures["debt"]
    assert made.figure("income") is made.attributes["income"]
    assert made.figure("staff") is None
    own = replace(made, attributes={**made.attributes, "debt": np.arange(4.0)})
    assert own.figure("debt") is own.attributes["debt"]
    assert own.hash_with(["debt"]) == own.hash  # the hash has the column already, and the figure is not read


def test_parts_and_copies_keep_their_figures(with_figures: Path) -> None:
    made = read_folder(with_figures)
    assert np.array_equal(made.subset(np.array([1, 3])).figures["rate"], [7.5, np.nan], equal_nan=True)
    assert made.in_one_frame.figures["rate"] is made.figures["rate"]
    again = pickle.loads(pickle.dumps(made))
    assert np.array_equal(again.figures["debt"], made.figures["debt"], equal_nan=True)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "1003,",
            "1009,",
            "figures.csv, row 4, column 'nis', value '1009': no municipality has this code; take one of "
            "municipalities.csv",
            id="unknown code",
        ),
        pytest.param(
            "1003,",
            "1002,",
            "figures.csv, row 4, column 'nis', value '1002': the municipality stands already in row 2; "
            "remove one of the two",
            id="twice",
        ),
        pytest.param(
            "7.5",
            "much",
            "figures.csv, row 2, column 'rate', value 'much': this is not a number; write digits, "
            "without thousands separators",
            id="no number",
        ),
        pytest.param(
            "rate",
            "inhabitants_2030",
            "figures.csv, column 'inhabitants_2030': a figure cannot have this name; a name is a word of "
            "letters, digits and underscores that no other table uses",
            id="a year",
        ),
    ],
)
def test_what_is_refused(
    with_figures: Path, complaints: Complaints, old: str, new: str, message: str
) -> None:
    text = (with_figures / "figures.csv").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (with_figures / "figures.csv").write_text(text.replace(old, new), encoding="utf-8")
    assert complaints(read_folder, with_figures) == [message]


def test_values_are_checked_wherever_they_come_from(toy: Instance, complaints: Complaints) -> None:
    def told(values: list[float]) -> list[str]:
        return complaints(replace, toy, figures={"rate": np.array(values)})

    assert told([1, 2, 3]) == ["figure rate has 3 entries, there are 4 municipalities"]
    assert told([1, 2, np.inf, 4]) == ["figure rate must be a finite number wherever it is known"]
    assert "more than can be added up exactly" in told([1, 2, -3, -2e15])[0]
    words = {"texts": {"rate": ("low",) * 4}, "figures": {"rate": np.ones(4)}}
    assert complaints(lambda: replace(toy, **words))[0].startswith("rate stands in both tables")


def test_figures_are_described(toy: Instance, with_figures: Path) -> None:
    made = read_folder(with_figures)
    columns = {**made.columns, "figures.rate": Column("", "per cent", "of income")}
    rows = {row.name: row for row in describe(replace(made, columns=columns)).attributes}
    assert (rows["rate"].unit, rows["rate"].note) == ("per cent", "of income")
    assert rows["rate"].values == "1.25 to 7.5, known of 2"
    nothing = describe(replace(toy, figures={"staff": np.full(4, np.nan)})).attributes
    assert nothing[-1].values == "not known"


def test_figures_of_flanders() -> None:
    before, after = load("flanders-2024"), load("flanders-2025")
    merged = {i for i in range(len(before)) if history(before.codes[i], after.codes)} | {before.find("11002")}
    assert len(merged) == 28
    for key in ("establishments", "investment_eur"):
        assert set(np.flatnonzero(np.isnan(before.figures[key])).tolist()) == merged
    products = set(np.flatnonzero(after.merged_in == 2025).tolist())
    assert set(np.flatnonzero(np.isnan(after.figures["income_tax_rate"])).tolist()) == products
    assert len(products) == 13
    whole = ("property_tax_rate", "property_tax_differentiated", "outside_cores_km2")
    assert not any(np.isnan(after.figures[key]).any() for key in whole)
    assert after.figures["property_tax_differentiated"].sum() == 42
    for instance in (before, after):
        cores = sum(instance.figures[key] for key in ("supralocal_core_km2", "local_core_km2"))
        total = cores + instance.figures["outside_cores_km2"]
        assert (np.abs(total - instance.area) < 0.01 * instance.area).all()  # drawn at another scale


@official
def test_figures_are_the_official_ones() -> None:
    def rows(name: str) -> list[dict[str, str]]:
        with (DATA / name).open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    instance = load("flanders-2025")
    rates = {row["nis"]: row for row in rows("policy/oov-2026.csv")}
    surcharge = {row["nis"]: float(row["apb_percent"]) for row in rows("policy/apb-2024.csv")}
    counted = {row["nis2025"]: row for row in rows("2025/establishments_q4_2018_2023_285_nis2025.csv")}
    spent: defaultdict[str, list[float]] = defaultdict(list)
    for row in rows("2025/bbc_investment_expenditure_285_nis2025.csv"):
        if row["rapportjaar"] == "2020" and 2020 <= int(row["boekjaar"]) <= 2023:
            spent[row["nis2025"]].append(float(row["investeringsuitgaven_eur"]))
    for i, code in enumerate(instance.codes):
        of = {key: column[i] for key, column in instance.figures.items()}
        assert of["property_tax_rate"] == float(rates[code]["opcentiemen"])
        assert of["property_tax_differentiated"] == bool(rates[code]["remark"])
        assert of["establishments"] == float(counted[code]["estab_q4_2023"])
        assert len(spent[code]) == 4
        assert of["investment_eur"] == pytest.approx(fmean(spent[code]), abs=0.01)
        if instance.merged_in[i] != 2025:
            assert of["income_tax_rate"] == surcharge[code]
