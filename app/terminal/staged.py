"""Maps of two dates on the terminal."""

from __future__ import annotations

from ...models.scenario.staged import StagedScenario
from ...solver.results.mergers import Merger
from ...solver.results.staged import StagedRegion, StagedResult, mean_points
from ...solver.results.status import points_text
from ..dutch.numbers import number_text
from ..dutch.speaking import told
from .console import console, new_table, say, styled
from .results import COLOURS

_MOST = 30
"""Mergers up to which those of several regions are listed."""

_POINT = 1_000_000_000


def say_region(region: StagedRegion) -> None:
    """Print a line for a region that is done."""
    early, late = (sum(len(part) > 1 for part in parts) for parts in (region.earlier, region.target))
    counted = f"early mergers: {early}, in the end: {late}, " if region.target else ""
    say(f"{region.name}: {region.status}, {counted}{region.seconds:.2f} s")


def show_staged(result: StagedResult) -> None:
    """Print a table of regions, the mergers by date, and what both maps score."""
    scenario = result.scenario
    title = f"{result.instance.name}, scenario '{scenario.name}', engine {result.engine}"
    table = new_table(title, ["region"], ["now", *scenario.moments])
    table.add_column("status")
    table.add_column("score", is_figure=True)
    for region in result.by_region:
        has_plan = region.sum_nano is not None
        counts = [number_text(len(parts)) if has_plan else "-" for parts in (region.earlier, region.target)]
        table.add_row(
            region.name,
            number_text(region.municipalities),
            *counts,
            styled(told(region.status), COLOURS[region.status]),
            _mean(region.sum_nano, scenario),
        )
    console.print(table)
    earlier, target = result.earlier, result.target
    if earlier is not None and target is not None:
        _show_mergers(result, earlier.mergers, target.mergers)
        years = [f"{float(lasting):g}" for lasting in scenario.lasting]
        first, second = scenario.moments
        say(f"map of {first}: {points_text(earlier.score_nano)} points, counted for {years[0]} years")
        say(f"map of {second}: {points_text(target.score_nano)} points, counted for {years[1]} years")
        total = sum(region.sum_nano or 0 for region in result.answered)
        say(f"mean over these years: {_mean(total, scenario)} points")
        if scenario.merged_again == "never":
            say(f"each merger of {first} is one of {second} as it is")
        else:
            say(f"each merger of {first} stays whole in {second}, where others may have joined it")
    for region in result.by_region:
        if region.reason:
            say(f"{region.name}: {region.status}: {region.reason}")


def _show_mergers(result: StagedResult, earlier: tuple[Merger, ...], target: tuple[Merger, ...]) -> None:
    """List the mergers by the date at which they take effect, where that fits a screen."""
    instance, moments = result.instance, result.scenario.moments
    known = {part.members for part in earlier}
    dated = [(moments[0], part) for part in earlier if len(part.members) > 1]
    dated += [(moments[1], part) for part in target if len(part.members) > 1 and part.members not in known]
    if not dated or (len(result.answered) > 1 and len(dated) > _MOST):
        return
    table = new_table("mergers by date", ["in", "merger"], ["inhabitants"])
    table.add_column("with")
    for moment, part in dated:
        others = ", ".join(instance.names[i] for i in part.members if i != part.seat)
        people = number_text(part.population(instance))
        table.add_row(moment, instance.names[part.seat], people, others)
    console.print(table)


def _mean(nano: int | None, scenario: StagedScenario) -> str:
    mean = mean_points(nano, scenario)
    return "-" if mean is None else points_text(round(mean * _POINT))
