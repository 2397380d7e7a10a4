"""How layers are drawn: as on the printed map."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from refzones.app.gis.contents import layers_of
from refzones.app.gis.layers import FeatureLayer
from refzones.app.gis.qml import qml_of
from refzones.app.gis.sld import sld_of
from refzones.app.gis.styles import style_of
from refzones.app.maps import drawing
from refzones.app.maps.colours import STANDALONE
from refzones.app.maps.merger import map_mergers
from refzones.app.maps.shapes import Shapes
from refzones.app.maps.style import LINES
from refzones.models.question.each_lock import locks_of
from refzones.solver import Plan

SE = "{http://www.opengis.net/se}"


@pytest.fixture(scope="module")
def layers(plan: Plan, squares: Shapes) -> dict[str, FeatureLayer]:
    return {layer.name: layer for layer in layers_of(plan, squares, "nl")}


def qml(layer: FeatureLayer) -> ElementTree.Element:
    return ElementTree.fromstring(qml_of(layer, style_of(layer, "nl", [layer.name])))


def sld(layer: FeatureLayer) -> ElementTree.Element:
    return ElementTree.fromstring(sld_of(layer, style_of(layer, "nl", [layer.name])))


def fills(root: ElementTree.Element) -> list[list[str]]:
    """Colours of each symbol, from below to above."""
    return [
        [option.get("value", "") for option in symbol.iterfind("layer/Option/Option[@name='color']")]
        for symbol in root.iterfind("renderer-v2/symbols/symbol")
    ]


def test_municipalities_have_the_colours_of_the_printed_map(
    plan: Plan,
    squares: Shapes,
    layers: dict[str, FeatureLayer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert plan.instance is not None
    assert plan.scenario is not None
    drawn = {}
    usual = drawing.merger_fills

    def listening(instance, areas, mergers):
        found = usual(instance, areas, mergers)
        drawn.update(zip([merger.seat for merger in mergers], found, strict=True))
        return found

    monkeypatch.setattr(drawing, "merger_fills", listening)
    mergers = map_mergers(plan.instance, plan.mergers)
    locks = locks_of(plan.instance, plan.scenario)
    path = tmp_path / "map.png"
    drawing.draw_map(path, plan.instance, squares, mergers, title="", locks=locks, language="nl", dpi=40)
    layer = layers["municipalities"]
    shown = {row["seat_nis"]: row["colour"] for row in layer.rows}
    assert shown == {plan.instance.codes[seat]: colour for seat, colour in drawn.items()}
    root = qml(layer)
    renderer = root.find("renderer-v2")
    assert renderer is not None
    assert (renderer.get("type"), renderer.get("attr")) == ("categorizedSymbol", "merger_nis")
    categories = {one.get("value"): one.get("symbol") for one in renderer.iter("category")}
    assert categories.keys() == shown.keys()
    for seat, colour in shown.items():
        first = fills(root)[int(categories[seat] or 0)][0]
        assert first == ",".join(map(str, (*bytes.fromhex(str(colour)[1:]), 255)))
    rules = sld(layer).iter(f"{SE}Rule")
    told = [rule.find(f".//{SE}SvgParameter[@name='fill']") for rule in rules]
    assert {one.text for one in told if one is not None} >= {*shown.values()}


def test_what_stands_alone_by_rule_is_hatched(layers: dict[str, FeatureLayer]) -> None:
    layer = layers["municipalities"]
    alone = {row["merger_nis"] for row in layer.rows if row["standalone"] is not None}
    assert alone
    root = qml(layer)
    for category in root.iter("category"):
        symbol = root.find(f"renderer-v2/symbols/symbol[@name='{category.get('symbol')}']")
        assert symbol is not None
        drawn = [one.get("class") for one in symbol.iterfind("layer")]
        hatched = ["SimpleFill", "LinePatternFill", "SimpleFill"]
        assert drawn == (hatched if category.get("value") in alone else ["SimpleFill"])
    assert {row["colour"] for row in layer.rows if row["merger_nis"] in alone} == {STANDALONE}


@pytest.mark.parametrize("name", ["mergers", "regions"])
def test_mergers_and_regions_are_outlined_as_on_the_map(name: str, layers: dict[str, FeatureLayer]) -> None:
    settings = {
        option.get("name"): option.get("value")
        for option in qml(layers[name]).iterfind("renderer-v2/symbols/symbol/layer/Option/Option")
    }
    colour, points = LINES[name[:-1]]
    assert settings["style"] == "no"
    assert settings["outline_color"] == ",".join(map(str, (*bytes.fromhex(colour[1:]), 255)))
    assert float(settings["outline_width"] or 0) == pytest.approx(points * 25.4 / 72, abs=0.005)


def test_labels_have_a_halo(layers: dict[str, FeatureLayer]) -> None:
    for name in ("municipalities", "mergers", "layer_police"):
        root = qml(layers[name])
        assert root.get("labelsEnabled") == "1"
        buffer = root.find("labeling/settings/text-style/text-buffer")
        assert buffer is not None
        assert (buffer.get("bufferDraw"), float(buffer.get("bufferSize") or 0) > 0) == ("1", True)
        assert sld(layers[name]).find(f".//{SE}TextSymbolizer/{SE}Halo/{SE}Radius") is not None


def test_every_kind_of_agreement_is_drawn_and_named(layers: dict[str, FeatureLayer]) -> None:
    seen = set()
    for name, kind in (("agreed_areas", "fill"), ("agreed_lines", "line"), ("agreed_points", "marker")):
        root = qml(layers[name])
        assert {symbol.get("type") for symbol in root.iterfind("renderer-v2/symbols/symbol")} == {kind}
        drawn = {one.get("value"): one.get("label") for one in root.iter("category")}
        assert drawn.keys() == {row["kind"] for row in layers[name].rows}
        seen |= set(drawn.items())
    assert seen == {
        ("kept", "ongewijzigd behouden"), ("together", "samen"), ("apart", "gescheiden"),
        ("apart_far", "gescheiden, zonder gemeenschappelijke grens"), ("alone", "zelfstandig"),
        ("seat", "zetel"), ("joined", "doet mee"), ("added", "grens toegevoegd"),
        ("removed", "grens weggenomen"),
    }  # fmt: skip


def test_columns_have_names_and_values_in_the_language(layers: dict[str, FeatureLayer]) -> None:
    layer = layers["municipalities"]
    root = qml(layer)
    aliases = {one.get("field"): one.get("name") for one in root.iterfind("aliases/alias")}
    assert list(aliases) == [column.name for column in layer.columns]
    assert all(aliases.values())
    assert aliases["merger_distance"] == "Fusie: afstand tot de zetel"
    assert aliases["population"] == "Inwoners"
    widgets = {one.get("name"): one[0].get("type") for one in root.iterfind("fieldConfiguration/field")}
    assert (widgets["standalone"], widgets["is_seat"]) == ("ValueMap", "CheckBox")
    mapped = root.find("fieldConfiguration/field[@name='standalone']")
    assert mapped is not None
    words = {one.get("value"): one.get("name") for one in mapped.iterfind(".//Option[@type='QString']")}
    assert {row["standalone"] for row in layer.rows} - {None} <= words.keys()
    assert words["locked"] == "volgens een afspraak"


def test_the_form_is_told_as_qgis_numbers_it(layers: dict[str, FeatureLayer]) -> None:
    told = {name: qml(layer).findtext("layerGeometryType") for name, layer in layers.items()}
    forms = {"MultiPolygon": "2", "MultiLineString": "1", "Point": "0"}
    assert told == {name: forms[layer.form] for name, layer in layers.items()}


def test_layers_of_zones_have_inks_of_their_own(layers: dict[str, FeatureLayer]) -> None:
    names = ["layer_police", "layer_fire"]
    inks = {style_of(layers["layer_police"], "en", names[::step]).categories[0].symbol for step in (1, -1)}
    assert len(inks) == 2
