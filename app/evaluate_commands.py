"""`refzones evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..instances.atomic import check_file, write_file

if TYPE_CHECKING:
    from ..solver.evaluation import Evaluation

PlanInstanceOption = Annotated[
    str | None,
    typer.Option(
        "--instance",
        "-i",
        help="Embedded instance, or an instance folder. Default: that of the run, else flanders-2025.",
        metavar="NAME",
    ),
]
PlanScenarioOption = Annotated[
    str | None,
    typer.Option("--scenario", "-s", help="Preset or TOML file. Default: that of the run, else 'mergers'."),
]
ColumnOption = Annotated[
    str | None,
    typer.Option(
        "--column", "-c", help="Column with the groups, where it is not called merger, zone or group."
    ),
]
OthersOption = Annotated[
    bool, typer.Option("--others-alone", help="Municipalities that the file leaves out stay alone.")
]

_LISTED = 20
"""How many broken rules the terminal shows."""


def evaluate_command(
    file: Annotated[
        Path,
        typer.Argument(
            help="The folder of a run; a table or workbook with columns nis (or name) and merger; a list of "
            "mergers as 'Melle (44040) + Merelbeke (44043)'; or a boundary file with a column merger."
        ),
    ],
    instance: PlanInstanceOption = None,
    scenario: PlanScenarioOption = None,
    column: ColumnOption = None,
    others_alone: OthersOption = False,
    out: Annotated[Path | None, typer.Option(help="JSON file for everything that was found.")] = None,
) -> None:
    """Score a plan that exists: every term, every rule it breaks, and its gap to the proved optimum.

    Exit code 0: the plan keeps all rules. 1: it breaks some, or there is no plan to compare it with. 2: bad
    input.
    """
    from ..solver.evaluation import evaluate
    from ..solver.evaluation_record import evaluation_record
    from . import show
    from .given import given_plan, instance_of, parts_of_plan, scenario_of

    plan = given_plan(file)
    data, asked = instance_of([plan], instance), scenario_of([plan], scenario)
    parts, zones = parts_of_plan(plan, data, asked.level, column=column, others_alone=others_alone)
    if out is not None:
        check_file(out)
    found = evaluate(data, asked, parts, zones)
    _show(found)
    if out is not None:
        write_file(out, evaluation_record(found, str(file)).model_dump_json(indent=1) + "\n")
        show.console.print(f"written to {out}", soft_wrap=True)
    raise typer.Exit(1 if found.violations or found.loss_nano is None else 0)


def _show(found: Evaluation) -> None:
    from ..solver.evaluation import terms_of
    from . import show

    best = found.optimum.plan
    for violation in found.violations[:_LISTED]:
        show.console.print(f"breaks a rule: {violation.text}", soft_wrap=True)
    if len(found.violations) > _LISTED:
        more = len(found.violations) - _LISTED
        show.console.print(f"and {more} more broken rules; --out FILE.json lists them all")
    show.show_comparison(
        terms_of(found.instance, found.scenario, found.plan),
        {} if best is None else terms_of(found.instance, found.scenario, best),
    )
    if len(found.by_region) > 1:
        _show_regions(found)
    show.console.print(_verdict(found), soft_wrap=True)


def _show_regions(found: Evaluation) -> None:
    """Print where the plan lacks what: regions are independent, so their losses add up."""
    from rich.table import Table

    from . import show

    table = Table(title="regions")
    table.add_column("region")
    for heading in ("parts", "score", "best", "lacks"):
        table.add_column(heading, justify="right")
    for region in found.by_region:
        figures = (region.score_nano, region.best_nano, region.loss_nano)
        table.add_row(region.name, str(region.parts), *(_points(nano) for nano in figures))
    show.console.print(table)


def _points(nano: int | None) -> str:
    return "-" if nano is None else f"{nano / 1e9:.9f}"


def _verdict(found: Evaluation) -> str:
    """Score, best score and gap, in one line."""
    from . import show

    loss, best = found.loss_nano, found.optimum
    if loss is None:
        return (
            f"score {_points(found.plan.score_nano)}; no plan keeps all rules in every region, "
            "so there is no optimum to compare with"
        )
    proof = "proved" if best.status == "optimal" else "not proved"
    text = f"score {_points(found.plan.score_nano)}; best {_points(best.score_nano)} ({proof})"
    text += f"; gap {_points(loss)} points ({show.gap_text(found.gap)})"
    return text if loss >= 0 else f"{text}: above the best of the plans that keep all rules"
