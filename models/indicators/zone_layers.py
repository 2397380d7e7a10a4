"""What indicators on bodies of cooperation share: layers, and the members of candidates by zone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.entities import NO_ZONE, Layer
from ...instances.instance import Instance
from ..lacking import remedy_for_lack
from ..programmes.variables import AssignmentVariables
from ..scenario.demands import Demands
from .base import AdditiveIndicator, LinearAmounts
from .zone_columns import ZoneColumns

ALL = "all"
"""Argument that means all layers of the instance together."""

LAYERS = ("police", "primary_care", "fire", "housing_company", "housing_cooperation", "transport", "judicial")
"""Layers that are shown one by one where nobody asks for others."""

Marked = Callable[[FloatArray, FloatArray, FloatArray], BoolArray]
"""What is counted in a layer: marks by candidate, shape (k, any), from the members of candidates by zone
(k, z), of zones (z) and of candidates (k, 1)."""


def layers_of(instance: Instance, argument: str, name: str) -> dict[str, Layer]:
    """Give the layers that the argument of an indicator means.

    Parameters
    ----------
    instance : Instance
    argument : str
        Name of a layer, or `ALL`.
    name : str
        Name of the indicator, for the message.

    Raises
    ------
    InputError
        The instance has no such layer, or none at all.
    """
    if argument in instance.layers:
        return {argument: instance.layers[argument]}
    known = (ALL, *instance.layers)
    if argument != ALL:
        what = f"{name}: the instance has no layer '{argument}'"
        reject(what, remedy_for_lack(argument, known, instance, "layer"))
    if not instance.layers:
        what = f"{name}: the instance has no layer of zones"
        reject(what, remedy_for_lack(argument, (), instance, "layer"))
    return dict(instance.layers)


def by_zone(layer: Layer, members: FloatArray, municipalities: IntArray) -> tuple[FloatArray, FloatArray]:
    """Count the members of candidates in each zone that has one.

    Parameters
    ----------
    layer : Layer
    members : ndarray of float64, shape (k, m)
    municipalities : ndarray of int64, shape (m,)

    Returns
    -------
    inside : ndarray of float64, shape (k, z)
        Members of each candidate in each zone.
    sizes : ndarray of float64, shape (z,)
        Municipalities of the whole instance in each zone.
    """
    zone = layer.zone[municipalities]
    has = np.flatnonzero(zone != NO_ZONE)
    zones, place = np.unique(zone[has], return_inverse=True)
    spread = np.zeros((len(municipalities), len(zones)))
    spread[has, place.reshape(-1)] = 1.0
    sizes = np.bincount(layer.zone[layer.zone != NO_ZONE], minlength=len(layer.zones))
    return members @ spread, sizes[zones].astype(np.float64)


class LayersIndicator(AdditiveIndicator):
    """An indicator that is a sum over layers of zones."""

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        super().__init__(instance, demands, argument)
        self.layers = layers_of(instance, argument if self.takes == "layer" else ALL, self.name)

    @property
    def columns(self) -> tuple[str, ...]:
        """See `Indicator.columns`."""
        return tuple(f"zones.{name}" for name in self.layers)

    def linear(self, parts: AssignmentVariables) -> LinearAmounts:
        """Sum the columns of each layer and part; see `AdditiveIndicator.linear`."""
        found = [
            self.columns_of(ZoneColumns(parts, root, layer))
            for layer in self.layers.values()
            for root in parts.roots.tolist()
        ]
        return LinearAmounts.joined(found, [np.ones(len(one)) for one in found])

    @property
    def is_linear(self) -> bool:
        """Whether the columns are known; see `AdditiveIndicator.is_linear`."""
        return type(self).columns_of is not LayersIndicator.columns_of

    def columns_of(self, zones: ZoneColumns) -> IntArray:
        """Give the columns of which the sum is what a part has in a layer.

        Raises
        ------
        InputError
            There are none; indicators that may be weighed override this.
        """
        super().linear(zones.parts)
        raise AssertionError

    def counted(self, marked: Marked, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Count marks over layers, shape (k,). O(k m z) for z zones of the municipalities."""
        own = members.sum(axis=1, keepdims=True)
        total = np.zeros(len(members))
        for layer in self.layers.values():
            total += np.count_nonzero(marked(*by_zone(layer, members, municipalities), own), axis=1)
        return total
