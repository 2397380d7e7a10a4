"""Options of commands that add a table of one's own to an instance, and what they make of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ...instances.entities import Source
    from ...instances.extending import Extended

InstanceArgument = Annotated[
    str, typer.Argument(help="Embedded instance, or an instance folder.", metavar="INSTANCE")
]
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
