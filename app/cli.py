"""The command line."""

from __future__ import annotations

import sys

import typer

from ..instances.problems import InputError
from . import (
    alternatives_commands,
    census_commands,
    compare_commands,
    evaluate_commands,
    instance_commands,
    pareto_commands,
    solve_commands,
    sweep_commands,
    why_commands,
)

app = typer.Typer(
    name="refzones",
    help="Draw municipal merger maps and prove that no better ones exist.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(instance_commands.app, name="instance")
app.command("solve")(solve_commands.solve_command)
app.command("verify")(solve_commands.verify_command)
app.command("evaluate")(evaluate_commands.evaluate_command)
app.command("compare")(compare_commands.compare_command)
app.command("why", cls=why_commands.WhyCommand)(why_commands.why_command)
app.command("sweep")(sweep_commands.sweep_command)
app.command("alternatives")(alternatives_commands.alternatives_command)
app.command("census")(census_commands.census_command)
app.command("pareto", cls=pareto_commands.ParetoCommand)(pareto_commands.pareto_command)


def main() -> None:
    """Run the command line; exit codes are 0 done, 1 infeasible or falls short, 2 bad input."""
    try:
        app()
    except InputError as error:
        for problem in error.problems:
            print(f"error: {problem}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("interrupted; nothing was written", file=sys.stderr)
        sys.exit(130)
