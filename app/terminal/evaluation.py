"""An evaluation of a plan on the terminal."""

from __future__ import annotations

from ...solver.results.counts import count_cells, count_headings, count_parts, count_text, number_of
from ...solver.results.enclosures import enclosed_lines
from ...solver.results.points_in_words import points_in_words, with_words
from ...solver.results.status import gap_text, points_text
from ...solver.results.term_text import regions_text, values_text
from ...solver.review.evaluation import Evaluation
from ...solver.review.over_time import BoundsOverTime
from ..dutch.measures import points_said
from ..dutch.numbers import number_text
from .by_merger import show_rows, show_terms_of_each
from .console import console, say
from .over_time import show_over_time
from .results import show_comparison
from .tables import FittedTable


def show_evaluated(evaluation: Evaluation, over_time: BoundsOverTime | None = None) -> None:
    """Print broken rules, terms beside those of the best plan, who leaves the bounds, what the plan lacks."""
    best = None if evaluation.optimum.score_nano is None else evaluation.optimum.plan
    regions = evaluation.regions
    counts = count_parts(evaluation.plan.mergers)
    before = number_of(counts.municipalities, "municipality")
    after = count_text(counts, evaluation.scenario.level, len(evaluation.plan.zones))
    say(f"{before} of {regions_text(evaluation.instance, regions)}, {after}")
    for line in enclosed_lines(evaluation.instance, evaluation.plan.enclosures):
        say(line)
    show_rows(evaluation)
    terms = evaluation.plan.terms
    show_comparison(terms, {} if best is None else best.terms)
    say(values_text(evaluation.instance, regions, terms))
    show_terms_of_each(evaluation)
    if len(evaluation.by_region) > 1:
        _show_regions(evaluation)
    if over_time is not None:
        show_over_time(over_time)
    say(_verdict(evaluation))


def _show_regions(evaluation: Evaluation) -> None:
    """Print where the plan lacks what: regions are independent, so their losses add up."""
    table = FittedTable("regions")
    table.add_column("region")
    for heading in (*count_headings(evaluation.scenario), "score", "best", "lacks"):
        table.add_column(heading, is_figure=True)
    for region in evaluation.by_region:
        figures = (region.score_nano, region.best_nano, region.loss_nano)
        counted = count_cells(evaluation.scenario, region.counts, region.zones).values()
        table.add_row(region.name, *map(number_text, counted), *(points_said(nano) for nano in figures))
    console.print(table)


def _verdict(evaluation: Evaluation) -> str:
    """Score, best score and gap, in one line."""
    loss, best = evaluation.loss_nano, evaluation.optimum
    if loss is None:
        return (
            f"score {points_text(evaluation.plan.score_nano)}; no plan keeps all rules in every region, "
            "so there is no optimum to compare with"
        )
    regions = [region.name for region in evaluation.by_region]
    words = points_in_words(evaluation.instance, evaluation.scenario, regions, loss)
    text = f"score {points_text(evaluation.plan.score_nano)}; "
    if best.status == "optimal":
        text += f"best {points_text(best.score_nano)} (proved)"
        text += with_words(f"; gap {points_text(loss)} points ({gap_text(evaluation.gap)})", words)
        return text if loss >= 0 else f"{text}: above the best of the plans that keep all rules"
    text += f"best found {points_text(best.score_nano)} (not proved)"
    text += with_words(
        f"; lacks {points_text(loss)} points" if loss >= 0 else f"; above it by {points_text(-loss)} points",
        words,
    )
    if best.bound_nano is None:
        return f"{text}; nothing is proved of better ones"
    return f"{text}; gap to what is proved of all plans {gap_text(evaluation.gap)}"
