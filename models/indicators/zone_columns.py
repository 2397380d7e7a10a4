"""Columns of compact formulations that say which zones a part has members in, exact in every solution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import IntArray
from ...instances.entities import NO_ZONE, Layer
from ..programmes.variables import AssignmentVariables


@dataclass(frozen=True)
class ZoneColumns:
    """The columns of one part, and the zones of its possible members.

    Attributes
    ----------
    parts : AssignmentVariables
    root : int
        Municipality that is the root of the part, by its place in the component.
    layer : Layer
    """

    parts: AssignmentVariables
    root: int
    layer: Layer

    @property
    def members(self) -> IntArray:
        """Municipalities that can be in the part, by their places."""
        return np.flatnonzero(self.parts.x[:, self.root] >= 0).astype(np.int64)

    @property
    def zones(self) -> list[int]:
        """Zones that some of them have, ascending."""
        zone = self.layer.zone[self.parts.municipalities[self.members]]
        return [int(one) for one in np.unique(zone[zone != NO_ZONE])]

    def split(self, zone: int) -> tuple[IntArray, IntArray]:
        """Give the possible members in a zone, and the others."""
        inside = self.layer.zone[self.parts.municipalities[self.members]] == zone
        return self.members[inside], self.members[~inside]

    def any_of(self, some: IntArray) -> IntArray:
        """Give the column y that is 1 when the part has one of some possible members, shape (1,).

        y >= x_ij for each of them,  y <= sum of them;  where the root is one of them, y is x_jj
        """
        x, builder = self.parts.x, self.parts.builder
        if self.root in some:
            column: IntArray = x[[self.root], self.root]
            return column
        if len(some) == 1:
            only: IntArray = x[some, self.root]
            return only
        found = builder.columns(np.array([self.root]))
        rows = builder.rows(len(some), lower=0.0)
        builder.put(rows, found)
        builder.put(rows, x[some, self.root], -1.0)
        row = builder.rows(1, upper=0.0)
        builder.put(row, found)
        builder.put(row, x[some, self.root], -1.0)
        return found

    def all_of(self, some: IntArray) -> IntArray:
        """Give the column w that is 1 when the part has all of some possible members, shape (1,).

        w <= x_ij for each of them,  w >= 1 + sum over them of (x_ij - 1)
        """
        x, builder = self.parts.x, self.parts.builder
        if len(some) == 1:
            only: IntArray = x[some, self.root]
            return only
        found = builder.columns(np.array([self.root]))
        rows = builder.rows(len(some), upper=0.0)
        builder.put(rows, found)
        builder.put(rows, x[some, self.root], -1.0)
        row = builder.rows(1, lower=1.0 - len(some))
        builder.put(row, found)
        builder.put(row, x[some, self.root], -1.0)
        return found

    def in_several(self) -> IntArray:
        """Give the column d that is 1 when the part has members in two zones or more, shape (0,) or (1,).

        sum_z y_z <= x_jj + (number of zones - 1) d,   sum_z y_z >= 2 d
        """
        builder, zones = self.parts.builder, self.zones
        if len(zones) < 2:
            return np.zeros(0, dtype=np.int64)
        held = np.concatenate([self.any_of(self.split(zone)[0]) for zone in zones])
        found = builder.columns(np.array([self.root]), integer=True)
        row = builder.rows(1, upper=1.0)
        builder.put(row, held)
        builder.put(row, found, 1.0 - len(zones))
        row = builder.rows(1, lower=0.0)
        builder.put(row, held)
        builder.put(row, found, -2.0)
        return found

    def divided(self, zone: int) -> IntArray:
        """Give the column q that is 1 when the part holds some of a zone, and others, shape (0,) or (1,).

        With y, o and w for some of the zone, some other member, and all of the zone::

            q >= y + o - w - 1,   q <= y - w,   q <= o
        """
        builder = self.parts.builder
        inside, outside = self.split(zone)
        size = int(np.count_nonzero(self.layer.zone == zone))
        if size < 2 or not len(outside):
            return np.zeros(0, dtype=np.int64)
        some, other = self.any_of(inside), self.any_of(outside)
        whole = self.all_of(inside) if len(inside) == size else np.full(1, -1, dtype=np.int64)
        found = builder.columns(np.array([self.root]))
        for side, held, beside, bound in (
            ({"lower": -1.0}, -1.0, -1.0, 1.0),
            ({"upper": 0.0}, -1.0, 0.0, 1.0),
            ({"upper": 0.0}, 0.0, -1.0, 0.0),
        ):
            row = builder.rows(1, **side)
            builder.put(row, found)
            for column, amount in ((some, held), (other, beside), (whole, bound)):
                if amount:
                    builder.put(row, column, amount)
        return found
