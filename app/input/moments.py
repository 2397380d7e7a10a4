"""Plans of another moment, brought to the municipalities of an instance."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ...instances.catalogue import embedded_instances, load
from ...instances.common.problems import Problems
from ...instances.crosswalk import Majority, translated
from ...instances.groups import Grouping, without_elsewhere
from ...instances.instance import Instance
from ...instances.merging import is_instance, past_of
from ...instances.vintages import crosswalk_of, flemish_vintage, steps, vintage_of
from ..terminal.console import warn

if TYPE_CHECKING:
    from ...solver.results.record import PlanRecord

_NAMED = 5  # municipalities elsewhere that a note names


def brought_here(
    grouping: Grouping,
    instance: Instance,
    vintage: int | None,
    merged: Path | None = None,
    people: Mapping[str, int] | None = None,
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
    people : mapping of str to int, optional
        Inhabitants of its municipalities, by code: what became of several in different groups goes where most
        of them are, which is told.

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
    problems, majority = Problems(), None if people is None else Majority(people)
    if vintage is not None:
        here = flemish_vintage(instance.codes, instance.name)
        grouping = translated(grouping, crosswalk_of(steps(vintage, here)), problems, majority)
    if merged is not None:
        grouping = translated(grouping, past_of(instance, merged), problems, majority)
    problems.raise_if_any()
    for text in majority.told if majority else ():
        warn(f"note: {grouping.file}: {text}")
    return grouping


def inhabitants_of(record: PlanRecord | None, vintage: int | None) -> dict[str, int]:
    """Give the inhabitants of the municipalities of a plan, by code and by name, where they are known.

    They are those of the instance of a run, if that one can be loaded, else those of the embedded instance
    of a vintage.
    """
    embedded = {entry.name for entry in embedded_instances()}
    names = [record.instance.name] if record is not None else []
    names += [name for name in sorted(embedded) if vintage_of(load(name).codes) == vintage]
    name = next((name for name in names if name in embedded or is_instance(Path(name))), None)
    if name is None:
        return {}
    instance = load(name)
    people = instance.population.tolist()
    return dict(zip(instance.names, people, strict=True)) | dict(zip(instance.codes, people, strict=True))
