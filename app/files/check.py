"""Checks of the folder of a run from scratch: every figure of every file in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...instances.common.json_text import strict_json
from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ...models.scenario.framing import framed
from ...solver.audit.claims import refused, unfounded
from ...solver.audit.consistency import inconsistencies
from ...solver.results.record import PLAN_FILE, PlanRecord, read_record
from ...solver.verification.verifier import verify
from ..maps.shapes import Shapes
from . import formats
from .certificate import missing_certificate
from .run_file import Stated


def read_to_the_letter(file: Path) -> PlanRecord:
    """Read a `plan.json` that holds every key once, each value of its type, and nothing else.

    Raises
    ------
    InputError
        It cannot be read, or is not written as this program writes it; everything is listed.
    """
    record = read_record(file)
    problems = Problems()
    data = strict_json(file.read_text(encoding="utf-8-sig"), file.name)
    for where, text in _other_form(data, record.model_dump(mode="json")):
        problems.add(f"{where}: {text}", file=file.name)
    problems.raise_if_any()
    return record


def _other_form(stated: Any, read: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """List values that a file writes otherwise than they are read: of another type, or left out."""
    if isinstance(stated, dict) and isinstance(read, dict):
        for key in read:
            place = f"{where}.{key}" if where else str(key)
            if key not in stated:
                yield place, "the key is missing"
            else:
                yield from _other_form(stated[key], read[key], place)
    elif isinstance(stated, list) and isinstance(read, list) and len(stated) == len(read):
        for number, (one, other) in enumerate(zip(stated, read, strict=True)):
            yield from _other_form(one, other, f"{where}.{number}")
    elif stated != read or (
        type(stated) is not type(read) and not (type(stated) is int and type(read) is float)
    ):
        yield where, f"{json.dumps(stated)[:80]} is not written as {json.dumps(read)[:80]}"


def check_plan(record: PlanRecord, instance: Instance) -> list[str]:
    """Check what `plan.json` says: its claims, the plan itself, and all that follows from it.

    Returns
    -------
    list of str
        Violations in words; empty when the plan is clean.
    """
    instance = framed(instance, record.scenario)
    claims = [f"{PLAN_FILE}: {text}" for text in unfounded(record, instance)]
    known = [name for name in record.region_names if name in instance.regions]
    solved = [region.name for region in record.regions if region.score_nano is not None]
    plan = record.plan(instance)
    broken = verify(instance, record.scenario, plan, regions=[name for name in solved if name in known])
    if broken or len(known) < len(record.regions):
        return claims + [violation.text for violation in broken]
    questions = [f"{PLAN_FILE}: {text}" for text in refused(record, instance)]
    return claims + (questions or inconsistencies(record, instance))


def check_run(folder: Path, record: PlanRecord, instance: Instance, shapes: Shapes | None) -> list[str]:
    """Check the folder of a run: what `plan.json` says, and every other file against it.

    Parameters
    ----------
    folder : Path
    record : PlanRecord
        Of its `plan.json`.
    instance : Instance
        With the content that the plan was made for.
    shapes : Shapes or None
        What the shapes were drawn from, where it is at hand.

    Returns
    -------
    list of str
        Violations in words; empty when the folder is clean.
    """
    return check_plan(record, instance) or check_files(folder, record, instance, shapes)


def check_files(folder: Path, record: PlanRecord, instance: Instance, shapes: Shapes | None) -> list[str]:
    """Check the files beside a `plan.json` against it, once `check_plan` found it right; see `check_run`."""
    differences: list[str] = []
    stated = Stated(record, framed(instance, record.scenario), shapes)
    for file in formats.FORMATS:
        if file.extra and file.name not in record.files:
            if (folder / file.name).exists():
                differences.append(f"{file.name}: {PLAN_FILE} names no such file")
        elif file.belongs(record):
            differences += file.check(folder / file.name, stated)
        elif file.astray and (folder / file.name).exists():
            differences.append(f"{file.name}: {file.astray}")
    return differences + missing_certificate(record) + _check_digests(folder, record)


def digests(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of each file of a run beside `plan.json`."""
    return {
        file.name: hashlib.sha256((folder / file.name).read_bytes()).hexdigest()
        for file in formats.FORMATS
        if (folder / file.name).is_file()
    }


def _check_digests(folder: Path, record: PlanRecord) -> list[str]:
    """Compare files with the digests in `plan.json`.

    Tables are compared cell by cell already: one that a spreadsheet has saved again says the same.
    """
    there = digests(folder)
    files = formats.formats_of(record, record.files)
    names = {file.name for file in files}
    if set(record.files) != names:
        return [f"{PLAN_FILE}: files names {sorted(record.files)}; a run of this plan has {sorted(names)}"]
    return [
        f"{file.name}: it is not the file that was written with this plan"
        for file in files
        if file.sealed and file.name in there and there[file.name] != record.files[file.name]
    ]
