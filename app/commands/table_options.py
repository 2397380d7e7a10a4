"""Options that say how a table file is to be read."""

from __future__ import annotations

from typing import Annotated

import typer

from ...instances.tables.form import TableForm

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
