"""`refzones effects`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import PlanInstanceOption, PlanScenarioOption, RegionOption


def effects_command(
    plan: Annotated[
        Path, typer.Argument(help="The folder of a run, or a plan that exists as `evaluate` takes it.")
    ],
    region: RegionOption = None,
    instance: PlanInstanceOption = None,
    scenario: PlanScenarioOption = None,
) -> None:
    """Tell what a plan does: mandates, money, rates, capacity, cooperation and access, before and after."""
    from ...models.scenario.framing import framed
    from ...solver.review.effects import effects_of
    from ..input.plan_reading import PlanReading, asked_regions, read_plan
    from ..input.plans import given_plan, instance_of, scenario_of
    from ..terminal.effects import show_effects

    found = given_plan(plan, None, None, by_majority=False)
    data = instance_of([found], instance)
    asked = scenario_of([found], scenario)
    data = framed(data, asked)
    own = read_plan(found, data, asked, PlanReading(None, False, None, asked_regions(data, region)))
    show_effects(effects_of(data, asked, own))
