"""How each layer of a plan is drawn: in the colours and lines of the printed map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ..dutch import Language, labels
from ..maps.agreed import GOLD, HALO, WARM
from ..maps.colours import STANDALONE
from ..maps.style import HATCH, INK, LINES, PALE_INK
from .agreements import AREAS, FAR
from .agreements import LINES as AGREED_LINES
from .agreements import POINTS as AGREED_POINTS
from .layers import FeatureLayer
from .symbols import Category, Fill, Label, Marker, Stroke, Style, Symbol

_POINT: Final = 25.4 / 72
"""Millimetres."""

_FRAMES: Final = ("#5b7f3a", "#8a5a2b", "#6b4c93", "#2f7f86", "#a04d7a", "#51606e", "#8f7a1e")
"""Inks of the layers of zones that a scenario asks about, one after another."""

_NEARER: Final = 120_000
"""The same for zones of layers."""

_NEAR: Final = 400_000
"""Denominator of the scale from which on all municipalities are named."""


def style_of(layer: FeatureLayer, language: Language, others: Sequence[str] = ()) -> Style:
    """Say how a layer is drawn.

    Parameters
    ----------
    layer : FeatureLayer
    language : {'en', 'nl'}
        Of the legend.
    others : sequence of str
        Names of all layers of zones that the scenario asks about, each of which has an ink of its own.
    """
    if layer.name.startswith("layer_"):
        ink = _FRAMES[list(others).index(layer.name) % len(_FRAMES)] if others else _FRAMES[0]
        return _outlined(layer, Stroke(ink, 0.5, "dash"), Label("name", 7, ink, up_to=_NEARER, priority=3))
    return _STYLES[layer.name](layer, language)


def _municipalities(layer: FeatureLayer, language: Language) -> Style:
    """Draw municipalities in the colour of their merger, as the map does."""
    edge = _line("municipality")
    column = "merger" if any(column.name == "merger" for column in layer.columns) else "zone"
    drawn: dict[str, Category] = {}
    for row in layer.rows:
        seat, colour = str(row[f"{column}_nis"]), str(row["colour"])
        symbol: Symbol = (Fill(colour, edge),)
        if row["standalone"] is not None and colour == STANDALONE:
            symbol = (Fill(STANDALONE), Fill(HATCH, hatched=True), Fill(edge=edge))
        drawn.setdefault(seat, Category(seat, str(row[column]), symbol))
    categories = sorted(drawn.values(), key=lambda one: one.label)
    label = Label("name", 7, PALE_INK, unless="is_seat", up_to=_NEAR, priority=4)
    return Style(layer.title, f"{column}_nis", tuple(categories), label, "name")


def _mergers(layer: FeatureLayer, language: Language) -> Style:
    return _outlined(layer, _line("merger"), Label("merger", 9, INK, bold=True, priority=8))


def _zones(layer: FeatureLayer, language: Language) -> Style:
    stroke = _line("zone")
    return _outlined(layer, stroke, Label("zone", 9, stroke.colour, bold=True, priority=7))


def _regions(layer: FeatureLayer, language: Language) -> Style:
    return _outlined(layer, _line("region"), None)


def _outlined(layer: FeatureLayer, stroke: Stroke, label: Label | None) -> Style:
    only = Category("", layer.title, (Fill(edge=stroke),))
    return Style(layer.title, "", (only,), label, layer.columns[0].name)


def _agreed(layer: FeatureLayer, language: Language) -> Style:
    told = labels(language)["agreements"]
    kinds = [kind for kind in told if any(row["kind"] == kind for row in layer.rows)]
    categories = tuple(Category(kind, told[kind], _AGREED[kind]) for kind in kinds)
    return Style(layer.title, "kind", categories, None, "text")


def _line(kind: str) -> Stroke:
    colour, points = LINES[kind]
    return Stroke(colour, round(points * _POINT, 2))


def _under(stroke: Stroke) -> Symbol:
    """Draw a line on a wider light one, which sets it off from what lies below."""
    return Stroke(HALO, round(stroke.width + 0.5, 2)), stroke


_AGREED: dict[str, Symbol] = {
    "kept": (Fill(edge=Stroke(INK, 1.1)), Fill(edge=Stroke(GOLD, 0.5))),
    "together": _under(Stroke(INK, 0.7)),
    "extended": _under(Stroke(INK, 0.7, "dash")),
    "apart": _under(Stroke(WARM, 1.2)),
    FAR: _under(Stroke(WARM, 0.6, "dash")),
    "added": (*_under(Stroke(INK, 1.1)), Stroke(HALO, 0.5)),
    "removed": _under(Stroke(WARM, 0.6, "dot")),
    "alone": (Marker("circle", 4.4, "", Stroke(HALO, 0.9)), Marker("circle", 4.4, "", Stroke(INK, 0.5))),
    "seat": (Marker("star", 4.6, GOLD, Stroke(INK, 0.3)),),
    "joined": (Marker("square", 2.8, GOLD, Stroke(INK, 0.3)),),
}
"""By kind: links, walls, frames, rings and stars, as maps and page draw them."""

_STYLES: dict[str, Callable[[FeatureLayer, Language], Style]] = {
    "municipalities": _municipalities,
    "mergers": _mergers,
    "zones": _zones,
    "regions": _regions,
    AREAS: _agreed,
    AGREED_LINES: _agreed,
    AGREED_POINTS: _agreed,
}
