"""`refzones instance add-attributes`, `add-functions`, `add-layer`, `add-points`: tables of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .new_folder import new_instance
from .options import (
    DecimalOption,
    EncodingOption,
    HeaderRowOption,
    SheetOption,
    ThousandsOption,
    form_from,
)

if TYPE_CHECKING:
    from ...instances.entities import Source
    from ...instances.extending import Extended

InstanceArgument = Annotated[str, typer.Argument(help="Embedded instance, or an instance folder.")]
TableArgument = Annotated[
    Path, typer.Argument(help="Table or workbook with one row a municipality.", metavar="TABLE")
]
OutOption = Annotated[Path, typer.Option(help="Folder of the new instance, which takes its name.")]
ColumnsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column", "-c", help="Column to add; repeat for more. Default: the only one.", metavar="COLUMN"
    ),
]
NamesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--as", help="Name in the instance, once for each --column. Default: made of it.", metavar="NAME"
    ),
]
MunicipalityOption = Annotated[
    str | None,
    typer.Option(
        help="Column with codes or names of municipalities. Default: known by its heading.", metavar="COLUMN"
    ),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(help="Count only rows with this text; repeat for more.", metavar="COLUMN=TEXT"),
]
IgnoreOption = Annotated[
    bool, typer.Option("--ignore-unknown", help="Leave out rows of municipalities not in the instance.")
]
EmptyOption = Annotated[
    float | None,
    typer.Option(
        help="Number that empty cells and missing rows stand for. Default: both are errors.", metavar="NUMBER"
    ),
]
ReplaceOption = Annotated[
    bool, typer.Option("--replace", help="Replace what the instance has under this name.")
]
TitleOption = Annotated[
    str | None,
    typer.Option("--source", help="Title of the source. Default: name of the file.", metavar="TITLE"),
]
PublisherOption = Annotated[str, typer.Option(help="Publisher of the source.", metavar="NAME")]
YearOption = Annotated[str, typer.Option(help="Year of the source.", metavar="YEAR")]
LicenceOption = Annotated[
    str | None, typer.Option(help="Licence. Default: that of the file.", metavar="LICENCE")
]
NoteOption = Annotated[str, typer.Option(help="What the data say, for those who read it.", metavar="TEXT")]
UnitOption = Annotated[str, typer.Option(help="Unit of the numbers.", metavar="UNIT")]


def add_attributes_command(
    instance: InstanceArgument,
    table: TableArgument,
    out: OutOption,
    column: ColumnsOption = None,
    name: NamesOption = None,
    unit: UnitOption = "",
    texts: Annotated[bool, typer.Option("--texts", help="The columns hold text, not numbers.")] = False,
    empty: EmptyOption = None,
    municipality: MunicipalityOption = None,
    where: WhereOption = None,
    ignore_unknown: IgnoreOption = False,
    replace: ReplaceOption = False,
    source: TitleOption = None,
    publisher: PublisherOption = "",
    year: YearOption = "",
    licence: LicenceOption = None,
    note: NoteOption = "",
    sheet: SheetOption = None,
    header_row: HeaderRowOption = None,
    encoding: EncodingOption = None,
    decimal: DecimalOption = None,
    thousands: ThousandsOption = None,
) -> None:
    """Make an instance with more attributes: numbers, or texts, by municipality.

    Municipalities are found by code or by name. A term such as fiscal can use an attribute by its name.
    """
    from ...instances.catalogue import load
    from ...instances.extending import OwnTable, add_attributes

    own_name = new_instance(out)
    own = OwnTable(
        table,
        municipality,
        conditions(where),
        ignore_unknown,
        source_from(table, source, publisher, year, licence),
        form_from(sheet, header_row, encoding, decimal, thousands),
    )
    made = add_attributes(
        load(instance),
        own,
        column or (),
        names=name or (),
        unit=unit,
        note=note,
        texts=texts,
        empty=empty,
        replace=replace,
        name=own_name,
    )
    write_and_tell(made, out)


def add_functions_command(
    instance: InstanceArgument,
    table: TableArgument,
    out: OutOption,
    column: ColumnsOption = None,
    name: NamesOption = None,
    label: Annotated[
        list[str] | None,
        typer.Option(help="What the function is called for readers; once, or once a column.", metavar="TEXT"),
    ] = None,
    unit: Annotated[
        list[str] | None,
        typer.Option(help="Unit of the amounts, such as beds; once, or once a column.", metavar="UNIT"),
    ] = None,
    at_least: Annotated[
        list[float] | None,
        typer.Option(
            help="Amount from which on a municipality has the function; once, or once a column. Default: 1.",
            metavar="NUMBER",
        ),
    ] = None,
    empty: EmptyOption = None,
    municipality: MunicipalityOption = None,
    where: WhereOption = None,
    ignore_unknown: IgnoreOption = False,
    replace: ReplaceOption = False,
    source: TitleOption = None,
    publisher: PublisherOption = "",
    year: YearOption = "",
    licence: LicenceOption = None,
    note: NoteOption = "",
    sheet: SheetOption = None,
    header_row: HeaderRowOption = None,
    encoding: EncodingOption = None,
    decimal: DecimalOption = None,
    thousands: ThousandsOption = None,
) -> None:
    """Make an instance with more centre functions: amounts, or yes and no, by municipality.

    A scenario names them in coverage.shares and requires.functions.
    """
    from ...instances.catalogue import load
    from ...instances.extending import OwnTable, add_functions

    own_name = new_instance(out)
    own = OwnTable(
        table,
        municipality,
        conditions(where),
        ignore_unknown,
        source_from(table, source, publisher, year, licence),
        form_from(sheet, header_row, encoding, decimal, thousands),
    )
    made = add_functions(
        load(instance),
        own,
        column or (),
        names=name or (),
        labels=label or (),
        units=unit or (),
        at_least=at_least or (),
        note=note,
        empty=empty,
        replace=replace,
        name=own_name,
    )
    write_and_tell(made, out)


def add_layer_command(
    instance: InstanceArgument,
    table: TableArgument,
    out: OutOption,
    column: Annotated[
        str | None,
        typer.Option(
            "--column", "-c", help="Column with the names of zones. Default: the only one.", metavar="COLUMN"
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--as", help="Name of the layer. Default: made of the column's.", metavar="NAME"),
    ] = None,
    empty: Annotated[
        list[str] | None,
        typer.Option(
            help="Text that means no zone; repeat for more. '' for empty cells and missing rows.",
            metavar="TEXT",
        ),
    ] = None,
    municipality: MunicipalityOption = None,
    where: WhereOption = None,
    ignore_unknown: IgnoreOption = False,
    replace: ReplaceOption = False,
    source: TitleOption = None,
    publisher: PublisherOption = "",
    year: YearOption = "",
    licence: LicenceOption = None,
    note: NoteOption = "",
    sheet: SheetOption = None,
    header_row: HeaderRowOption = None,
    encoding: EncodingOption = None,
    decimal: DecimalOption = None,
    thousands: ThousandsOption = None,
) -> None:
    """Make an instance with one more layer: the zone of each municipality.

    A scenario names it in frames, and in terms such as touched(LAYER) and straddle(LAYER).
    """
    from ...instances.catalogue import load
    from ...instances.extending import OwnTable, add_layer

    own_name = new_instance(out)
    own = OwnTable(
        table,
        municipality,
        conditions(where),
        ignore_unknown,
        source_from(table, source, publisher, year, licence),
        form_from(sheet, header_row, encoding, decimal, thousands),
    )
    made = add_layer(
        load(instance),
        own,
        column,
        layer=name,
        note=note,
        empty=empty or (),
        replace=replace,
        name=own_name,
    )
    write_and_tell(made, out)


def add_points_command(
    instance: InstanceArgument,
    table: Annotated[
        Path,
        typer.Argument(
            help="Points: a table with coordinates or with municipalities, GeoJSON, GeoPackage, shapefile.",
            metavar="FILE",
        ),
    ],
    out: OutOption,
    name: Annotated[str, typer.Option("--as", help="Name of the function or attribute.", metavar="NAME")],
    boundaries: Annotated[
        Path | None,
        typer.Option(
            help="Boundary file of the municipalities, which says in which one each point lies. Default: the "
            "column of municipalities says it.",
            metavar="FILE",
        ),
    ] = None,
    x: Annotated[str | None, typer.Option(help="Column of x, or of the longitude.", metavar="COLUMN")] = None,
    y: Annotated[str | None, typer.Option(help="Column of y, or of the latitude.", metavar="COLUMN")] = None,
    crs: Annotated[
        str | None,
        typer.Option(
            help="Coordinate system of the points. Default: that of the file; in a table EPSG:4326 for lon "
            "and lat, that of the instance for x and y.",
            metavar="CODE",
        ),
    ] = None,
    near: Annotated[
        float,
        typer.Option(help="Metres that a point may lie outside its municipality.", metavar="METRES"),
    ] = 0.0,
    amount: Annotated[
        str | None,
        typer.Option(help="Column to sum, such as beds. Default: points are counted.", metavar="COLUMN"),
    ] = None,
    attribute: Annotated[
        bool, typer.Option("--attribute", help="Add an attribute instead of a centre function.")
    ] = False,
    label: Annotated[str, typer.Option(help="What it is called for readers.", metavar="TEXT")] = "",
    unit: UnitOption = "",
    at_least: Annotated[
        float,
        typer.Option(help="Amount from which on a municipality has the function.", metavar="NUMBER"),
    ] = 1.0,
    empty: Annotated[
        float | None, typer.Option(help="Amount that an empty cell of --amount stands for.", metavar="NUMBER")
    ] = None,
    layer: Annotated[
        str | None, typer.Option(help="Layer of the points, where the file has several.", metavar="NAME")
    ] = None,
    boundary_layer: Annotated[
        str | None, typer.Option(help="Layer of the boundaries, where the file has several.", metavar="NAME")
    ] = None,
    municipality: MunicipalityOption = None,
    where: WhereOption = None,
    ignore_unknown: IgnoreOption = False,
    replace: ReplaceOption = False,
    source: TitleOption = None,
    publisher: PublisherOption = "",
    year: YearOption = "",
    licence: LicenceOption = None,
    note: NoteOption = "",
    sheet: SheetOption = None,
    header_row: HeaderRowOption = None,
    encoding: EncodingOption = None,
    decimal: DecimalOption = None,
    thousands: ThousandsOption = None,
) -> None:
    """Make an instance with points counted by municipality: schools, libraries, sports halls.

    A point exactly on a border counts for the municipality with the lowest code. Points outside all
    municipalities are left out and told.
    """
    from ...instances.catalogue import load
    from ...instances.extending import OwnTable, PlaceOfPoints, add_points

    own_name = new_instance(out)
    own = OwnTable(
        table,
        municipality,
        conditions(where),
        ignore_unknown,
        source_from(table, source, publisher, year, licence),
        form_from(sheet, header_row, encoding, decimal, thousands),
    )
    made = add_points(
        load(instance),
        own,
        name,
        boundaries=boundaries,
        boundary_layer=boundary_layer,
        place=PlaceOfPoints(x, y, crs, layer),
        near=near,
        amount=amount,
        attribute=attribute,
        label=label,
        unit=unit,
        at_least=at_least,
        note=note,
        empty=empty,
        replace=replace,
        name=own_name,
    )
    write_and_tell(made, out)


def conditions(texts: list[str] | None) -> dict[str, str]:
    """Read conditions such as ``emergency=yes``: the text that a column must have."""
    from ...instances.common.problems import reject

    read: dict[str, str] = {}
    for text in texts or ():
        column, sign, value = text.partition("=")
        if not sign or not column.strip():
            reject("--where names a column and its text", "write COLUMN=TEXT", value=text)
        if column.strip() in read:
            reject("--where names a column twice", "write one text for each column", value=text)
        read[column.strip()] = value.strip()
    return read


def source_from(file: Path, title: str | None, publisher: str, year: str, licence: str | None) -> Source:
    """Give the source that the options describe; its title is by default the name of the file."""
    from ...instances.entities import Source

    return Source(title or file.name, publisher, year, "that of the file" if licence is None else licence)


def write_and_tell(made: Extended, out: Path) -> None:
    """Write the new instance, and say what was added."""
    from ...instances.writing import write_folder
    from ..terminal.console import say

    write_folder(made.instance, out)
    for text in made.notes:
        say(text)
    say(f"{made.instance!r}\nwritten to {out}")
