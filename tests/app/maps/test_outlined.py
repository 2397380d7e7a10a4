"""Texts that are drawn as outlines stand where matplotlib sets them, and look the same."""

from __future__ import annotations

from contextlib import nullcontext
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from refzones.app.maps import output
from refzones.app.maps.outlined import outlined_texts
from refzones.app.maps.output import png
from refzones.app.maps.style import Pen

TEXTS = ("Sint-Pieters-Leeuw", "Tervuren, Voeren", "1,234.5 km²", "Œuvre – ÿ", "p")

DPI = 200


def _ink(pen: Pen) -> Any:
    """How dark each point of a page is, from 0 to 1."""
    image = Image.open(BytesIO(png(pen.figure, DPI))).convert("L")
    return 1 - np.asarray(image, dtype=float) / 255


def _frame(ink: Any) -> Any:
    """The rows and columns in which there is ink, first and last."""
    rows, columns = np.flatnonzero(ink.max(axis=1) > 0.5), np.flatnonzero(ink.max(axis=0) > 0.5)
    return np.array([rows[0], rows[-1], columns[0], columns[-1]])


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("horizontal", ["left", "center", "right"])
@pytest.mark.parametrize("vertical", ["baseline", "center"])
def test_outlines_stand_where_the_text_stands(
    text: str, weight: str, horizontal: str, vertical: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen = Pen(size=(120.0, 20.0))
    pen.text(60.0, 10.0, text, 11.0, weight=weight, horizontal=horizontal, vertical=vertical)
    outlined = _ink(pen)
    monkeypatch.setattr(output, "outlined_texts", lambda figure: nullcontext())
    usual = _ink(pen)
    assert usual.max() > 0.5
    assert np.abs(_frame(outlined) - _frame(usual)).max() <= 1
    assert abs(outlined.sum() / usual.sum() - 1) < 0.05


def test_a_halo_covers_what_lies_below(monkeypatch: pytest.MonkeyPatch) -> None:
    pen = Pen(size=(60.0, 20.0))
    pen.line([(0.0, 10.0), (60.0, 10.0)], "black", 6.0)
    pen.text(30.0, 10.0, "Halle", 10.0, horizontal="center", vertical="center", colour="red", halo=1.8)
    outlined = _ink(pen)
    monkeypatch.setattr(output, "outlined_texts", lambda figure: nullcontext())
    usual = _ink(pen)
    monkeypatch.setattr(pen.axes.texts[0], "get_path_effects", list)
    without = _ink(pen)
    assert np.abs(outlined - usual).mean() < np.abs(without - usual).mean() / 4


def test_other_texts_are_left_to_matplotlib() -> None:
    pen = Pen(size=(60.0, 20.0))
    pen.text(5.0, 5.0, "a line", 8.0)
    pen.text(5.0, 5.0, "two\nlines", 8.0)
    pen.text(5.0, 5.0, "on top", 8.0, vertical="top")
    for text in ("שלום", "سلام", "Gene\u0301ve"):
        pen.text(5.0, 5.0, text, 8.0)
    pen.axes.text(5.0, 5.0, "slanting", rotation=30)
    pen.axes.text(0.5, 0.5, "of the axes", transform=pen.axes.transAxes)
    pen.axes.text(5.0, 5.0, "hidden", visible=False)
    before = list(pen.axes.get_children())
    with outlined_texts(pen.figure):
        shown = [text.get_text() for text in pen.axes.texts if text.get_visible()]
        assert shown == ["two\nlines", "on top", "שלום", "سلام", "Gene\u0301ve", "slanting", "of the axes"]
        assert len(pen.axes.patches) == 1
    assert pen.axes.get_children() == before
    assert [text.get_visible() for text in pen.axes.texts] == [True] * 8 + [False]


def test_a_drawing_is_as_it_was_before_it_was_written() -> None:
    pen = Pen(size=(60.0, 20.0))
    pen.text(5.0, 5.0, "Halle", 8.0)
    dpi = pen.figure.dpi
    first = png(pen.figure, DPI)
    assert pen.figure.dpi == dpi
    assert png(pen.figure, DPI) == first
    image = Image.open(BytesIO(first))
    assert image.size == (472, 157)
    assert image.info["dpi"] == pytest.approx((DPI, DPI), abs=0.01)
