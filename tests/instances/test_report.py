from __future__ import annotations

from dataclasses import replace

import numpy as np
from refzones.instances import Borders, Column, Instance, load
from refzones.instances.report import AttributeRow, crossing_zones, describe, overview, warnings


def test_overview_lists_what_is_embedded() -> None:
    assert [(line.name, line.municipalities, line.regions, line.inhabitants) for line in overview()] == [
        ("flanders-2024", 300, 15, 6_821_770),
        ("flanders-2025", 285, 15, 6_864_766),
        ("flanders-2026", 285, 15, 6_898_350),
    ]


def test_description(toy: Instance) -> None:
    told = describe(toy)
    facts = dict(told.facts)
    assert facts["municipalities"] == "4"
    assert facts["inhabitants"] == "1,000"
    assert facts["villages"] == "5"
    assert facts["hash"] == toy.hash
    assert "vintage" not in facts
    assert [(row.name, row.municipalities, row.inhabitants) for row in told.regions] == [
        ("North", 2, 300),
        ("South", 2, 700),
    ]
    assert (told.regions[1].smallest, told.regions[1].largest) == ("Cee (300)", "Dee (400)")
    assert [(row.name, row.zones, row.without) for row in told.layers] == [("police", 2, 0), ("fire", 1, 1)]
    assert [(row.name, row.municipalities, row.unit) for row in told.functions] == [
        ("hospital", 1, "beds"),
        ("rail", 2, "yes/no"),
    ]
    assert [(row.name, row.unit, row.values) for row in told.attributes] == [("income", "", "7.5 to 10")]
    assert [(row.title, row.columns) for row in told.sources] == [("Census", ("municipalities.population",))]


def test_columns_of_text_are_counted(toy: Instance) -> None:
    columns = {**toy.columns, "municipalities.remark": Column("census", "text", "what was said")}
    told = describe(replace(toy, texts={"remark": ("a", "", "b", "")}, columns=columns))
    assert told.attributes[1] == AttributeRow("remark", "text", "2 texts", "what was said")


def test_warnings_of_the_toy(toy: Instance) -> None:
    assert warnings(toy) == [
        "Bee (1002) and Dee (1004) share only 20 m of border",
        "layer fire: 1 of 1 zones cross a region: F1",
    ]


def test_a_municipality_without_neighbours_breaks_its_region(toy: Instance) -> None:
    lonely = replace(toy, borders=Borders.from_dict({(0, 1): 500.0}), layers={})
    assert warnings(lonely) == [
        "Cee (1003) has no neighbours: it can only stand alone",
        "Dee (1004) has no neighbours: it can only stand alone",
        "region South is in 2 pieces; apart from the largest: Dee (1004)",
    ]


def test_a_region_held_together_by_another_one_is_still_in_pieces(toy: Instance) -> None:
    detour = replace(
        toy,
        region=np.array([0, 1, 1, 0]),
        borders=Borders.from_dict({(0, 1): 500.0, (1, 2): 500.0, (2, 3): 500.0}),
    )
    assert "region North is in 2 pieces; apart from the largest: Dee (1004)" in warnings(detour)


def test_nothing_to_say(toy: Instance) -> None:
    borders = Borders(toy.borders.pairs, toy.borders.length + 100)
    assert warnings(replace(toy, borders=borders, layers={"police": toy.layers["police"]})) == []


def test_the_zones_of_flanders_that_cross_a_region() -> None:
    flanders = load("flanders-2025")
    assert len(crossing_zones(flanders, flanders.layers["primary_care"])) == 6
    assert len(crossing_zones(flanders, flanders.layers["police"])) == 7
    told = warnings(flanders)
    assert told[0] == "Voeren (73109) has no neighbours: it can only stand alone"
    assert told[1] == "As (71002) and Zutendaal (71067) share only 12 m of border"
    assert told[-1] == "region Limburg is in 2 pieces; apart from the largest: Voeren (73109)"


def test_units_without_inhabitants_are_counted_where_they_are_allowed(toy: Instance) -> None:
    assert "without inhabitants" not in dict(describe(toy).facts)
    empty = replace(toy, population=np.array([0, 1, 1, 1]), uninhabited=True)
    assert dict(describe(empty).facts)["without inhabitants"] == "1"


def test_large_numbers_have_all_their_digits() -> None:
    from refzones.instances.report import _written

    assert [_written(value) for value in (11_354_138_860.0, 0.25, -3.0)] == ["11,354,138,860", "0.25", "-3"]
