"""`refzones experiment`: what is claimed of mergers in general, put to the test."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...instances.catalogue import DEFAULT as DEFAULT_INSTANCE
from .extras import wanted_tables
from .language import LangOption
from .options import CsvOption, InstanceOption, RegionOption, ScenarioOption, out_folder, seconds
from .spoken_help import SpokenGroup

app = typer.Typer(cls=SpokenGroup, invoke_without_command=True)


@app.callback()
def experiment_group(context: typer.Context, lang: LangOption = None) -> None:
    """Put to the test what is claimed of mergers in general."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("steps")
def steps_command(
    instance: InstanceOption = DEFAULT_INSTANCE,
    scenario: ScenarioOption = "mergers",
    region: RegionOption = None,
    draws: Annotated[
        int, typer.Option(help="Plans to draw at random, all with the same probability.", metavar="N")
    ] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed draws the same plans.", metavar="S")] = 0,
    steps: Annotated[
        Path | None,
        typer.Option(help="File with steps of inhabitants. Default: those by which the law counts aldermen."),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(
            help="Column of the instance that measures centre function too; repeat for more.",
            metavar="COLUMN",
        ),
    ] = None,
    time_limit: Annotated[
        float | None, seconds("Seconds; regions for which there is no time take no part.")
    ] = None,
    csv: CsvOption = "plain",
    out: Annotated[
        Path | None, out_folder("tables and picture", "experiment-steps-INSTANCE-SCENARIO")
    ] = None,
) -> None:
    """Ask whether steps of inhabitants or steps of equipment measure centre function better.

    Today, merged along primary-care zones and police zones, under the best plan, and over all plans.
    Exit code 0: all regions take part, and the best plan is proved. 1: not all of that. 2: bad input.
    """
    from ...instances.catalogue import load
    from ...instances.common.atomic import check_folder
    from ...models.scenario.scenario import Scenario
    from ...solver.deadline import Limits
    from ...solver.experiments import InhabitantSteps, steps_experiment
    from ..dutch import spoken
    from ..files.experiment import write_steps
    from ..files.naming import folder_for
    from ..input.named import region_names
    from ..terminal.console import say
    from ..terminal.experiment import show_steps
    from .clock import Clock

    tables = wanted_tables(csv)
    clock = Clock.of(time_limit)
    data, asked = load(instance), Scenario.named(scenario)
    bounds = None if steps is None else InhabitantSteps.read(steps)
    target = folder_for(out, "experiment-steps", data.name, asked.name)
    check_folder(target)
    found = steps_experiment(
        data,
        asked,
        regions=region_names(data, region),
        draws=draws,
        seed=seed,
        bounds=bounds,
        columns=measure or (),
        limits=Limits(clock.search(len(data))),
    )
    show_steps(found)
    if not found.maps:
        raise typer.Exit(1)
    files = write_steps(found, target, language=spoken(), belgian=tables)
    text = f"{', '.join(files)} written to {target}"
    say(text)
    raise typer.Exit(1 if found.left_out or not found.proved else 0)
