"""Description of an instance for people: its contents, and what in it deserves a second look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from .catalogue import embedded_instances, load
from .common.arrays import FloatArray, IntArray
from .entities import NO_ZONE, Column, Layer
from .instance import Instance
from .vectors.crs import unchecked

SHORT_BORDER = 100.0
"""Metres; municipalities with a shorter shared border are neighbours in law, hardly in practice."""

_NAMED = 12  # names in one warning before the rest is counted


@dataclass(frozen=True)
class Overview:
    """An embedded instance in a list."""

    name: str
    title: str
    municipalities: int
    regions: int
    inhabitants: int


@dataclass(frozen=True)
class RegionRow:
    """A reference region: its municipalities, inhabitants, smallest and largest municipality."""

    name: str
    municipalities: int
    inhabitants: int
    smallest: str
    largest: str


@dataclass(frozen=True)
class LayerRow:
    """A layer: its zones, and the municipalities that are in none."""

    name: str
    zones: int
    without: int
    note: str


@dataclass(frozen=True)
class FunctionRow:
    """A centre function: number of municipalities with it, unit and threshold."""

    name: str
    label: str
    municipalities: int
    unit: str
    at_least: float


@dataclass(frozen=True)
class AttributeRow:
    """A further column: its unit, its range or how many texts it has, and what it says."""

    name: str
    unit: str
    values: str
    note: str


@dataclass(frozen=True)
class SourceRow:
    """A source, with the columns that come from it."""

    title: str
    publisher: str
    year: str
    licence: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Description:
    """The description of an instance.

    Attributes
    ----------
    facts : tuple of (str, str)
        Label and value: name, vintage, counts, inhabitants, hash.
    regions, layers, functions, sources, attributes : tuples of rows
    """

    facts: tuple[tuple[str, str], ...]
    regions: tuple[RegionRow, ...]
    layers: tuple[LayerRow, ...]
    functions: tuple[FunctionRow, ...]
    sources: tuple[SourceRow, ...]
    attributes: tuple[AttributeRow, ...] = ()


def overview() -> list[Overview]:
    """List the embedded instances with their size.

    Returns
    -------
    list of Overview
        By name.
    """
    rows = []
    for entry in embedded_instances():
        instance = load(entry.name)
        rows.append(
            Overview(entry.name, entry.title, len(instance), len(instance.regions), instance.total_population)
        )
    return rows


def describe(instance: Instance) -> Description:
    """Describe an instance for people.

    Parameters
    ----------
    instance : Instance

    Returns
    -------
    Description
    """
    return Description(
        _facts(instance),
        tuple(_region_row(instance, r) for r in range(len(instance.regions))),
        tuple(_layer_row(instance, key, layer) for key, layer in instance.layers.items()),
        tuple(
            FunctionRow(key, f.label, int(f.present.sum()), f.unit, f.at_least)
            for key, f in instance.functions.items()
        ),
        tuple(
            SourceRow(
                source.title,
                source.publisher,
                source.year,
                source.licence,
                tuple(name for name, column in instance.columns.items() if column.source == key),
            )
            for key, source in instance.sources.items()
        ),
        tuple(_attribute_rows(instance)),
    )


def _facts(instance: Instance) -> tuple[tuple[str, str], ...]:
    population = instance.population
    villages = instance.villages
    facts = [
        ("name", instance.name),
        ("title", instance.title),
        ("vintage", instance.vintage),
        ("coordinates", instance.crs),
        ("municipalities", f"{len(instance):,}"),
        ("inhabitants", f"{instance.total_population:,}"),
        ("median municipality", f"{np.median(population):,.0f} inhabitants"),
        ("without inhabitants", f"{int((population == 0).sum()):,}" if instance.uninhabited else ""),
        ("pairs of neighbours", f"{len(instance.borders.pairs):,}"),
        ("reference regions", f"{len(instance.regions):,}"),
        ("facility municipalities", f"{int(instance.facility.sum()):,}"),
        ("out of a merger", f"{int((instance.merged_in > 0).sum()):,}"),
        ("villages", f"{int((villages.municipality >= 0).sum()):,}" if villages else "none"),
        ("flows", _flow_text(instance)),
        ("other years", _years_text(instance)),
        ("hash", instance.hash),
    ]
    return tuple((label, value) for label, value in facts if value)


def _flow_text(instance: Instance) -> str:
    flows = instance.flows
    if flows is None:
        return "none"
    return f"{len(flows):,} pairs, {flows.between:,.0f} people a day between municipalities"


def _years_text(instance: Instance) -> str:
    """Say which years of inhabitants are known, and of how many municipalities."""
    known = [(year, int((~np.isnan(column)).sum())) for year, column in instance.yearly.items()]
    spans: list[tuple[int, int, int]] = []
    for year, count in known:
        if spans and spans[-1][1:] == (year - 1, count):
            spans[-1] = (spans[-1][0], year, count)
        else:
            spans.append((year, year, count))
    texts = (f"{a}" if a == b else f"{a}-{b}" for a, b, _ in spans)
    return ", ".join(f"{text} of {count:,}" for text, (*_, count) in zip(texts, spans, strict=True))


def _region_row(instance: Instance, region: int) -> RegionRow:
    members = instance.members(region)
    population = instance.population[members]
    ends = [int(members[population.argmin()]), int(members[population.argmax()])]
    smallest, largest = (f"{instance.names[i]} ({int(instance.population[i]):,})" for i in ends)
    return RegionRow(instance.regions[region], len(members), int(population.sum()), smallest, largest)


def _written(value: float) -> str:
    """Write a number with all its digits, and without powers of ten."""
    return f"{Decimal(f'{value:.15g}'):,f}"


def _known_span(known: FloatArray) -> str:
    """Say between which numbers the figures lie that are known, and of how many municipalities that is."""
    if not len(known):
        return "not known"
    return f"{_written(known.min())} to {_written(known.max())}, known of {len(known):,}"


def _attribute_rows(instance: Instance) -> Iterator[AttributeRow]:
    """Describe the columns of numbers, then those of text, then the figures."""
    spans = {
        key: f"{_written(values.min())} to {_written(values.max())}"
        for key, values in instance.attributes.items()
    }
    filled = {key: f"{sum(map(bool, texts))} texts" for key, texts in instance.texts.items()}
    for key, values in {**spans, **filled}.items():
        column = instance.columns.get(f"municipalities.{key}", Column(""))
        yield AttributeRow(key, column.unit, values, column.note)
    for key, figures in instance.figures.items():
        column, known = instance.columns.get(f"figures.{key}", Column("")), figures[~np.isnan(figures)]
        yield AttributeRow(key, column.unit, _known_span(known), column.note)


def _layer_row(instance: Instance, key: str, layer: Layer) -> LayerRow:
    column = instance.columns.get(f"zones.{key}")
    return LayerRow(key, len(layer.zones), int((layer.zone == NO_ZONE).sum()), column.note if column else "")


def warnings(instance: Instance) -> list[str]:
    """List what is allowed but deserves a second look.

    Municipalities without neighbours, very short borders, zones that cross a region and regions that are not
    contiguous: none is an error, each can change which plans are possible. Also coordinate systems that could
    not be checked.

    Parameters
    ----------
    instance : Instance

    Returns
    -------
    list of str
        One sentence a finding.
    """
    return [
        *_lonely(instance),
        *_short_borders(instance),
        *_crossing_zones(instance),
        *_broken_regions(instance),
        *_unchecked_system(instance),
    ]


def _unchecked_system(instance: Instance) -> list[str]:
    if not unchecked(instance.crs):
        return []
    return [f"the coordinate system {instance.crs} was not checked: that needs pyproj (refzones[geo])"]


def _lonely(instance: Instance) -> list[str]:
    alone = np.setdiff1d(np.arange(len(instance)), instance.borders.pairs)
    return [f"{instance.label(int(i))} has no neighbours: it can only stand alone" for i in alone]


def _short_borders(instance: Instance) -> list[str]:
    borders = instance.borders
    short = np.flatnonzero(borders.length < SHORT_BORDER)
    return [
        "{} and {} share only {:g} m of border".format(
            *(instance.label(int(i)) for i in borders.pairs[k]), borders.length[k]
        )
        for k in sorted(short, key=lambda k: (borders.length[k], k))
    ]


def crossing_zones(instance: Instance, layer: Layer) -> list[str]:
    """List the zones of a layer that lie in more than one region.

    Parameters
    ----------
    instance : Instance
    layer : Layer
        One of the instance's.

    Returns
    -------
    list of str
    """
    touched = defaultdict(set)
    for zone, region in zip(layer.zone.tolist(), instance.region.tolist(), strict=True):
        touched[zone].add(region)
    return [name for zone, name in enumerate(layer.zones) if len(touched[zone]) > 1]


def _crossing_zones(instance: Instance) -> list[str]:
    told = []
    for key, layer in instance.layers.items():
        crossing = crossing_zones(instance, layer)
        if crossing:
            count = f"{len(crossing)} of {len(layer.zones)} zones cross a region"
            told.append(f"layer {key}: {count}: {_named(crossing)}")
    return told


def _broken_regions(instance: Instance) -> list[str]:
    part = _parts(instance)
    told = []
    for region, name in enumerate(instance.regions):
        members = instance.members(region)
        labels, sizes = np.unique(part[members], return_counts=True)
        if len(labels) > 1:
            main = labels[sizes.argmax()]
            loose = [instance.label(int(i)) for i in members if part[i] != main]
            told.append(f"region {name} is in {len(labels)} pieces; apart from the largest: {_named(loose)}")
    return told


def _parts(instance: Instance) -> IntArray:
    """Label the connected components of the regions, by municipality."""
    part = np.arange(len(instance), dtype=np.int64)
    for a, b in instance.borders.pairs:
        if instance.region[a] == instance.region[b] and part[a] != part[b]:
            part[part == part[b]] = part[a]
    return part


def _named(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
