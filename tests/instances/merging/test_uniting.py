from __future__ import annotations

from dataclasses import replace

import numpy as np
from refzones.instances import Column, Instance
from refzones.instances.merging.products import Product
from refzones.instances.merging.uniting import described, split_attributes, united

PRODUCTS = [
    Product((3,), 3, "1004", "Dee", ""),
    Product((0, 1, 2), 0, "1009", "New", "a1"),
]


def test_every_column(four: Instance) -> None:
    made = united(four, PRODUCTS, 2031, ["income"])
    assert made.codes == ("1004", "1009")
    assert made.names == ("Dee", "New")
    assert made.population.tolist() == [400, 600]
    assert made.area.tolist() == [4, 6.75]
    assert (made.x.tolist(), made.y.tolist()) == ([30, 10], [40, 20])  # the point of the lead
    assert made.classes == ("", "a1")
    assert made.facility.tolist() == [False, True]
    assert made.merged_in.tolist() == [0, 2031]
    assert made.borders.pairs.tolist() == [[0, 1]]
    assert made.borders.length.tolist() == [300]
    assert made.layers["police"].name_of(0) == ""
    assert made.functions["hospital"].amount.tolist() == [0, 250]
    assert made.functions["rail"].amount.tolist() == [80, 12.5]
    assert {key: column.tolist() for key, column in made.attributes.items()} == {"income": [10, 24.5]}
    assert made.texts == {"province": ("S", "N")}
    assert np.array_equal(made.yearly[2024], [6, np.nan], equal_nan=True)
    assert made.yearly[2025].tolist() == [4, 6]
    assert made.flows is not None
    assert made.flows.people.tolist() == [7, 8.6]
    assert made.villages is not None
    assert made.villages.municipality.tolist() == [1, 1, 1, 1, 0, -1]


def test_who_merged_before_and_stays_keeps_the_year(four: Instance) -> None:
    alone = [Product((i,), i, code, four.names[i], "") for i, code in enumerate(four.codes)]
    made = united(four, alone, 2031, list(four.attributes))
    assert made.merged_in.tolist() == [0, 0, 2019, 0]
    assert replace(made, classes=four.classes).hash == four.hash


def test_units_say_what_can_be_summed(four: Instance) -> None:
    assert split_attributes(four) == (["income"], {"tax": "per cent"})
    declared = replace(
        four,
        columns={
            **four.columns,
            "municipalities.income": Column("census", "euro", additive=False),
            "municipalities.tax": Column("census", "per cent", additive=True),
        },
    )
    assert split_attributes(declared) == (["tax"], {"income": "euro"})
    assert split_attributes(replace(four, columns={})) == ([], {"income": "", "tax": ""})


def test_notes_of_columns_say_what_was_done(four: Instance) -> None:
    columns = described(four, united(four, PRODUCTS, 2031, ["income"]), 2031, "list.csv")
    assert columns["municipalities.income"] == Column(
        "census", "euro", "all income; summed over municipalities that merged in 2031"
    )
    assert columns["municipalities.population"].note == "summed over municipalities that merged in 2031"
    assert "municipalities.tax" not in columns


def test_figures_that_are_amounts_are_summed_and_others_not_known(four: Instance) -> None:
    figures = {"jobs": np.array([1.0, 2.0, np.nan, 4.0]), "debt": np.arange(4.0), "rate": np.arange(4.0)}
    columns = {f"figures.{key}": Column("census", unit) for key, unit in (("jobs", "jobs"), ("debt", "euro"))}
    given = replace(four, figures=figures, columns={**four.columns, **columns})
    made = united(given, PRODUCTS, 2031, ["income"])
    assert np.array_equal(made.figures["jobs"], [4, np.nan], equal_nan=True)
    assert made.figures["debt"].tolist() == [3, 3]
    assert np.array_equal(made.figures["rate"], [3, np.nan], equal_nan=True)
    notes = described(given, made, 2031, "list.csv")
    assert notes["figures.debt"].note == "summed over municipalities that merged in 2031"
    rate = {**given.columns, "figures.rate": Column("census", "per cent")}
    notes = described(replace(given, columns=rate), made, 2031, "list.csv")
    assert notes["figures.rate"].note == "not known of municipalities that merged in 2031"
