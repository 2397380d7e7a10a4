"""`refzones instance add-figures`: numbers that need not be known of all municipalities."""

from __future__ import annotations

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


def add_figures_command(
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
    """Make an instance with more figures: numbers by municipality that need not be known of all.

    Indicators read figures, such as tax bases. An empty cell is a figure that is not known. Plans that were
    made for the instance can be measured with the new one.
    """
    from ...instances.catalogue import load
    from ...instances.extending import OwnTable, add_figures

    own_name = new_instance(out)
    own = OwnTable(
        table,
        municipality,
        conditions(where),
        ignore_unknown,
        source_from(table, source, publisher, year, licence),
        form_from(sheet, header_row, encoding, decimal, thousands),
    )
    made = add_figures(
        load(instance),
        own,
        column or (),
        names=name or (),
        unit=unit,
        note=note,
        additive=additive,
        replace=replace,
        name=own_name,
    )
    write_and_tell(made, out)
