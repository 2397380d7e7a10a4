"""Layers of features: columns with labels for people, rows, and a shape for each row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ...instances.instance import Instance
from ...solver.results.plan import Plan
from ..dutch import Language, labels
from ..maps.shapes import Geometry, Shapes

Kind = Literal["text", "whole", "number", "flag"]
Form = Literal["MultiPolygon", "MultiLineString", "Point"]


@dataclass(frozen=True)
class Column:
    """An attribute of the features of a layer.

    Attributes
    ----------
    name : str
        Letters, digits and underscores, as every GIS takes them.
    kind : {'text', 'whole', 'number', 'flag'}
    label : str
        For people.
    words : mapping of str to str
        What people read for its values, where these are words of files.
    """

    name: str
    kind: Kind
    label: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FeatureLayer:
    """A layer of features of one form.

    Attributes
    ----------
    name, title : str
        As files and as people call it.
    form : {'MultiPolygon', 'MultiLineString', 'Point'}
    columns : tuple of Column
    rows : tuple of mapping of str to object
        A value a column; None where there is none.
    shapes : tuple of shapely geometries
        One a row, in the coordinate reference system of the instance.
    """

    name: str
    title: str
    form: Form
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, object], ...]
    shapes: tuple[Geometry, ...]


@dataclass(frozen=True)
class Drawn:
    """What layers are made from.

    Attributes
    ----------
    plan : Plan
        Which knows its instance and its scenario.
    shapes : Shapes
        One geometry a municipality.
    language : {'en', 'nl'}
        Of titles and labels; names of layers and columns are English.
    regions : tuple of str
        Those that are asked for, with a plan or without.
    fills : mapping of int to str
        Colour of each merger by its seat, as on the printed map.
    """

    plan: Plan
    shapes: Shapes
    language: Language
    regions: tuple[str, ...]
    fills: Mapping[int, str]

    @property
    def instance(self) -> Instance:
        """What the plan is for."""
        assert self.plan.instance is not None
        return self.plan.instance

    @property
    def municipalities(self) -> list[int]:
        """Municipalities that the plan holds, ascending."""
        return sorted(i for merger in self.plan.mergers for i in merger.members)

    def title(self, layer: str) -> str:
        """Say what people call a layer."""
        return labels(self.language)["map_layers"][layer]

    def called(self, key: str, kind: str) -> str:
        """Say what people call a layer of the instance (kind 'layers'), or a zone of it (kind 'zones')."""
        return labels(self.language)[kind].get(key, key.replace("_", " "))

    def column(self, name: str, kind: Kind, called: str = "", words: str = "") -> Column:
        """Make a column that has a label among those of the program.

        Parameters
        ----------
        name, kind : str
        called : str
            The word that has the label, where that is not the name.
        words : str
            Kind of the labels of its values.
        """
        told = labels(self.language)
        return Column(name, kind, told["headings"][called or name], told[words] if words else {})

    def columns(self, kinds: Mapping[str, Kind]) -> list[Column]:
        """Make columns that have labels among those of the program."""
        return [self.column(name, kind) for name, kind in kinds.items()]


def column_name(text: str) -> str:
    """Write a name with letters, digits and underscores, such as straddle_police for straddle(police)."""
    return re.sub(r"\W+", "_", text).strip("_")


def names_text(names: Sequence[str]) -> str:
    """List names in a cell."""
    return "; ".join(names)
