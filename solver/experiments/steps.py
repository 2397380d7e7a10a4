"""Steps of inhabitants and steps of equipment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Self

import numpy as np
from pydantic import Field, model_validator

from ...instances.common.arrays import IntArray
from ...instances.common.field_types import Whole
from ...instances.common.problems import reject
from ...instances.entities import EQUIPMENT
from ...instances.instance import Instance
from ...models.indicators.mandates import mandates
from ...models.indicators.scheme_files import Scheme, check_steps, read_scheme

STEPS: Final = ("inhabitants", "ranked_inhabitants", "equipment")
"""Steps of inhabitants with fixed bounds; steps of inhabitants that hold as many municipalities as those of
equipment; steps of equipment."""

DIFFERENCES: Final = ("equipment-inhabitants", "equipment-ranked_inhabitants")
"""What steps of equipment have more than the other two."""

_GROUP = {degree: len(EQUIPMENT) - 1 - k for k, group in enumerate(EQUIPMENT) for degree in group}


class InhabitantSteps(Scheme):
    """Bounds of steps of inhabitants, with their source.

    Attributes
    ----------
    below : tuple of int
        Ascending: a step ends below its number of inhabitants. The last step has no end.
    """

    below: Annotated[tuple[Annotated[Whole, Field(gt=0)], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_steps(self.below, range(len(self.below) + 1))
        return self

    @classmethod
    def of_law(cls) -> InhabitantSteps:
        """Give the steps by which the law itself counts: those of the number of aldermen."""
        law = mandates()
        return cls(title=law.title, source=law.source, note=law.note, below=law.aldermen.below)

    @classmethod
    def read(cls, path: Path) -> InhabitantSteps:
        """Read steps from a file with keys title, source, note and below.

        Raises
        ------
        InputError
            Lists everything that is wrong with the file.
        """
        return read_scheme(path, cls)


def equipment_of(instance: Instance, municipalities: IntArray) -> IntArray:
    """Give the step of equipment of some municipalities, the best ones highest.

    Raises
    ------
    InputError
        A municipality has no degree of equipment.
    """
    unknown = [i for i in municipalities.tolist() if not instance.classes[i]]
    if unknown:
        names = ", ".join(instance.names[i] for i in unknown[:5]) + (", ..." if len(unknown) > 5 else "")
        reject(
            f"{len(unknown)} of {len(municipalities)} municipalities have no degree of equipment: {names}",
            "fill in the column 'class' of municipalities.csv, a0 to c3",
            value=instance.name,
        )
    return np.array([_GROUP[instance.classes[i]] for i in municipalities.tolist()], dtype=np.int64)


def steps_of(inhabitants: IntArray, equipment: IntArray, bounds: InhabitantSteps) -> IntArray:
    """Put municipalities on steps, more being higher.

    Parameters
    ----------
    inhabitants : ndarray of int64, shape (n,)
    equipment : ndarray of int64, shape (n,)
        Step of equipment of each; of a merged one the best of its members.
    bounds : InhabitantSteps

    Returns
    -------
    ndarray of int64, shape (3, n)
        One row for each of `STEPS`.
    """
    fixed = np.searchsorted(np.array(bounds.below), inhabitants, side="right")
    ranked = np.zeros(len(inhabitants), dtype=np.int64)
    ranked[np.argsort(inhabitants, kind="stable")] = np.sort(equipment)
    return np.stack([fixed, ranked, equipment]).astype(np.int64)
