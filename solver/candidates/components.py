"""Components of a region: municipalities that are partitioned together, apart from all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import IntArray
from ...instances.common.connected import pieces_of
from ...models.question.constraints import binds_together
from ...models.question.question import Question


@dataclass(frozen=True)
class Component:
    """Municipalities that are partitioned together: a connected part of a region.

    Attributes
    ----------
    region : int
        Index of the reference region.
    municipalities : ndarray of int64, shape (m,)
        Ascending.
    """

    region: int
    municipalities: IntArray

    def without(self, parts: Sequence[tuple[int, ...]]) -> Component:
        """Give what is left when some parts are taken out; it need not be connected."""
        held = [i for part in parts for i in part]
        free = ~np.isin(self.municipalities, held)
        return Component(self.region, self.municipalities[free]) if held else self


def split(question: Question, region: int) -> list[Component]:
    """Split the municipalities of a region whose place is open into connected components.

    Locks do not join components: a group that lies in two of them cannot be one connected merger.
    """
    parts = pieces_of(question.free_members(region).tolist(), question.neighbours.__getitem__)
    return [Component(region, np.array(part, dtype=np.int64)) for part in parts]


def components_of(
    question: Question, region: int, *, bound_together: bool | None = None
) -> list[tuple[Component, list[tuple[int, ...]]]]:
    """List the components of a region with the fixed parts that they hold.

    Parameters
    ----------
    question : Question
    region : int
    bound_together : bool, optional
        Whether something binds all of them together, which are then one component; by default, whether
        something in the question does.
    """
    fixed = [part for part, _ in question.fixed_parts(region)]
    if binds_together(question, region) if bound_together is None else bound_together:
        return [(Component(region, question.instance.members(region)), fixed)]
    alone = [(Component(region, np.array(part, dtype=np.int64)), [part]) for part in fixed]
    return alone + [(component, []) for component in split(question, region)]
