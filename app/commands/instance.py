"""`refzones instance`: list, show, check, import, synth, and what adds to an instance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from . import instance_add, instance_figures, instance_graph, instance_next
from .language import LangOption
from .new_folder import new_instance
from .options import (
    DecimalOption,
    EncodingOption,
    FromVintageOption,
    HeaderRowOption,
    SheetOption,
    ThousandsOption,
    form_from,
)
from .own_tables import InstanceArgument
from .spoken_help import SpokenGroup

_FORMATS = ("official", "districting")
_SCENARIO = "scenario.toml"

app = typer.Typer(cls=SpokenGroup, invoke_without_command=True)


@app.callback()
def instance_group(context: typer.Context, lang: LangOption = None) -> None:
    """Look at instances, check them, build or draw them."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("list")
def list_command() -> None:
    """List the embedded instances."""
    from ...instances.report import overview
    from ..dutch.numbers import number_text
    from ..dutch.speaking import told
    from ..terminal.console import console, new_table

    table = new_table("", ["name", "title"], ["municipalities", "regions", "inhabitants"])
    for row in overview():
        figures = map(number_text, (row.municipalities, row.regions, row.inhabitants))
        table.add_row(row.name, told(row.title), *figures)
    console.print(table)


@app.command("show")
def show_command(
    name: Annotated[
        str, typer.Argument(help="Embedded instance, or an instance folder.", metavar="INSTANCE")
    ] = "flanders-2025",
) -> None:
    """Show what an instance holds and where it comes from."""
    from ...instances.catalogue import load
    from ...instances.report import describe
    from ..terminal.console import say
    from ..terminal.instance import show_tables

    description = describe(load(name))
    for label, value in description.facts:
        say(f"{label}: {value}")
    show_tables(description)


@app.command("check")
def check_command(
    folder: Annotated[
        str, typer.Argument(help="An instance folder, or an embedded instance.", metavar="INSTANCE")
    ],
) -> None:
    """Read an instance with all checks; list errors (exit code 2) or what deserves a second look."""
    from ...instances.catalogue import load
    from ...instances.report import warnings
    from ..terminal.console import say

    instance = load(folder)
    for text in warnings(instance):
        say(f"note: {text}")
    say(f"no errors: {instance!r}")


