"""`refzones schedule`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...instances.common.atomic import check_folder
from .extras import wanted_tables
from .options import (
    BoundariesOption,
    CsvOption,
    OthersOption,
    PlanInstanceOption,
    PlanScenarioOption,
    out_folder,
    seconds,
)

if TYPE_CHECKING:
    from ...models.road import Road
    from ...solver.road.schedule import Schedule


def schedule_command(
    plan: Annotated[
        Path, typer.Argument(help="The folder of a run, or a plan that exists as `evaluate` takes it.")
    ],
    road: Annotated[
        str,
        typer.Option(
            help="Dates, capacities and agreements: a TOML file, or the preset milestones-report.",
            metavar="FILE",
        ),
    ] = "milestones-report",
    compulsory: Annotated[
        bool | None,
        typer.Option(
            "--compulsory/--voluntary",
            help="Whether every merger has taken effect by the last date. Default: what the file says.",
            show_default=False,
        ),
    ] = None,
    instance: PlanInstanceOption = None,
    scenario: PlanScenarioOption = None,
    others_alone: OthersOption = False,
    instances: Annotated[
        bool,
        typer.Option(
            help="Write the instance from each date on too, a folder on which every other command runs."
        ),
    ] = True,
    time_limit: Annotated[float | None, seconds("Seconds; then the best schedule so far.")] = None,
    boundaries: BoundariesOption = None,
    csv: CsvOption = "plain",
    out: Annotated[Path | None, out_folder("tables, maps and instances", "schedule-PLAN")] = None,
) -> None:
    """Find out which mergers of a plan take effect on which date, prove it, and draw it.

    Exit code 0: a schedule that is proved. 1: none keeps all rules, or none is proved. 2: bad input.
    """
    from ...models.scenario.framing import framed
    from ...solver.deadline import Limits, TimeUpError
    from ...solver.road.conflict import Conflict
    from ...solver.road.problem import road_problem
    from ...solver.road.solving import best_schedule
    from ..dutch import spoken
    from ..files.naming import folder_for
    from ..files.schedule import write_schedule
    from ..input.named import shapes_to_draw
    from ..input.plan_reading import PlanReading, read_plan
    from ..input.plans import given_plan, instance_of, scenario_of
    from ..terminal.console import say
    from ..terminal.schedule import show_conflict, show_schedule
    from .clock import Clock

    tables, clock = wanted_tables(csv), Clock.of(time_limit)
    asked_road = _road(road, compulsory)
    found = given_plan(plan, None, None, by_majority=False)
    data = instance_of([found], instance)
    asked = scenario_of([found], scenario)
    data = framed(data, asked)
    own = read_plan(found, data, asked, PlanReading(None, others_alone, None, None))
    target = folder_for(out, "schedule", found.name)
    check_folder(target)
    shapes = shapes_to_draw(data, boundaries)
    problem = road_problem(data, asked, own, asked_road)
    try:
        answer = best_schedule(problem, Limits(clock.search(len(data), 1 + len(asked_road.milestones))))
    except TimeUpError:
        say("the time was up before there was any schedule")
        raise typer.Exit(1) from None
    if isinstance(answer, Conflict):
        show_conflict(answer)
        raise typer.Exit(1)
    show_schedule(answer)
    _verify_or_stop(answer)
    written = write_schedule(answer, target, shapes, clock.deadline, language=spoken(), belgian=tables)
    if written.left_out:
        say(written.left_out)
    folders = _write_instances(answer, target) if instances else []
    text = f"verified: clean; {', '.join([*written.names, *folders])} written to {target}"
    say(text)
    raise typer.Exit(0 if answer.is_proved else 1)


def _road(named: str, compulsory: bool | None) -> Road:
    from ...models.road import named_road

    road = named_road(named)
    return road if compulsory is None else road.model_copy(update={"compulsory": compulsory})


def _verify_or_stop(schedule: Schedule) -> None:
    """Let nothing leave the program that a second reading finds fault with."""
    from ...solver.road.verifying import check_schedule
    from ...solver.verification.defects import DefectError

    problem = schedule.problem
    members = (one.merger.members for one in problem.mergers)
    when = dict(zip(members, schedule.dates, strict=True))
    broken = check_schedule(problem.instance, problem.scenario, problem.plan, problem.road, when)
    if broken:
        raise DefectError("the schedule does not pass verification", broken)


def _write_instances(schedule: Schedule, target: Path) -> list[str]:
    from ...instances.writing import write_folder
    from ...solver.road.intermediate import intermediate_instances

    names = []
    for one in intermediate_instances(schedule):
        names.append(f"instance-{one.date.year}")
        write_folder(one.instance, target / names[-1])
    return names
