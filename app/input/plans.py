"""Plans as users name them: the folder of a run, a table, a file with boundaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...instances.catalogue import DEFAULT, embedded_instances, load
from ...instances.common.activity import doing
from ...instances.common.path_names import as_text
from ...instances.common.problems import Problems, reject
from ...instances.common.regular_files import check_regular
from ...instances.instance import Instance
from ...instances.merging import is_instance
from ...instances.plan_files import ASSIGNMENT_FILE, PLAN_FILE, is_assignment
from ...instances.tables.cells import is_workbook
from ...instances.vintages import VINTAGES, vintage_named, vintage_of
from ..terminal.console import warn
from .known_plans import is_known_name

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario
    from ...solver.results.record import PlanRecord

_TEXTS = ("", ".csv", ".tsv", ".txt", ".tab")
"""Endings of files that are read as tables, workbooks besides; others are read as vector files."""

_REMEDY = (
    "name the instance that all plans are for with --instance; evaluate and compare bring plans of another "
    "moment to it, with --from-vintage or --merged"
)


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
    is_known : bool
        Whether it is no file but one of the plans that every instance has; see `known_plans`.
    """

    path: Path
    record: PlanRecord | None
    vintage: int | None = None
    layer: str | None = None
    merged: Path | None = None
    by_majority: bool = False
    is_known: bool = False

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

    @property
    def is_run(self) -> bool:
        """Whether it is one that the program wrote, in its folder."""
        has_table = (self.path / ASSIGNMENT_FILE).is_file()
        return self.record is not None or self.path.name == PLAN_FILE or has_table

    @property
    def is_table(self) -> bool:
        """Whether it is read as a table, or else as a vector file."""
        is_text = self.path.suffix.lower() in _TEXTS or is_workbook(self.path)
        return self.is_run or self.is_known or is_text or is_assignment(self.path)

    def is_for(self, instance: Instance) -> bool:
        """Say whether it is a run that was made for an instance."""
        record = self.record
        return record is not None and record.is_for(instance)


@doing("reading the plan")
def given_plan(
    path: Path, from_vintage: str | None = None, merged: Path | None = None, *, by_majority: bool = False
) -> Given:
    """Find out what a user named: the folder of a run, or a file, of some moment.

    Parameters
    ----------
    path : Path
        Of what there is; else the name of a plan that every instance has.
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
        if is_known_name(str(path)):
            return Given(path, None, is_known=True)
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
        layers = () if plan.is_table else layers_of(plan.path)
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
        if plan.is_for(instance):
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
