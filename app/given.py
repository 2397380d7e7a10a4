"""Plans as users name them: the folder of a run, a table, a file with boundaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..instances.catalogue import DEFAULT, embedded, load
from ..instances.groups import ASSIGNMENT_FILE, GROUP_COLUMNS, PLAN_FILE, Grouping, read_groups
from ..instances.instance import Instance
from ..instances.problems import InputError, Problem, Problems, reject

if TYPE_CHECKING:
    from ..models.scenario import Scenario
    from ..solver.record import PlanRecord
    from ..solver.similarity import Parts

TABLES = ("", ".csv", ".tsv", ".txt", ".tab", ".xls", ".xlsx", ".xlsm")
"""Endings of files that are read as tables; others are read as vector files."""

_COLUMNS = {
    "mergers": GROUP_COLUMNS,
    "zones": ("zone", "group", "merger"),
    "nested": ("merger", "group"),
}
"""Columns that may hold the parts of a plan, by level."""


@dataclass(frozen=True)
class Given:
    """A plan that a user named.

    Attributes
    ----------
    path : Path
    record : PlanRecord or None
        What its `plan.json` holds, where it is the folder of a run.
    """

    path: Path
    record: PlanRecord | None

    @property
    def name(self) -> str:
        """Name of the folder or file, without its ending."""
        path = self.path.resolve()
        return path.parent.name if path.name == PLAN_FILE else path.stem if path.is_file() else path.name


def given_plan(path: Path) -> Given:
    """Look what a user named.

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
    folder = path if path.is_dir() else path.parent
    has_plan = (folder / PLAN_FILE).is_file() and (path.is_dir() or path.name == PLAN_FILE)
    if has_plan:
        from ..solver.record import read_record

        return Given(path, read_record(path))
    if path.is_dir() and path.suffix != ".gdb" and not (path / ASSIGNMENT_FILE).is_file():
        reject(
            f"the folder holds no plan: neither {PLAN_FILE} nor {ASSIGNMENT_FILE}",
            "name the folder of a run, a table or a boundary file",
            file=str(path),
        )
    return Given(path, None)


def instance_of(plans: Sequence[Given], named: str | None) -> Instance:
    """Load the instance that a user named, else that of the first run, else the default.

    Raises
    ------
    InputError
        A run was made for other data; all of those are listed.
    """
    records = [(plan, plan.record) for plan in plans if plan.record is not None]
    if named is None and records:
        plan, record = records[0]
        named = record.instance.name
        if named not in {entry.name for entry in embedded()} and not Path(named).is_dir():
            reject(
                f"the plan was made for instance '{named}', which is not embedded",
                "name its folder with --instance",
                file=str(plan.path),
            )
    instance = load(named or DEFAULT)
    problems = Problems()
    for plan, record in records:
        made_for = record.instance
        if made_for.hash == instance.hash:
            continue
        if made_for.name == instance.name:
            what = f"the plan was made for other data than instance '{instance.name}' holds now"
        else:
            what = f"the plan was made for other data: instance '{made_for.name}', not '{instance.name}'"
        problems.add(what, "name the instance that all plans are for with --instance", file=str(plan.path))
    problems.raise_if_any()
    return instance


def scenario_of(plans: Sequence[Given], named: str | None) -> Scenario:
    """Give the scenario that a user named, else that of the first run, else the default."""
    from ..models.scenario import Scenario

    if named is not None:
        return Scenario.named(named)
    records = [plan.record for plan in plans if plan.record is not None]
    return records[0].scenario if records else Scenario.preset("mergers")


def parts_of_plan(
    plan: Given,
    instance: Instance,
    level: str,
    *,
    column: str | None = None,
    others_alone: bool = False,
) -> tuple[Parts, Parts]:
    """Read the parts of a plan.

    Parameters
    ----------
    plan : Given
    instance : Instance
    level : {'mergers', 'zones', 'nested'}
        Says which columns are looked for.
    column : str, optional
        The column that holds the parts, whatever its name.
    others_alone : bool
        Municipalities that the file leaves out stay alone.

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
    from ..solver.evaluation import parts_of

    found = _groups(plan, instance, _COLUMNS[level] if column is None else (column,))
    try:
        parts = parts_of(instance, found, others_alone=others_alone)
    except InputError as error:
        raise InputError([*error.problems, *_other_instance(found, instance)]) from error
    if level != "nested":
        return parts, ()
    around = _groups(plan, instance, ("zone",))
    if not any(around.names):
        reject(
            "the plan has no zones around its mergers, and the scenario asks for both",
            "fill in the column 'zone', or name a scenario of one level with --scenario",
            file=around.file,
        )
    return parts, parts_of(instance, around, others_alone=others_alone)


def _groups(plan: Given, instance: Instance, columns: Sequence[str]) -> Grouping:
    is_table = plan.path.suffix.lower() in TABLES or plan.path.name == PLAN_FILE
    if plan.record is not None or is_table or (plan.path / ASSIGNMENT_FILE).is_file():
        return read_groups(plan.path, columns)
    from .maps.boundary_groups import read_boundary_groups

    return read_boundary_groups(plan.path, instance, columns)


def _other_instance(found: Grouping, instance: Instance) -> list[Problem]:
    """Point to the embedded instance that has all municipalities of a file, where this one lacks some."""
    texts = {text for group in found.groups for text in group}
    if texts <= set(instance.codes):
        return []
    for entry in embedded():
        if entry.name != instance.name and texts <= set(load(entry.name).codes):
            what = f"all of these municipalities are in instance '{entry.name}'"
            return [Problem(what, f"name it with --instance {entry.name}", found.file)]
    return []
