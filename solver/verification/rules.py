"""Hard frames and requirements, read from the scenario a second time."""

from __future__ import annotations

from collections.abc import Iterator

from .enclosed import enclosed_by, enclosed_mergers
from .level import Level
from .violation import Violation
from .words import named


def check_frames(level: Level) -> Iterator[Violation]:
    """No part crosses a zone it must stay within, and no zone that must stay whole is divided."""
    instance, frames = level.instance, level.scenario.frames
    for name in filter(instance.layers.__contains__, frames.within):  # others are told with the names
        for part in level.parts:
            # a municipality without a zone is a zone of its own
            zones = {instance.layers[name].name_of(i) or f"#{i}" for i in part}
            if len(zones) > 1:
                crosses = f"crosses zones of layer '{name}'"
                yield Violation("frame", f"{level.named(part)} {crosses}", part, crosses)
    for name in filter(instance.layers.__contains__, frames.unsplit):
        yield from _check_unsplit(level, name)
    yield from _check_own_zones(level)


def _check_unsplit(level: Level, name: str) -> Iterator[Violation]:
    instance, settled = level.instance, level.standalone.keys() | level.agreed.merged
    homes: dict[tuple[str, int], dict[int, list[int]]] = {}
    for number, part in enumerate(level.parts):
        for i in part:
            zone = instance.layers[name].name_of(i)
            if zone and i not in settled:
                homes.setdefault((zone, int(instance.region[i])), {}).setdefault(number, []).append(i)
    for (zone, _), parts in homes.items():
        if len(parts) > 1:
            members = tuple(sorted(i for members in parts.values() for i in members))
            text = f"zone '{zone}' of layer '{name}' is divided over {len(parts)} {level.noun}s"
            yield Violation("frame", text, members)


def _check_own_zones(level: Level) -> Iterator[Violation]:
    """No part crosses a zone of frames.zones; a region that they do not name is one zone."""
    zones = level.agreed.zones
    if not zones:
        return
    for part in level.parts:
        touched = [zone for zone in zones if zone.intersection(part)]
        # one that is in none of them must not be with one that is
        outside = [i for i in part if not any(i in zone for zone in zones)]
        if len(touched) + bool(outside) > 1:
            text = f"{level.named(part)} crosses zones of frames.zones{_source(level)}"
            yield Violation("frame", text, part, "crosses zones that it has to stay within")


def _source(level: Level) -> str:
    source = level.scenario.frames.source
    return f" (from {source})" if source else ""


def check_requirements(level: Level) -> Iterator[Violation]:
    """Every part holds the classes and functions that it must, unless it is exempt."""
    instance, requires = level.instance, level.scenario.requires
    for part in level.parts:
        if not part or level.reason(part):
            continue
        if requires.classes and not any(instance.classes[i] in requires.classes for i in part):
            holds = f"holds no municipality of class {', '.join(requires.classes)}"
            yield Violation("requirement", f"{level.named(part)} {holds}", part, holds)
        for name in requires.functions:
            function = instance.functions.get(name)
            if function is None:
                continue  # told with the names
            if not any(function.amount[i] >= function.at_least for i in part):
                yield Violation(
                    "requirement", f"{level.named(part)} has no '{name}'", part, f"has no '{name}'"
                )


def check_enclosed(level: Level) -> Iterator[Violation]:
    """Where it is forbidden, no part encloses a municipality, unless it is kept as it is."""
    if level.scenario.rules.enclosed != "forbidden":
        return
    instance = level.instance
    for place, part in enumerate(level.parts):
        for town in enclosed_by(instance, level.scenario, part) if not level.reason(part) else ():
            text = f"{level.named(part)} encloses {instance.label(town)}, which may not be"
            brief = f"encloses {named(instance, [town])}, which may not be"
            yield Violation("enclosed", text, (*part, town), brief, parts=(place,))
    if level.scenario.rules.enclosed_parts == "towns":
        return
    for inner, outer in enclosed_mergers(instance, level.scenario, level.parts):
        if not level.reason(outer):
            text = f"{level.named(outer)} encloses {level.named(inner)}, which may not be"
            brief = f"encloses the {level.noun} of {named(instance, inner)}, which may not be"
            place = level.parts.index(outer)
            yield Violation("enclosed", text, (*outer, *inner), brief, parts=(place,))
