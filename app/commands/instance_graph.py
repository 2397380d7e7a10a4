"""`refzones instance from-graph` and `to-graph`: dual graphs as the field has them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .new_folder import new_instance
from .options import DecimalOption, EncodingOption, ThousandsOption, form_from
from .own_tables import InstanceArgument

_SCENARIO = "scenario.toml"


def _attribute(option: str, text: str) -> typer.models.OptionInfo:
    """Give the option that says which attribute is something."""
    option_info: typer.models.OptionInfo = typer.Option(f"--{option}", help=text, metavar="NAME")
    return option_info


def _attributes(option: str, text: str) -> typer.models.OptionInfo:
    """Give the option that says which attributes are something, each with the name that it gets."""
    option_info: typer.models.OptionInfo = typer.Option(f"--{option}", help=text, metavar="NAME=ATTRIBUTE")
    return option_info


def from_graph_command(
    file: Annotated[
        Path,
        typer.Argument(
            help="Graph of NetworkX or gerrychain (JSON), table of neighbours, boundary file, or districting "
            "instance (JSON).",
            metavar="FILE",
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder of the new instance, which takes its name.")],
    population: Annotated[
        str, _attribute("population", "Attribute with the inhabitants. Default: known by its name.")
    ] = "",
    code: Annotated[str, _attribute("code", "Attribute with the codes. Default: the ids of the nodes.")] = "",
    name: Annotated[str, _attribute("name", "Attribute with the names. Default: known, or the codes.")] = "",
    region: Annotated[
        str, _attribute("region", "Attribute with the reference regions. Default: one for all.")
    ] = "",
    x: Annotated[str, _attribute("x", "Attribute with the metres to the east.")] = "",
    y: Annotated[str, _attribute("y", "Attribute with the metres to the north.")] = "",
    crs: Annotated[
        str,
        typer.Option(
            help="Coordinate system of x and y, as EPSG:31370. Default: that of the file.", metavar="CODE"
        ),
    ] = "",
    area: Annotated[str, _attribute("area", "Attribute with the square kilometres.")] = "",
    length: Annotated[
        str, _attribute("length", "Attribute of edges with the metres of border. Default: 1,000 each.")
    ] = "",
    equipment: Annotated[str, _attribute("class", "Attribute with the degrees of equipment.")] = "",
    facility: Annotated[str, _attribute("facility", "Attribute that marks facility municipalities.")] = "",
    zone: Annotated[
        list[str] | None, _attributes("zone", "Layer of zones, by the attribute; repeat for more.")
    ] = None,
    function: Annotated[
        list[str] | None, _attributes("function", "Centre function, by the attribute; repeat for more.")
    ] = None,
    attribute: Annotated[
        list[str] | None, _attributes("attribute", "Number of your own, by the attribute; repeat for more.")
    ] = None,
    text: Annotated[
        list[str] | None, _attributes("text", "Text of your own, by the attribute; repeat for more.")
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option(help="Table with more attributes, one row a unit; a table of neighbours needs it."),
    ] = None,
    layer: Annotated[
        str | None, typer.Option(help="Layer of the boundary file, where it has several.", metavar="NAME")
    ] = None,
    encoding: EncodingOption = None,
    decimal: DecimalOption = None,
    thousands: ThousandsOption = None,
) -> None:
    """Make an instance of a dual graph: units, and which of them are neighbours.

    The format is known by what the file holds. A districting instance comes with its own question, in
    scenario.toml.
    """
    from ...instances.exchange import Roles, read_graph
    from ...instances.writing import write_folder
    from ..terminal.console import say

    own_name = new_instance(out)
    roles = Roles(
        population=population,
        code=code,
        label=name,
        region=region,
        x=x,
        y=y,
        area=area,
        equipment=equipment,
        facility=facility,
        length=length,
        zones=named("--zone", zone),
        functions=named("--function", function),
        attributes=named("--attribute", attribute),
        texts=named("--text", text),
    )
    form = form_from(None, None, encoding, decimal, thousands)
    made = read_graph(file, roles, name=own_name, crs=crs, table=table, layer=layer, form=form)
    write_folder(made.instance, out, {_SCENARIO: made.scenario} if made.scenario else None)
    for note in made.notes:
        say(f"note: {note}")
    if made.scenario:
        say(
            f"{made.instance!r}\nwritten to {out}, with its question; solve it with:\n"
            f"refzones solve -i {out} -s {out / _SCENARIO}"
        )
    else:
        say(f"{made.instance!r}\nwritten to {out}")


def named(option: str, texts: list[str] | None) -> dict[str, str]:
    """Read attributes such as ``county=COUNTYFP``: the name that each gets, which may be its own."""
    from ...instances.common.problems import reject

    read: dict[str, str] = {}
    for text in texts or ():
        name, sign, attribute = (part.strip() for part in text.partition("="))
        if not name or (sign and not attribute):
            reject(f"{option} names an attribute", "write NAME=ATTRIBUTE, or the attribute alone", value=text)
        if name in read:
            reject(f"{option} gives the name twice", "give each attribute its own", value=name)
        read[name] = attribute or name
    return read


def to_graph_command(
    instance: InstanceArgument,
    out: Annotated[Path, typer.Option(help="Folder for the files, which are named after the instance.")],
    form: Annotated[
        str,
        typer.Option(
            "--format", help="adjacency (gerrychain), node-link, or tables (neighbours and attributes)."
        ),
    ] = "adjacency",
) -> None:
    """Write an instance as a dual graph, for NetworkX, gerrychain and others.

    from-graph makes the same instance of it, without commuters, villages and earlier municipalities.
    """
    from ...instances.catalogue import load
    from ...instances.exchange import write_graph
    from ..terminal.console import say

    for path in write_graph(load(instance), out, form):
        say(f"written to {path}")
