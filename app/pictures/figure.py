"""Figures that a notebook shows and a command writes, without pyplot and its state."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

from ...instances.common.activity import doing
from ..dutch import Language
from ..dutch.measures import term_label
from ..dutch.signs import number_in_dutch
from ..maps.lettering import letter, plain_text
from ..maps.style import GREY, INK, PALE_INK

SHOWN: Final = 80
"""Dots an inch in a notebook."""

WRITTEN: Final = 200
"""Dots an inch in a file."""


class Picture(Figure):
    """A figure that shows itself in a notebook, whatever else is loaded there.

    Parameters
    ----------
    width, height : float
        Inches.
    """

    def __init__(self, width: float, height: float) -> None:
        super().__init__(figsize=(width, height), facecolor="white", layout="constrained")
        FigureCanvasAgg(self)

    @doing("drawing")
    def png(self, dpi: int = WRITTEN) -> bytes:
        """Give the picture as a PNG."""
        written = BytesIO()
        # no software version inside: the same picture is the same file
        with plain_text():
            letter(self)
            self.savefig(written, dpi=dpi, format="png", metadata={"Software": None})
        return written.getvalue()

    def write(self, path: str | Path, dpi: int = WRITTEN) -> None:
        """Write the picture as a PNG."""
        Path(path).write_bytes(self.png(dpi))

    def _repr_png_(self) -> bytes:
        return self.png(SHOWN)


def on(ax: Any, width: float, height: float) -> tuple[Any, Any]:
    """Give the figure and axes to draw on: those given, or a picture of this size in inches."""
    if ax is not None:
        return ax.figure, ax
    figure = Picture(width, height)
    return figure, figure.add_subplot()


def plain(axes: Any, *, grid: str = "") -> None:
    """Keep two pale axes, and thin lines of a grid where they are asked for."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(GREY)
    axes.tick_params(color=GREY, labelcolor=INK, labelsize=9)
    if grid:
        axes.grid(axis=grid, color="#e3e5e8", linewidth=0.7)
        axes.set_axisbelow(True)


def written(number: str, language: Language) -> str:
    """Write a number, given as English writes it, in the signs of a language."""
    return number_in_dutch(number) if language == "nl" else number


def called(term: str, language: Language) -> str:
    """Call a term inside a text: by its key in English, as files do, and as planners do in Dutch."""
    if language == "en":
        return term
    label = term_label(term, language)
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def capitalised(text: str, language: Language) -> str:
    """Begin a title with a capital; in English it may begin with a key."""
    return text if language == "en" else text[:1].upper() + text[1:]


def number_ticks(axis: Any, language: Language) -> None:
    """Write the numbers along an axis in the signs of a language."""
    if language == "nl":
        axis.set_major_formatter(_DutchTicks())


class _DutchTicks(ScalarFormatter):
    """Numbers along an axis as Dutch writes them, without powers of ten."""

    def __init__(self) -> None:
        super().__init__(useOffset=False)
        self.set_scientific(False)

    def __call__(self, x: float, pos: int | None = None) -> str:
        text = super().__call__(x, pos).replace("\N{MINUS SIGN}", "-")
        return number_in_dutch(f"{Decimal(text):,f}").replace("-", "\N{MINUS SIGN}") if text else ""


_BOLD_LETTERS = 9.0  # of a title, in an inch of a picture, of which the axes take most
_LETTERS = 12.5  # of the text below a title and beside an axis, in an inch


def within(text: str, inches: float) -> str:
    """Break a text where it is longer than so many inches."""
    return textwrap.fill(text, max(20, int(_LETTERS * inches)))


def titled(axes: Any, title: str, below: str = "") -> None:
    """Write a title to the left, and a text below it in paler ink, both broken where they are too wide."""
    width = axes.figure.get_figwidth() * _share(axes)
    lines = within(below, width).splitlines()
    if "\n" not in title:
        title = textwrap.fill(title, max(20, int(_BOLD_LETTERS * width)))
    axes.set_title(
        title + "\n" * len(lines),
        loc="left",
        fontsize=12,
        fontweight="bold",
        color=INK,
        parse_math=False,
    )
    if lines:
        axes.annotate(
            "\n".join(lines),
            (0, 1),
            xytext=(0, 7),
            xycoords="axes fraction",
            textcoords="offset points",
            fontsize=9.5,
            color=PALE_INK,
            va="bottom",
            parse_math=False,
        ).set_in_layout(False)  # axes keep their width, whatever is written above them


def _share(axes: Any) -> float:
    """Share of the width of a figure that the column of the axes takes."""
    spec = axes.get_subplotspec()
    if spec is None:
        return 1.0
    ratios = np.array(spec.get_gridspec().get_width_ratios() or [1.0] * spec.get_gridspec().ncols)
    return float(ratios[spec.colspan.start : spec.colspan.stop].sum() / ratios.sum())
