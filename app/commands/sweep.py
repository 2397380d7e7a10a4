"""`refzones sweep`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...instances.common.activity import doing, keeps
from .options import ClusterOption, out_folder

if TYPE_CHECKING:
    from ...solver.plan_sets.sweep import SweepResult
    from ...solver.progress import Progress, Step


def sweep_command(
    spec: Annotated[
        Path, typer.Argument(help="TOML file that says what varies; see docs/sweeps.md.", metavar="FILE")
    ],
    out: Annotated[Path | None, out_folder("the tables", "sweep-NAME of the spec")] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes; default one a processor. Does not change the result.")
    ] = None,
    cluster: ClusterOption = None,
) -> None:
    """Answer a scenario in many settings of weights, bounds, locks and seeds, each with its proof.

    Killed and started again, it goes on where it was. Exit code 0: every answer is proved, be it a plan or
    that there is none. 1: a time limit left some unproved. 2: bad input.
    """
    from ...models.scenario.sweep import SweepSpec
    from ...solver.plan_sets.sweep import sweep
    from ...solver.results.counts import number_of
    from ..files.naming import folder_for
    from ..terminal.console import say
    from ..terminal.plan_sets import show_sweep

    asked = SweepSpec.read(spec)
    target = folder_for(out, "sweep", asked.name)
    with _progress(target) as (progress, said):
        result = sweep(asked, target, workers=workers, cluster=cluster, progress=progress)
    if not said:
        say("all answers are kept from before")
    show_sweep(result)
    _draw(result, target)
    plans = len(result.plans)
    checked = "verified: clean" if plans else "no plan"
    if plans and bool(result.answers["plan"].isna().any()):
        checked += f", {number_of(plans, 'plan')} of regions"
    say(f"{checked}; written to {target}")
    proved = result.answers["status"].isin(("optimal", "infeasible"))
    raise typer.Exit(0 if bool(proved.all()) else 1)


@contextmanager
def _progress(target: Path) -> Iterator[tuple[Progress, set[int]]]:
    """Say how many answers are there: always what goes on, and a line each tenth; give which were told."""
    from ..terminal.console import say

    told: set[int] = set()
    with doing("planning the sweep") as now:

        def tell(step: Step) -> None:
            text = f"{step.done} of {step.total} answers"
            now(text)
            keeps("sweep", f"what is done is kept, start again to go on: {text} are in {target}")
            if step.done and not told:
                say(f"{text} are kept from before")
            tenth = 10 * step.done // max(1, step.total)
            if tenth not in told:
                told.add(tenth)
                say(text)

        keeps("sweep", "what is done is kept, start again to go on")
        yield tell, told
    keeps("sweep")


def _draw(result: SweepResult, target: Path) -> None:
    """Draw which plans win, of each region and of all, where two or three weights are all that varies."""
    from ...instances.common.atomic import staged_folder
    from ...instances.common.problems import InputError
    from ..dutch import spoken
    from ..files.naming import picture_name
    from ..pictures import plot_sweep
    from ..terminal.console import say

    regions = list(dict.fromkeys(result.answers["region"]))
    try:
        drawn = {region: plot_sweep(result, region, language=spoken()) for region in regions}
        if len(regions) > 1:
            drawn["all"] = plot_sweep(result, language=spoken())
    except InputError as error:
        say(f"no picture: {error.problems[0].what}")
        return
    with staged_folder(target) as staging:
        for region, picture in drawn.items():
            picture.write(staging / picture_name("winners-", str(region)))
