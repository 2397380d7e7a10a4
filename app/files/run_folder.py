"""The folder of a run: `plan.json`, and the files beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path

from ...instances.common.activity import doing
from ...instances.common.atomic import staged_folder
from ...solver.deadline import Deadline
from ...solver.results.record import PLAN_FILE, PlanRecord
from ...solver.results.result import Result
from ...solver.verification.defects import DefectError
from ..dutch import Language
from ..maps.shapes import Shapes
from .check import check_files, check_plan, digests, read_to_the_letter
from .formats import formats_of, run_names
from .map_image import MAPS
from .run_file import Run, RunFile


def write_run(
    result: Result,
    folder: Path,
    shapes: Shapes,
    deadline: Deadline = Deadline(),
    *,
    extras: Iterable[str] = (),
    language: Language = "en",
    image: Future[tuple[list[bytes], str]] | None = None,
) -> str:
    """Write everything that a run leaves: plan, assignment, mergers, features and map.

    Parameters
    ----------
    result : Result
        Verified already.
    folder : Path
        Made when it does not exist.
    shapes : Shapes
        One geometry a municipality.
    deadline : Deadline
        The map is simpler where there is too little time for all of it.
    extras : iterable of str
        Names of the files on request that are wanted too; see `RunFile`.
    language : {'en', 'nl'}
        Of what people read, such as the map.
    image : Future, optional
        The map, where it is drawn beside; see `DrawnBeside`.

    Returns
    -------
    str
        What was left out for want of time; empty for nothing.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    with staged_folder(folder, replaces=run_names(), last=PLAN_FILE) as staging:
        run = Run(result, shapes, deadline, frozenset(extras), language, image)
        left_out = [write_files(run, staging, but=MAPS)]
        _check_plan(run, staging)  # while the map is drawn, where that is done beside
        others = [file for file in formats_of(run.record, run.extras) if file not in MAPS]
        left_out.append(write_files(run, staging, but=others))
        _check_files(run, staging)
    return "; ".join(filter(None, left_out))


def write_files(run: Run, folder: Path, but: Sequence[RunFile] = ()) -> str:
    """Write the files of a run beside `plan.json`, but for some; say what was left out for want of time."""
    files = [file for file in formats_of(run.record, run.extras) if file not in but]
    return "; ".join(filter(None, [file.write(folder / file.name, run) for file in files]))


@doing("checking what was written")
def _check_plan(run: Run, folder: Path) -> None:
    """Write the plan, and check it as `verify` does; files that are still to come change digests alone."""
    _stop_if_any(check_plan(_sealed(run, folder), run.result.instance))


@doing("checking what was written")
def _check_files(run: Run, folder: Path) -> None:
    """Write the plan with all digests, and check the files as `verify` does, before one takes its place."""
    _stop_if_any(check_files(folder, _sealed(run, folder), run.result.instance, run.shapes))


def _sealed(run: Run, folder: Path) -> PlanRecord:
    """Write `plan.json` with the digests of the files beside it, and read it again."""
    record = run.record.sealed(digests(folder))
    (folder / PLAN_FILE).write_text(record.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return read_to_the_letter(folder / PLAN_FILE)


def _stop_if_any(differences: Sequence[str]) -> None:
    if differences:
        raise DefectError("what was to be written does not pass its check", differences)
