"""Styles as QML, the XML in which QGIS keeps how a layer is drawn, labelled and called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from .layers import Column, FeatureLayer
from .symbols import Category, Fill, Label, Marker, Piece, Stroke, Style, Symbol, rgba

VERSION: Final = "3.22.0"
"""Of QGIS, whose form this is; later versions read it."""

_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_HALO: Final = ("0.8", "255,255,255,255")
"""Width in millimetres, and colour."""

_HATCHING: Final = {
    "angle": "45",
    "distance": "1.5",
    "distance_unit": "MM",
    "line_width": "0.2",
    "line_width_unit": "MM",
}
"""Of the lines over what stands alone, as on the printed map."""

_GEOMETRY = {"Point": "0", "MultiLineString": "1", "MultiPolygon": "2"}
_SYMBOLS = {Fill: "fill", Stroke: "line", Marker: "marker"}
_FAMILY: Final = "DejaVu Sans"
_MOST = "100000000"


def qml_of(layer: FeatureLayer, style: Style) -> str:
    """Write how a layer is drawn, labelled, and what its columns and their values are called.

    Parameters
    ----------
    layer : FeatureLayer
    style : Style
    """
    categories = "Symbology|Labeling|Fields|Forms|MapTips"
    root = Element(
        "qgis",
        version=VERSION,
        styleCategories=categories,
        labelsEnabled="1" if style.label else "0",
        hasScaleBasedVisibilityFlag="0",
        minScale=_MOST,
        maxScale="0",
    )
    _renderer(root, style)
    if style.label is not None:
        _labelling(root, style.label)
    _text(root, "blendMode", "0")
    _text(root, "featureBlendMode", "0")
    _text(root, "layerOpacity", "1")
    _fields(root, layer.columns)
    _text(root, "previewExpression", f'"{style.shows}"')
    _text(root, "layerGeometryType", _GEOMETRY[layer.form])
    return _HEAD + tostring(root, encoding="unicode")


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text


def _renderer(root: Element, style: Style) -> None:
    renderer = SubElement(
        root,
        "renderer-v2",
        type="categorizedSymbol" if style.column else "singleSymbol",
        symbollevels="0",
        forceraster="0",
        enableorderby="0",
        referencescale="-1",
    )
    if style.column:
        renderer.set("attr", style.column)
        listed = SubElement(renderer, "categories")
        for number, one in enumerate(style.categories):
            SubElement(
                listed,
                "category",
                render="true",
                symbol=str(number),
                value=one.value,
                label=one.label,
                type="string",
            )
    symbols = SubElement(renderer, "symbols")
    for number, one in enumerate(style.categories):
        _symbol(symbols, str(number), one)
    SubElement(renderer, "rotation")
    SubElement(renderer, "sizescale")


def _symbol(parent: Element, name: str, category: Category) -> None:
    pieces: Symbol = category.symbol
    symbol = SubElement(
        parent,
        "symbol",
        name=name,
        type=_SYMBOLS[type(pieces[0])],
        alpha="1",
        clip_to_extent="1",
        force_rhr="0",
    )
    for piece in pieces:
        kind, settings = _settings(piece)
        layer = SubElement(symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
        options = SubElement(layer, "Option", type="Map")
        for key, value in settings.items():
            SubElement(options, "Option", name=key, type="QString", value=value)
        for key, value in settings.items():  # as versions before 3.22 read it
            SubElement(layer, "prop", k=key, v=value)


def _settings(piece: Piece) -> tuple[str, dict[str, str]]:
    """Name the class of a symbol layer, and give its settings."""
    if isinstance(piece, Fill) and piece.hatched:
        return "LinePatternFill", {"color": _rgba(piece.colour)} | _HATCHING
    if isinstance(piece, Fill):
        edge = _edge(piece.edge) if piece.edge else {"outline_style": "no"}
        brush = "solid" if piece.colour else "no"
        return "SimpleFill", {"color": _rgba(piece.colour), "style": brush, "joinstyle": "round"} | edge
    if isinstance(piece, Marker):
        sized = {"name": piece.mark, "size": _number(piece.size), "size_unit": "MM"}
        return "SimpleMarker", {"color": _rgba(piece.colour)} | sized | _edge(piece.edge)
    return "SimpleLine", {
        "line_color": _rgba(piece.colour),
        "line_style": piece.dash,
        "line_width": _number(piece.width),
        "line_width_unit": "MM",
        "capstyle": "round" if piece.dash == "solid" else "flat",
        "joinstyle": "round",
    }


def _edge(edge: Stroke) -> dict[str, str]:
    return {
        "outline_color": _rgba(edge.colour),
        "outline_style": edge.dash,
        "outline_width": _number(edge.width),
        "outline_width_unit": "MM",
    }


def _rgba(colour: str) -> str:
    return ",".join(map(str, rgba(colour))) if colour else "0,0,0,0"


def _number(value: float) -> str:
    return f"{value:g}"


def _labelling(root: Element, label: Label) -> None:
    settings = SubElement(SubElement(root, "labeling", type="simple"), "settings", calloutType="simple")
    condition = f'CASE WHEN "{label.unless}" THEN NULL ELSE "{label.column}" END'
    text = SubElement(
        settings,
        "text-style",
        fieldName=condition if label.unless else label.column,
        isExpression="1" if label.unless else "0",
        fontFamily=_FAMILY,
        fontSize=_number(label.size),
        fontSizeUnit="Point",
        fontWeight="75" if label.bold else "50",
        namedStyle="Bold" if label.bold else "Book",
        textColor=_rgba(label.colour),
        textOpacity="1",
    )
    width, colour = _HALO
    SubElement(
        text,
        "text-buffer",
        bufferDraw="1",
        bufferSize=width,
        bufferSizeUnits="MM",
        bufferColor=colour,
        bufferOpacity="0.85",
        bufferNoFill="1",
        bufferJoinStyle="128",
    )
    SubElement(settings, "text-format", multilineAlign="1", autoWrapLength="0")
    # horizontal, inside the area, with the whole of it in mind, however much of it the window shows
    SubElement(
        settings,
        "placement",
        placement="1",
        quadOffset="4",
        centroidInside="1",
        centroidWhole="1",
        priority=str(label.priority),
    )
    SubElement(
        settings,
        "rendering",
        drawLabels="1",
        obstacle="0",
        labelPerPart="0",
        scaleVisibility="1" if label.up_to else "0",
        scaleMin="1",
        scaleMax=str(label.up_to or 0),
    )


def _fields(root: Element, columns: Sequence[Column]) -> None:
    """Say what columns are called, and how their values are shown."""
    configured = SubElement(root, "fieldConfiguration")
    aliases = SubElement(root, "aliases")
    for number, column in enumerate(columns, start=1):  # before them all stands the number of the feature
        field = SubElement(configured, "field", name=column.name, configurationFlags="None")
        config = _widget(field, column)
        if column.words:
            _value_map(config, column.words)
        SubElement(aliases, "alias", index=str(number), field=column.name, name=column.label)


def _widget(field: Element, column: Column) -> Element:
    kind = "ValueMap" if column.words else "CheckBox" if column.kind == "flag" else ""
    return SubElement(SubElement(field, "editWidget", type=kind), "config")


def _value_map(config: Element, words: Mapping[str, str]) -> None:
    options = SubElement(config, "Option", type="Map")
    listed = SubElement(options, "Option", name="map", type="List")
    for value, label in words.items():
        SubElement(
            SubElement(listed, "Option", type="Map"), "Option", name=label, type="QString", value=value
        )
