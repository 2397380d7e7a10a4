"""What the layers of a run must say, read from its plan a second time."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from ...instances.groups import lies_elsewhere
from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...solver.results.record import MergerRecord, PlanRecord
from ...solver.verification.readings import inhabitants_of
from ...solver.verification.values import values_of
from ..dutch import LANGUAGES, labels

_ALONE_KINDS = ("alone", "seat", "joined")


@dataclass(frozen=True)
class Rounded:
    """A number that is written with so many decimals."""

    value: float
    decimals: int


@dataclass(frozen=True)
class Near:
    """A number that is computed twice, in two orders."""

    value: float


@dataclass(frozen=True)
class OneOf:
    """A text that is in one language or another."""

    texts: frozenset[str]


@dataclass(frozen=True)
class Colour:
    """A colour that all municipalities of a merger have, whichever it is."""

    whose: str


@dataclass(frozen=True)
class ExpectedLayer:
    """A layer as it should be.

    Attributes
    ----------
    form : str
        Type of its shapes.
    rows : list of dict
        In their order, without the shapes.
    members : list of tuple of int
        Municipalities whose union the shape of each row is; of lines and points those that they touch.
    """

    form: str
    rows: list[dict[str, object]]
    members: list[tuple[int, ...]]


def expected_layers(record: PlanRecord, instance: Instance) -> dict[str, ExpectedLayer]:
    """Give the layers that the run of a plan has, by name.

    Parameters
    ----------
    record : PlanRecord
    instance : Instance
        Framed as the scenario frames it.
    """
    reading = _Reading(record, instance)
    layers = {"regions": reading.regions()}
    if record.mergers:
        layers["municipalities"] = reading.municipalities()
        layers |= {f"layer_{_plain(key)}": reading.zones_of(key) for key in reading.asked()}
        for called, parts, asked in reading.levels:
            layers[f"{called}s"] = reading.parts(called, parts, asked)
    return layers | reading.agreements()


def _plain(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_")


class _Reading:
    """Reads the plan of a run layer by layer."""

    def __init__(self, record: PlanRecord, instance: Instance) -> None:
        self.record, self.instance = record, instance
        scenario = record.scenario
        first = "zone" if scenario.level == "zones" else "merger"
        levels = [(first, record.mergers, scenario.levels[0]), ("zone", record.zones, scenario.levels[-1])]
        self.levels = [level for level in levels if level[1]]
        self._zone_of = {code: zone for zone in record.zones for code in zone.members}
        self._agreed = list(self._agreements())

    def _indices(self, codes: Sequence[str]) -> tuple[int, ...]:
        return tuple(self.instance.index[code] for code in codes)

    def regions(self) -> ExpectedLayer:
        """Reference regions that are asked for."""
        rows, members = [], []
        for region in self.record.regions:
            inside = [
                i for i, r in enumerate(self.instance.region) if self.instance.regions[r] == region.name
            ]
            after = sum(part.region == region.name for part in self.record.mergers)
            rows.append(
                {"region": region.name, "after": after or None, **self._sums(inside)}
                | {"area_km2": self._area(inside)}
            )
            members.append(tuple(inside))
        return ExpectedLayer("MULTIPOLYGON", rows, members)

    def _sums(self, members: Sequence[int]) -> dict[str, object]:
        return {"municipalities": len(members), "population": inhabitants_of(self.instance, members)}

    def _area(self, members: Sequence[int]) -> Rounded:
        return Rounded(math.fsum(float(self.instance.area[i]) for i in members), 2)

    def municipalities(self) -> ExpectedLayer:
        """One row a municipality."""
        parts = [{code: part for part in some for code in part.members} for _, some, _ in self.levels]
        values = {
            (called, part.seat): self._values(part, asked, f"{called}_")
            for called, some, asked in self.levels
            for part in some
        }
        rows = []
        held = sorted(self._indices([code for part in self.record.mergers for code in part.members]))
        for i in held:
            code, around = self.instance.codes[i], parts[0][self.instance.codes[i]]
            row = self._facts(i) | self._seated(i, around) | _decided(around) | self._named((i,))
            for (called, _, _), of in zip(self.levels, parts, strict=True):
                part = of[code]
                row |= {called: part.name, f"{called}_nis": part.seat, **values[called, part.seat]}
            rows.append(row | {"colour": Colour(around.seat)})
        return ExpectedLayer("MULTIPOLYGON", rows, [(i,) for i in held])

    def _facts(self, i: int) -> dict[str, object]:
        data = self.instance
        zones = {
            f"in_{_plain(key)}": layer.zones[layer.zone[i]] if layer.zone[i] >= 0 else None
            for key, layer in data.layers.items()
        }
        return {
            "nis": data.codes[i],
            "name": data.names[i],
            "region": data.regions[data.region[i]],
            "population": int(data.population[i]),
            "area_km2": Rounded(float(data.area[i]), 2),
            "class": data.classes[i] or None,
            "facility": bool(data.facility[i]),
            "merged_in": int(data.merged_in[i]) or None,
            **self._functions((i,)),
            **zones,
        }

    def _seated(self, i: int, part: MergerRecord) -> dict[str, object]:
        data, seat = self.instance, self.instance.index[part.seat]
        metres = math.hypot(data.x[i] - data.x[seat], data.y[i] - data.y[seat])
        return {
            "seat": data.names[seat],
            "seat_nis": part.seat,
            "is_seat": i == seat,
            "seat_km": Rounded(metres / 1000, 3),
        }

    def _functions(self, members: Sequence[int]) -> dict[str, object]:
        return {
            f"has_{_plain(name)}": any(function.amount[i] >= function.at_least for i in members)
            for name, function in self.instance.functions.items()
        }

    def _values(self, part: MergerRecord, asked: Scenario, start: str = "") -> dict[str, object]:
        found = values_of(self.instance, asked, [self._indices(part.members)])
        return {f"{start}{_plain(name)}": Rounded(float(one["value"]), 6) for name, one in found.items()}

    def parts(self, called: str, parts: Sequence[MergerRecord], asked: Scenario) -> ExpectedLayer:
        """One row a merger, or a zone."""
        rows, members = [], []
        for part in parts:
            inside = self._indices(part.members)
            found = values_of(self.instance, asked, [inside])
            row: dict[str, object] = {
                called: part.name,
                "region": part.region,
                "seat": self.instance.names[self.instance.index[part.seat]],
                "seat_nis": part.seat,
                "members": "; ".join(self.instance.names[i] for i in inside),
                "member_nis": "; ".join(part.members),
                "area_km2": self._area(inside),
                "score": Near(part.score_nano / 1e9),
                **self._sums(inside),
                **self._functions(inside),
                **_decided(part),
                **self._named(inside),
                **self._values(part, asked),
                **{f"{_plain(name)}_points": Near(float(one["points"])) for name, one in found.items()},
            }
            if called == "merger" and self._zone_of:
                zone = self._zone_of[part.seat]
                row |= {"zone": zone.name, "zone_nis": zone.seat}
            if parts is self.record.mergers:
                row["colour"] = Colour(part.seat)
            rows.append(row)
            members.append(inside)
        return ExpectedLayer("MULTIPOLYGON", rows, members)

    def asked(self) -> list[str]:
        """Layers that rules and terms are about."""
        found: set[str] = set()
        for asked in self.record.scenario.levels:
            found |= {*asked.frames.unsplit, *asked.frames.within, *asked.cooperation.layers}
            found |= {match[1] for name in asked.weights if (match := re.search(r"\((.*)\)", name))}
        return [key for key in self.instance.layers if key in found]

    def zones_of(self, key: str) -> ExpectedLayer:
        """Zones of a layer, of the municipalities of the plan."""
        layer, held = self.instance.layers[key], set()
        for part in self.record.mergers:
            held |= set(self._indices(part.members))
        found = sorted({layer.zones[layer.zone[i]] for i in held if layer.zone[i] >= 0})
        members = [tuple(sorted(i for i in held if layer.name_of(i) == name)) for name in found]
        rows = [{"name": name, **self._sums(some)} for name, some in zip(found, members, strict=True)]
        return ExpectedLayer("MULTIPOLYGON", rows, members)

    def _named(self, members: Sequence[int]) -> dict[str, object]:
        named: dict[str, set[int]] = {"locked": set(), "kept": set()}
        for kind, _, group in self._agreed:
            if kind not in ("added", "removed"):
                named["kept" if kind == "kept" else "locked"] |= set(group)
        return {flag: bool(some.intersection(members)) for flag, some in named.items()}

    def _agreements(self) -> Iterator[tuple[str, str, tuple[int, ...]]]:
        """Kind, level and municipalities of each agreement, each once."""
        scenario, seen = self.record.scenario, set()
        own = "zones" if scenario.level == "zones" else "mergers"
        for level, asked in ((own, scenario), ("zones", scenario.zones)):
            for kind, entry in _entries(asked, self.instance) if asked is not None else ():
                group = self._found(entry)
                few = 1 if kind in (*_ALONE_KINDS, "kept") else 2
                if len(group) >= few and (kind, level, group) not in seen:
                    seen.add((kind, level, group))
                    yield kind, level, group

    def _found(self, entry: Sequence[str]) -> tuple[int, ...]:
        try:
            return tuple(sorted({self.instance.find(text) for text in entry}))
        except KeyError:
            return ()

    def agreements(self) -> dict[str, ExpectedLayer]:
        """Agreements about the regions that are asked for."""
        here = {region.name for region in self.record.regions}
        layers: dict[str, ExpectedLayer] = {}
        for kind, level, group in self._agreed:
            if here.isdisjoint(self.instance.regions[self.instance.region[i]] for i in group):
                continue
            apart = kind in ("apart", "removed")
            single = [(i,) for i in group]
            pieces = list(combinations(group, 2)) if apart else single if kind in _ALONE_KINDS else [group]
            name, form = (
                ("agreed_areas", "MULTIPOLYGON")
                if kind == "kept"
                else ("agreed_points", "POINT")
                if kind in _ALONE_KINDS
                else ("agreed_lines", "MULTILINESTRING")
            )
            layer = layers.setdefault(name, ExpectedLayer(form, [], []))
            for piece in pieces:
                layer.rows.append(self._agreement(kind, level, piece))
                layer.members.append(tuple(piece))
        return layers

    def _agreement(self, kind: str, level: str, piece: Sequence[int]) -> dict[str, object]:
        names = [self.instance.names[i] for i in piece]
        kinds = ("apart", "apart_far") if kind == "apart" else (kind,)
        return {
            "kind": OneOf(frozenset(kinds)),
            "level": level,
            "text": OneOf(
                frozenset(
                    f"{labels(language)['agreements'][one]}: {', '.join(names)}"
                    for language in LANGUAGES
                    for one in kinds
                )
            ),
            "members": "; ".join(names),
            "member_nis": "; ".join(self.instance.codes[i] for i in piece),
        }


def _decided(part: MergerRecord) -> dict[str, object]:
    """What is said of how decided a part is; it is settled by a rule, or where no plan is without it."""
    return {
        "standalone": part.standalone or None,
        "settled": part.standalone != "" or part.price_status in {"rule", "no plan"},
        "price_status": part.price_status,
        "price_without": None if part.price_without_nano is None else Near(part.price_without_nano / 1e9),
    }


def _entries(asked: Any, instance: Instance) -> Iterator[tuple[str, Sequence[str]]]:
    """Kinds and texts of what one level of a scenario has as agreed, in the order of files."""
    locks, existing = asked.locks, asked.existing
    here = [group for group in existing.mergers if not existing.source or not lies_elsewhere(instance, group)]
    lists: Mapping[str, Sequence[Sequence[str]]] = {
        "together": locks.together,
        "apart": locks.apart,
        "alone": [[text] for text in locks.alone],
        "seat": [[text] for text in locks.seat],
        "kept" if existing.mode == "keep" else "extended": here,
        "joined": [[text] for text in asked.rules.joined],
        "added": asked.borders.added,
        "removed": asked.borders.removed,
    }
    for kind, entries in lists.items():
        for entry in entries:
            yield kind, entry
