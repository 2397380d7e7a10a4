"""Texts of a page as outlines, all of one look at once.

Matplotlib sets a text letter by letter, which takes half of the time of a map. Here each letter of a font is
outlined once; a page's texts are then copies of these outlines, filled in one go.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np

from ...instances.common.arrays import FloatArray
from .lettering import FAMILY, TRIAL, advance, font_of

_INCH: Final = 72.0  # points

_SIMPLE: Final = re.compile(r"[ -~\u00a0-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u205e\u20ac\u2190-\u22ff]+")
"""Latin, Greek and Cyrillic letters and signs, which stand side by side from left to right."""


class _Letter(NamedTuple):
    """A letter of a font: its outline in ems, its place in the font, and how far it reaches."""

    points: FloatArray
    codes: Any
    glyph: int
    advance: float
    low: float
    high: float


class _Look(NamedTuple):
    """What texts that are drawn together have in common; the halo as colour, opacity and width in points."""

    axes: Any
    order: float
    colour: Any
    halo: tuple[Any, float, float] | None


@contextmanager
def outlined_texts(figure: Any) -> Iterator[None]:
    """Draw texts of a figure as outlines while the block runs, each where it stands otherwise.

    These are texts in one line of the usual font, in letters that stand side by side; what else there is
    stays as it is. The cost grows with the number of letters; 5,000 take 0.03 seconds once each is known.
    """
    from matplotlib.text import Text

    looks: dict[_Look, list[Any]] = defaultdict(list)
    for text in figure.findobj(Text):
        if (look := _look(text)) is not None:
            looks[look].append(text)
    drawn = [patch for look, texts in looks.items() for patch in _drawn(figure, look, texts)]
    hidden = [text for texts in looks.values() for text in texts]
    for text in hidden:
        text.set_visible(False)
    try:
        yield
    finally:
        for patch in drawn:
            patch.remove()
        for text in hidden:
            text.set_visible(True)


def _look(text: Any) -> _Look | None:
    """Say how a text looks; None where it is not drawn here."""
    said = text.get_text()
    is_plain = (
        text.axes is not None
        and text.get_transform() is text.axes.transData
        and text.get_visible()
        and said.strip()
        and _SIMPLE.fullmatch(said)
        and text.get_fontfamily() == [FAMILY]
        and text.get_fontstyle() == "normal"
        and text.get_fontweight() in ("normal", "bold")
        and text.get_rotation() == 0
        and text.get_verticalalignment() in ("baseline", "center")
        and text.get_bbox_patch() is None
        and text.get_alpha() is None
        and not text.get_clip_on()
    )
    effects = text.get_path_effects() or []
    if not is_plain or len(effects) > 1:
        return None
    halo = None
    if effects:
        drawn = effects[0]._gc
        halo = drawn["foreground"], drawn["alpha"], drawn["linewidth"]
    return _Look(text.axes, text.get_zorder(), text.get_color(), halo)


def _drawn(figure: Any, look: _Look, texts: list[Any]) -> Iterator[Any]:
    """Draw texts of one look: their halos, then the texts themselves."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    places = (look.axes.transData - figure.dpi_scale_trans).transform(
        [text.get_unitless_position() for text in texts]
    )
    outlines = [_outline(text, *place) for text, place in zip(texts, places, strict=True)]
    points = np.vstack([points for points, _ in outlines])
    path = Path(points, np.concatenate([codes for _, codes in outlines]))
    common = {"transform": figure.dpi_scale_trans, "zorder": look.order, "clip_on": False, "snap": False}
    patches = [PathPatch(path, facecolor=look.colour, linewidth=0, **common)]
    if look.halo is not None:
        colour, opacity, width = look.halo
        edge = {"facecolor": "none", "edgecolor": colour, "alpha": opacity, "joinstyle": "round"}
        patches.insert(0, PathPatch(path, linewidth=width, **edge, **common))
    for patch in patches:
        yield look.axes.add_artist(patch)


def _outline(text: Any, x: float, y: float) -> tuple[FloatArray, Any]:
    """Outline a text that stands at (x, y), in inches, as the points and the codes of a path."""
    letters, starts, width = _set(text.get_text(), text.get_fontweight())
    size = text.get_fontsize() / _INCH
    x -= {"left": 0.0, "center": 0.5, "right": 1.0}[text.get_horizontalalignment()] * width * size
    if text.get_verticalalignment() == "center":
        y -= (max(one.high for one in letters) + min(one.low for one in letters)) / 2 * size
    points = np.vstack([one.points for one in letters])
    points[:, 0] += np.repeat(starts, [len(one.points) for one in letters])
    return points * size + (x, y), np.concatenate([one.codes for one in letters])


def _set(text: str, weight: str) -> tuple[list[_Letter], list[float], float]:
    """Set a text in a line: its letters, where each begins, and how long the line is, in ems."""
    letters = [_letter(character, weight) for character in text]
    starts, at = [], 0.0
    for place, letter in enumerate(letters):
        at += _closer(letters[place - 1].glyph, letter.glyph, weight) if place else 0.0
        starts.append(at)
        at += letter.advance
    return letters, starts, at


@cache
def _letter(character: str, weight: str) -> _Letter:
    font = font_of(FAMILY, weight)
    font.load_char(ord(character))
    points, codes = font.get_path()
    points = np.asarray(points, dtype=np.float64).reshape(-1, 2) / TRIAL
    low, high = (points[:, 1].min(), points[:, 1].max()) if len(points) else (np.inf, -np.inf)
    glyph = font.get_char_index(ord(character))
    return _Letter(points, codes, glyph, advance(character, weight), low, high)


@cache
def _closer(left: int, right: int, weight: str) -> float:
    """Say how much farther than usual a letter stands from the one before it, in ems."""
    from matplotlib.ft2font import Kerning

    font = font_of(FAMILY, weight)
    return float(font.get_kerning(left, right, Kerning.UNFITTED)) / 64 / TRIAL
