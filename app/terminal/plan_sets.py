"""Sets of plans on the terminal: alternatives, a census, trade-offs, a sweep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...models.scoring.scorer import NANO
from ...solver.results.points_in_words import points_in_words
from ...solver.results.status import points_text
from ...solver.results.term_text import means_text
from .console import console, new_table, say

if TYPE_CHECKING:
    from ...solver.plan_sets.alternatives import Agreement, Alternatives
    from ...solver.plan_sets.census import Census, RegionCensus, Standing
    from ...solver.plan_sets.pareto import ParetoFront, Stability
    from ...solver.plan_sets.sweep import SweepResult

_TOLD = 3
"""Regions up to which each is told of."""


def show_alternatives(alternatives: Alternatives, agreed: Agreement) -> None:
    """Print the lists, and how much good plans agree on."""
    title = f"plans of {alternatives.instance.name}, scenario '{alternatives.scenario.name}'"
    headings = ["plans", "best score", "largest loss"] + (["least distance"] if alternatives.loss else [])
    table = new_table(title, ["region"], headings)
    for plans in alternatives.lists:
        losses = [plan.loss_nano for plan in plans.plans]
        far = [plan.distance for plan in plans.plans if plan.distance is not None]
        table.add_row(
            plans.region,
            f"{len(plans.plans):,}",
            points_text(plans.plans[0].score_nano if losses else None),
            points_text(max(losses, default=None)),
            *([f"{min(far):.4f}" if far else "-"] if alternatives.loss else []),
        )
    console.print(table)
    for plans in alternatives.lists:
        if plans.note and plans.plans:
            say(f"{plans.region}: {plans.note}")
    for line in _losses(alternatives):
        say(line)
    title = f"neighbours in plans within {agreed.loss} of the best of their region"
    table = new_table(title, ["region"], ["good plans", "pairs", "always together", "never", "open"])
    for pairs in agreed.by_region:
        always, never = int((pairs.merging == pairs.plans).sum()), int((pairs.merging == 0).sum())
        good = f"{pairs.plans:,}" if pairs.is_exact else f"{pairs.plans:,} best of more"
        counts = (len(pairs.pairs), always, never, len(pairs.pairs) - always - never)
        table.add_row(pairs.region, good, *map(str, counts))
    console.print(table)
    for name in uncounted(alternatives, agreed):
        say(f"{name}: a limit ended the count of good plans")


def _losses(alternatives: Alternatives) -> Iterator[str]:
    """Say what the last plans lack: of all regions together, or of each where they are few."""
    whole = (alternatives.whole,) if alternatives.whole is not None else ()
    lists = alternatives.lists if len(alternatives.by_region) <= _TOLD else whole
    for plans in lists:
        lacks = max((plan.loss_nano for plan in plans.plans), default=0)
        is_whole = plans is alternatives.whole
        regions = [one.region for one in alternatives.by_region] if is_whole else [plans.region]
        words = points_in_words(alternatives.instance, alternatives.scenario, regions, lacks)
        if words:
            yield f"{plans.region}: the largest loss is {points_text(lacks)} points, {words}"


def uncounted(alternatives: Alternatives, agreed: Agreement) -> list[str]:
    """List regions with plans whose good plans were not counted for a limit."""
    counted = {one.region for one in agreed.by_region}
    return [plans.region for plans in alternatives.by_region if plans.plans and plans.region not in counted]


def show_census(counted: Census, standings: list[Standing]) -> None:
    """Print a line a region, the product of all, and what a reader must know."""
    placed = {one.region: one for one in standings}
    total = "?" if counted.count is None else _short(counted.count)
    title = f"all plans of {counted.instance.name}, scenario '{counted.scenario.name}'"
    headings = ["candidates", "plans", "best", "mean", "worst"] + (["percentile"] if standings else [])
    table = new_table(title, ["region"], headings, no_wrap=True)
    for one in counted.by_region:
        ends = one.scores
        cells = ["-"] * 3 if ends is None else [f"{nano / NANO:.3f}" for nano in (ends[1], ends[2], ends[0])]
        if standings:
            cells.append(_percentile(placed.get(one.region)))
        table.add_row(one.region, f"{one.candidates:,}", number_of_plans(one), *cells)
    if len(counted.by_region) > 1:
        candidates = sum(one.candidates for one in counted.by_region)
        table.add_row("all together", f"{candidates:,}", total, *["-"] * (len(headings) - 2))
    console.print(table)
    for one in counted.by_region:
        if one.note and one.count != 0:
            say(f"{one.region}: {one.note}")


def _short(number: int) -> str:
    """Write all digits while they can be read, else powers of ten."""
    return (
        f"{number:,}" if number < 10**15 else f"{float(number):.4g}" if number < 10**300 else "beyond 1e300"
    )


def _percentile(standing: Standing | None) -> str:
    if standing is None:
        return "-"
    return f"{standing.percentile:.4f}" + ("" if standing.is_exact else " (sample)")


def number_of_plans(one: RegionCensus) -> str:
    """Write the number of plans of a region; an estimate with its standard error."""
    if one.count is not None:
        return f"{one.count:,}"
    if one.estimated is None:
        return "?"
    return f"about {one.estimated.count:.3g} ± {one.estimated.error:.2g}"


def show_pareto(pareto: ParetoFront, moves: Stability | None) -> None:
    """Print the size of the fronts with their ends, then how far weights can move."""
    title = f"trade-offs of {pareto.instance.name}, scenario '{pareto.scenario.name}'"
    ranges = (f"{term}: from, to" for term in pareto.terms)
    table = new_table(title, ["region"], ["points", "supported", *ranges])
    for front in pareto.fronts:
        ends = [
            f"{front.values[:, k].min():.4f}, {front.values[:, k].max():.4f}" if len(front) else "-"
            for k in range(len(pareto.terms))
        ]
        counted = f"{len(front):,}" + ("" if front.is_proved else " (not proved)")
        supported = f"{int(front.supported.sum()):,}" if len(pareto.terms) == 2 else "-"
        table.add_row(front.region, counted, supported, *ends)
    console.print(table)
    say(means_text(pareto.terms, several=pareto.whole is not None))
    if moves is None or not moves.by_region:
        return
    title = "the optimal plan stays optimal while a weight, others as they are, is"
    table = new_table(title, ["region", "term"], ["from", "now", "to"])
    for one in moves.whole or moves.by_region:
        highest = f"{one.highest:.6g}" + ("" if one.is_proved else " (not proved)")
        table.add_row(one.region, one.term, f"{one.lowest:.6g}", f"{one.weight:g}", highest)
    console.print(table)


def show_sweep(result: SweepResult) -> None:
    """Print how the answers came out, and what they cost."""
    headings = ["answers", "optimal", "infeasible", "unproved", "plans", "seconds"]
    table = new_table(f"sweep '{result.record.spec['name']}'", ["region"], headings)
    regions = result.answers["region"]
    for region in dict.fromkeys(regions):
        answers = result.answers[regions == region]
        counts = answers["status"].value_counts()
        proved = [int(counts.get(status, 0)) for status in ("optimal", "infeasible")]
        seconds = float(result.timings.loc[result.timings["region"] == region, "seconds"].sum())
        figures = [len(answers), *proved, len(answers) - sum(proved), answers["plan"].nunique()]
        table.add_row(str(region), *map(str, figures), f"{seconds:.1f}")
    console.print(table)
    console.print(
        f"{len(result.settings)} settings, {len(result.answers)} answers, "
        f"{len(result.plans)} plans of regions",
    )