@app.command("import")
def import_command(
    source: Annotated[
        str,
        typer.Argument(
            help="A TOML file that says which file and column feeds what; or a districting instance (JSON).",
            metavar="FILE",
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder of the new instance.")],
    data: Annotated[
        Path | None, typer.Option(help="Folder that the files are in; default: that of the TOML file.")
    ] = None,
    kind: Annotated[str, typer.Option("--format", help=" or ".join(_FORMATS) + ".")] = _FORMATS[0],
) -> None:
    """Build an instance from official files, or from a published districting instance.

    A districting instance comes with its own question: scenario.toml, k districts of L to U inhabitants.
    """
    from ...instances.common.atomic import check_folder
    from ...instances.common.problems import reject, suggest
    from ...instances.writing import write_folder
    from ..terminal.console import say

    if kind not in _FORMATS:
        reject("--format: there is no such format", suggest(kind, _FORMATS), value=kind)
    check_folder(out)
    if kind == "districting":
        if data is not None:
            reject("--data goes with official files; a districting instance is one file", "leave it out")
        _import_districting(Path(source), out)
        return
    from ...instances.importing import import_with_notes

    made = import_with_notes(source, data)
    write_folder(made.instance, out)
    for text in made.notes:
        say(f"note: {text}")
    say(f"{made.instance!r}\nwritten to {out}")


def _import_districting(file: Path, out: Path) -> None:
    from ...instances.importing import import_districting
    from ...instances.writing import write_folder
    from ..terminal.console import say

    made = import_districting(file, new_instance(out))
    write_folder(made.instance, out, {_SCENARIO: made.scenario})
    say(
        f"{made.instance!r}\nwritten to {out}, with its question; solve it with:\n"
        f"refzones solve -i {out} -s {out / _SCENARIO}"
    )


@app.command("synth")
def synth_command(
    out: Annotated[
        Path, typer.Argument(help="Folder of the new instance, which takes its name.", metavar="FOLDER")
    ],
    municipalities: Annotated[int, typer.Option("--municipalities", "-n", help="10 to 20,000.")] = 300,
    regions: Annotated[
        int | None, typer.Option(help="Reference regions. Default: one for 6.7 mergers of middle size.")
    ] = None,
    per_merger: Annotated[
        float,
        typer.Option(help="Municipalities in a merger of middle size, 2 to 15: the more, the harder."),
    ] = 3.0,
    seed: Annotated[int, typer.Option(help="The same seed draws the same instance.")] = 0,
    flows: Annotated[bool, typer.Option("--flows", help="Commuters too, for the commuting term.")] = False,
) -> None:
    """Draw a synthetic instance, for experiments on size and difficulty.

    It has the layers and functions of the embedded ones, so that the presets run on it. The populations are
    such that a merger of 62,450 inhabitants, the geometric middle of 30,000 and 130,000, has as many members
    as --per-merger says, on average.
    """
    from ...instances.synthetic import synthesise
    from ...instances.writing import write_folder
    from ..terminal.console import say

    name = new_instance(out)
    instance = synthesise(
        municipalities, regions=regions, per_merger=per_merger, seed=seed, flows=flows, name=name
    )
    write_folder(instance, out)
    say(f"{instance!r}\nwritten to {out}")


@app.command("add-flows")
def add_flows_command(
    instance: InstanceArgument,
    file: Annotated[
        Path, typer.Argument(help="Table with the columns origin, destination, people.", metavar="FILE")
    ],
    out: Annotated[Path, typer.Option(help="Folder of the new instance, which takes its name.")],
    ignore_unknown: Annotated[
        bool, typer.Option("--ignore-unknown", help="Leave out rows with codes outside the instance.")
    ] = False,
    columns: Annotated[
        str | None,
        typer.Option(help="The columns of origin, destination and people, as in 'van,naar,aantal'."),
    ] = None,
    sheet: SheetOption = None,
    header_row: HeaderRowOption = None,
    encoding: EncodingOption = None,
    decimal: DecimalOption = None,
    thousands: ThousandsOption = None,
    from_vintage: FromVintageOption = None,
) -> None:
    """Make an instance with flows between municipalities, for the commuting term.

    The file is delimited text or a workbook. The layouts of the census (nis_res, nis_work, workers) and the
    words of planners (herkomst, bestemming, pendelaars) are known.
    """
    from ...instances.catalogue import load
    from ...instances.flows import add_flows
    from ...instances.vintages import vintage_named
    from ...instances.writing import write_folder
    from ..terminal.console import say

    name = new_instance(out)
    vintage = None if from_vintage is None else vintage_named(from_vintage)
    added = add_flows(
        load(instance),
        file,
        name=name,
        ignore_unknown=ignore_unknown,
        columns=[name.strip() for name in columns.split(",")] if columns else (),
        form=form_from(sheet, header_row, encoding, decimal, thousands),
        from_vintage=vintage,
    )
    write_folder(added.instance, out)
    flows = added.instance.flows
    assert flows is not None
    say(f"{len(flows):,} flows, {flows.between:,.2f} people a day between different municipalities")
    if added.rows_left_out:
        say(
            f"left out: {added.rows_left_out:,} rows with codes outside the instance, "
            f"{added.people_left_out:,.2f} people a day"
        )
    say(f"{added.instance!r}\nwritten to {out}")


app.command("add-attributes")(instance_add.add_attributes_command)
app.command("add-figures")(instance_figures.add_figures_command)
app.command("add-functions")(instance_add.add_functions_command)
app.command("add-layer")(instance_add.add_layer_command)
app.command("add-points")(instance_add.add_points_command)
app.command("from-graph")(instance_graph.from_graph_command)
app.command("merge")(instance_next.merge_command)
app.command("to-graph")(instance_graph.to_graph_command)
app.command("update")(instance_next.update_command)
