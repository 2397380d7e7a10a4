"""`refzones export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .changes import NONE
from .option_groups import takes_options
from .plan_options import PLAN_HELP, PlanOptions


@takes_options
def export_command(
    file: Annotated[Path, typer.Argument(help=PLAN_HELP)],
    to: Annotated[
        str,
        typer.Option("--to", help="block-equivalency, gerrychain, redist or districtr.", metavar="FORMAT"),
    ],
    out: Annotated[Path, typer.Option(help="File of the plan; its name ends in .csv, or in .json.")],
    plans: PlanOptions = PlanOptions(),
    zones: Annotated[
        bool, typer.Option("--zones", help="The zones of a plan that has both, not its mergers.")
    ] = False,
) -> None:
    """Write a plan as other programs read it: who is in which group.

    Every municipality that stays alone is a group of its own. The file is read back before it takes its
    place.
    """
    from ...instances.common.problems import reject
    from ..files.plan_exports import check_ending, export_plan, plan_format
    from ..terminal.console import say

    form = plan_format(to)
    check_ending(out, form)
    read = plans.read([file], NONE)
    plan = read.plans[0]
    if zones and not plan.zones:
        reject("--zones: the plan has no zones around its mergers", "leave it out", file=str(file))
    groups = plan.zones if zones else plan.mergers
    names = [group.name(read.instance) for group in groups]
    export_plan(read.instance, [group.members for group in groups], names, form, out)
    say(f"written to {out}: {len(groups):,} groups")
