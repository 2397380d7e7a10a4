"""`refzones compare`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...instances.common.atomic import check_folder
from ...instances.common.path_names import as_text
from .changes import NONE, ScenarioChanges
from .extras import wanted_tables
from .option_groups import takes_options
from .options import BoundariesOption, CsvOption, FormatOption, out_folder
from .plan_options import PlanOptions

if TYPE_CHECKING:
    from ..input.plans import Given

_LONGEST = 80
"""Longest name, in characters, of a folder that nobody named."""


@takes_options
def compare_command(
    plans: Annotated[
        list[Path],
        typer.Argument(
            help="Two plans or more, each the folder of a run, a table or a boundary file, as `evaluate` "
            "takes them; or 'as-is', the municipalities as they are. The others are held against the first.",
            metavar="PLAN",
            show_default=False,
        ),
    ],
    reading: PlanOptions = PlanOptions(),
    changes: ScenarioChanges = NONE,
    boundaries: BoundariesOption = None,
    csv: CsvOption = "plain",
    map_format: FormatOption = None,
    out: Annotated[Path | None, out_folder("tables and maps", "compare-PLAN-PLAN")] = None,
) -> None:
    """Put plans side by side: terms, broken rules, who changes partners, how alike they are, and a map of it.

    All plans are scored under one scenario. Exit code 0: done. 2: bad input.
    """
    from ...solver.review.comparison import compare
    from ..dutch import spoken
    from ..files.comparison import write_comparison
    from ..files.map_image import map_formats
    from ..files.naming import folder_for
    from ..input.named import layer_to_draw, shapes_to_draw
    from ..terminal.comparison import show_compared
    from ..terminal.console import say

    tables, formats = wanted_tables(csv), map_formats(map_format)
    drawn = [path for path in (boundaries,) if path is not None and str(path) != "none"]
    read = reading.read(plans, changes, drawn)
    data, asked, regions = read.instance, read.scenario, read.regions
    names = labels(read.given)
    target = folder_for(out, f"compare-{'-'.join(names)}"[:_LONGEST])
    check_folder(target)
    comparison = compare(data, asked, dict(zip(names, read.plans, strict=True)), regions=regions)
    shapes = shapes_to_draw(data, boundaries, layer_to_draw(drawn, reading.layer))
    show_compared(comparison)
    files = write_comparison(comparison, target, shapes, language=spoken(), belgian=tables, formats=formats)
    say(f"written to {target}: {', '.join(files)}")


def labels(plans: Sequence[Given]) -> list[str]:
    """Name each plan by its file or folder; by its path as typed where two have the same name.

    A plan that is named twice gets a number.
    """
    short = [plan.name for plan in plans]
    wanted = [
        name if short.count(name) == 1 else as_text(plan.path)
        for name, plan in zip(short, plans, strict=True)
    ]
    chosen: list[str] = []
    for name in wanted:
        k = 1
        label = name
        while label in chosen:
            k += 1
            label = f"{name} ({k})"
        chosen.append(label)
    return chosen
