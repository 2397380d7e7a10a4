"""Figures that a notebook shows and a command writes, without pyplot and its state."""

from __future__ import annotations

import textwrap
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ...instances.common.activity import doing
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


_LETTERS = 12.5  # of the text below a title, in an inch


def titled(axes: Any, title: str, below: str = "") -> None:
    """Write a title to the left, and a text below it in paler ink, broken where it is too wide."""
    share = axes.get_subplotspec().get_gridspec().ncols if axes.get_subplotspec() else 1
    lines = textwrap.wrap(below, max(20, int(_LETTERS * axes.figure.get_figwidth() / share)))
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
