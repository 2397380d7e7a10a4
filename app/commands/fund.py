"""`refzones fund`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...instances.common.atomic import check_folder
from .changes import NONE, ScenarioChanges
from .extras import wanted_tables
from .option_groups import takes_options
from .options import CsvOption
from .plan_options import PLAN_HELP, PlanOptions


@takes_options
def fund_command(
    plan: Annotated[Path, typer.Argument(help=PLAN_HELP)],
    plans: PlanOptions = PlanOptions(),
    changes: ScenarioChanges = NONE,
    scheme: Annotated[
        str,
        typer.Option(
            help="How the fund is shared out: report, present, a name in [schemes] of the scenario, or the "
            "path of a scheme file.",
            metavar="SCHEME",
        ),
    ] = "report",
    by: Annotated[
        str,
        typer.Option(
            help="Groups within and between which the fund is unequal: class (degree of equipment) or a "
            "layer, such as one of your own.",
            metavar="GROUP",
        ),
    ] = "class",
    most: Annotated[
        int, typer.Option(help="How many of those who gain, and of those who pay, are shown.", min=1)
    ] = 10,
    tables: Annotated[
        Path | None,
        typer.Option(
            "--tables",
            help="Folder for fund.csv: a row for each municipality after merging and each block, before and "
            "after.",
            metavar="FOLDER",
        ),
    ] = None,
    csv: CsvOption = "plain",
) -> None:
    """Tell what a plan does in the municipal fund: who gains, who pays, and how unequal the fund is.

    Exit code 0: done. 2: bad input.
    """
    from ...solver.review.fund import check_groups, fund_effects
    from ..files.fund import write_fund
    from ..terminal.console import say
    from ..terminal.fund import show_fund

    style = wanted_tables(csv)
    read = plans.read([plan], changes)
    check_groups(read.instance, by)
    if tables is not None:
        check_folder(tables)
    found = fund_effects(read.instance, read.scenario, read.plans[0], scheme)
    show_fund(found, by, most)
    if tables is not None:
        files = write_fund(found, tables, belgian=style)
        say(f"written to {tables}: {', '.join(files)}")
