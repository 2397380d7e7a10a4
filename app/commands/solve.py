"""`refzones solve`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...instances.catalogue import DEFAULT as DEFAULT_INSTANCE
from ...instances.catalogue import load
from ...instances.common.atomic import check_folder
from .changes import NONE, ScenarioChanges
from .option_groups import takes_options
from .options import (
    BoundariesOption,
    ClusterOption,
    CsvOption,
    FormatOption,
    InstanceOption,
    LayerOption,
    RegionOption,
    ScenarioOption,
    out_folder,
    seconds,
)

if TYPE_CHECKING:
    from ...solver.results.result import Result
    from .clock import Clock


@takes_options
def solve_command(
    instance: InstanceOption = DEFAULT_INSTANCE,
    scenario: ScenarioOption = "mergers",
    changes: ScenarioChanges = NONE,
    region: RegionOption = None,
    engine: Annotated[
        str, typer.Option(help="highs, scip, cpsat, cbc, or a licensed solver by its PuLP name.")
    ] = "highs",
    formulation: Annotated[
        str, typer.Option(help="partition lists candidates; compact ones: flow, multiflow, cut, cpsat.")
    ] = "partition",
    workers: Annotated[
        int | None, typer.Option(help="Regions worked on at a time; default one a processor.")
    ] = None,
    cluster: ClusterOption = None,
    time_limit: Annotated[
        float | None, seconds("Seconds for all, map included; then the best plan and bound so far.")
    ] = None,
    seed: Annotated[
        int, typer.Option(help="For the engine's own choices; a proved answer does not depend on it.")
    ] = 0,
    decided: Annotated[
        bool,
        typer.Option(
            help="Say how decided each merger is: what the best plan without it lacks, proved like the plan."
        ),
    ] = True,
    ways: Annotated[
        bool,
        typer.Option("--ways", help="Show which ways were tried for each region, and which one answered."),
    ] = False,
    xlsx: Annotated[
        bool, typer.Option("--xlsx", help="Write plan.xlsx too: a workbook with a sheet for each table.")
    ] = False,
    csv: CsvOption = "plain",
    boundaries: BoundariesOption = None,
    layer: LayerOption = None,
    gpkg: Annotated[
        bool, typer.Option("--gpkg", help="Write plan.gpkg too: layers for a GIS, styled for QGIS.")
    ] = False,
    map_format: FormatOption = None,
    certificate: Annotated[
        bool,
        typer.Option(
            "--certificate",
            help="Write certificate.json too: the proof in whole numbers, which verify --proof checks.",
        ),
    ] = False,
    out: Annotated[Path | None, out_folder("plan, tables and map", "INSTANCE-SCENARIO")] = None,
) -> None:
    """Find the best plan, prove it, and write plan, tables and map.

    Exit code 0: every region has a proved plan. 1: a region has none, or none that is proved. 2: bad input.
    """
    from ...solver.memory import asked_memory
    from ..beside.asking import process_beside
    from ..files.drawn_beside import DrawnBeside
    from .clock import Clock

    clock = Clock.of(time_limit)
    if _asks_for_two_dates(scenario):
        from .staged import refuse_for_two_dates, solve_two_dates

        refuse_for_two_dates(
            formulation=formulation, changes=changes, certificate=certificate, cluster=cluster
        )
        solve_two_dates(
            instance,
            Path(scenario),
            region=region,
            engine=engine,
            workers=workers,
            seed=seed,
            clock=clock,
            boundaries=boundaries,
            layer=layer,
            xlsx=xlsx,
            csv=csv,
            gpkg=gpkg,
            map_format=map_format,
            out=out,
        )
    with process_beside(wanted=time_limit is None and asked_memory() is None) as process:
        drawn = DrawnBeside(process)
        from ...models.scenario.framing import framed
        from ...models.scenario.scenario import Scenario
        from ...solver.deadline import Limits
        from ...solver.regions.solving import solve
        from ..dutch import spoken
        from ..files.formats import run_names
        from ..files.naming import folder_for
        from ..files.run_folder import write_run
        from ..input.named import given_shapes, region_names
        from ..terminal.console import say
        from ..terminal.results import teller, verified_text
        from .answers import verify_or_stop, with_prices_and_proofs
        from .extras import wanted_files

        data = load(instance)
        asked = changes.on(Scenario.named(scenario), data)
        data = framed(data, asked)
        names = region_names(data, region)
        target = folder_for(out, data.name, asked.name)
        check_folder(target, run_names())
        extras = wanted_files(data, xlsx=xlsx, csv=csv, gpkg=gpkg, maps=map_format, certificate=certificate)
        drawn.begin_shapes(data, given_shapes(data, boundaries, layer))
        result = solve(
            data,
            asked,
            regions=names,
            engine_name=engine,
            formulation=formulation,
            workers=workers,
            limits=Limits(clock.search(len(data))),
            seed=seed,
            progress=drawn.when_answered(teller(asked.level), asked, extras, spoken()),
            decided=decided,
            cluster=cluster,
        )
        result = with_prices_and_proofs(_explained(result, clock), clock, certificate=certificate)
        image = drawn.begin_map(result, extras, spoken())
        _tell(result, clock, ways=ways)
        verify_or_stop(result)
        left_out = write_run(
            result, target, drawn.shapes, clock.deadline, extras=extras, language=spoken(), image=image
        )
        if left_out:
            say(left_out)
        say(f"{verified_text(result)}written to {target}")
        raise typer.Exit(0 if result.status == "optimal" else 1)


def _asks_for_two_dates(scenario: str) -> bool:
    """Whether a scenario is a file of two dates; what reads files is loaded only where there is one."""
    if not Path(scenario).is_file():
        return False
    from ...models.scenario.staged import asks_for_two_dates

    return asks_for_two_dates(scenario)


def _explained(result: Result, clock: Clock) -> Result:
    """Add why regions have no plan, where there are such."""
    infeasible = sum(region.status == "infeasible" for region in result.by_region)
    if not infeasible:
        return result
    from ...solver.infeasibility.explanation import EXPLAINING, with_explanations

    return with_explanations(result, clock.each(EXPLAINING, infeasible))


def _tell(result: Result, clock: Clock, *, ways: bool) -> None:
    """Show a result, and what there is to say of it."""
    from ...solver.deadline import Limits
    from ...solver.review.absorbing import ABSORBING, lone_cities, lone_city_lines
    from ..terminal.console import say, warn
    from ..terminal.results import show_result
    from ..terminal.ways import show_ways

    show_result(result)
    if ways:
        show_ways(result)
    for line in lone_city_lines(result.instance, lone_cities(result, Limits(clock.each(ABSORBING)))):
        say(line)
    if result.scenario.weighs_nothing:
        warn(
            "warning: nothing is weighed, so that this plan is no better than any other that keeps the rules"
        )
