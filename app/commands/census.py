"""`refzones census`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...instances.common.atomic import check_folder
from ...instances.common.problems import reject
from .changes import NONE, ScenarioChanges
from .extras import wanted_tables
from .option_groups import takes_options
from .options import (
    ClusterOption,
    CsvOption,
    FromVintageOption,
    PlanInstanceOption,
    PlanScenarioOption,
    RegionOption,
    out_folder,
    seconds,
)

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...models.scenario.scenario import Scenario
    from ...solver.plan_sets.census import Census, RegionCensus, Standing
    from ...solver.progress import Step
    from ...solver.results.plan import Plan
    from ..input.plans import Given


@takes_options
def census_command(
    instance: PlanInstanceOption = None,
    scenario: PlanScenarioOption = None,
    changes: ScenarioChanges = NONE,
    region: RegionOption = None,
    plan: Annotated[
        Path | None,
        typer.Option(
            help="A plan to place among all plans: folder of a run, or a table with columns nis and merger.",
            metavar="PLAN",
        ),
    ] = None,
    from_vintage: FromVintageOption = None,
    sample: Annotated[
        int, typer.Option(help="Plans to draw at random, all with the same probability.", metavar="N")
    ] = 0,
    seed: Annotated[
        int, typer.Option(help="For what is random; what is exact does not depend on it.", metavar="S")
    ] = 0,
    bins: Annotated[
        int, typer.Option(help="Bins of each distribution; 0 for no distributions.", metavar="B")
    ] = 40,
    certificate: Annotated[
        bool,
        typer.Option(
            "--certificate",
            help="Write certificate.json too: the diagram of all plans, which verify --proof adds up again.",
        ),
    ] = False,
    cluster: ClusterOption = None,
    time_limit: Annotated[
        float | None, seconds("Seconds for all regions; then estimates, and it says so.")
    ] = None,
    csv: CsvOption = "plain",
    out: Annotated[Path | None, out_folder("the tables", "census-INSTANCE-SCENARIO")] = None,
) -> None:
    """Count all plans of each region, and measure scores, terms and shared mergers over all of them.

    Exit code 0: all is exact. 1: a region has no plan, or something is estimated. 2: bad input.
    """
    from ...models.scenario.framing import framed
    from ...solver.deadline import Limits
    from ...solver.plan_sets.census import census
    from ..dutch import spoken
    from ..files.census import write_census
    from ..files.naming import folder_for
    from ..input.named import region_names
    from ..input.plans import given_plan, instance_of, scenario_of
    from ..terminal.console import say
    from ..terminal.plan_sets import show_census
    from .answers import explain_missing
    from .clock import Clock

    tables = wanted_tables(csv)
    clock = Clock.of(time_limit)
    if sample < 0:
        reject("--sample: the number of plans must be 0 or more", value=sample)
    given = [] if plan is None else [given_plan(plan, from_vintage)]
    data = instance_of(given, instance)
    asked = changes.on(scenario_of(given, scenario), data)
    data = framed(data, asked)
    names = region_names(data, region)
    named = _plan(given[0], data, asked, names) if given else None
    target = folder_for(out, "census", data.name, asked.name)
    check_folder(target)
    counted = census(
        data,
        asked,
        regions=names,
        bins=bins,
        limits=Limits(clock.search(len(data), 2 * len(names))),
        seed=seed,
        progress=_tell,
        cluster=cluster,
    )
    standings = [] if named is None else counted.standings(named)
    drawn = _drawn(counted, sample, seed)
    show_census(counted, standings)
    explain_missing(data, asked, [one.region for one in counted.by_region if one.count == 0], clock)
    placed = None if named is None else standings
    proof = None
    if certificate:
        from ...solver.plan_sets.census.certificate import census_certificate
        from ..terminal.proofs import show_diagrams

        proof = census_certificate(counted)
        show_diagrams(proof, with_sums=bool(bins or standings))
    files, left_out = write_census(
        counted,
        placed,
        drawn if sample else None,
        target,
        named,
        clock.deadline,
        certificate=proof,
        language=spoken(),
        belgian=tables,
    )
    if left_out:
        say(left_out)
    checked = "verified: clean; " if drawn else ""
    text = f"{checked}{', '.join(files)} written to {target}"
    say(text)
    raise typer.Exit(0 if _is_exact(counted, standings) else 1)


def _plan(given: Given, instance: Instance, scenario: Scenario, names: list[str]) -> Plan:
    """Read a plan that keeps all rules in some regions: others have no place among the plans."""
    from ...models.question.builder import ask
    from ...solver.results.plan import Plan
    from ...solver.verification.verifier import verify
    from ..input.plan_reading import parts_of_plan

    if len(scenario.levels) > 1:
        reject(
            "this scenario asks for zones and mergers together, whose plans cannot be counted level by level",
            "ask for level 'mergers' or 'zones'",
            value=scenario.name,
        )
    parts, _ = parts_of_plan(given, instance, scenario)
    wanted = {instance.regions.index(name) for name in names}
    inside = [tuple(part) for part in parts if wanted & {int(instance.region[i]) for i in part}]
    ask(instance, scenario, names)  # what cannot be asked of these regions is told first
    plan = Plan.of(instance, scenario, inside)
    broken = verify(instance, scenario, plan, regions=names)
    if broken:
        reject(
            f"--plan: it has no place among the plans of scenario '{scenario.name}': {broken[0].text}",
            "'refzones evaluate' lists every rule that it breaks",
            file=str(given.path),
        )
    return plan


def _drawn(answer: Census, number: int, seed: int) -> list[Plan]:
    """Draw plans of the regions that were counted; each passes verification."""
    from dataclasses import replace

    from ...solver.verification.defects import check_own_plan

    counted = tuple(one for one in answer.by_region if one.graph is not None)
    if not number or not counted:
        return []
    plans = replace(answer, by_region=counted).draw(number, seed)
    names = [one.region for one in counted]
    for plan in plans:
        check_own_plan(answer.instance, answer.scenario, plan, names, name="a plan drawn")
    return plans


def _is_exact(counted: Census, standings: list[Standing]) -> bool:
    """Whether every region has plans and nothing rests on an estimate or on a sample."""
    return all(one.count and not one.note for one in counted.by_region) and all(
        one.is_exact for one in standings
    )


def _tell(step: Step) -> None:
    from ...solver.results.counts import number_of
    from ..terminal.console import say
    from ..terminal.plan_sets import number_of_plans

    one: RegionCensus = step.answer
    plans = f"{number_of_plans(one)} plans" if one.count is None else number_of(one.count, "plan")
    text = f"{one.region}: {plans}, {one.seconds:.2f} s"
    say(text)
