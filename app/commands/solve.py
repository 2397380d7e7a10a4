"""`refzones solve`, and what other commands that answer questions share with it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...instances.catalogue import DEFAULT as DEFAULT_INSTANCE
from ...instances.catalogue import load
from ...instances.common.atomic import check_folder
from ...instances.common.problems import reject

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...solver.results.result import Result
    from ..maps.shapes import Shapes

InstanceOption = Annotated[
    str, typer.Option("--instance", "-i", help="Embedded instance, or an instance folder.", metavar="NAME")
]
BoundariesOption = Annotated[
    Path | None,
    typer.Option(help="Boundary file to draw instead of generalised cells; remembered. 'none' forgets it."),
]
LayerOption = Annotated[
    str | None,
    typer.Option("--layer", help="Layer of the boundary file, where it has several.", metavar="NAME"),
]

_LONGEST_NAME = 120  # bytes of a name; systems allow 255, and the places of unfinished files need some


def solve_command(
    instance: InstanceOption = DEFAULT_INSTANCE,
    scenario: Annotated[str, typer.Option("--scenario", "-s", help="Preset or TOML file.")] = "mergers",
    region: Annotated[
        list[str] | None,
        typer.Option("--region", "-r", help="Reference region; repeat for more. Default: all."),
    ] = None,
    engine: Annotated[
        str, typer.Option(help="highs, scip, cpsat, cbc, or a licensed solver by its PuLP name.")
    ] = "highs",
    formulation: Annotated[
        str, typer.Option(help="partition lists candidates; compact ones: flow, multiflow, cut, cpsat.")
    ] = "partition",
    workers: Annotated[
        int | None, typer.Option(help="Regions worked on at a time; default one a processor.")
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option(help="Seconds for all, map included; then the best plan and bound so far.")
    ] = None,
    seed: Annotated[
        int, typer.Option(help="For the engine's own choices; a proved answer does not depend on it.")
    ] = 0,
    boundaries: BoundariesOption = None,
    layer: LayerOption = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for plan, tables and map. Default: runs/INSTANCE-SCENARIO.")
    ] = None,
) -> None:
    """Find the best plan, prove it, and write plan, tables and map.

    Exit code 0: every region has a proved plan. 1: a region has none, or none that is proved. 2: bad input.
    """
    from ...models.scenario.scenario import Scenario
    from ...solver.infeasibility.explanation import EXPLAINING, with_explanations
    from ...solver.solving import solve
    from ..clock import Clock
    from ..files.run_folder import RUN_FILES, write_run
    from ..terminal import show

    clock = Clock.of(time_limit)
    data = load(instance)
    asked = Scenario.named(scenario)
    names = region_names(data, region)
    target = out or Path("runs") / folder_name(f"{data.name}-{asked.name}")
    check_folder(target, RUN_FILES)
    shapes = shapes_to_draw(data, boundaries, layer)
    with show.progress(asked.level) as progress:
        result = solve(
            data,
            asked,
            regions=names,
            engine_name=engine,
            formulation=formulation,
            workers=workers,
            time_limit=clock.search(len(data)),
            seed=seed,
            progress=progress,
        )
    infeasible = sum(region.status == "infeasible" for region in result.by_region)
    if infeasible:
        result = with_explanations(result, clock.each(EXPLAINING, infeasible))
    show.show_result(result)
    if asked.weighs_nothing:
        show.errors.print(
            "warning: nothing is weighed, so that this plan is no better than any other that keeps the rules",
            soft_wrap=True,
            highlight=False,
        )
    verify_or_stop(result)
    left_out = write_run(result, target, shapes, clock.deadline)
    if left_out:
        show.say(left_out)
    show.say(f"{show.verified_text(result)}written to {target}")
    raise typer.Exit(0 if result.status == "optimal" else 1)


def folder_name(text: str) -> str:
    """Keep what is safe in the name of a folder or file, on every system; names that are cut stay apart."""
    name = re.sub(r"[^\w.+-]+", "-", text).strip(".-")
    if name and len(name.encode()) <= _LONGEST_NAME and re.fullmatch(r"[\w.+\s-]+", text):
        return name
    mark = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:6]
    short = name.encode()[:_LONGEST_NAME].decode(errors="ignore").strip(".-")
    return f"{short}-{mark}" if short else f"plan-{mark}"


def region_names(instance: Instance, wanted: list[str] | None) -> list[str]:
    """Give region names as the instance writes them, in whatever case they were given."""
    if not wanted:
        return list(instance.regions)
    regions = instance.region_indices(wanted, unknown="--region: there is no such region", any_case=True)
    return [instance.regions[region] for region in regions]


def verify_or_stop(result: Result) -> None:
    """Verify a plan before anything of it leaves the program."""
    from ...solver.results.result import Plan
    from ...solver.verification.defects import check_own_plan

    solved = [region.name for region in result.by_region if region.score_nano is not None]
    check_own_plan(result.instance, result.scenario, Plan(result.mergers, result.zones), solved)


def shapes_to_draw(instance: Instance, boundaries: Path | None, layer: str | None = None) -> Shapes:
    """Shapes to draw: the file given, else the one remembered, else generalised cells."""
    from ..maps.remembered import forget_boundaries, remember_boundaries, remembered_boundaries
    from ..maps.shapes import generalised_shapes
    from ..terminal import show

    if layer is not None and (boundaries is None or str(boundaries) == "none"):
        reject("--layer says which layer of a file is meant", "name the file with --boundaries", value=layer)
    if boundaries is not None and str(boundaries) != "none":
        from ..maps.boundaries import read_boundaries

        shapes = read_boundaries(boundaries, instance, layer=layer)
        remember_boundaries(boundaries, instance, layer)
        return shapes
    if boundaries is not None:
        forget_boundaries(instance)
    else:
        remembered, warning = remembered_boundaries(instance)
        if warning:
            show.errors.print(f"warning: {warning}", soft_wrap=True)
        if remembered is not None:
            return remembered
    return generalised_shapes(instance)
