"""`refzones evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...instances.common.atomic import check_file, write_file
from ...instances.common.path_names import as_text
from .options import (
    ColumnOption,
    EncodingOption,
    FromVintageOption,
    HeaderRowOption,
    OthersOption,
    PlanInstanceOption,
    PlanLayerOption,
    PlanScenarioOption,
    SheetOption,
    form_from,
)

if TYPE_CHECKING:
    from ...solver.review.evaluation import Evaluation

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
    from_vintage: FromVintageOption = None,
    layer: PlanLayerOption = None,
    sheet: SheetOption = None,
    header_row: HeaderRowOption = None,
    encoding: EncodingOption = None,
    out: Annotated[Path | None, typer.Option(help="JSON file for everything that was found.")] = None,
) -> None:
    """Score a plan that exists: every term, every rule it breaks, and its gap to the proved optimum.

    Exit code 0: the plan keeps all rules. 1: it breaks some, or there is no plan to compare it with. 2: bad
    input.
    """
    from ...solver.review.evaluation import evaluate
    from ...solver.review.evaluation_record import evaluation_record
    from ..input.given import given_plan, instance_of, parts_of_plan, scenario_of, with_layer
    from ..terminal import show

    (plan,) = with_layer([given_plan(file, from_vintage)], layer)
    data, asked = instance_of([plan], instance), scenario_of([plan], scenario)
    form = form_from(sheet, header_row, encoding)
    parts, zones = parts_of_plan(plan, data, asked.level, column=column, others_alone=others_alone, form=form)
    if out is not None:
        check_file(out)
    found = evaluate(data, asked, parts, zones)
    _show(found)
    if out is not None:
        write_file(out, evaluation_record(found, as_text(file)).model_dump_json(indent=1) + "\n")
        show.console.print(f"written to {out}", soft_wrap=True)
    raise typer.Exit(1 if found.violations or found.loss_nano is None else 0)


def _show(found: Evaluation) -> None:
    from ...solver.results.counts import count_parts, count_text, number_of
    from ...solver.results.term_text import regions_text, values_text
    from ...solver.review.evaluation import terms_of
    from ..terminal import show

    best = found.optimum.plan
    for violation in found.violations[:_LISTED]:
        show.console.print(f"breaks a rule: {violation.text}", soft_wrap=True)
    if len(found.violations) > _LISTED:
        more = len(found.violations) - _LISTED
        show.console.print(f"and {more} more broken rules; --out FILE.json lists them all")
    regions = [region.name for region in found.by_region]
    counts = count_parts(found.plan.mergers)
    before = number_of(counts.municipalities, "municipality")
    after = count_text(counts, found.scenario.level, len(found.plan.zones))
    show.say(f"{before} of {regions_text(found.instance, regions)}, {after}")
    terms = terms_of(found.instance, found.scenario, found.plan)
    show.show_comparison(terms, {} if best is None else terms_of(found.instance, found.scenario, best))
    show.say(values_text(found.instance, regions, terms))
    if len(found.by_region) > 1:
        _show_regions(found)
    show.console.print(_verdict(found), soft_wrap=True)


def _show_regions(found: Evaluation) -> None:
    """Print where the plan lacks what: regions are independent, so their losses add up."""
    from rich.table import Table

    from ..terminal import show

    table = Table(title="regions")
    table.add_column("region", overflow="fold")
    level = found.scenario.level
    for heading in (*show.count_headings(level), "score", "best", "lacks"):
        table.add_column(heading, justify="right")
    for region in found.by_region:
        figures = (region.score_nano, region.best_nano, region.loss_nano)
        counted = show.count_cells(region.counts, level, region.zones)
        table.add_row(region.name, *counted, *(_points(nano) for nano in figures))
    show.console.print(table)


def _points(nano: int | None) -> str:
    return "-" if nano is None else f"{nano / 1e9:.9f}"


def _verdict(found: Evaluation) -> str:
    """Score, best score and gap, in one line."""
    from ..terminal import show

    loss, best = found.loss_nano, found.optimum
    if loss is None:
        return (
            f"score {_points(found.plan.score_nano)}; no plan keeps all rules in every region, "
            "so there is no optimum to compare with"
        )
    text = f"score {_points(found.plan.score_nano)}; "
    if best.status == "optimal":
        text += f"best {_points(best.score_nano)} (proved)"
        text += f"; gap {_points(loss)} points ({show.gap_text(found.gap)})"
        return text if loss >= 0 else f"{text}: above the best of the plans that keep all rules"
    text += f"best found {_points(best.score_nano)} (not proved)"
    text += f"; lacks {_points(loss)} points" if loss >= 0 else f"; above it by {_points(-loss)} points"
    if best.bound_nano is None:
        return f"{text}; nothing is proved of better ones"
    return f"{text}; gap to what is proved of all plans {show.gap_text(found.gap)}"
