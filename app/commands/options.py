"""Options that several commands take, each written once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ...instances.tables.form import TableForm

RegionOption = Annotated[
    list[str] | None,
    typer.Option("--region", "-r", help="Reference region; repeat for more. Default: all."),
]
ScenarioOption = Annotated[str, typer.Option("--scenario", "-s", help="Preset or TOML file.")]
InstanceOption = Annotated[
    str, typer.Option("--instance", "-i", help="Embedded instance, or an instance folder.", metavar="NAME")
]
BoundariesOption = Annotated[
    Path | None,
    typer.Option(help="Boundary file to draw instead of generalised cells; remembered. 'none' forgets it."),
]
LayerOption = Annotated[
    str | None,
    typer.Option("--layer", help="Layer of the boundary file, where it has several.", metavar="NAME"),
]

ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        help="Address of a Dask scheduler whose workers answer: see docs/scaling.md.",
        metavar="ADDRESS",
    ),
]
CsvOption = Annotated[
    str,
    typer.Option(
        "--csv",
        help="plain, or belgian: tables for a Belgian spreadsheet too, with semicolons and decimal commas.",
        metavar="STYLE",
    ),
]


FormatOption = Annotated[
    list[str] | None,
    typer.Option("--format", help="Map as svg, pdf or all too, beside the PNG; several with commas."),
]


def seconds(text: str) -> Any:
    """Give the option of a time limit: after which something ends, or is told as far as it is known."""
    return typer.Option("--time-limit", help=text)


def out_folder(what: str, default: str) -> Any:
    """Give the option of a folder for something."""
    return typer.Option("--out", help=f"Folder for {what}. Default: runs/{default}.")


PlanInstanceOption = Annotated[
    str | None,
    typer.Option(
        "--instance",
        "-i",
        help="Embedded instance, or an instance folder. Default: that of the run, else flanders-2025.",
        metavar="NAME",
    ),
]
PlanScenarioOption = Annotated[
    str | None,
    typer.Option("--scenario", "-s", help="Preset or TOML file. Default: that of the run, else 'mergers'."),
]
ColumnOption = Annotated[
    str | None,
    typer.Option(
        "--column", "-c", help="Column with the groups, where it is not called merger, zone or group."
    ),
]
OthersOption = Annotated[
    bool, typer.Option("--others-alone", help="Municipalities that the file leaves out stay alone.")
]
FromVintageOption = Annotated[
    str | None,
    typer.Option(
        "--from-vintage",
        help="Year of the municipalities in the file, where it is older than the instance: 2018 or 2024. "
        "Those that were merged since are taken together.",
        metavar="YEAR",
    ),
]
MergedOption = Annotated[
    Path | None,
    typer.Option(
        "--merged",
        help="List of the mergers since, where the plan is older than the instance; or the folder of an "
        "instance that 'refzones instance merge' made.",
        metavar="LIST",
    ),
]
MajorityOption = Annotated[
    bool,
    typer.Option(
        "--by-majority",
        help="What became of municipalities in different mergers of an older plan goes where most of their "
        "inhabitants are. Default: such a plan is refused.",
    ),
]
PlanLayerOption = Annotated[
    str | None,
    typer.Option("--layer", help="Layer of a vector file, where it has several.", metavar="NAME"),
]

SheetOption = Annotated[
    str | None,
    typer.Option("--sheet", help="Sheet of a workbook, by name or number.", metavar="NAME"),
]
HeaderRowOption = Annotated[
    int | None,
    typer.Option("--header-row", help="Row with the names of the columns, counted from 1.", metavar="ROW"),
]
EncodingOption = Annotated[
    str | None,
    typer.Option("--encoding", help="Encoding of a file that is not UTF-8, such as cp1252.", metavar="NAME"),
]
DecimalOption = Annotated[
    str | None, typer.Option("--decimal", help="Sign for decimals in the file: . or ,", metavar="SIGN")
]
ThousandsOption = Annotated[
    str | None,
    typer.Option(
        "--thousands", help="Sign between thousands in the file: . , a blank or an apostrophe", metavar="SIGN"
    ),
]


def municipalities(text: str) -> Any:
    """Give an option that is followed by municipalities."""
    return typer.Option(help=text, metavar="MUNICIPALITY...", show_default=False)


TogetherOption = Annotated[list[str] | None, municipalities("In one merger, others may join it.")]
ApartOption = Annotated[list[str] | None, municipalities("No two of them in one merger.")]
AloneOption = Annotated[list[str] | None, municipalities("Each stands alone, whatever its size.")]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        help="Change a key of the scenario, as population.min=25000; repeat for more.",
        metavar="KEY=VALUE",
        show_default=False,
    ),
]
KeepOption = Annotated[
    Path | None,
    typer.Option(
        "--keep",
        help="A plan whose mergers are kept as they are: a run, a table, a list or a boundary file.",
        metavar="FILE",
    ),
]


def form_from(
    sheet: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    decimal: str | None = None,
    thousands: str | None = None,
) -> TableForm:
    """Give what the options declare.

    Raises
    ------
    InputError
        A value cannot be meant; all of them are told.
    """
    from ...instances.common.problems import reject

    try:
        return TableForm(
            sheet=sheet,
            header_row=header_row,
            encoding=encoding,
            decimal=decimal,
            thousands=thousands,
            options=True,
        )
    except ValueError as error:
        reject(str(error))
