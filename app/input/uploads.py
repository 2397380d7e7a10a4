"""Files that a planner drops on the page: scenarios and plans, read as far as they go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ...instances.catalogue import embedded_instances, load
from ...instances.common.problems import InputError, Problem, Problems, reject
from ...instances.common.toml import parse_toml
from ...instances.instance import Instance
from ...instances.tables.form import TableForm
from ...instances.tables.table import read_text
from ...instances.vintages import IN_WORDS, vintage_of
from .no_paths import check_no_paths
from .plan_reading import groups_of_plan
from .plans import Given, given_plan
from .unpacking import recognised

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario

_BELGIAN = TableForm(encoding="cp1252")


@dataclass(frozen=True)
class Dropped:
    """What a file holds.

    Attributes
    ----------
    scenario : Scenario or None
        Of a scenario file, or of a run, beside its plan.
    groups : tuple of tuple of int, or None
        The mergers of a plan; municipalities that it leaves out are in none.
    notes : tuple of str
        How it was read, where that is not plain.
    """

    scenario: Scenario | None
    groups: tuple[tuple[int, ...], ...] | None
    notes: tuple[str, ...] = field(default=())


def read_dropped(
    raw: Path, name: str, folder: Path, instance: Instance, scenario: Scenario, members: Collection[str]
) -> Dropped:
    """Read a file that was dropped on the page.

    Parameters
    ----------
    raw : Path
        Its bytes, under a name of ours.
    name : str
        What the user calls it.
    folder : Path
        Empty; for what is unpacked.
    instance : Instance
    scenario : Scenario
        Its level says which groups of a plan are looked for.
    members : collection of str
        Files of a run.

    Raises
    ------
    InputError
        It cannot be used; the messages name it as the user does.
    """
    try:
        kind, path = recognised(raw, name, folder, members)
        if kind == "scenario":
            return Dropped(_scenario(path, name), None)
        return _plan(path, instance, scenario)
    except InputError as error:
        raise InputError(_named(problem, name, folder) for problem in error.problems) from error


def _scenario(path: Path, name: str) -> Scenario:
    from ...models.scenario.scenario import Scenario

    problems = Problems()
    text = read_text(path, problems)
    problems.raise_if_any()
    data = parse_toml(text or "", name)
    check_no_paths(data, name)
    scenario = Scenario.from_dict({"name": PurePosixPath(name).stem[:80]} | data, file=name)
    scenario.check_weights()
    return scenario


def _plan(path: Path, instance: Instance, scenario: Scenario) -> Dropped:
    plan, notes = given_plan(path), []
    if plan.record is not None and plan.record.instance.name != instance.name:
        notes.append(f"the run was made for '{plan.record.instance.name}', not for '{instance.name}'")
    form = None
    if path.is_file() and path.suffix in (".csv", ".tsv", ".tab", ".txt") and not _is_unicode(path):
        form = _BELGIAN
        notes.append("the file is not UTF-8 and was read as Windows-1252, as spreadsheets write it here")
    try:
        groups = groups_of_plan(plan, instance, scenario, form=form)
    except InputError as error:
        brought = _earlier(plan, instance, scenario, form)
        if brought is None:
            raise error
        groups, vintage = brought
        notes.append(f"the file has {IN_WORDS[vintage]}; it was brought to those of '{instance.name}'")
    _check_alone(groups, path)
    record = plan.record
    return Dropped(None if record is None else record.scenario, tuple(groups), tuple(notes))


def _check_alone(groups: Sequence[tuple[int, ...]], path: Path) -> None:
    if not groups:
        reject("no municipality of the file is here", "name them by code or name, one a row", file=path.name)


def _is_unicode(path: Path) -> bool:
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw[:4096]:
        return True
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _earlier(
    plan: Given, instance: Instance, scenario: Scenario, form: TableForm | None
) -> tuple[list[tuple[int, ...]], int] | None:
    """Read a plan of municipalities that have merged since, if all of it can be brought here."""
    here = vintage_of(instance.codes)
    if here is None:
        return None
    vintages = {vintage_of(load(entry.name).codes) for entry in embedded_instances()} | {2018}
    for vintage in sorted((v for v in vintages if v is not None and v < here), reverse=True):
        try:
            earlier = replace(plan, vintage=vintage)
            return groups_of_plan(earlier, instance, scenario, form=form), vintage
        except InputError:
            continue
    return None


def _named(problem: Problem, name: str, folder: Path) -> Problem:
    """Name a file as the user does."""
    texts = {text: getattr(problem, text).replace(str(folder), "") for text in ("what", "remedy", "value")}
    return replace(problem, file=name, **texts)
