"""`refzones alternatives`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...instances.catalogue import DEFAULT as DEFAULT_INSTANCE
from ...instances.catalogue import load
from ...instances.common.atomic import check_folder
from ...instances.common.problems import reject
from .options import (
    BoundariesOption,
    InstanceOption,
    LayerOption,
    RegionOption,
    ScenarioOption,
    out_folder,
    seconds,
)

if TYPE_CHECKING:
    from ...solver.plan_sets.alternatives import Agreement, Alternatives

MOST_MAPS = 50
_LEAST = 0.01  # seconds that the second of two answers gets when the first has used up the time
_CHECKING = 1e-4  # seconds to check a plan, for each of its municipalities


def alternatives_command(
    number: Annotated[int, typer.Option("-k", help="How many plans.", metavar="N")] = 10,
    diverse: Annotated[
        bool, typer.Option("--diverse", help="Plans within the loss that differ most, not the best ones.")
    ] = False,
    loss: Annotated[
        str,
        typer.Option(
            help="What a good plan may lack to the best one of its region: points, or per cent as 1%.",
            metavar="LOSS",
        ),
    ] = "1%",
    instance: InstanceOption = DEFAULT_INSTANCE,
    scenario: ScenarioOption = "mergers",
    region: RegionOption = None,
    time_limit: Annotated[
        float | None, seconds("Seconds; then what is certain so far, and it says so.")
    ] = None,
    maps: Annotated[int, typer.Option(help="Draw this many plans, from the first on.", metavar="N")] = 0,
    boundaries: BoundariesOption = None,
    layer: LayerOption = None,
    out: Annotated[
        Path | None, out_folder("tables, plans and maps", "alternatives-INSTANCE-SCENARIO")
    ] = None,
) -> None:
    """List the k best plans in exact order, or good plans that differ most, and what good plans agree on.

    Exit code 0: the lists are complete and certain. 1: a region has no plan, or a limit ended a list.
    2: bad input.
    """
    from ...models.scenario.scenario import Scenario
    from ...solver.deadline import Deadline
    from ...solver.plan_sets.alternatives import Loss, agreement, best_plans, diverse_plans
    from ...solver.plan_sets.alternatives.verified import check_alternatives
    from ..clock import Clock
    from ..files.alternatives import write_alternatives
    from ..files.naming import folder_for
    from ..input.named import region_names, shapes_to_draw
    from ..terminal import show
    from .answers import explain_missing

    clock = Clock.of(time_limit)
    data, asked, within = load(instance), Scenario.named(scenario), Loss.read(loss)
    if not 0 <= maps <= MOST_MAPS:
        reject(f"--maps: the number of maps must be from 0 to {MOST_MAPS}", value=maps)
    names = region_names(data, region)
    target = folder_for(out, "alternatives", data.name, asked.name)
    check_folder(target)
    shapes = shapes_to_draw(data, boundaries, layer)

    searching = clock.search(len(data), 1 + maps, _CHECKING * number)
    deadline = Deadline.after(searching)

    def tell(name: str, plans: int, seconds: float) -> None:
        show.console.print(f"{name}: {plans:,} plans, {seconds:.2f} s", soft_wrap=True)

    if diverse:
        found = diverse_plans(data, asked, number, within, regions=names, time_limit=searching, progress=tell)
    else:
        found = best_plans(data, asked, number, regions=names, time_limit=searching, progress=tell)
    left = None if time_limit is None else max(_LEAST, deadline.remaining or 0.0)
    agreed = agreement(data, asked, within, regions=names, time_limit=left)
    found = check_alternatives(found, clock.before_writing(len(data), 1 + maps))
    _show(found, agreed)
    missing = [plans.region for plans in found.by_region if plans.is_all and not plans.plans]
    explain_missing(data, asked, missing, clock)
    drawn, left_out = write_alternatives(found, agreed, target, maps, shapes, clock.deadline)
    if left_out:
        show.say(left_out)
    more = f", {drawn} maps" if drawn else ""
    planned = sum(bool(plans.plans) for plans in found.by_region)
    show.say(f"{show.checked_text(planned, len(found.by_region))}written to {target}{more}")
    raise typer.Exit(0 if _is_certain(found) and _is_counted(found, agreed) else 1)


def _is_certain(found: Alternatives) -> bool:
    """Whether every region has a plan, and no list was ended by a limit."""
    return all(plans.plans and (plans.is_all or not plans.note) for plans in found.by_region)


def _is_counted(found: Alternatives, agreed: Agreement) -> bool:
    """Whether all good plans of every region that has plans were counted."""
    return not _uncounted(found, agreed) and all(one.is_exact for one in agreed.by_region)


def _uncounted(found: Alternatives, agreed: Agreement) -> list[str]:
    """Regions with plans of which a limit left no count of the good ones."""
    counted = {one.region for one in agreed.by_region}
    return [plans.region for plans in found.by_region if plans.plans and plans.region not in counted]


def _show(found: Alternatives, agreed: Agreement) -> None:
    """Print the lists, and how much good plans agree on."""
    from rich.table import Table

    from ...models.scorer import NANO
    from ..terminal import show

    table = Table(title=f"plans of {found.instance.name}, scenario '{found.scenario.name}'")
    table.add_column("region")
    headings = ["plans", "best score", "largest loss"] + (["least distance"] if found.loss else [])
    for heading in headings:
        table.add_column(heading, justify="right")
    for plans in found.lists:
        losses = [plan.loss_nano for plan in plans.plans]
        far = [plan.distance for plan in plans.plans if plan.distance is not None]
        table.add_row(
            plans.region,
            f"{len(plans.plans):,}",
            f"{plans.plans[0].score_nano / NANO:.9f}" if losses else "-",
            f"{max(losses) / NANO:.9f}" if losses else "-",
            *([f"{min(far):.4f}" if far else "-"] if found.loss else []),
        )
    show.console.print(table)
    for plans in found.lists:
        if plans.note and plans.plans:
            show.console.print(f"{plans.region}: {plans.note}", soft_wrap=True)
    table = Table(title=f"neighbours in plans within {agreed.loss} of the best of their region")
    table.add_column("region")
    for heading in ("good plans", "pairs", "always together", "never", "open"):
        table.add_column(heading, justify="right")
    for pairs in agreed.by_region:
        always, never = int((pairs.merging == pairs.plans).sum()), int((pairs.merging == 0).sum())
        good = f"{pairs.plans:,}" if pairs.is_exact else f"{pairs.plans:,} best of more"
        counts = (len(pairs.pairs), always, never, len(pairs.pairs) - always - never)
        table.add_row(pairs.region, good, *map(str, counts))
    show.console.print(table)
    for name in _uncounted(found, agreed):
        show.console.print(f"{name}: a limit ended the count of good plans", soft_wrap=True)
