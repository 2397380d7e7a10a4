"""`refzones instance add-attributes`, `add-functions`, `add-layer`, `add-points`: tables of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
from .own_tables import (
    ColumnsOption,
    EmptyOption,
    IgnoreOption,
    InstanceArgument,
    LicenceOption,
    MunicipalityOption,
    NamesOption,
    NoteOption,
    OutOption,
    PublisherOption,
    ReplaceOption,
    TableArgument,
    TitleOption,
    UnitOption,
    WhereOption,
    YearOption,
    conditions,
    source_from,
    write_and_tell,
)


def add_attributes_command(
    instance: InstanceArgument,
    table: TableArgument,
    out: OutOption,
    column: ColumnsOption = None,
    name: NamesOption = None,
    unit: UnitOption = "",
    additive: Annotated[
        bool | None,
        typer.Option(
            "--additive/--not-additive",
            help="Whether the number of a merger is the sum of its members'. Default: the unit says it.",
        ),
    ] = None,
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
        additive=additive,
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
