"""A drawing as bytes: PNG, SVG or PDF, the same whenever and wherever it is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np

from ...instances.common.problems import reject
from .lettering import plain_text
from .outlined import outlined_texts

_COMPRESSION: Final = 3
"""Of a PNG, of nine levels: twice as fast as the usual one, the file a quarter larger."""

_HALO = "halo-"
"""What the name of a text with a halo begins with while an SVG is made; its width follows."""

_OPACITY: Final = 0.85
"""Of a halo."""

_GLYPH: Final = 64
"""Units of a glyph of matplotlib in a unit of its text."""

_STEPS: Final = 20
"""Steps in a point to which coordinates of an SVG are rounded: 0.02 mm, which no printer shows."""

_PATH = re.compile(r' d="([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')
_USED = re.compile(r'(?<=href="#)[^"]+|(?<=url\(#)[^)]+')
_BETWEEN = re.compile(r">\s+<")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_STYLE = re.compile(r"<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
_PLACE = re.compile(r'(?<= [xy]=")-?\d+\.\d{3,}|(?<=translate\()-?[\d.]+ -?[\d.]+')
_SHIFT = re.compile(r' transform="translate\((-?[\d.]+) 0\)"')
_DEFS = re.compile(r"<defs>.*?</defs>", re.DOTALL)
_LINE = re.compile(r'<g style="(fill: [^"]*)"( transform="[^"]*scale\(([\d.]+) [^"]*")>(.*?)</g>', re.DOTALL)
_TEXT = re.compile(rf'<g id="{_HALO}([\d.]+)">((?:\s*<g style="fill: .*?</g>)+)\s*</g>', re.DOTALL)
_STRAIGHT = re.compile(r"([MLz])\s*(?:(-?[\d.]+) (-?[\d.]+))?\s*")


@contextmanager
def measured_text() -> Iterator[None]:
    """Set texts as wide as they were measured while the block runs: hinting would widen them by up to 5 %."""
    from matplotlib import rc_context

    with plain_text(), rc_context({"text.hinting": "no_hinting"}):
        yield


def png(figure: Any, dpi: int) -> bytes:
    """Give a drawing as a PNG."""
    from PIL import Image

    written, usual = BytesIO(), figure.dpi
    try:
        figure.dpi = dpi
        with measured_text(), outlined_texts(figure):
            figure.canvas.draw()
        image = Image.fromarray(np.asarray(figure.canvas.buffer_rgba())).convert("RGB")
    finally:
        figure.dpi = usual
    image.save(written, format="png", dpi=(dpi, dpi), compress_level=_COMPRESSION)
    return written.getvalue()


def svg(figure: Any) -> bytes:
    """Give a drawing as an SVG that needs no font: letters are outlines, each drawn once and then used."""
    from matplotlib import rc_context

    written = BytesIO()
    with (
        plain_text(),
        rc_context({"svg.hashsalt": "refzones", "svg.fonttype": "path", "path.simplify": False}),
        _named_halos(figure),
    ):
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(written, format="svg", metadata=nothing)
    return _compact(written.getvalue().decode("utf-8")).encode("utf-8")


def pdf(figure: Any) -> bytes:
    """Give a drawing as a PDF of one page, its fonts embedded."""
    from matplotlib import rc_context

    written = BytesIO()
    with plain_text(), rc_context({"pdf.fonttype": 42}):
        nothing = dict.fromkeys(("CreationDate", "Creator", "Producer"))
        figure.savefig(written, format="pdf", metadata=nothing)
    return written.getvalue()


WRITERS: Final[dict[str, Callable[[Any, int], bytes]]] = {
    ".png": png,
    ".svg": lambda figure, _: svg(figure),
    ".pdf": lambda figure, _: pdf(figure),
}
"""Formats of a drawing, by the ending of its file."""


def save(figure: Any, path: Path, dpi: int) -> None:
    """Write a drawing in the format that the ending of the file names.

    Raises
    ------
    InputError
        It names none.
    """
    path.write_bytes(written(figure, path.name, dpi))


def written(figure: Any, name: str, dpi: int) -> bytes:
    """Give a drawing as the bytes of a file, in the format that the ending of its name says.

    Raises
    ------
    InputError
        It says none.
    """
    write = WRITERS.get(Path(name).suffix.lower())
    if write is None:
        reject("a map is a PNG, an SVG or a PDF", "give a file that ends in .png, .svg or .pdf", value=name)
    return write(figure, dpi)


@contextmanager
def _named_halos(figure: Any) -> Iterator[None]:
    """Take the halos off texts, which then have the width in their names: an SVG draws them its own way."""
    from matplotlib.text import Text

    found = [(text, text.get_path_effects()) for text in figure.findobj(Text) if text.get_path_effects()]
    for text, (halo, *_) in found:
        text.set_path_effects([])
        text.set_gid(f"{_HALO}{halo._gc['linewidth']}")
    try:
        yield
    finally:
        for text, effects in found:
            text.set_path_effects(effects)
            text.set_gid(None)


def _compact(text: str) -> str:
    """Write an SVG of matplotlib shorter, and so that it styles nothing but itself."""
    text = _BETWEEN.sub("><", _STYLE.sub("", _COMMENT.sub("", text)))
    text = text.replace("<g ", '<g stroke-linejoin="round" stroke-linecap="butt" ', 1)
    text = _SHIFT.sub(lambda found: f' x="{_tidy(float(found[1]), 1)}"', _TEXT.sub(_haloed, text))
    text = _PATH.sub(lambda found: f' d="{_shorter(found[1])}"', text)
    text = _PLACE.sub(lambda found: " ".join(_tidy(float(x), 2) for x in found[0].split()), text)
    used = {name: f"s{k}" for k, name in enumerate(dict.fromkeys(_USED.findall(text)))}
    text = _ID.sub(lambda found: f' id="{used[found[1]]}"' if found[1] in used else "", text)
    return _USED.sub(lambda found: used[found[0]], text)


def _haloed(found: re.Match[str]) -> str:
    """Write a text twice: its outline in white, then the text itself."""
    lines = _LINE.findall(_DEFS.sub("", found[2]))
    below = ""
    for _, transform, scale, uses in lines:
        width = float(found[1]) / float(scale) * _GLYPH
        style = f"fill:none;stroke:#fff;stroke-opacity:{_OPACITY};stroke-width:{width:.0f}"
        below += f'<g style="{style}"{transform}>{uses}</g>'
    above = "".join(f'<g style="{fill}"{transform}>{uses}</g>' for fill, transform, _, uses in lines)
    return "".join(_DEFS.findall(found[2])) + below + above


def _shorter(path: str) -> str:
    """Write a path of straight lines by its steps, in whole twentieths of a point; round others."""
    if "C" in path or "Q" in path:
        return " ".join(path.split())
    steps, x, y, start = [], 0, 0, (0, 0)
    for command, right, down in _STRAIGHT.findall(path):
        if command == "z":
            steps.append("z")
            x, y = start
            continue
        to_x, to_y = round(float(right) * _STEPS), round(float(down) * _STEPS)
        if command == "L" and (to_x, to_y) == (x, y):
            continue
        steps.append(f"{command.lower()}{_tidy((to_x - x) / _STEPS, 2)}" + _next((to_y - y) / _STEPS))
        x, y = to_x, to_y
        start = (x, y) if command == "M" else start
    return "".join(steps)


def _next(value: float) -> str:
    text = _tidy(value, 2)
    return text if text.startswith("-") else f" {text}"


def _tidy(value: float, digits: int) -> str:
    """Write a number with no more digits than it needs."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text in ("-0", "") else text
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
