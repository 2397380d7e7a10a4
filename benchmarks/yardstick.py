"""What a map looks like to someone who knows the region, in figures: are the centres in the middle?

Run with ``python benchmarks/yardstick.py RUN [RUN ...] [--flows FILE]``, where a run is a folder with a
``plan.json``. For each level of each plan it prints

- the yardstick: of the inhabitants of towns that are no centre, the share whose merger (zone) holds the
  centre that most of their commuters go to. Centres are the municipalities of class a0 to a2 up to 130,000
  inhabitants; a town counts where its region has one, and facility municipalities are left out. It needs a
  table of flows, and no term is measured by it: flows are no part of the embedded instances.
- how often police zones and primary-care zones are cut: zones touched, summed over mergers, less the zones
  that there are.
- mergers that are named after a member that is of a lesser degree of equipment than another one.
- mergers with a centre that one other merger encloses inside the region: all neighbours belong to it.

Only ``plan.json``, the instance and the table are read; nothing is shared with what made the plan.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from refzones.instances import Instance, load

LARGEST = 130_000
"""Inhabitants up to which a centre town counts: no merger of at most that many holds a larger one."""

CENTRES = ("a0", "a1", "a2")
LAYERS = ("police", "primary_care")

GRADES = {"a0": 0, "a1": 1, "a2": 2, "c0": 3, "b0": 4, "c1": 5, "b1": 6, "c2": 6, "c3": 7}
"""Classes by how well they are equipped, which is not the order of their names: c0 is very well, b0 (very)
well, c1 well, c2 moderately, b1 moderately or weakly, c3 weakly equipped."""

Flows = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Level:
    """The mergers, or zones, of a plan: names, seats and members by code."""

    title: str
    names: tuple[str, ...]
    seats: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]

    def part_of(self) -> dict[str, int]:
        """Number of the merger of each municipality."""
        return {code: k for k, codes in enumerate(self.members) for code in codes}


def read_flows(file: Path) -> dict[tuple[str, str], float]:
    """Read commuters by code of residence and of work from the first three columns of a table."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        return {(home, work): float(people) for home, work, people, *_ in rows}


def levels_of(folder: Path) -> Iterator[Level]:
    """Read the levels of a run."""
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    for key in ("mergers", "zones"):
        parts = plan.get(key) or []
        if parts:
            alone = key == "mergers" and plan["scenario"].get("level") == "zones"
            yield Level(f"{folder.name}: {'zones' if alone else key}", *_columns(parts))


def _columns(parts: Sequence[Mapping[str, Any]]) -> tuple[Any, Any, Any]:
    return (
        tuple(part["name"] for part in parts),
        tuple(part["seat"] for part in parts),
        tuple(tuple(part["members"]) for part in parts),
    )


def is_centre(instance: Instance, code: str) -> bool:
    """Tell whether a municipality is a centre town."""
    return instance.classes[instance.index[code]] in CENTRES


def first_centres(instance: Instance, flows: Flows) -> dict[str, str]:
    """Give each town that is no centre the centre of its region that most of its commuters go to."""
    small = [
        code
        for code, people in zip(instance.codes, instance.population.tolist(), strict=True)
        if is_centre(instance, code) and people <= LARGEST
    ]
    first = {}
    for code, region, facility in zip(instance.codes, instance.region, instance.facility, strict=True):
        near = [c for c in small if instance.region[instance.index[c]] == region]
        if near and not facility and not is_centre(instance, code):
            first[code] = max(near, key=lambda c: flows.get((code, c), 0.0))
    return first


def with_their_centre(instance: Instance, level: Level, flows: Flows) -> float:
    """Share of the inhabitants of towns that are no centre whose merger holds their first centre."""
    first, part = first_centres(instance, flows), level.part_of()
    people = {code: int(instance.population[instance.index[code]]) for code in first if code in part}
    inside = sum(people[code] for code in people if part.get(first[code]) == part[code])
    return inside / sum(people.values())


def extra_touched(instance: Instance, level: Level, layer: str) -> int:
    """Zones of a layer touched, summed over mergers, less the zones touched at all."""
    zone = dict(zip(instance.codes, instance.layers[layer].separate().tolist(), strict=True))
    touched = sum(len({zone[code] for code in codes}) for codes in level.members)
    return touched - len({zone[code] for codes in level.members for code in codes})


def lesser_names(instance: Instance, level: Level) -> list[str]:
    """List mergers whose seat is of a lesser degree of equipment than another member."""

    def rank(code: str) -> int:
        return GRADES[instance.classes[instance.index[code]]]

    seats = zip(level.names, level.seats, level.members, strict=True)
    return [name for name, seat, codes in seats if rank(seat) > min(rank(code) for code in codes)]


def enclosed_centres(instance: Instance, level: Level, *, alone: bool = False) -> list[str]:
    """List mergers with a centre whose neighbours in the region are all in one other merger.

    Those that hold some surroundings of their centre are no rings; `alone` leaves them out.
    """
    part, around = level.part_of(), [set[int]() for _ in level.names]
    for a, b in instance.borders.pairs.tolist():
        one, other = part.get(instance.codes[a]), part.get(instance.codes[b])
        if one is None or other is None or one == other or instance.region[a] != instance.region[b]:
            continue
        around[one].add(other)
        around[other].add(one)
    found = []
    for k, codes in enumerate(level.members):
        centres = [instance.names[instance.index[code]] for code in codes if is_centre(instance, code)]
        if centres and len(around[k]) == 1 and not (alone and len(codes) > 1):
            (ring,) = around[k]
            mutual = " and the other way round" if around[ring] == {k} else ""
            found.append(f"{' and '.join(centres)} ({level.names[k]}) by {level.names[ring]}{mutual}")
    return found


def report(instance: Instance, level: Level, flows: Flows | None) -> Iterator[str]:
    """Say in lines what there is to say of one level of a plan."""
    yield f"{level.title} ({len(level.names)})"
    if flows is not None:
        yield f"  with their first centre: {with_their_centre(instance, level, flows):.3f}"
    for layer in LAYERS:
        yield f"  extra zones touched, {layer}: {extra_touched(instance, level, layer)}"
    for title, found in (
        ("named after a lesser member", lesser_names(instance, level)),
        ("enclosed with a centre", enclosed_centres(instance, level)),
        ("of these, centres that stand alone", enclosed_centres(instance, level, alone=True)),
    ):
        yield f"  {title}: {len(found)}{': ' if found else ''}{'; '.join(found)}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of each run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("runs", nargs="+", type=Path)
    parser.add_argument("--flows", type=Path, help="commuters: code of residence, code of work, people")
    options = parser.parse_args(arguments)
    flows = None if options.flows is None else read_flows(options.flows)
    for folder in options.runs:
        plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
        instance = load(plan["instance"]["name"])
        for level in levels_of(folder):
            print("\n".join(report(instance, level, flows)))


if __name__ == "__main__":
    main()
