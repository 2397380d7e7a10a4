"""Which attribute of a graph or frame is what: population, region, zones, functions?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from ..common.problems import Problems, suggest
from ..common.text import fold

_USUAL: Mapping[str, tuple[str, ...]] = {
    "population": (
        *("population", "pop", "totpop", "tot_pop", "total_pop", "pop100", "p0010001", "totpop20"),
        *("tot_pop20", "pop2020", "totpop10", "tot_pop10", "inhabitants", "inwoners"),
    ),
    "label": ("name", "name20", "name10", "namelsad20", "namelsad10", "namelsad", "naam"),
    "region": ("region",),
    "x": ("x", "c_x"),
    "y": ("y", "c_y"),
    "area": ("area_km2",),
    "equipment": ("class",),
    "facility": ("facility",),
    "merged_in": ("merged_in",),
    "length": ("shared_perim", "length_m"),
}
"""Names that the field's files give to attributes, all in lower case."""

SINGLE = ("population", "code", "label", "region", "x", "y", "area", "equipment", "facility", "merged_in")
"""Roles that one attribute of a unit has."""

NAMED = ("zones", "functions", "attributes", "texts", "yearly", "figures")
"""Roles of any number of attributes, each with a name in the instance."""

OPTIONS = {"label": "name", "equipment": "class"}
"""Options of the command line that are not called like their role."""


@dataclass(frozen=True)
class Roles:
    """Attributes by what they mean; empty for what is known by its usual name, or is not there.

    Attributes
    ----------
    population : str
        Inhabitants, whole numbers.
    code : str
        By default the ids of the nodes.
    label : str
        Names of the units; by default their codes.
    region : str
        By default all units are in one region.
    x, y : str
        Metres, in the coordinate reference system of the instance.
    area : str
        Square kilometres.
    equipment, facility, merged_in : str
        Degree of equipment; whether it is a facility municipality; year of its merger.
    length : str
        Attribute of edges: metres of shared border.
    zones, functions, attributes, texts, yearly, figures : mapping of str to str
        Attribute by the name that it gets in the instance.

    Examples
    --------
    >>> roles = Roles(population="TOTPOP", zones={"county": "COUNTYFP"})
    >>> roles.zones["county"]
    'COUNTYFP'
    """

    population: str = ""
    code: str = ""
    label: str = ""
    region: str = ""
    x: str = ""
    y: str = ""
    area: str = ""
    equipment: str = ""
    facility: str = ""
    merged_in: str = ""
    length: str = ""
    zones: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    yearly: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def given(cls, **given: Any) -> Roles:
        """Collect roles, those of several attributes as a mapping, or as a list where names stay."""
        named = {
            key: dict(given[key]) if isinstance(given[key], Mapping) else {name: name for name in given[key]}
            for key in NAMED
            if key in given
        }
        return cls(**(given | named))

    def over(self, others: Mapping[str, Any]) -> Roles:
        """Lay these roles over others, which count where these say nothing."""
        known = {item.name for item in fields(self)}
        return replace(
            self,
            **{key: value for key, value in others.items() if key in known and not getattr(self, key)},
        )

    def used(self) -> set[str]:
        """Name all attributes of units that have a role."""
        single = {getattr(self, key) for key in SINGLE} - {""}
        return single.union(*(getattr(self, key).values() for key in NAMED))

    def known_by_name(
        self, units: Sequence[str], edges: Sequence[str], but: Iterable[str], file: str, problems: Problems
    ) -> Roles:
        """Fill in the attributes that are known by their usual name; note those that are not there.

        Parameters
        ----------
        units, edges : sequence of str
            Attributes that there are.
        but : iterable of str
            Roles that are not looked for.
        file : str
        problems : Problems
        """
        found: dict[str, Any] = {}
        for key, usual in _USUAL.items():
            there = edges if key == "length" else units
            alike = [name for name in there if fold(name) in usual and name not in self.used()]
            if getattr(self, key) or key in but or not alike:
                continue
            found[key] = min(alike, key=lambda name: usual.index(fold(name)))
            if key == "population" and len(alike) > 1:
                what = f"more than one attribute can be the population: {', '.join(alike)}"
                problems.add(what, "say which one is meant: --population NAME", file=file)
        roles = replace(self, **found)
        for key, name in roles._named():
            there = edges if key == "length" else units
            if name not in there:
                option = OPTIONS.get(key, key)
                what = f"{option}: there is no attribute '{name}'"
                problems.add(what, suggest(name, there), file=file)
        return roles

    def _named(self) -> Iterable[tuple[str, str]]:
        yield from ((key, getattr(self, key)) for key in (*SINGLE, "length") if getattr(self, key))
        for key in NAMED:
            yield from ((key, name) for name in getattr(self, key).values())

    def told(self) -> list[str]:
        """List which attribute is what, one text each, for those who want to check it."""
        single = [f"{OPTIONS.get(key, key)} = {getattr(self, key)}" for key in (*SINGLE, "length")]
        return [text for text in single if not text.endswith("= ")]
