"""What cannot be summed: regions, zones and texts of municipalities that merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..entities import Layer
from ..instance import Instance
from .products import Product

_NAMED = 6
"""Mergers that a note names."""


def of_most(instance: Instance, product: Product, texts: Sequence[str]) -> str:
    """Give the text that most inhabitants of a municipality have; of equals the first in order."""
    return _ranked(instance, product, texts)[0][0]


def _ranked(instance: Instance, product: Product, texts: Sequence[str]) -> list[tuple[str, int]]:
    """List the texts of the members with their inhabitants, most inhabitants first."""
    people: Counter[str] = Counter()
    for i in product.members:
        people[texts[i]] += int(instance.population[i])
    return sorted(people.items(), key=lambda item: (-item[1], item[0]))


def region_names(instance: Instance, products: Sequence[Product]) -> list[str]:
    """Give the reference region of each municipality: that of most of its inhabitants."""
    regions = [instance.regions[region] for region in instance.region]
    return [of_most(instance, product, regions) for product in products]


def chosen_zones(instance: Instance, layer: Layer, products: Sequence[Product]) -> Layer:
    """Give the zone of each municipality: that of most of its inhabitants."""
    zones = [layer.name_of(i) for i in range(len(instance))]
    return Layer.from_names([of_most(instance, product, zones) for product in products])


def chosen_texts(instance: Instance, texts: Sequence[str], products: Sequence[Product]) -> tuple[str, ...]:
    """Give the text of each municipality: that of most of its inhabitants."""
    return tuple(of_most(instance, product, texts) for product in products)


def choices_told(instance: Instance, products: Sequence[Product]) -> list[str]:
    """Tell, for the region, each layer and each text, which mergers had several, and which of them counts."""
    columns = {"region": [instance.regions[region] for region in instance.region]}
    columns |= {
        f"layer {key}": [layer.name_of(i) for i in range(len(instance))]
        for key, layer in instance.layers.items()
    }
    columns |= {f"text {key}": list(texts) for key, texts in instance.texts.items()}
    told = []
    for what, texts in columns.items():
        several = [
            (product, ranked)
            for product in products
            if product.is_merger and len(ranked := _ranked(instance, product, texts)) > 1
        ]
        if several:
            number = "1 merger has" if len(several) == 1 else f"{len(several)} mergers have"
            cases = "; ".join(_case(product, ranked) for product, ranked in several[:_NAMED])
            more = f"; and {len(several) - _NAMED} more" if len(several) > _NAMED else ""
            told.append(
                f"{what}: {number} members in several; that of most inhabitants counts: {cases}{more}"
            )
    return told


def _case(product: Product, ranked: Sequence[tuple[str, int]]) -> str:
    (chosen, people), *others = [(text or "none", number) for text, number in ranked]
    passed = ", ".join(f"{text} ({number:,})" for text, number in others)
    return f"{product.name} {chosen} ({people:,} inhabitants), not {passed}"
