"""`refzones evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...instances.common.atomic import check_file, write_file
from ...instances.common.path_names import as_text
from .changes import NONE, ScenarioChanges
from .option_groups import takes_options
from .options import BoundariesOption
from .plan_options import PLAN_HELP, PlanOptions

if TYPE_CHECKING:
    from ...solver.review.evaluation import Evaluation
    from ..maps.shapes import Shapes


@takes_options
def evaluate_command(
    file: Annotated[
        Path,
        typer.Argument(help=PLAN_HELP),
    ],
    plans: PlanOptions = PlanOptions(),
    changes: ScenarioChanges = NONE,
    horizon: Annotated[
        int,
        typer.Option(min=1, max=9999, help="Last year to look for mergers that leave the bounds."),
    ] = 2040,
    xlsx: Annotated[
        Path | None,
        typer.Option(
            "--xlsx",
            help="Workbook for mergers, municipalities, terms and rules; its name ends in .xlsx.",
            metavar="FILE",
        ),
    ] = None,
    map_file: Annotated[
        Path | None,
        typer.Option(
            "--map",
            help="Map, with mergers that break a rule marked; its name ends in .png, .svg or .pdf.",
            metavar="FILE",
        ),
    ] = None,
    gpkg: Annotated[
        Path | None,
        typer.Option(
            "--gpkg",
            help="Layers for a GIS, styled for QGIS; its name ends in .gpkg.",
            metavar="FILE",
        ),
    ] = None,
    boundaries: BoundariesOption = None,
    out: Annotated[Path | None, typer.Option(help="JSON file for everything that was found.")] = None,
) -> None:
    """Score a plan that exists: every term, every rule it breaks, and its gap to the proved optimum.

    Exit code 0: the plan keeps all rules. 1: it breaks some, or there is no plan to compare it with. 2: bad
    input.
    """
    from ...solver.results.term_text import listed
    from ...solver.review.absorbing import lone_cities, lone_city_lines
    from ...solver.review.evaluation import evaluate
    from ...solver.review.evaluation_record import evaluation_record
    from ...solver.review.over_time import bounds_over_time
    from ..files.evaluation_package import check_package_file
    from ..input.named import layer_to_draw, shapes_to_draw
    from ..terminal.console import say
    from ..terminal.evaluation import show_evaluated

    drawn = [path for path in (boundaries,) if path is not None and str(path) != "none"]
    read = plans.read([file], changes, drawn)
    data, asked, regions = read.instance, read.scenario, read.regions
    (given,), (own,) = read.given, read.plans
    _check_files(out, xlsx, map_file)
    if gpkg is not None:
        check_package_file(gpkg, data)
    is_drawn = map_file is not None or gpkg is not None
    shapes = None if not is_drawn else shapes_to_draw(data, boundaries, layer_to_draw(drawn, plans.layer))
    evaluation = evaluate(data, asked, own, regions=regions)
    over_time = bounds_over_time(data, asked, evaluation.plan, horizon=horizon)
    if regions is None and len(evaluation.regions) < len(data.regions):
        say(f"the plan is of these regions: {listed(evaluation.regions)}; they alone are evaluated")
    show_evaluated(evaluation, over_time)
    alone = lone_cities(evaluation.optimum)
    for line in lone_city_lines(data, alone):
        say(f"in the best plan, {line}")
    if out is not None:
        record = evaluation_record(evaluation, as_text(file), over_time, alone)
        write_file(out, record.model_dump_json(indent=1) + "\n")
        say(f"written to {out}")
    _write_files(evaluation, shapes, xlsx, map_file, gpkg, name=given.name)
    raise typer.Exit(1 if evaluation.violations or evaluation.loss_nano is None else 0)


def _check_files(out: Path | None, xlsx: Path | None, map_file: Path | None) -> None:
    """Make sure, before any work, that files can be written and mean what their endings say."""
    if out is not None:
        check_file(out)
    if xlsx is not None:
        from ..files.workbook import check_workbook_file

        check_workbook_file(xlsx)
    if map_file is not None:
        from ..files.evaluation_map import check_map_file

        check_map_file(map_file)


def _write_files(
    evaluation: Evaluation,
    shapes: Shapes | None,
    xlsx: Path | None,
    map_file: Path | None,
    gpkg: Path | None,
    *,
    name: str,
) -> None:
    """Write the files that are asked for, and tell where they are."""
    from ..dutch.speaking import spoken
    from ..terminal.console import say

    if xlsx is not None:
        from ..files.evaluation_workbook import write_evaluation_workbook

        write_evaluation_workbook(xlsx, evaluation, spoken())
        say(f"written to {xlsx}")
    if map_file is not None and shapes is not None:
        from ..files.evaluation_map import write_evaluation_map

        write_evaluation_map(map_file, evaluation, shapes, name=name, language=spoken())
        say(f"written to {map_file}")
    if gpkg is not None and shapes is not None:
        from ..files.evaluation_package import write_evaluation_package

        write_evaluation_package(gpkg, evaluation, shapes, language=spoken())
        say(f"written to {gpkg}")
