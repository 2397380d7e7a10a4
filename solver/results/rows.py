"""A plan as rows: of mergers, of zones, of municipalities."""

from __future__ import annotations

from collections.abc import Sequence

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...models.scoring.reported_values import base_of, reported_value
from ...models.scoring.scorer import NANO, Scorer
from .decided import NOT_KNOWN
from .mergers import Merger, placed
from .status import points

PART_COLUMNS = (
    "region", "seat", "seat_nis", "municipalities", "members", "member_nis", "population",
    "area_km2", "standalone", "functions", "score",
)  # fmt: skip
PRICE_COLUMNS = ("price_without", "price_status")
MUNICIPALITY_COLUMNS = (
    "nis", "name", "region", "population", "area_km2", "zone", "merger", "seat", "seat_nis", "standalone",
    "zone_nis", "merger_nis",
)  # fmt: skip


def by_level(
    scenario: Scenario, mergers: Sequence[Merger], zones: Sequence[Merger]
) -> tuple[Sequence[Merger], Sequence[Merger]]:
    """Give the mergers and the zones of a plan, which has zones alone where nothing else is asked for."""
    return ((), mergers) if scenario.level == "zones" else (mergers, zones)


def part_rows(
    instance: Instance,
    scenario: Scenario,
    called: str,
    parts: Sequence[Merger],
    zones: Sequence[Merger] = (),
) -> tuple[list[str], list[tuple[object, ...]]]:
    """Give one row a merger, or a zone.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        What is asked of these parts, of one level.
    called : str
        The first column: merger or zone.
    parts : sequence of Merger
    zones : sequence of Merger
        Around the parts, where there are two levels.

    Returns
    -------
    columns : list of str
    rows : list of tuple
        Members, their codes and the functions as tuples; terms as means over the part's own inhabitants or
        commuters, counts as they are; the price of the best plan without the part, where that was asked for.
    """
    terms = Scorer(instance, scenario).terms
    zone_of = placed(zones)
    priced = any(part.decided != NOT_KNOWN for part in parts)
    columns = [
        called,
        *PART_COLUMNS,
        *(term.name for term in terms),
        *(PRICE_COLUMNS if priced else ()),
        *(["zone", "zone_nis"] if zones else []),
    ]
    rows = [
        (
            *_described(instance, part),
            *(
                reported_value(term, value, base_of(term, part.members))
                for term, value in zip(terms, part.values, strict=True)
            ),
            *((points(part.decided.price_nano), part.decided.status) if priced else ()),
            *(name_and_seat(instance, zone_of[part.seat]) if zones else ()),
        )
        for part in parts
    ]
    return columns, rows


def name_and_seat(instance: Instance, part: Merger) -> tuple[str, str]:
    """Name of a part, and the code of its seat: two parts may have one name, and no two one seat."""
    return part.name(instance), instance.codes[part.seat]


def _described(instance: Instance, part: Merger) -> tuple[object, ...]:
    """What a part is called, and the rest in the order of `PART_COLUMNS`."""
    members = list(part.members)
    return (
        part.name(instance),
        instance.regions[instance.region[part.seat]],
        instance.names[part.seat],
        instance.codes[part.seat],
        len(members),
        tuple(instance.names[i] for i in members),
        tuple(instance.codes[i] for i in members),
        part.population(instance),
        float(instance.area[members].sum()),
        part.standalone,
        tuple(name for name, function in instance.functions.items() if function.present[members].any()),
        part.score_nano / NANO,
    )


def municipality_rows(
    instance: Instance, mergers: Sequence[Merger], zones: Sequence[Merger]
) -> list[tuple[object, ...]]:
    """Give one row a municipality, in the order of `MUNICIPALITY_COLUMNS`."""
    merger_of, zone_of = placed(mergers), placed(zones)
    held = {**zone_of, **merger_of}
    return [
        (
            instance.codes[i],
            instance.names[i],
            instance.regions[instance.region[i]],
            int(instance.population[i]),
            float(instance.area[i]),
            zone_of[i].name(instance) if i in zone_of else "",
            merger_of[i].name(instance) if i in merger_of else "",
            instance.names[held[i].seat],
            instance.codes[held[i].seat],
            held[i].standalone,
            instance.codes[zone_of[i].seat] if i in zone_of else "",
            instance.codes[merger_of[i].seat] if i in merger_of else "",
        )
        for i in sorted(held)
    ]
