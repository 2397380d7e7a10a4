"""`refzones solve` and `refzones verify` of maps of two dates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ...instances.catalogue import load
from ...instances.common.atomic import check_folder
from ...instances.common.problems import Problems

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...solver.results.staged import StagedResult
    from ...solver.results.staged_record import StagedRecord
    from .changes import ScenarioChanges
    from .clock import Clock


def refuse_for_two_dates(
    *, formulation: str, changes: ScenarioChanges, certificate: bool = False, cluster: str | None = None
) -> None:
    """Make sure that no option is given which means nothing for maps of two dates.

    Raises
    ------
    InputError
        Each such option is named.
    """
    problems = Problems()
    if formulation != "partition":
        problems.add(
            "maps of two dates are answered by listing candidates",
            "leave out --formulation",
            value=formulation,
        )
    if certificate:
        problems.add("proofs of maps of two dates cannot be written down yet", "leave out --certificate")
    if cluster is not None:
        problems.add("maps of two dates are answered on this computer", "leave out --cluster", value=cluster)
    given = {
        "--set": changes.settings,
        "--together": changes.together,
        "--apart": changes.apart,
        "--alone": changes.alone,
        "--keep": changes.keep,
    }
    for option, value in given.items():
        if value:
            problems.add(
                f"{option} does not say which of the two maps is meant",
                "write it into [earlier] or [target] of the scenario file",
            )
    problems.raise_if_any()


def solve_two_dates(
    instance: str,
    scenario: Path,
    *,
    region: list[str] | None,
    engine: str,
    workers: int | None,
    seed: int,
    clock: Clock,
    boundaries: Path | None,
    layer: str | None,
    xlsx: bool,
    csv: str,
    gpkg: bool,
    map_format: list[str] | None,
    out: Path | None,
) -> None:
    """Find the best maps of two dates together, prove them, and write a run for each."""
    from ...models.scenario.framing import framed
    from ...models.scenario.staged import StagedScenario
    from ...solver.deadline import Limits
    from ...solver.infeasibility.explanation import EXPLAINING
    from ...solver.results.staged_record import STAGES_FILE
    from ...solver.stages.reasons import with_staged_reasons
    from ...solver.stages.solving import solve_staged
    from ..dutch import spoken
    from ..files.naming import folder_for
    from ..files.staged_run import TABLE_FILE, write_staged
    from ..input.named import region_names, shapes_to_draw
    from ..terminal.console import say
    from ..terminal.results import checked_text
    from ..terminal.staged import say_region, show_staged
    from .extras import wanted_files

    asked = StagedScenario.read(scenario)
    data = framed(load(instance), asked.stages[1])
    names = region_names(data, region)
    target = folder_for(out, data.name, asked.name)
    check_folder(target, [STAGES_FILE, TABLE_FILE])
    extras = wanted_files(data, xlsx=xlsx, csv=csv, gpkg=gpkg, maps=map_format)
    shapes = shapes_to_draw(data, boundaries, layer)
    result = solve_staged(
        data,
        asked,
        regions=names,
        engine_name=engine,
        workers=workers,
        limits=Limits(clock.search(len(data), pictures=2)),
        seed=seed,
        progress=say_region,
    )
    infeasible = sum(one.status == "infeasible" for one in result.by_region)
    if infeasible:
        result = with_staged_reasons(result, clock.each(EXPLAINING, infeasible))
    show_staged(result)
    _verify_or_stop(result)
    left_out = write_staged(result, target, shapes, clock.deadline, extras=extras, language=spoken())
    if left_out:
        say(left_out)
    say(f"{checked_text(len(result.answered), len(result.by_region))}written to {target}")
    raise typer.Exit(0 if result.status == "optimal" else 1)


def _verify_or_stop(result: StagedResult) -> None:
    """Verify both maps before anything of them leaves the program."""
    from ...solver.verification.defects import DefectError
    from ...solver.verification.staged import verify_staged

    earlier, target = result.earlier, result.target
    if earlier is None or target is None:
        return
    total = sum(region.sum_nano or 0 for region in result.answered)
    regions = [region.name for region in result.answered]
    wrong = verify_staged(result.instance, result.scenario, earlier, target, total, regions=regions)
    if wrong:
        raise DefectError("the maps do not pass verification", [one.text for one in wrong])


def verify_two_dates(
    folder: Path, instance: str | None, boundaries: Path | None, layer: str | None, seconds: float
) -> None:
    """Check the folder of maps of two dates, then prove it again."""
    from ..files.staged_run import check_staged, read_staged
    from ..terminal.console import say
    from .checked import shapes_of, stop_if_any

    run = read_staged(folder)
    data = load(run.record.instance.name if instance is None else instance)
    run.record.check_instance(data)
    shapes = shapes_of(folder / run.record.maps[0].folder, data, boundaries, layer) if run.maps else None
    stop_if_any(check_staged(folder, run, data, shapes))
    if not run.maps:
        say("clean: no region has a plan, and nothing that is said of them is untrue")
    else:
        first, second = run.record.scenario.moments
        say(f"clean: the maps of {first} and {second}, and what binds them")
    if not seconds:
        say("not proved again: what is called optimal or infeasible is what stages.json says")
        return
    stop_if_any(_proved_otherwise(run.record, data, seconds))


def _proved_otherwise(record: StagedRecord, instance: Instance, seconds: float) -> list[str]:
    """Answer the question again, and say what that proves to be untrue; tell what is proved."""
    from ...solver.deadline import Limits
    from ...solver.stages.solving import solve_staged
    from ..terminal.console import say

    names = [region.name for region in record.regions]
    again = solve_staged(instance, record.scenario, regions=names, limits=Limits(seconds))
    wrong, proved, left = [], [], []
    for stated, found in zip(record.regions, again.by_region, strict=True):
        if found.status not in ("optimal", "infeasible"):
            left.append(stated.name)
        elif stated.status in ("optimal", "infeasible"):
            proved.append(stated.name)
            if (stated.status, stated.sum_nano) != (found.status, found.sum_nano):
                wrong.append(
                    f"{stated.name}: called {stated.status}, sum {stated.sum_nano}; "
                    f"proved: {found.status}, sum {found.sum_nano}"
                )
    if proved and not wrong:
        say(f"proved again: {'all regions' if len(proved) == len(names) > 1 else ', '.join(proved)}")
    if left:
        say(
            f"not proved again within {seconds:g} s: {', '.join(left)}; "
            f"what is said there of bounds and optimality is what stages.json says"
        )
    return wrong
