"""`refzones evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..instances.catalogue import DEFAULT as DEFAULT_INSTANCE
from ..instances.catalogue import load
from .solve_commands import InstanceOption


def evaluate_command(
    file: Annotated[
        Path, typer.Argument(help="A plan folder, or a table with the columns nis (or name) and merger.")
    ],
    instance: InstanceOption = DEFAULT_INSTANCE,
    scenario: Annotated[str, typer.Option("--scenario", "-s", help="Preset or TOML file.")] = "mergers",
) -> None:
    """Score a plan that exists: every term, every rule it breaks, and what it lacks to the proved optimum.

    Exit code 0: the plan keeps all rules. 1: it breaks some, or there is no plan to compare it with.
    """
    from ..models.scenario import Scenario
    from ..solver.evaluation import evaluate, read_parts
    from ..solver.record import term_records
    from . import show

    data, asked = load(instance), Scenario.named(scenario)
    found = evaluate(data, asked, read_parts(file, data))
    for violation in found.violations:
        show.console.print(f"breaks a rule: {violation.text}", soft_wrap=True, highlight=False)
    show.show_comparison(
        term_records(data, asked, found.plan.mergers), term_records(data, asked, found.optimum.mergers)
    )
    if found.loss_nano is None:
        show.console.print("no plan keeps all rules in every region, so there is no optimum to compare with")
    else:
        show.console.print(
            f"score {found.plan.score_nano / 1e9:.9f}; best {found.optimum.score:.9f} "
            f"({found.optimum.status}); loss {found.loss_nano / 1e9:.9f} points",
            soft_wrap=True,
            highlight=False,
        )
    raise typer.Exit(1 if found.violations or found.loss_nano is None else 0)
