"""Where the data come from."""

from __future__ import annotations

from ..content.document import Section, Table
from .teller import Teller


def sources(teller: Teller) -> Section:
    """List the sources of the data with year and licence, and that of the map."""
    told = teller.told
    rows = tuple(
        (told(one.title), told(one.publisher), told(one.year), told(one.licence))
        for one in teller.instance.sources.values()
    )
    table = Table(
        teller.say("Sources of the data"),
        (teller.say("Data"), teller.say("Publisher"), teller.say("Year"), teller.say("Licence")),
        rows,
    )
    shapes = told(teller.facts.shapes.source)
    blocks = (
        teller.paragraph(
            teller.say(
                "The data are those of {name}: {title}",
                name=teller.instance.name,
                title=told(teller.instance.title),
            )
            if teller.instance.title
            else teller.say("The data are those of {name}", name=teller.instance.name)
        ),
        *((table,) if rows else ()),
        teller.paragraph(teller.say("Maps: {source}", source=shapes)),
    )
    return Section("sources", teller.say("Sources"), blocks, own_page=True)
