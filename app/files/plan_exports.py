"""Plans in the formats of other programs, each read back before it takes its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ...instances.common.activity import doing
from ...instances.common.atomic import write_file
from ...instances.common.problems import Problems, reject, suggest
from ...instances.groups import resolve_groups
from ...instances.instance import Instance
from ...instances.plan_files import read_groups
from ...instances.tables.table import table_text

Parts = Sequence[Sequence[int]]


@dataclass(frozen=True)
class PlanFormat:
    """A format that plans are written in.

    Attributes
    ----------
    name : str
    ending : str
        Of files in it.
    write : callable
        Gives the text of a plan: its instance, the number of each municipality's part from 1 on (0 where it
        is in none), and the names of the parts.
    """

    name: str
    ending: str
    write: Callable[[Instance, Sequence[int], Sequence[str]], str]


def _block_equivalency(instance: Instance, number: Sequence[int], names: Sequence[str]) -> str:
    """Write a row for each municipality, with its code and its district."""
    rows = [(code, k) for code, k in zip(instance.codes, number, strict=True) if k]
    return table_text(("GEOID", "district"), rows)


def _gerrychain(instance: Instance, number: Sequence[int], names: Sequence[str]) -> str:
    """Write the part of each node by its id."""
    parts = {code: k for code, k in zip(instance.codes, number, strict=True) if k}
    return json.dumps(parts, ensure_ascii=False, indent=1) + "\n"


def _redist(instance: Instance, number: Sequence[int], names: Sequence[str]) -> str:
    """Write a plan vector: a row for each municipality in the order of their codes, with its code beside."""
    rows = [(code, k) for code, k in zip(instance.codes, number, strict=True) if k]
    return table_text(("code", "district"), rows)


def _districtr(instance: Instance, number: Sequence[int], names: Sequence[str]) -> str:
    """Write the part of each unit, from 0 on, with the problem and the parts beside."""
    parts = {code: k - 1 for code, k in zip(instance.codes, number, strict=True) if k}
    plan = {
        "name": instance.name,
        "placeId": instance.name,
        "idColumn": {"key": "code", "name": "code"},
        "problem": {
            "type": "multimember",
            "numberOfParts": len(names),
            "name": instance.name,
            "pluralNoun": "mergers",
        },
        "parts": [
            {"id": k, "displayNumber": k + 1, "name": name, "description": name}
            for k, name in enumerate(names)
        ],
        "assignment": parts,
    }
    return json.dumps(plan, ensure_ascii=False, indent=1) + "\n"


PLAN_FORMATS: Mapping[str, PlanFormat] = {
    one.name: one
    for one in (
        PlanFormat("block-equivalency", ".csv", _block_equivalency),
        PlanFormat("gerrychain", ".json", _gerrychain),
        PlanFormat("redist", ".csv", _redist),
        PlanFormat("districtr", ".json", _districtr),
    )
}
"""Formats by their name."""


def plan_format(name: str) -> PlanFormat:
    """Find a format.

    Raises
    ------
    InputError
        There is none of this name.
    """
    if name not in PLAN_FORMATS:
        reject("--to: there is no such format", suggest(name, PLAN_FORMATS), value=name)
    return PLAN_FORMATS[name]


@doing("writing the plan")
def export_plan(
    instance: Instance, parts: Parts, names: Sequence[str], form: PlanFormat, target: Path
) -> None:
    """Write a plan in a format, unless it does not read back to the same.

    Parameters
    ----------
    instance : Instance
    parts : sequence of sequence of int
        Members of each merger or zone, one for each municipality that stays alone.
    names : sequence of str
        Of the parts.
    form : PlanFormat
    target : Path
        Its ending is that of the format.

    Raises
    ------
    InputError
        The file has another ending, or cannot be written.
    """
    check_ending(target, form)
    number = [0] * len(instance)
    for k, members in enumerate(parts, start=1):
        for i in members:
            number[i] = k
    text = form.write(instance, number, names)
    _check(instance, parts, text, form)
    write_file(target, text)


def check_ending(target: Path, form: PlanFormat) -> None:
    """Refuse a file whose ending would make it be read as something else.

    Raises
    ------
    InputError
        Its ending is not that of the format.
    """
    if target.suffix.lower() != form.ending:
        what = f"--out: a file for {form.name} has a name that ends in {form.ending}"
        reject(what, f"name it {target.stem}{form.ending}", file=str(target))


def _check(instance: Instance, parts: Parts, text: str, form: PlanFormat) -> None:
    """Read what is to be written as `evaluate` does, and compare it with the plan."""
    with TemporaryDirectory(prefix="refzones-") as folder:
        file = Path(folder) / f"export{form.ending}"
        file.write_text(text, encoding="utf-8", newline="")
        problems = Problems()
        read = resolve_groups(instance, read_groups(file, ("district",)), problems)
        problems.raise_if_any()
    if sorted(read) != sorted(tuple(sorted(map(int, members))) for members in parts):
        raise AssertionError(f"what was to be written for {form.name} is another plan")
