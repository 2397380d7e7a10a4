"""A dossier as one HTML file, which needs nothing beside it."""

from __future__ import annotations

import base64
from importlib.resources import files
from pathlib import Path

from ....instances.common.optional import require
from ..content.document import Document, Picture
from .numbered import numbered

_TEMPLATE, _STYLE = "dossier.html.jinja", "dossier.css"
_FOOT = "FOOT"  # in the style, where the running foot of print is set


def check() -> None:
    """Check that this face can be written.

    Raises
    ------
    InputError
        The package jinja2 is not installed.
    """
    require("jinja2", "dossier", "dossiers as HTML")


def write(document: Document, path: Path) -> None:
    """Write a dossier as HTML with its style and pictures inside; it prints on A4 and asks no other host.

    Each figure of the record is a ``data`` element: its value, and in ``data-of`` where it stands there.

    Parameters
    ----------
    document : Document
    path : Path

    Raises
    ------
    InputError
        See `check`.
    """
    check()
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    room = files(__package__)
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    environment.filters["data_uri"] = _data_uri
    data = numbered(document)
    template = environment.from_string((room / _TEMPLATE).read_text(encoding="utf-8"))
    style = (room / _STYLE).read_text(encoding="utf-8").replace(f'"{_FOOT}"', _css_string(data["foot"]))
    text = template.render(data | {"style": Markup(style)})
    path.write_text(text, encoding="utf-8", newline="\n")


def _data_uri(picture: Picture) -> str:
    """Give the picture as an address of its own: as an image it runs no script and asks for nothing."""
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.svg).decode('ascii')}"


def _css_string(text: str) -> str:
    r"""Quote a text for CSS; every sign that is no letter or digit as ``\hex``."""
    return '"' + "".join(one if one.isalnum() else f"\\{ord(one):x} " for one in text) + '"'
