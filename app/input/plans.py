"""Plans as users name them: the folder of a run, a table, a file with boundaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...instances.catalogue import DEFAULT, embedded_instances, load
from ...instances.common.path_names import as_text
from ...instances.common.problems import InputError, NoColumnError, Problem, Problems, reject
from ...instances.common.regular_files import check_regular
from ...instances.groups import Grouping
from ...instances.instance import Instance
from ...instances.merging import is_instance
from ...instances.plan_files import ASSIGNMENT_FILE, GROUP_COLUMNS, PLAN_FILE, read_groups
from ...instances.tables.cells import is_workbook
from ...instances.tables.form import TableForm
from ...instances.vectors.features import ENDINGS
from ...instances.vintages import VINTAGES, vintage_named, vintage_of
from ..terminal.console import warn
from .moments import brought_here, inhabitants_of

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario
    from ...solver.results.record import PlanRecord
    from ...solver.review.similarity import Parts

_TEXTS = ("", ".csv", ".tsv", ".txt", ".tab")
"""Endings of files that are read as tables, workbooks besides; others are read as vector files."""

_REMEDY = (
    "name the instance that all plans are for with --instance; evaluate and compare bring plans of another "
    "moment to it, with --from-vintage or --merged"
)
_COLUMNS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("mergers",): GROUP_COLUMNS,
    ("zones",): ("zone", "group", "merger"),
    ("mergers", "zones"): ("merger", "group"),
}
"""Columns that may hold the parts of a plan, by the levels that are asked for."""


@dataclass(frozen=True)
class Given:
    """A plan that a user named.

    Attributes
    ----------
    path : Path
    record : PlanRecord or None
        What its `plan.json` holds, where it is the folder of a run.
    vintage : int or None
        The moment of its municipalities, where it is said.
    merged : Path or None
        A list of the mergers since, or the instance that one made.
    by_majority : bool
        What became of municipalities in different groups goes where most of their inhabitants are.
    layer : str or None
        Of a vector file, where it is said.
    """

    path: Path
    record: PlanRecord | None
    vintage: int | None = None
    layer: str | None = None
    merged: Path | None = None
    by_majority: bool = False

    @property
    def name(self) -> str:
        """Name of the folder or file, without its ending."""
        path = self.path.resolve()
        return as_text(
            path.parent.name if path.name == PLAN_FILE else path.stem if path.is_file() else path.name
        )

    @property
    def is_of_another_moment(self) -> bool:
        """Whether it is said that its municipalities are not those of the instance."""
        return self.vintage is not None or self.merged is not None


def given_plan(
    path: Path, from_vintage: str | None = None, merged: Path | None = None, *, by_majority: bool = False
) -> Given:
    """Find out what a user named: the folder of a run, or a file, of some moment.

    Parameters
    ----------
    path : Path
    from_vintage : str, optional
        Year of its municipalities.
    merged : Path, optional
        List of mergers since, or the instance that one made.
    by_majority : bool
        What became of municipalities in different groups goes where most of their inhabitants are.

    Raises
    ------
    InputError
        There is nothing of this name, or the folder holds no plan.
    """
    if not path.exists():
        reject(
            "there is no such file or folder",
            "name the folder of a run, a table or a boundary file",
            file=str(path),
        )
    check_regular(path)
    vintage = None if from_vintage is None else vintage_named(from_vintage)
    folder = path if path.is_dir() else path.parent
    has_plan = (folder / PLAN_FILE).is_file() and (path.is_dir() or path.name == PLAN_FILE)
    if has_plan:
        from ...solver.results.record import read_record

        return Given(path, read_record(path), vintage, merged=merged, by_majority=by_majority)
    if path.is_dir() and path.suffix != ".gdb" and not (path / ASSIGNMENT_FILE).is_file():
        reject(
            f"the folder holds no plan: neither {PLAN_FILE} nor {ASSIGNMENT_FILE}",
            "name the folder of a run, a table or a boundary file",
            file=str(path),
        )
    return Given(path, None, vintage, merged=merged, by_majority=by_majority)


def with_layer(plans: Sequence[Given], layer: str | None, others: Sequence[Path] = ()) -> list[Given]:
    """Note which layer of a vector file is meant, for the files that have it.

    Parameters
    ----------
    plans : sequence of Given
    layer : str or None
    others : sequence of Path
        Vector files beside the plans that may have it.

    Raises
    ------
    InputError
        No file has such a layer; or one has several, and not that one.
    """
    if layer is None:
        return list(plans)
    from ...instances.vectors.files import layers_of

    placed, used = [], any(layer in layers_of(path) for path in others)
    for plan in plans:
        layers = () if _is_table(plan) else layers_of(plan.path)
        if layer in layers or len(layers) > 1:
            plan, used = replace(plan, layer=layer), True  # noqa: PLW2901  # a wrong name is told where it is read
        placed.append(plan)
    if not used:
        reject("--layer: no file has a layer of this name", "name one of a vector file, or none", value=layer)
    return placed


def instance_of(plans: Sequence[Given], named: str | None) -> Instance:
    """Load the instance that a user named, else that of the first run, else the default.

    Where plans are brought through the mergers of an instance, that one stands for what a user did not name.

    Raises
    ------
    InputError
        A run was made for other data, and nothing says that it is of another moment; all of those are listed.
    """
    records = [(plan, plan.record) for plan in plans if plan.record is not None]
    if named is None and (folders := [p.merged for p in plans if p.merged and is_instance(p.merged)]):
        named = str(folders[0])
    older = [plan for plan, record in records if _is_older(plan, record.instance.name)]
    if named is None and (newer := [entry for entry in records if entry[0] not in older]):
        plan, record = newer[0]
        named = record.instance.name
        if named not in {entry.name for entry in embedded_instances()} and not Path(named).is_dir():
            reject(
                f"the plan was made for instance '{named}', which is not embedded",
                "name its folder with --instance",
                file=str(plan.path),
            )
    instance = load(named or DEFAULT)
    problems = Problems()
    for plan, record in records:
        made_for = record.instance
        if _is_for(plan, instance):
            continue
        if plan.is_of_another_moment:
            names = f"made for '{made_for.name}', brought to the municipalities of '{instance.name}'"
            warn(f"note: {as_text(plan.path)}: {names}")
            continue
        if made_for.name == instance.name:
            what = f"the plan was made for other data than instance '{instance.name}' holds now"
        else:
            what = f"the plan was made for other data: instance '{made_for.name}', not '{instance.name}'"
        problems.add(what, _REMEDY, file=str(plan.path))
    problems.raise_if_any()
    return instance


def _is_for(plan: Given, instance: Instance) -> bool:
    """Say whether a plan is a run that was made for an instance."""
    record = plan.record
    return record is not None and record.instance.hash == instance.hash_with(record.scenario.columns)


def _is_older(plan: Given, instance: str) -> bool:
    """Say whether a run was made for an embedded instance of the moment that its user names, or before."""
    if plan.vintage is None or instance not in {entry.name for entry in embedded_instances()}:
        return False
    return (vintage_of(load(instance).codes) or VINTAGES[-1]) <= plan.vintage < VINTAGES[-1]


def scenario_of(plans: Sequence[Given], named: str | None) -> Scenario:
    """Give the scenario that a user named, else that of the first run, else the default."""
    from ...models.scenario.scenario import Scenario

    if named is not None:
        return Scenario.named(named)
    records = [plan.record for plan in plans if plan.record is not None]
    return records[0].scenario if records else Scenario.preset("mergers")


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
    from ...solver.review.evaluation import parts_of

    levels = tuple(asked.level for asked in scenario.levels)
    grouping = _groups(plan, instance, _COLUMNS[levels] if column is None else (column,), form)
    try:
        parts = parts_of(instance, grouping, others_alone=others_alone)
    except InputError as error:
        raise InputError([*error.problems, *_other_instance(grouping, instance)]) from error
    if len(levels) == 1:
        return parts, ()
    around = _groups(plan, instance, ("zone",), form)
    if not any(around.names):
        reject(
            "the plan has no zones around its mergers, and the scenario asks for both",
            "fill in the column 'zone', or name a scenario of one level with --scenario",
            file=around.file,
        )
    return parts, parts_of(instance, around, others_alone=others_alone)


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
    from ...solver.review.evaluation import groups_of

    levels = tuple(asked.level for asked in scenario.levels)
    grouping = _groups(plan, instance, _COLUMNS[levels], form)
    try:
        return groups_of(instance, grouping)
    except InputError as error:
        raise InputError([*error.problems, *_other_instance(grouping, instance)]) from error


def parts_of_plans(
    plans: Sequence[Given],
    instance: Instance,
    scenario: Scenario,
    *,
    column: str | None = None,
    others_alone: bool = False,
    form: TableForm | None = None,
) -> list[tuple[Parts, Parts]]:
    """Read the parts of several plans; a column that is named is that of the files that have it.

    Raises
    ------
    InputError
        As `parts_of_plan`; or no file has the column.
    """
    workbooks = any(is_workbook(plan.path) for plan in plans)
    parts: list[tuple[Parts, Parts] | None] = []
    lacking: list[NoColumnError] = []

    def read(plan: Given, wanted: str | None) -> tuple[Parts, Parts]:
        own = form
        if form is not None and workbooks and not is_workbook(plan.path):
            own = replace(form, sheet=None)  # it is meant for a plan that has sheets
        return parts_of_plan(plan, instance, scenario, column=wanted, others_alone=others_alone, form=own)

    for plan in plans:
        try:
            parts.append(read(plan, column))
        except NoColumnError as error:
            if column is None:
                raise
            parts.append(None)
            lacking.append(error)
    if lacking and len(lacking) == len(plans):
        raise lacking[0]
    return [read(plan, None) if one is None else one for plan, one in zip(plans, parts, strict=True)]


def mergers_drawn(path: Path, instance: Instance) -> tuple[tuple[str, ...], ...]:
    """Give the mergers of a vector file, by code; none of a plan that scenario files can name themselves.

    Raises
    ------
    InputError
        The file cannot be read, or lacks a column of mergers.
    """
    plan = given_plan(path)
    if _is_table(plan) or path.suffix.lower() in ENDINGS:
        return ()
    return _groups(plan, instance, GROUP_COLUMNS).groups


def _is_run(plan: Given) -> bool:
    """Say whether a plan is one that the program wrote, in its folder."""
    return plan.record is not None or plan.path.name == PLAN_FILE or (plan.path / ASSIGNMENT_FILE).is_file()


def _is_table(plan: Given) -> bool:
    """Say whether a plan is read as a table, or else as a vector file."""
    return _is_run(plan) or plan.path.suffix.lower() in _TEXTS or is_workbook(plan.path)


def _groups(
    plan: Given, instance: Instance, columns: Sequence[str], form: TableForm | None = None
) -> Grouping:
    if _is_table(plan):
        said = None if _is_run(plan) else form
        return _moved(plan, read_groups(plan.path, columns, said), instance)
    from ..maps.boundary_groups import read_boundary_groups

    return _moved(plan, read_boundary_groups(plan.path, instance, columns, layer=plan.layer), instance)


def _moved(plan: Given, grouping: Grouping, instance: Instance) -> Grouping:
    """Bring a plan to the moment of an instance, unless it was made for it."""
    if _is_for(plan, instance):
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
