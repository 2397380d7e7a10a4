"""The tree of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from ..dutch.speaking import told
from . import (
    alternatives,
    census,
    compare,
    dossier,
    effects,
    evaluate,
    experiment,
    export,
    foreclose,
    fund,
    instance,
    page,
    pareto,
    schedule,
    solve,
    sweep,
    verify,
    why,
)
from .changes import LOCKS
from .language import LangOption, takes_language
from .memory import takes_memory
from .spoken_help import SpokenCommand, SpokenGroup
from .words import gathering

app = typer.Typer(
    cls=SpokenGroup,
    name="refzones",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # help is plain text: it is there at once, on any terminal
    invoke_without_command=True,
)
app.add_typer(instance.app, name="instance")
app.add_typer(experiment.app, name="experiment")
app.command("solve", cls=gathering(*LOCKS))(solve.solve_command)
app.command("verify")(verify.verify_command)
app.command("evaluate", cls=gathering(*LOCKS))(evaluate.evaluate_command)
app.command("compare", cls=gathering(*LOCKS))(compare.compare_command)
app.command("why", cls=gathering(*why.WISHES))(why.why_command)
app.command("sweep")(sweep.sweep_command)
app.command("alternatives", cls=gathering(*LOCKS))(alternatives.alternatives_command)
app.command("census", cls=gathering(*LOCKS))(census.census_command)
app.command("dossier")(dossier.dossier_command)
app.command("effects", cls=gathering(*LOCKS))(effects.effects_command)
app.command("foreclose", cls=gathering(*LOCKS))(foreclose.foreclose_command)
app.command("export")(export.export_command)
app.command("schedule")(schedule.schedule_command)
app.command("fund", cls=gathering(*LOCKS))(fund.fund_command)
app.command("page")(page.page_command)
app.command("pareto", cls=gathering("--terms", *LOCKS))(pareto.pareto_command)

SOLVING = (
    "alternatives",
    "census",
    "dossier",
    "evaluate",
    "foreclose",
    "page",
    "pareto",
    "schedule",
    "solve",
    "sweep",
    "verify",
    "why",
)
"""Commands that solve: they take `--memory`, as every experiment does."""

for command in (
    *(one for one in app.registered_commands if one.name in SOLVING),
    *experiment.app.registered_commands,
):
    if command.callback is not None:
        command.callback = takes_memory(command.callback)

for command in (
    *app.registered_commands,
    *instance.app.registered_commands,
    *experiment.app.registered_commands,
):
    command.cls = command.cls if issubclass(command.cls or object, SpokenCommand) else SpokenCommand
    if command.callback is not None:
        command.callback = takes_language(command.callback)


def _version(asked: bool) -> None:
    """Say which version this is, of what, and end."""
    if not asked:
        return
    import platform
    from importlib.metadata import version

    libraries = ", ".join(f"{name} {version(name)}" for name in ("ortools", "numpy", "matplotlib"))
    typer.echo(f"refzones {version('refzones')}")
    typer.echo(told(f"Python {platform.python_version()} on {platform.system()}; {libraries}"))
    raise typer.Exit


@app.callback()
def refzones(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True),
    ] = False,
    lang: LangOption = None,  # read before all others, see `speak_as_asked`
) -> None:
    """Draw municipal merger maps and prove that no better ones exist."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
