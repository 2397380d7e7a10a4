"""The data of an instance, with municipalities united."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..common.arrays import FloatArray, IntArray
from ..entities import OUTSIDE, Column, Layer, Villages
from ..instance import Instance
from ..yearly import column_of
from .choices import chosen_texts, chosen_zones, region_names
from .products import Product
from .sums import exact_sum, summed, summed_function, united_borders, united_flows


def united(instance: Instance, products: Sequence[Product], year: int, attributes: Iterable[str]) -> Instance:
    """Unite the members of each municipality.

    Parameters
    ----------
    instance : Instance
    products : sequence of Product
        By code.
    year : int
        When the mergers took place.
    attributes : iterable of str
        Those that are summed; others are left out.

    Returns
    -------
    Instance
        With the name, title and descriptions of the given one.
    """
    place = np.zeros(len(instance), dtype=np.int64)
    for new, product in enumerate(products):
        place[list(product.members)] = new
    leads = np.array([product.lead for product in products], dtype=np.int64)
    regions = Layer.from_names(region_names(instance, products))
    merged_in = [year if p.is_merger else int(instance.merged_in[p.lead]) for p in products]
    return replace(
        instance,
        codes=tuple(product.code for product in products),
        names=tuple(product.name for product in products),
        population=np.array(
            [int(instance.population[list(p.members)].sum()) for p in products], dtype=np.int64
        ),
        area=np.array([exact_sum(instance.area[list(p.members)].tolist()) for p in products]),
        x=instance.x[leads],
        y=instance.y[leads],
        regions=regions.zones,
        region=regions.zone,
        classes=tuple(product.degree for product in products),
        facility=np.array([instance.facility[list(p.members)].any() for p in products], dtype=np.bool_),
        merged_in=np.array(merged_in, dtype=np.int64),
        borders=united_borders(instance.borders, place),
        layers={key: chosen_zones(instance, layer, products) for key, layer in instance.layers.items()},
        functions={
            key: replace(function, amount=summed_function(function, products))
            for key, function in instance.functions.items()
        },
        attributes={key: summed(instance.attributes[key], products) for key in attributes},
        texts={key: chosen_texts(instance, texts, products) for key, texts in instance.texts.items()},
        yearly={key: summed(column, products) for key, column in instance.yearly.items()},
        figures=_united_figures(instance, products),
        flows=None if instance.flows is None else united_flows(instance.flows, place),
        villages=_united_villages(instance.villages, place),
    )


def _united_figures(instance: Instance, products: Sequence[Product]) -> dict[str, FloatArray]:
    """Sum the figures that are amounts; others, such as rates, are not known of what merged."""
    alone = np.array([not product.is_merger for product in products])
    leads = [product.lead for product in products]
    return {
        key: summed(column, products) if _sums_up(instance, key) else np.where(alone, column[leads], np.nan)
        for key, column in instance.figures.items()
    }


def _sums_up(instance: Instance, figure: str) -> bool:
    return instance.columns.get(f"figures.{figure}", Column("")).sums_up


def _united_villages(villages: Villages | None, place: IntArray) -> Villages | None:
    if villages is None:
        return None
    outside = villages.municipality == OUTSIDE
    return replace(villages, municipality=np.where(outside, OUTSIDE, place[villages.municipality]))


def described(before: Instance, after: Instance, year: int, file: str) -> dict[str, Column]:
    """Describe the columns of an instance after mergers: what was done to each is added to its note."""
    sums = f"summed over municipalities that merged in {year}"
    most = f"of those that merged in {year}: of most of their inhabitants"
    rules = {
        "municipalities.nis": f"after the mergers of {year}: {file}",
        "municipalities.name": f"after the mergers of {year}: {file}",
        "municipalities.region": most,
        "municipalities.merged_in": f"{year}: {file}",
        "municipalities.facility": f"of those that merged in {year}: yes where a member is one",
    }
    for key in ("x", "y", "class"):
        rules[f"municipalities.{key}"] = f"of those that merged in {year}: of their best-equipped member"
    summed_keys = ("municipalities.population", "municipalities.area_km2", "borders.length_m", "flows.people")
    rules |= dict.fromkeys(summed_keys, sums)
    rules |= {f"municipalities.{key}": sums for key in after.attributes}
    rules |= {f"municipalities.{key}": most for key in after.texts}
    rules |= {f"functions.{key}": sums for key in after.functions}
    rules |= {f"years.{column_of(key)}": sums for key in after.yearly}
    for key in after.figures:
        unknown = f"not known of municipalities that merged in {year}"
        rules[f"figures.{key}"] = sums if _sums_up(before, key) else unknown
    rules |= {f"zones.{key}": most for key in after.layers}
    gone = {f"municipalities.{key}" for key in before.attributes if key not in after.attributes}
    return {key: _noted(c, rules.get(key, "")) for key, c in before.columns.items() if key not in gone}


def _noted(column: Column, rule: str) -> Column:
    return replace(column, note="; ".join(text for text in (column.note, rule) if text))


def split_attributes(instance: Instance) -> tuple[list[str], Mapping[str, str]]:
    """Tell the attributes that can be summed, and the units of the others."""
    units = {key: instance.columns.get(f"municipalities.{key}", Column("")) for key in instance.attributes}
    kept = [key for key, column in units.items() if column.sums_up]
    return kept, {key: column.unit for key, column in units.items() if not column.sums_up}
