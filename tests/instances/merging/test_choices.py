from __future__ import annotations

from dataclasses import replace

from refzones.instances import Instance
from refzones.instances.merging.choices import choices_told, chosen_texts, chosen_zones, of_most
from refzones.instances.merging.products import Product

BOTH = Product((1, 2), 1, "9", "New", "")  # 200 and 300 inhabitants


def test_most_inhabitants_decide_and_equals_go_by_name(four: Instance) -> None:
    assert of_most(four, BOTH, ["", "x", "y", ""]) == "y"
    assert of_most(four, Product((0, 1, 2), 0, "9", "", ""), ["z", "a", "z", ""]) == "z"  # 400 against 200
    assert of_most(four, Product((0, 1, 2), 0, "9", "", ""), ["z", "z", "a", ""]) == "a"  # 300 each


def test_no_zone_counts_as_one(four: Instance) -> None:
    layer = chosen_zones(four, four.layers["police"], [Product((0, 3), 0, "9", "New", ""), BOTH])
    assert [layer.name_of(0), layer.name_of(1)] == ["", "P2"]
    assert layer.zones == ("P2",)


def test_texts(four: Instance) -> None:
    assert chosen_texts(four, four.texts["province"], [BOTH]) == ("S",)


def test_every_choice_is_told(four: Instance) -> None:
    assert choices_told(four, [BOTH]) == [
        "layer police: 1 merger has members in several; that of most inhabitants counts: "
        "New P2 (300 inhabitants), not P1 (200)",
        "text province: 1 merger has members in several; that of most inhabitants counts: "
        "New S (300 inhabitants), not N (200)",
    ]
    assert choices_told(four, [Product((0, 1), 0, "9", "New", "")]) == []
    empty = replace(four, layers={}, texts={})
    assert choices_told(empty, [BOTH]) == []
