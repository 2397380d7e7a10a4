"""Plans of another moment, brought to the municipalities of an instance."""

from __future__ import annotations

from pathlib import Path

from ...instances.common.problems import Problems
from ...instances.crosswalk import to_vintage, translated
from ...instances.groups import Grouping, without_elsewhere
from ...instances.instance import Instance
from ...instances.merging import past_of
from ...instances.vintages import flemish_vintage
from ..terminal.console import warn

_NAMED = 5  # municipalities elsewhere that a note names


def brought_here(
    grouping: Grouping, instance: Instance, vintage: int | None, merged: Path | None = None
) -> Grouping:
    """Bring the municipalities of a file to the moment of an instance; tell which lie elsewhere.

    Parameters
    ----------
    grouping : Grouping
    instance : Instance
    vintage : int or None
        That of the file, where it is said.
    merged : Path, optional
        List of mergers since, or the instance that one made.

    Raises
    ------
    InputError
        Municipalities of the file that are one now are in different groups, or not all there.
    """
    grouping, elsewhere = without_elsewhere(instance, grouping)
    if elsewhere:
        number = "1 municipality" if len(elsewhere) == 1 else f"{len(elsewhere)} municipalities"
        more = " and others" if len(elsewhere) > _NAMED else ""
        names = ", ".join(elsewhere[:_NAMED])
        text = f"note: {grouping.file}: {number} outside Flanders left out: {names}{more}"
        warn(text)
    problems = Problems()
    if vintage is not None:
        grouping = to_vintage(grouping, vintage, flemish_vintage(instance.codes, instance.name), problems)
    if merged is not None:
        grouping = translated(grouping, past_of(instance, merged), problems)
    problems.raise_if_any()
    return grouping
