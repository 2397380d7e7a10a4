"""`refzones instance merge`, `update`: the instance after a list of mergers, or after a new count."""

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
    IgnoreOption,
    InstanceArgument,
    LicenceOption,
    MunicipalityOption,
    OutOption,
    PublisherOption,
    TitleOption,
    WhereOption,
    conditions,
    source_from,
    write_and_tell,
)


def merge_command(
    instance: InstanceArgument,
    mergers: Annotated[
        Path,
        typer.Argument(
            help="List of mergers: the folder of a run, a table with columns nis (or name) and merger, a "
            "list as 'Melle (44040) + Merelbeke (44043)', or a crosswalk from old to new codes.",
            metavar="LIST",
        ),
    ],
    out: OutOption,
    year: Annotated[
        int | None,
        typer.Option(
            help="The mergers are there from this year on. Default: that of the list.", metavar="YEAR"
        ),
    ] = None,
    old: Annotated[
        str | None,
        typer.Option(help="Column of a crosswalk with the municipalities that were.", metavar="COLUMN"),
    ] = None,
    new: Annotated[
        str | None,
        typer.Option(help="Column of a crosswalk with what they are part of since.", metavar="COLUMN"),
    ] = None,
    across_regions: Annotated[
        bool, typer.Option("--across-regions", help="Allow mergers whose members lie in several regions.")
    ] = False,
    in_pieces: Annotated[
        bool, typer.Option("--in-pieces", help="Allow mergers whose members are not connected.")
    ] = False,
    sheet: SheetOption = None,
    header_row: HeaderRowOption = None,
    encoding: EncodingOption = None,
) -> None:
    """Make the instance after a list of mergers; its folder holds the crosswalk from the old municipalities.

    What can be summed is summed. Region and zones are those of most inhabitants; point, name and degree of
    equipment those of the best-equipped member, unless the list gives name, code and degree.
    """
    from ...instances.catalogue import load
    from ...instances.merging import merge_municipalities, read_mergers
    from ...instances.writing import write_folder
    from ..terminal.console import say

    name = new_instance(out)
    given = load(instance)
    listed = read_mergers(mergers, form_from(sheet, header_row, encoding), old=old, new=new)
    made = merge_municipalities(
        given, listed, year=year, name=name, across_regions=across_regions, in_pieces=in_pieces
    )
    write_folder(made.instance, out)
    for text in made.notes:
        say(f"note: {text}")
    say(f"{len(given):,} municipalities became {len(made.instance):,}")
    say(f"{made.instance!r}\nwritten to {out}")


def update_command(
    instance: InstanceArgument,
    table: Annotated[
        Path,
        typer.Argument(help="Table or workbook with the inhabitants of each municipality.", metavar="TABLE"),
    ],
    out: OutOption,
    year: Annotated[int, typer.Option(help="They were counted on 1 January of this year.", metavar="YEAR")],
    column: Annotated[
        str | None,
        typer.Option(
            "--column", "-c", help="Column of inhabitants. Default: the only one.", metavar="COLUMN"
        ),
    ] = None,
    municipality: MunicipalityOption = None,
    where: WhereOption = None,
    ignore_unknown: IgnoreOption = False,
    source: TitleOption = None,
    publisher: PublisherOption = "",
    licence: LicenceOption = None,
    sheet: SheetOption = None,
    header_row: HeaderRowOption = None,
    encoding: EncodingOption = None,
    decimal: DecimalOption = None,
    thousands: ThousandsOption = None,
) -> None:
    """Make an instance with new inhabitants; everything else stays.

    Every municipality must be in the table once, by code or by name.
    """
    from ...instances.catalogue import load
    from ...instances.extending import OwnTable, update_inhabitants

    name = new_instance(out)
    own = OwnTable(
        table,
        municipality,
        conditions(where),
        ignore_unknown,
        source_from(table, source, publisher, str(year), licence),
        form_from(sheet, header_row, encoding, decimal, thousands),
    )
    write_and_tell(update_inhabitants(load(instance), own, column, year=year, name=name), out)
