"""Regions that a question answers together: one budget over their plans binds them to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from ...instances.instance import ONE_FRAME, Instance
from .question import Question


def united(question: Question, regions: Sequence[int]) -> tuple[Question, int]:
    """Give the question of several regions as one, with the index of that one.

    Borders stay as they are, so that nothing crosses a region; numbers of mergers stay those of each region.

    Parameters
    ----------
    question : Question
    regions : sequence of int
        Two or more, by index.
    """
    instance, index = _united(question.instance, tuple(sorted(regions)))
    return replace(question, instance=instance, each=question), index


@lru_cache(maxsize=16)  # instances are frozen and compared by identity
def _united(instance: Instance, regions: tuple[int, ...]) -> tuple[Instance, int]:
    names = [instance.regions[region] for region in regions]
    name = ONE_FRAME if len(names) == len(instance.regions) else f"{', '.join(names[:-1])} and {names[-1]}"
    left = [k for k in range(len(instance.regions)) if k not in regions]
    place = np.full(len(instance.regions), len(left), dtype=np.int64)
    place[left] = np.arange(len(left))
    columns = {key: column for key, column in instance.columns.items() if key != "municipalities.region"}
    one = replace(
        instance,
        regions=(*(instance.regions[k] for k in left), name),
        region=place[instance.region],
        columns=columns,
    )
    return one, len(left)
