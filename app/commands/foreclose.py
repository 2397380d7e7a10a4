"""`refzones foreclose`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...instances.catalogue import DEFAULT as DEFAULT_INSTANCE
from ...instances.catalogue import load
from ...instances.common.atomic import check_folder
from .changes import NONE, ScenarioChanges
from .extras import wanted_tables
from .option_groups import takes_options
from .options import (
    CsvOption,
    EncodingOption,
    HeaderRowOption,
    InstanceOption,
    ScenarioOption,
    SheetOption,
    form_from,
    out_folder,
    seconds,
)


@takes_options
def foreclose_command(
    announced: Annotated[
        Path,
        typer.Argument(
            help="Table of mergers that go first, at most ten: columns merger and nis (or name), a row for "
            "each municipality; a municipality may stand in several.",
            metavar="TABLE",
        ),
    ],
    instance: InstanceOption = DEFAULT_INSTANCE,
    scenario: ScenarioOption = "mergers",
    changes: ScenarioChanges = NONE,
    exactly: Annotated[
        bool,
        typer.Option(
            "--exactly",
            help="They stay as they are, whatever their size. Default: others may join them later.",
        ),
    ] = False,
    loss: Annotated[
        str,
        typer.Option(
            help="What a good plan may lack to the best one of its region: points, or per cent as 1%.",
            metavar="LOSS",
        ),
    ] = "10%",
    all_plans: Annotated[
        bool, typer.Option("--all-plans", help="Count all plans that are left too, which may take minutes.")
    ] = False,
    time_limit: Annotated[
        float | None, seconds("Seconds; then prices that are not known yet are left open.")
    ] = None,
    sheet: SheetOption = None,
    header_row: HeaderRowOption = None,
    encoding: EncodingOption = None,
    csv: CsvOption = "plain",
    out: Annotated[Path | None, out_folder("the tables", "foreclose-INSTANCE-SCENARIO")] = None,
) -> None:
    """Tell what mergers that go first foreclose: the best plan that keeps them, its price, and what is lost.

    Every set of them is answered. Exit code 0: all prices are proved. 1: some are not known. 2: bad input.
    """
    from ...instances.plan_files.announced import read_announced
    from ...models.scenario.framing import framed
    from ...models.scenario.scenario import Scenario
    from ...solver.deadline import Limits
    from ...solver.plan_sets.alternatives import Loss
    from ...solver.road.foreclosure import foreclosure
    from ..files.foreclosure import write_foreclosure
    from ..files.naming import folder_for
    from ..terminal.console import say
    from ..terminal.foreclosure import show_foreclosure
    from .clock import Clock

    tables, clock = wanted_tables(csv), Clock.of(time_limit)
    data, within = load(instance), Loss.read(loss)
    asked = changes.on(Scenario.named(scenario), data)
    data = framed(data, asked)
    mergers = read_announced(announced, data, form_from(sheet, header_row, encoding))
    target = folder_for(out, "foreclose", data.name, asked.name)
    check_folder(target)
    found = foreclosure(
        data,
        asked,
        mergers,
        within,
        exactly=exactly,
        all_plans=all_plans,
        limits=Limits(clock.search(len(data))),
    )
    show_foreclosure(found)
    names = write_foreclosure(found, target, belgian=tables)
    checked = "" if found.best.plan is None else "verified: clean; "
    text = f"{checked}{', '.join(names)} written to {target}"
    say(text)
    open_prices = any(one.is_possible and one.price_nano is None for one in found.kept)
    raise typer.Exit(1 if open_prices else 0)
