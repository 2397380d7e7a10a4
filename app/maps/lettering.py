"""Letters on a page: any text is drawn as it is, in whatever fonts this machine has for it."""

from __future__ import annotations

import os
import sys
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from ..terminal.plain import visible

FAMILY: Final = "DejaVu Sans"
"""The font that comes with matplotlib, so that a map looks alike on every machine."""

_P = ParamSpec("_P")
_T = TypeVar("_T")

_LONGEST: Final = 60  # characters of a name that are drawn
TRIAL: Final = 2048.0
"""Size, in points, at which characters are measured: so large that nothing is rounded."""

_UNKNOWN, _WIDE = 0.65, 1.0  # ems: a character that no font has, and one of the wide ones of East Asia
_MOST_FONTS: Final = 150  # that are looked into for characters that the usual ones lack
_USUAL: Final[tuple[str, ...]] = (
    *("Noto Sans", "Segoe UI", "Arial Unicode MS", "Segoe UI Symbol", "Segoe UI Historic", "Nirmala UI"),
    *("Microsoft YaHei", "SimHei", "SimSun", "Yu Gothic", "MS Gothic", "Malgun Gothic", "Leelawadee UI"),
    *("PingFang SC", "Hiragino Sans", "Apple SD Gothic Neo", "Thonburi", "Apple Symbols"),
    *("Noto Sans CJK JP", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "Droid Sans Fallback", "Noto Sans Thai"),
    *("Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Symbols2", "Noto Emoji", "Symbola"),
    *("FreeSans", "Unifont"),
)  # fmt: skip
"""Fonts with many characters, on Windows, macOS and Linux; the first that has a character draws it."""


def drawable(text: str, most: int = _LONGEST) -> str:
    """Bring a name into a form that a page can hold: one line, not too long, all of it to be seen."""
    if text.isascii() and text.isprintable() and len(text) <= most:
        return text
    line = printable(" ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def printable(text: str) -> str:
    """Leave out what has no form of its own, and show control characters; ends of lines stay."""
    if text.isascii() and "\t" not in text and text.replace("\n", "").isprintable():
        return text
    kept = (
        character
        for character in text.replace("\t", " ")
        if unicodedata.category(character) != "Cf" and not 0xFE00 <= ord(character) <= 0xFE0F
    )
    return visible("".join(kept))


@cache
def ready() -> None:
    """Load matplotlib for a run of the program, whatever the user's settings of it are.

    Its settings may be damaged, or made for other pictures; its warnings are for programmers. In a
    notebook nothing is touched.
    """
    from ..terminal.streams import is_own_process

    if not is_own_process():
        return
    import logging

    logging.getLogger("matplotlib").setLevel(logging.CRITICAL + 1)
    try:
        import matplotlib
    except OSError as error:
        from ...instances.common.problems import reject

        reject(
            f"there is no folder in which matplotlib may keep its list of fonts ({error.strerror or error})",
            "name one that can be written to in the environment variable MPLCONFIGDIR",
        )
    except Exception:  # settings that cannot be read
        for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
            del sys.modules[name]
        with _inside_matplotlib():
            import matplotlib
    matplotlib.rcdefaults()


@contextmanager
def _inside_matplotlib() -> Iterator[None]:
    """Work in the folder of matplotlib's own settings, which then come before those of the user."""
    from importlib.util import find_spec

    package = find_spec("matplotlib")
    assert package is not None
    assert package.origin is not None
    here = Path.cwd()
    os.chdir(Path(package.origin).parent / "mpl-data")
    try:
        yield
    finally:
        os.chdir(here)


@cache
def advance(character: str, weight: str) -> float:
    """Measure a character in ems, in the font that will draw it."""
    for name in (FAMILY, *_fallback(character)):
        font = font_of(name, weight)
        if font.get_char_index(ord(character)):
            return float(font.load_char(ord(character)).linearHoriAdvance) / 65536 / TRIAL
    if unicodedata.combining(character):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _UNKNOWN


def families(text: str) -> list[str]:
    """Choose fonts for a text: the usual one, then others of this machine for what it lacks."""
    fonts = [FAMILY]
    if not text.isascii():
        for character in dict.fromkeys(text):
            fonts += [name for name in _fallback(character) if name not in fonts]
    return fonts


@cache
def _fallback(character: str) -> tuple[str, ...]:
    """Name the font for a character that the usual one lacks; none where no font has it."""
    if character == "\n" or font_of(FAMILY, "normal").get_char_index(ord(character)):
        return ()
    return next(((name,) for name, known in _others() if ord(character) in known), ())


@cache
def _others() -> list[tuple[str, frozenset[int]]]:
    """Other fonts of this machine with the characters that they have, those made for many first."""
    from matplotlib.font_manager import fontManager

    paths: dict[str, str] = {}
    for entry in fontManager.ttflist:
        own = os.path.join("mpl-data", "fonts") in entry.fname  # mathematics, and one that has boxes for all
        if not own and (entry.name not in paths or (entry.style == "normal" and entry.weight == 400)):
            paths[entry.name] = entry.fname
    order = [name for name in _USUAL if name in paths]
    order += sorted(name for name in paths if name not in order)
    fonts = []
    for name in order[:_MOST_FONTS]:
        try:
            font = _load(paths[name])
            font.load_char(next(iter(font.get_charmap())))
        except (RuntimeError, OSError, ValueError, StopIteration):
            continue  # fonts of pictures, and damaged ones
        fonts.append((name, frozenset(font.get_charmap())))
    return fonts


@cache
def font_of(name: str, weight: str) -> Any:
    """Load a font of matplotlib, at the size `TRIAL`, with pixels of a point."""
    from matplotlib.font_manager import FontProperties, findfont

    ready()
    return _load(findfont(FontProperties(family=name, weight=weight)))


def _load(path: str) -> Any:
    from matplotlib.ft2font import FT2Font

    # Not the font that matplotlib keeps and draws with: its size must not change under it.
    font = FT2Font(path)
    font.set_size(TRIAL, 72)
    return font


@contextmanager
def plain_text() -> Iterator[None]:
    """Draw texts as they are while the block runs: no mathematics in them, no warnings about them."""
    ready()
    from matplotlib import rc_context

    with rc_context({"text.parse_math": False, "text.usetex": False}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph ")
        warnings.filterwarnings("ignore", message=".*[Mm]atplotlib currently does not support")
        yield


def lettered(draw: Callable[_P, _T]) -> Callable[_P, _T]:
    """Make a function that draws a figure draw its texts as they are."""

    @wraps(draw)
    def drawn(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        with plain_text():
            figure = draw(*args, **kwargs)
            letter(figure)
            return figure

    return drawn


def letter(figure: Any) -> None:
    """Bring all texts of a figure into a form that can be drawn, with fonts for what they hold."""
    from matplotlib.text import Text

    for text in figure.findobj(Text):
        text.set_parse_math(False)
        shown = text.get_text()
        if shown.isascii() and shown.replace("\n", "").isprintable():
            continue
        text.set_text(printable(shown))
        others = families(printable(shown))
        if len(others) > 1:
            text.set_fontfamily(others)


ready()  # before any module of ours takes something of matplotlib
