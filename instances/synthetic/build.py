"""Drawing a synthetic instance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..common.activity import doing
from ..common.arrays import IntArray
from ..entities import Column, Layer, Source
from ..instance import Instance
from .commuters import draw_flows
from .division import Land, dissolve, divide
from .equipment import draw_classes, draw_functions
from .history import INCOME, draw_income, draw_merged
from .landscape import Landscape, draw_landscape
from .people import CITY, TOWN, VILLAGE, People, draw_people
from .settings import Settings

_PRIMARY_CARE, _POLICE = 115_000, 67_000  # inhabitants of a zone, mean; Flanders has 56 and 101 of them
_FIRST_CODE = 10_000
_SOURCE = "drawn"


@doing("drawing the instance")
def synthesise(
    municipalities: int = 300,
    *,
    regions: int | None = None,
    per_merger: float = 3.0,
    seed: int = 0,
    flows: bool = False,
    name: str = "",
) -> Instance:
    """Draw a synthetic instance: planar, with towns, and of a chosen difficulty.

    Municipalities are points drawn around cities and their Voronoi cells; regions, primary-care zones and
    police zones are contiguous and nested in this order; functions and degrees of equipment follow size and
    place. The same arguments give the same instance, and with `flows` only the flows come in addition.

    Parameters
    ----------
    municipalities : int
        10 to 20,000.
    regions : int, optional
        At most `municipalities / per_merger`. By default one for 6.7 times as many municipalities as a merger
        has: 15 for 300 municipalities and 3 a merger.
    per_merger : float
        Municipalities a merger, K: 2 to 15. The populations sum to n x 62,450 / K, so that a merger of 62,450
        inhabitants, the geometric middle of the default bounds 30,000 and 130,000, has K members on average.
        The number of admissible mergers grows exponentially with K.
    seed : int
        0 or more.
    flows : bool
        Draw commuters by a gravity model.
    name : str, optional
        By default made of the other arguments.

    Returns
    -------
    Instance
        The default question (mergers of 30,000 to 130,000 inhabitants) has a plan in every region. Borders
        shorter than 100 m are left out, unless the land would fall apart without them. There are no facility
        municipalities.

    Raises
    ------
    InputError
        A number is out of its range; all are listed.

    Notes
    -----
    O(n log n): 300 municipalities take a tenth of a second, 20,000 some seven seconds.

    Examples
    --------
    >>> synthesise(300, seed=1)
    <Instance synthetic-300-15-3-1: 300 municipalities, 837 borders, 15 regions, 6,244,998 inhabitants>
    """
    settings = Settings.of(municipalities, regions, per_merger, seed, flows)
    # one random stream a step: a change in one step leaves the draws of the others as they are
    streams = [np.random.default_rng(child) for child in np.random.SeedSequence(settings.seed).spawn(9)]
    ground = _draw_ground(settings, streams[:5])
    landscape, people = ground.landscape, ground.people
    classes = draw_classes(landscape, people, streams[5])
    return Instance(
        name=name or f"synthetic-{municipalities}-{settings.regions}-{per_merger:g}-{seed}",
        title=f"Synthetic: {municipalities:,} municipalities, {per_merger:g} a merger, seed {seed}",
        codes=tuple(str(_FIRST_CODE + i) for i in range(municipalities)),
        names=_names(people),
        population=people.population,
        area=landscape.area,
        x=landscape.x,
        y=landscape.y,
        regions=_numbered("Region", settings.regions),
        region=ground.region,
        borders=landscape.borders,
        classes=classes,
        merged_in=draw_merged(landscape, people, streams[6]),
        layers={
            "police": _layer("Police", ground.police),
            "primary_care": _layer("Primary care", ground.care),
        },
        functions=draw_functions(classes, people.population, streams[7]),
        attributes={INCOME: draw_income(ground.region, people, streams[8])},
        flows=draw_flows(landscape, people) if flows else None,
        sources={
            _SOURCE: Source("Synthetic instance: no place on earth", "refzones", "", "no rights reserved")
        },
        columns=_columns(settings),
    )


@dataclass(frozen=True)
class _Ground:
    """Landscape and people, with the region and zones of every municipality by index."""

    landscape: Landscape
    people: People
    region: IntArray
    care: IntArray
    police: IntArray


def _draw_ground(settings: Settings, streams: Sequence[np.random.Generator]) -> _Ground:
    """Draw landscape, regions, people and zones; number the municipalities by region, zone and x."""
    n = settings.municipalities
    landscape = draw_landscape(settings, streams[0])
    regions = divide(landscape.land(), range(n), np.ones(n), settings.regions, streams[1])
    regions.sort(key=lambda part: float(landscape.x[part].mean()))
    region = _labels(regions, n)
    land = landscape.land(region)
    people = draw_people(settings, landscape, regions, land, streams[2])
    care_zones = _zones(land, regions, people, _PRIMARY_CARE, streams[3])
    care = _labels(care_zones, n)
    police = _labels(_zones(land, care_zones, people, _POLICE, streams[4]), n)
    order = np.lexsort((landscape.x, police, care, region))
    return _Ground(
        landscape.numbered(order),
        People(people.population[order], people.kind[order]),
        region[order],
        care[order],
        police[order],
    )


def _zones(
    land: Land, areas: Sequence[list[int]], people: People, size: int, rng: np.random.Generator
) -> list[list[int]]:
    """Divide each area into zones of about a size, in inhabitants."""
    weight = people.population.astype(np.float64)
    zones = []
    for area in areas:
        count = min(len(area), max(1, round(float(weight[area].sum()) / size)))
        zones += dissolve(land, divide(land, area, weight, count, rng), weight, size / 3)
    return zones


def _labels(parts: Sequence[Sequence[int]], n: int) -> IntArray:
    """Label each municipality with the index of its part."""
    labels = np.zeros(n, dtype=np.int64)
    for p, part in enumerate(parts):
        labels[list(part)] = p
    return labels


def _numbered(kind: str, count: int) -> tuple[str, ...]:
    """Number names such that they sort in the order of their numbers."""
    return tuple(f"{kind} {k:0{len(str(count))}d}" for k in range(1, count + 1))


def _layer(kind: str, zone: IntArray) -> Layer:
    return Layer(_numbered(kind, int(zone.max()) + 1), zone)


def _names(people: People) -> tuple[str, ...]:
    """Name municipalities City 1, Town 1, Village 1, ..., each kind numbered by code."""
    words = {VILLAGE: "Village", TOWN: "Town", CITY: "City"}
    names = np.empty(len(people.kind), dtype=object)
    for kind, word in words.items():
        members = np.flatnonzero(people.kind == kind)
        names[members] = [f"{word} {k}" for k in range(1, len(members) + 1)]
    return tuple(names.tolist())


def _columns(settings: Settings) -> dict[str, Column]:
    """Describe each column: its unit, and what it is drawn from."""
    notes = {
        "municipalities.population": (
            "inhabitants",
            f"log-normal, with towns; {settings.inhabitants:,} in all",
        ),
        "municipalities.area_km2": ("km2", "of the Voronoi cell"),
        "municipalities.x": ("m", "clustered around cities; the map is invented"),
        "municipalities.y": ("m", "clustered around cities; the map is invented"),
        "municipalities.region": ("", "contiguous"),
        "municipalities.class": ("", "by kind, size and distance to a city, in the shares of Flanders"),
        "municipalities.merged_in": ("year", "mostly villages of a large area"),
        f"municipalities.{INCOME}": ("euro", "log-normal an inhabitant"),
        "borders.length_m": ("m", "of the Voronoi edge"),
        "zones.police": ("", "contiguous, inside primary-care zones"),
        "zones.primary_care": ("", "contiguous, inside regions"),
        "functions.regional_city": ("yes/no", "class a0"),
        "functions.centre": ("yes/no", "classes a0, a1 and a2"),
        "functions.well_equipped": ("yes/no", "classes a0, a1, a2, b0, c0 and c1"),
        "functions.hospital": ("beds", "by class and size"),
        "functions.rail": ("stops a day", "by class and size"),
    }
    if settings.flows:
        notes["flows.people"] = ("people a day", "law of gravity")
    return {key: Column(_SOURCE, unit, note) for key, (unit, note) in notes.items()}
