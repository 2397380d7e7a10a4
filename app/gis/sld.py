"""Styles as SLD (OGC Styled Layer Descriptor 1.1), which other programs than QGIS read."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from .layers import FeatureLayer
from .symbols import Category, Fill, Label, Marker, Piece, Stroke, Style, rgba

_SLD, _SE, _OGC = (f"http://www.opengis.net/{name}" for name in ("sld", "se", "ogc"))
_PIXEL: Final = 0.28
"""Millimetres, as the standard has it."""

_DASHES: Final = {"dash": "4 2", "dot": "1 2", "dash dot": "4 2 1 2"}
"""In widths of the line."""


def sld_of(layer: FeatureLayer, style: Style) -> str:
    """Write how a layer is drawn and labelled.

    Parameters
    ----------
    layer : FeatureLayer
    style : Style
    """
    root = Element(
        "StyledLayerDescriptor", {"version": "1.1.0", "xmlns": _SLD, "xmlns:se": _SE, "xmlns:ogc": _OGC}
    )
    named = SubElement(root, "NamedLayer")
    _text(named, "se:Name", layer.name)
    user = SubElement(named, "UserStyle")
    _text(user, "se:Name", style.name)
    rules = SubElement(user, "se:FeatureTypeStyle")
    for category in style.categories:
        _rule(rules, style.column, category)
    if style.label is not None:
        _labels(rules, style.label)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text


def _rule(parent: Element, column: str, category: Category) -> None:
    rule = SubElement(parent, "se:Rule")
    _text(rule, "se:Name", category.label)
    _text(SubElement(rule, "se:Description"), "se:Title", category.label)
    if column:
        equal = SubElement(SubElement(rule, "ogc:Filter"), "ogc:PropertyIsEqualTo")
        _text(equal, "ogc:PropertyName", column)
        _text(equal, "ogc:Literal", category.value)
    for piece in category.symbol:
        _piece(rule, piece)


def _piece(rule: Element, piece: Piece) -> None:
    if isinstance(piece, Stroke):
        _stroke(SubElement(rule, "se:LineSymbolizer"), piece)
    elif isinstance(piece, Fill):
        area = SubElement(rule, "se:PolygonSymbolizer")
        if piece.hatched:
            _hatch(area, piece.colour)
        elif piece.colour:
            _colour(SubElement(area, "se:Fill"), "fill", piece.colour)
        if piece.edge:
            _stroke(area, piece.edge)
    else:
        _marker(SubElement(rule, "se:PointSymbolizer"), piece)


def _hatch(area: Element, colour: str) -> None:
    graphic = SubElement(SubElement(SubElement(area, "se:Fill"), "se:GraphicFill"), "se:Graphic")
    mark = SubElement(graphic, "se:Mark")
    _text(mark, "se:WellKnownName", "slash")
    _stroke(mark, Stroke(colour, _PIXEL))
    _text(graphic, "se:Size", "6")


def _marker(parent: Element, piece: Marker) -> None:
    graphic = SubElement(parent, "se:Graphic")
    mark = SubElement(graphic, "se:Mark")
    _text(mark, "se:WellKnownName", piece.mark)
    if piece.colour:
        _colour(SubElement(mark, "se:Fill"), "fill", piece.colour)
    _stroke(mark, piece.edge)
    _text(graphic, "se:Size", _pixels(piece.size))


def _stroke(parent: Element, stroke: Stroke) -> None:
    drawn = SubElement(parent, "se:Stroke")
    _colour(drawn, "stroke", stroke.colour)
    _parameter(drawn, "stroke-width", _pixels(stroke.width))
    _parameter(drawn, "stroke-linejoin", "round")
    if stroke.dash in _DASHES:
        lengths = [float(length) * stroke.width for length in _DASHES[stroke.dash].split()]
        _parameter(drawn, "stroke-dasharray", " ".join(map(_pixels, lengths)))


def _colour(parent: Element, what: str, colour: str) -> None:
    red, green, blue, alpha = rgba(colour)
    _parameter(parent, what, f"#{red:02x}{green:02x}{blue:02x}")
    if alpha < 255:
        _parameter(parent, f"{what}-opacity", f"{alpha / 255:.2f}")


def _parameter(parent: Element, name: str, text: str) -> None:
    SubElement(parent, "se:SvgParameter", name=name).text = text


def _pixels(millimetres: float) -> str:
    return f"{millimetres / _PIXEL:.3g}"


def _labels(parent: Element, label: Label) -> None:
    rule = SubElement(parent, "se:Rule")
    if label.unless:
        equal = SubElement(SubElement(rule, "ogc:Filter"), "ogc:PropertyIsEqualTo")
        _text(equal, "ogc:PropertyName", label.unless)
        _text(equal, "ogc:Literal", "0")
    if label.up_to:
        _text(rule, "se:MaxScaleDenominator", str(label.up_to))
    drawn = SubElement(rule, "se:TextSymbolizer")
    _text(SubElement(drawn, "se:Label"), "ogc:PropertyName", label.column)
    font = SubElement(drawn, "se:Font")
    _parameter(font, "font-family", "DejaVu Sans")
    _parameter(font, "font-size", f"{label.size * 25.4 / 72 / _PIXEL:.3g}")
    if label.bold:
        _parameter(font, "font-weight", "bold")
    halo = SubElement(drawn, "se:Halo")
    _text(halo, "se:Radius", "2")
    _colour(SubElement(halo, "se:Fill"), "fill", "#ffffff")
    _colour(SubElement(drawn, "se:Fill"), "fill", label.colour)
