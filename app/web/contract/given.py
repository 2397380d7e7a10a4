"""What is given: municipalities, borders, layers, functions, and what can be asked of them."""

from __future__ import annotations

from typing import Any, Literal

from .base import Said, Text


class Municipality(Said):
    """A municipality; `zones` by layer, empty where it is in none."""

    code: str
    name: str
    inhabitants: int
    area: float
    region: int
    equipment: str
    facility: bool
    merged_in: int
    functions: list[str]
    zones: dict[str, str]


class TermMeta(Said):
    """A term that can be weighed.

    Attributes
    ----------
    key, layer : str
        Parts of its name: ``straddle(police)`` is 'straddle' of the layer 'police'.
    better : {'more', 'less'}
    weights, zone_weights : dict of str to float
        Its weight in each preset; in that of the zones of a nested one.
    usual : float
        A weight to begin with.
    """

    name: str
    key: str
    layer: str
    label: Text
    unit: Text
    better: Literal["more", "less"]
    divided_by: str
    weights: dict[str, float]
    zone_weights: dict[str, float]
    usual: float


class Named(Said):
    """A key with its label; `one` is what a single zone of a layer is called."""

    key: str
    label: Text
    one: Text | None = None
    about: Text | None = None


class InstanceData(Said):
    """What is given: municipalities, borders, regions, layers, functions, and what can be asked.

    Attributes
    ----------
    scenarios : dict of str to dict
        What each preset asks, every key of it.
    """

    name: str
    title: str
    vintage: str
    program: str
    inhabitants: int
    regions: list[str]
    municipalities: list[Municipality]
    borders: list[tuple[int, int, float]]
    layers: list[Named]
    functions: list[Named]
    classes: list[Named]
    terms: list[TermMeta]
    presets: list[Named]
    scenarios: dict[str, dict[str, Any]]
    plans: list[Named]
    sources: list[str]
