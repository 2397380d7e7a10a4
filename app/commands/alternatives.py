"""`refzones alternatives`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...instances.catalogue import DEFAULT as DEFAULT_INSTANCE
from ...instances.catalogue import load
from ...instances.common.atomic import check_folder
from ...instances.common.problems import reject
from .changes import NONE, ScenarioChanges
from .extras import wanted_tables
from .option_groups import takes_options
from .options import (
    BoundariesOption,
    ClusterOption,
    CsvOption,
    InstanceOption,
    LayerOption,
    RegionOption,
    ScenarioOption,
    out_folder,
    seconds,
)

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...models.scenario.scenario import Scenario
    from ...solver.plan_sets.alternatives import Agreement, Alternatives
    from ...solver.progress import Step
    from .clock import Clock

MOST_MAPS = 50
_LEAST = 0.01  # seconds that the second of two answers gets when the first has used up the time
_SECOND_BEST = 10.0  # seconds to find out from which loss on there is a second good plan
_CHECKING = 1e-4  # seconds to check a plan, for each of its municipalities


@takes_options
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
    changes: ScenarioChanges = NONE,
    region: RegionOption = None,
    cluster: ClusterOption = None,
    time_limit: Annotated[
        float | None, seconds("Seconds; then what is certain so far, and it says so.")
    ] = None,
    maps: Annotated[int, typer.Option(help="Draw this many plans, from the first on.", metavar="N")] = 0,
    boundaries: BoundariesOption = None,
    layer: LayerOption = None,
    csv: CsvOption = "plain",
    out: Annotated[
        Path | None, out_folder("tables, plans and maps", "alternatives-INSTANCE-SCENARIO")
    ] = None,
) -> None:
    """List the k best plans in exact order, or good plans that differ most, and what good plans agree on.

    Exit code 0: the lists are complete and certain. 1: a region has no plan, or a limit ended a list.
    2: bad input.
    """
    from ...models.scenario.framing import framed
    from ...models.scenario.scenario import Scenario
    from ...solver.deadline import Deadline, Limits
    from ...solver.plan_sets.alternatives import Loss, agreement, best_plans, diverse_plans
    from ...solver.plan_sets.alternatives.verified import check_alternatives
    from ...solver.results.counts import number_of
    from ..dutch import spoken
    from ..files.alternatives import write_alternatives
    from ..files.naming import folder_for
    from ..input.named import region_names, shapes_to_draw
    from ..terminal.alternatives import only_one, show_alternatives
    from ..terminal.console import say
    from ..terminal.results import checked_text
    from .answers import explain_missing
    from .clock import Clock

    tables = wanted_tables(csv)
    clock = Clock.of(time_limit)
    data, within = load(instance), Loss.read(loss)
    asked = changes.on(Scenario.named(scenario), data)
    data = framed(data, asked)
    if not 0 <= maps <= MOST_MAPS:
        reject(f"--maps: the number of maps must be from 0 to {MOST_MAPS}", value=maps)
    names = region_names(data, region)
    target = folder_for(out, "alternatives", data.name, asked.name)
    check_folder(target)
    shapes = shapes_to_draw(data, boundaries, layer)

    searching = clock.search(len(data), 1 + maps, _CHECKING * number)
    deadline = Deadline.after(searching)

    def tell(step: Step) -> None:
        say(f"{step.name}: {number_of(len(step.answer.plans), 'plan')}, {step.seconds:.2f} s")

    limits = Limits(searching)
    listed = partial(diverse_plans, loss=within) if diverse else best_plans
    alternatives = listed(data, asked, number, regions=names, limits=limits, progress=tell, cluster=cluster)
    left = None if time_limit is None else max(_LEAST, deadline.remaining or 0.0)
    agreed = agreement(data, asked, within, regions=names, limits=Limits(left), cluster=cluster)
    alternatives = check_alternatives(alternatives, clock.before_writing(len(data), 1 + maps))
    lone = [one.region for one in only_one(agreed)] if diverse else []
    seconds_best = _second_best(data, asked, lone, clock)
    show_alternatives(alternatives, agreed, seconds_best)
    missing = [plans.region for plans in alternatives.by_region if plans.is_all and not plans.plans]
    explain_missing(data, asked, missing, clock)
    drawn, left_out = write_alternatives(
        alternatives, agreed, target, maps, shapes, clock.deadline, language=spoken(), belgian=tables
    )
    if left_out:
        say(left_out)
    more = f", {drawn} maps" if drawn else ""
    planned = sum(bool(plans.plans) for plans in alternatives.by_region)
    say(f"{checked_text(planned, len(alternatives.by_region))}written to {target}{more}")
    raise typer.Exit(0 if _is_certain(alternatives) and _is_counted(alternatives, agreed) else 1)


def _second_best(instance: Instance, scenario: Scenario, regions: list[str], clock: Clock) -> dict[str, int]:
    """Look for what the second-best plan of some regions lacks, in nano-points."""
    from ...solver.deadline import Limits
    from ...solver.plan_sets.alternatives import best_plans

    if not regions:
        return {}
    limits = Limits(clock.each(_SECOND_BEST))
    found = best_plans(instance, scenario, 2, regions=regions, limits=limits)
    return {one.region: one.plans[1].loss_nano for one in found.by_region if len(one.plans) > 1}


def _is_certain(alternatives: Alternatives) -> bool:
    """Whether every region has a plan, and no list was ended by a limit."""
    return all(plans.plans and (plans.is_all or not plans.note) for plans in alternatives.by_region)


def _is_counted(alternatives: Alternatives, agreed: Agreement) -> bool:
    """Whether all good plans of every region that has plans were counted."""
    from ..terminal.alternatives import uncounted

    return not uncounted(alternatives, agreed) and all(one.is_exact for one in agreed.by_region)
