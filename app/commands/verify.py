"""`refzones verify`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ...instances.catalogue import embedded_instances, load
from ...instances.common.problems import InputError, Problem, reject
from .census_proof import check_census_proof
from .checked import shapes_of, stop_if_any
from .options import LayerOption
from .proof import check_proof, require_certificate

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...solver.results.record import PlanRecord
    from ..files.census_record import CensusRecord


def verify_command(
    folder: Annotated[Path, typer.Argument(help="Folder of a run, or its plan.json.", metavar="RUN")],
    instance: Annotated[
        str | None,
        typer.Option("--instance", "-i", help="Where it is not embedded: its folder.", metavar="NAME"),
    ] = None,
    boundaries: Annotated[
        Path | None,
        typer.Option(
            help="Boundary file that the shapes were drawn from, where none or another is remembered."
        ),
    ] = None,
    layer: LayerOption = None,
    time_limit: Annotated[
        float, typer.Option(help="Seconds for proving again what is called proved; 0 leaves it out.")
    ] = 30.0,
    proof: Annotated[
        bool,
        typer.Option(
            "--proof",
            help="Check the proof in certificate.json instead, by code that shares nothing with the search.",
        ),
    ] = False,
) -> None:
    """Check a run independently of how it was found, every figure in every file; then prove it again.

    Exit code 0: nothing in it is untrue, and what could not be told is named. 1: something is untrue, or not
    as it was written, or with --proof, a region is not proved. 2: bad input.
    """
    from ..files.census_record import is_census
    from ..files.check import check_plan, check_run
    from ..files.staged_run import is_staged
    from .staged import verify_two_dates

    if not time_limit >= 0:
        reject("--time-limit: the seconds must be 0 or more", value=time_limit)
    if is_census(folder):
        check_census_proof(folder, partial(_instance_of, named=instance), proof=proof)
        return
    if is_staged(folder):
        if proof:
            reject("--proof: proofs of maps of two dates are not written down yet", file=str(folder))
        verify_two_dates(folder, instance, boundaries, layer, time_limit)
        return
    file = _plan_file(folder)
    record = _read(file)
    if proof:
        require_certificate(record, file)
    data = _instance_of(record, file, instance)
    if not folder.is_dir():
        stop_if_any(check_plan(record, data))
        _say_clean(record)
    else:
        shapes = shapes_of(folder, data, boundaries, layer)
        stop_if_any(check_run(folder, record, data, shapes))
        _say_clean(record)
        if shapes is None and record.mergers:
            _say(
                "shapes: the boundaries that they were drawn from are not at hand; they lie where their "
                "members are, and --boundaries FILE compares them line by line"
            )
    if proof:
        check_proof(file.parent, record, data)
    else:
        _prove(record, data, time_limit)


def _plan_file(folder: Path) -> Path:
    """Find the plan of a folder; one that was cut off while it was put in place has none."""
    from ...instances.common.temporary import PREFIX
    from ...solver.results.record import PLAN_FILE

    file = folder / PLAN_FILE if folder.is_dir() else folder
    if not file.exists():
        cut_off = folder.is_dir() and any(path.name.startswith(PREFIX) for path in folder.iterdir())
        reject(
            "a run into this folder was ended while its files were put in place"
            if cut_off
            else "there is no such folder"
            if not folder.exists()
            else "the folder holds no plan: plan.json is missing",
            "solve again into it, which first brings back what was there"
            if cut_off
            else "name the folder of a run",
            file=str(folder),
        )
    return file


def _read(file: Path) -> PlanRecord:
    """Read the plan; what is wrong with its text is a violation like any other."""
    from ...solver.results.record import OtherVersionError
    from ..files.check import read_to_the_letter

    try:
        return read_to_the_letter(file)
    except OtherVersionError:
        raise  # what is not understood is not untrue
    except InputError as error:
        _stop(error.problems)


def _instance_of(record: PlanRecord | CensusRecord, file: Path, named: str | None) -> Instance:
    """Load the instance that is named, else that of the name in the plan, else that of its content."""
    if named is not None:
        data = load(named)
        record.check_instance(data)
        return data
    stated = record.instance
    names = {entry.name for entry in embedded_instances()}
    if stated.name not in names:
        # the name may be wrong, and the content known
        known = [entry for entry in map(load, sorted(names)) if record.is_for(entry)]
        return known[0] if known else _from_folder(stated.name, file)
    data = load(stated.name)
    if not record.is_for(data):
        what = f"instance.hash is not that of instance '{data.name}': the plan was made for other data"
        _stop([Problem(what, file=file.name)])
    return data


def _from_folder(name: str, file: Path) -> Instance:
    """Load an instance of one's own from a folder of its name, where there is one."""
    try:
        is_there = Path(name).is_dir()
    except (OSError, ValueError):
        is_there = False
    if not is_there:
        shown = name if len(name) <= 80 else f"{name[:77]}..."
        reject(
            f"the plan was made for instance '{shown}', which is not embedded",
            "name its folder with --instance",
            file=str(file),
        )
    return load(name)


def _prove(record: PlanRecord, instance: Instance, seconds: float) -> None:
    """Prove again what is called proved, and say what of it is."""
    from ...solver.audit.reproof import prove_again

    if not seconds:
        _say("not proved again: what is called optimal or infeasible is what plan.json says")
        return
    again = prove_again(record, instance, seconds)
    stop_if_any(list(again.violations))
    if again.proved:
        _say(f"proved again: {_listed(again.proved, len(record.regions))}")
    if again.open:
        _say(
            f"not proved again within {seconds:g} s: {', '.join(again.open)}; "
            "what is said there of bounds and optimality is what plan.json says"
        )


def _listed(names: tuple[str, ...], regions: int) -> str:
    return "all regions" if len(names) == regions > 1 else ", ".join(names)


def _say_clean(record: PlanRecord) -> None:
    from ...solver.results.counts import count_groups, count_text, number_of
    from ...solver.results.status import points_text

    solved = sum(region.score_nano is not None for region in record.regions)
    if not solved:
        _say("clean: no region has a plan, and nothing that is said of them is untrue")
        return
    counts = count_groups((part.members, part.standalone) for part in record.mergers)
    text = count_text(counts, record.scenario.level, len(record.zones))
    score = sum(part.score_nano for part in (*record.mergers, *record.zones))
    _say(f"clean: {text} in {number_of(solved, 'region')}, score {points_text(score)}")


def _stop(problems: tuple[Problem, ...] | list[Problem]) -> NoReturn:
    stop_if_any([str(problem) for problem in problems])
    raise AssertionError("there is at least one problem")


def _say(text: str) -> None:
    from ..terminal.console import say

    say(text)
