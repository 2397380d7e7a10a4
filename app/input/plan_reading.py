"""The groups of plans that users named: read from runs, tables and vector files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...instances.catalogue import embedded_instances, load
from ...instances.common.path_names import as_text
from ...instances.common.problems import InputError, NoColumnError, Problem, reject
from ...instances.groups import Grouping
from ...instances.instance import Instance
from ...instances.plan_files import GROUP_COLUMNS, read_groups, read_plan_vector
from ...instances.tables.cells import is_workbook
from ...instances.tables.form import TableForm
from ...instances.vectors.features import ENDINGS
from ..terminal.console import warn
from .known_plans import known_grouping
from .moments import brought_here, inhabitants_of
from .named import region_names
from .plans import Given, given_plan

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario
    from ...solver.results.plan import Plan
    from ...solver.review.similarity import Parts


_COLUMNS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("mergers",): GROUP_COLUMNS,
    ("zones",): ("zone", "group", "merger"),
    ("mergers", "zones"): ("merger", "group"),
}
"""Columns that may hold the parts of a plan, by the levels that are asked for."""


@dataclass(frozen=True)
class PlanReading:
    """How plans are read.

    Attributes
    ----------
    column : str or None
        The column that holds the groups, whatever its name.
    others_alone : bool
        Municipalities that the file leaves out stay alone.
    form : TableForm or None
        What is declared about the file, where it is a table.
    regions : tuple of str or None
        Leave out what is in no other region; None for the regions that the plan touches.
    """

    column: str | None = None
    others_alone: bool = False
    form: TableForm | None = None
    regions: tuple[str, ...] | None = None


def asked_regions(instance: Instance, names: Sequence[str] | None) -> tuple[str, ...] | None:
    """Give the regions that a user named, each once and in the order of the instance; None for no names.

    Raises
    ------
    InputError
        Lists all names that no region has.
    """
    if not names:
        return None
    found = region_names(instance, list(names))
    return tuple(name for name in instance.regions if name in found)


def parts_of_plan(
    plan: Given,
    instance: Instance,
    scenario: Scenario,
    *,
    column: str | None = None,
    others_alone: bool = False,
    form: TableForm | None = None,
) -> tuple[Parts, Parts]:
    """Read the parts of a plan.

    Parameters
    ----------
    plan : Given
    instance : Instance
    scenario : Scenario
        Its levels say which columns are looked for.
    column : str, optional
        The column that holds the parts, whatever its name.
    others_alone : bool
        Municipalities that the file leaves out stay alone.
    form : TableForm, optional
        What is declared about the file, where it is a table.

    Returns
    -------
    parts : sequence of tuple of int
        Mergers, or zones at the level of zones.
    zones : sequence of tuple of int
        Zones around the mergers, at the nested level only.

    Raises
    ------
    InputError
        The file cannot be read, lacks a column, names unknown municipalities or leaves some out.
    """
    reading = PlanReading(column, others_alone, form)
    mergers, *zones = _groupings(plan, instance, scenario, reading)
    parts = _parts_of(instance, mergers, reading)
    return parts, _parts_of(instance, zones[0], reading) if zones else ()


def read_plan(plan: Given, instance: Instance, scenario: Scenario, reading: PlanReading) -> Plan:
    """Read a plan, and score it under a scenario; its mergers keep the names that the file gives them.

    Raises
    ------
    InputError
        As `parts_of_plan`; or a region that is asked for does not exist, or the plan lacks it.
    """
    from ...solver.results.plan import Plan
    from ...solver.review.plan_groups import labels_of

    groupings = _groupings(plan, instance, scenario, reading)
    parts = [_parts_of(instance, grouping, reading) for grouping in groupings]
    labels = [{} if plan.is_run else labels_of(instance, grouping) for grouping in groupings]
    return Plan.of(instance, scenario, *parts).labelled(*labels)


def _groupings(
    plan: Given, instance: Instance, scenario: Scenario, reading: PlanReading
) -> tuple[Grouping, ...]:
    """Read the mergers of a plan, and the zones around them where the scenario asks for both."""
    levels = tuple(asked.level for asked in scenario.levels)
    columns = _COLUMNS[levels] if reading.column is None else (reading.column,)
    mergers = _groups(plan, instance, columns, reading.form)
    if len(levels) == 1:
        return (mergers,)
    around = _groups(plan, instance, ("zone",), reading.form)
    if not any(around.names):
        reject(
            "the plan has no zones around its mergers, and the scenario asks for both",
            "fill in the column 'zone', or name a scenario of one level with --scenario",
            file=around.file,
        )
    return mergers, around


def _parts_of(instance: Instance, grouping: Grouping, reading: PlanReading) -> Parts:
    from ...solver.review.plan_groups import parts_of

    try:
        return parts_of(instance, grouping, others_alone=reading.others_alone, regions=reading.regions)
    except InputError as error:
        raise InputError([*error.problems, *_other_instance(grouping, instance)]) from error


def groups_of_plan(
    plan: Given, instance: Instance, scenario: Scenario, *, form: TableForm | None = None
) -> list[tuple[int, ...]]:
    """Read the mergers of a plan, or its zones where the scenario asks for zones alone, as far as it goes.

    Unlike `parts_of_plan`, what it leaves out is in no group.

    Raises
    ------
    InputError
        The file cannot be read, lacks a column or names unknown municipalities.
    """
    from ...solver.review.plan_groups import groups_of

    levels = tuple(asked.level for asked in scenario.levels)
    grouping = _groups(plan, instance, _COLUMNS[levels], form)
    try:
        return groups_of(instance, grouping)
    except InputError as error:
        raise InputError([*error.problems, *_other_instance(grouping, instance)]) from error


def read_plans(
    plans: Sequence[Given], instance: Instance, scenario: Scenario, reading: PlanReading
) -> list[Plan]:
    """Read several plans; a column that is named is that of the files that have it.

    Plans that every instance has are read for the regions of the others, unless regions are asked for.

    Raises
    ------
    InputError
        As `read_plan`; or no file has the column.
    """
    files = [plan for plan in plans if not plan.is_known]
    if 0 < len(files) < len(plans):
        of_files = read_plans(files, instance, scenario, reading)
        held = {name for plan in of_files for name in plan.regions}
        regions = reading.regions or tuple(name for name in instance.regions if name in held)
        known = replace(reading, regions=regions)
        own = iter(of_files)
        return [read_plan(plan, instance, scenario, known) if plan.is_known else next(own) for plan in plans]
    workbooks = any(is_workbook(plan.path) for plan in plans)
    found: list[Plan | None] = []
    lacking: list[NoColumnError] = []

    def read(plan: Given, column: str | None) -> Plan:
        form = reading.form
        if form is not None and workbooks and not is_workbook(plan.path):
            form = replace(form, sheet=None)  # it is meant for a plan that has sheets
        return read_plan(plan, instance, scenario, replace(reading, column=column, form=form))

    for plan in plans:
        try:
            found.append(read(plan, reading.column))
        except NoColumnError as error:
            if reading.column is None:
                raise
            found.append(None)
            lacking.append(error)
    if lacking and len(lacking) == len(plans):
        raise lacking[0]
    return [read(plan, None) if one is None else one for plan, one in zip(plans, found, strict=True)]


def mergers_drawn(path: Path, instance: Instance) -> tuple[tuple[str, ...], ...]:
    """Give the mergers of a vector file, by code; none of a plan that scenario files can name themselves.

    Raises
    ------
    InputError
        The file cannot be read, or lacks a column of mergers.
    """
    plan = given_plan(path)
    if plan.is_table or path.suffix.lower() in ENDINGS:
        return ()
    return _groups(plan, instance, GROUP_COLUMNS).groups


def _groups(
    plan: Given, instance: Instance, columns: Sequence[str], form: TableForm | None = None
) -> Grouping:
    if plan.is_known:
        return known_grouping(instance, plan.name)
    if plan.is_table:
        said = None if plan.is_run else form
        if not plan.is_run and (vector := read_plan_vector(plan.path, instance.codes, columns, form)):
            warn(
                f"note: {vector.file} has no codes; its rows are taken in the order of those of the instance"
            )
            return vector
        return _moved(plan, read_groups(plan.path, columns, said), instance)
    from ..maps.boundary_groups import read_boundary_groups

    return _moved(plan, read_boundary_groups(plan.path, instance, columns, layer=plan.layer), instance)


def _moved(plan: Given, grouping: Grouping, instance: Instance) -> Grouping:
    """Bring a plan to the moment of an instance, unless it was made for it."""
    if plan.is_for(instance):
        return grouping
    if plan.record is not None:
        sizes = zip(grouping.names, grouping.groups, strict=True)
        names = tuple(name if len(group) > 1 else "" for name, group in sizes)
        grouping = replace(grouping, file=as_text(plan.path), names=names)
    people = inhabitants_of(plan.record, plan.vintage) if plan.by_majority else None
    return brought_here(grouping, instance, plan.vintage, plan.merged, people)


def _other_instance(grouping: Grouping, instance: Instance) -> list[Problem]:
    """Point to the embedded instance that has all municipalities of a file, where this one lacks some."""
    texts = {text for group in grouping.groups for text in group}
    if texts <= set(instance.codes):
        return []
    for entry in embedded_instances():
        if entry.name != instance.name and texts <= set(load(entry.name).codes):
            what = f"all of these municipalities are in instance '{entry.name}'"
            return [Problem(what, f"name it with --instance {entry.name}", grouping.file)]
    return []
