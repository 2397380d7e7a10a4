"""The data of an instance, before they are checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from .changes import Change
from .common.arrays import BoolArray, FloatArray, IntArray
from .entities import Borders, Column, Flows, Function, Layer, Source, Villages


@dataclass(frozen=True, eq=False)
class InstanceData:
    """Municipalities with their borders, zones and functions, unchecked.

    Municipalities are indexed 0..n-1 in the order of their code.

    The attributes are those of `Instance`, the checked form, which all other modules use.
    """

    name: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    population: IntArray
    area: FloatArray
    x: FloatArray
    y: FloatArray
    regions: tuple[str, ...]
    region: IntArray
    borders: Borders
    classes: tuple[str, ...] = ()
    facility: BoolArray = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    merged_in: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    layers: Mapping[str, Layer] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)
    attributes: Mapping[str, FloatArray] = field(default_factory=dict)
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    yearly: Mapping[int, FloatArray] = field(default_factory=dict)
    figures: Mapping[str, FloatArray] = field(default_factory=dict)
    flows: Flows | None = None
    villages: Villages | None = None
    changes: tuple[Change, ...] = ()
    title: str = ""
    vintage: str = ""
    crs: str = "EPSG:31370"
    uninhabited: bool = False
    sources: Mapping[str, Source] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.codes)

    def label(self, municipality: int) -> str:
        """Name and code of a municipality, for messages."""
        return f"{self.names[municipality]} ({self.codes[municipality]})"
