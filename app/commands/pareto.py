"""`refzones pareto`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...instances.catalogue import DEFAULT as DEFAULT_INSTANCE
from ...instances.catalogue import load
from ...instances.common.atomic import check_folder
from .changes import NONE, ScenarioChanges
from .extras import wanted_tables
from .option_groups import takes_options
from .options import ClusterOption, CsvOption, InstanceOption, RegionOption, out_folder, seconds
from .words import words_of

if TYPE_CHECKING:
    from ...solver.plan_sets.pareto import Front, Stability
    from ...solver.progress import Step

_LEAST = 0.01  # seconds that the second of two answers gets when the first has used up the time


@takes_options
def pareto_command(
    terms: Annotated[
        list[str], typer.Option(help="Terms of the objective, two or three of them.", metavar="TERM...")
    ],
    instance: InstanceOption = DEFAULT_INSTANCE,
    scenario: Annotated[
        str,
        typer.Option("--scenario", "-s", help="Preset or TOML file: its bounds, rules and locks hold."),
    ] = "mergers",
    changes: ScenarioChanges = NONE,
    region: RegionOption = None,
    precision: Annotated[
        float,
        typer.Option(help="With three terms: a share of the span of each, within which every plan is found."),
    ] = 0.1,
    cluster: ClusterOption = None,
    time_limit: Annotated[
        float | None, seconds("Seconds; then the points found so far, and it says so.")
    ] = None,
    csv: CsvOption = "plain",
    out: Annotated[Path | None, out_folder("the tables", "pareto-INSTANCE-SCENARIO")] = None,
) -> None:
    """List all plans that no other plan beats in every one of some terms, and for which weights each is best.

    Name the terms: --terms coverage distance

    Exit code 0: all is proved. 1: a region has no plan, or a limit ended the work. 2: bad input.
    """
    from ...models.scenario.framing import framed
    from ...models.scenario.scenario import Scenario
    from ...solver.deadline import Deadline, Limits
    from ...solver.plan_sets.pareto import pareto_front, stability
    from ...solver.plan_sets.pareto.verified import check_front
    from ..dutch import spoken
    from ..files.naming import folder_for
    from ..files.pareto import write_pareto
    from ..input.named import region_names
    from ..terminal.console import say
    from ..terminal.plan_sets import show_pareto
    from ..terminal.results import checked_text
    from .answers import explain_missing
    from .clock import Clock

    tables = wanted_tables(csv)
    clock = Clock.of(time_limit)
    data = load(instance)
    asked = changes.on(Scenario.named(scenario), data)
    data = framed(data, asked)
    named = [word for text in terms for part in words_of(text) for word in _words(part)]
    names = region_names(data, region)
    target = folder_for(out, "pareto", data.name, asked.name)
    check_folder(target)
    searching = clock.search(len(data), len(names))
    deadline = Deadline.after(searching)
    pareto = pareto_front(
        data,
        asked,
        named,
        regions=names,
        precision=precision,
        limits=Limits(searching),
        progress=_tell,
        cluster=cluster,
    )
    weighed = [term for term in asked.weights if term in named]
    moves = None
    if weighed:
        left = None if time_limit is None else max(_LEAST, deadline.remaining or 0.0)
        moves = stability(data, asked, weighed, regions=names, limits=Limits(left), cluster=cluster)
    check_front(pareto)
    show_pareto(pareto, moves)
    empty = [front.region for front in pareto.by_region if front.is_proved and not len(front)]
    explain_missing(data, asked, empty, clock)
    files, left_out = write_pareto(pareto, moves, target, clock.deadline, language=spoken(), belgian=tables)
    if left_out:
        say(left_out)
    planned = sum(len(front) > 0 for front in pareto.by_region)
    say(f"{checked_text(planned, len(pareto.by_region))}{', '.join(files)} written to {target}")
    proved = all(front.is_proved and len(front) for front in pareto.by_region)
    proved = proved and (moves is None or _is_told(moves, names))
    raise typer.Exit(0 if proved else 1)


def _is_told(moves: Stability, names: Sequence[str]) -> bool:
    """Whether it is proved for every region how far weights can move."""
    return {one.region for one in moves.by_region} == set(names) and all(
        one.is_proved for one in moves.by_region
    )


def _words(text: str) -> list[str]:
    """Divide a list of terms; the name of a layer may hold blanks and commas itself."""
    from ...models.scenario.term_names import check_term_name

    try:
        check_term_name(text)
    except ValueError:
        return text.replace(",", " ").split()
    return [text]


def _tell(step: Step) -> None:
    from ...solver.results.counts import number_of
    from ..terminal.console import say

    front: Front = step.answer
    text = f"{front.region}: {number_of(len(front), 'point')}, {front.seconds:.2f} s"
    say(text)
