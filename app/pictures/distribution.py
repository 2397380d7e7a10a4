"""All plans of a region along one value, with some of them marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ...instances.common.arrays import FloatArray
from ..dutch import Language, told
from ..maps.style import INK, PALE_INK
from .figure import number_ticks, on, plain, titled, written

BARS: Final = "#c3ccd6"
"""Bars in the background: the marks are what is read."""

MARKS: Final = ("#1b3f8f", "#c2570c", "#1f2328", "#7a3b8f")
"""Colours of the marks, by their place; each also has a dash of its own, for black and white."""

_NEARLY_ALL: Final = 99.95
"""Per cent from which on a share would be rounded to all."""

_DASHES: Final[tuple[Any, ...]] = ("solid", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))


@dataclass(frozen=True)
class Mark:
    """A plan that is marked.

    Attributes
    ----------
    name : str
        What it is called.
    value : float
        Where it stands.
    better : float or None
        Share of all plans that are better than it, 0 to 1; None where it is not known.
    sample : int
        Number of random plans that this share rests on; 0 where it is exact.
    """

    name: str
    value: float
    better: float | None = None
    sample: int = 0


def draw_distribution(
    edges: FloatArray,
    counts: Sequence[float],
    marks: Sequence[Mark] = (),
    *,
    label: str,
    more_is_better: bool = True,
    title: str = "",
    below: str = "",
    ax: Any = None,
    language: Language = "en",
) -> Any:
    """Draw how the plans of a region are distributed along a value.

    Parameters
    ----------
    edges : ndarray of float64, shape (b + 1,)
        Bounds of the bins, ascending.
    counts : sequence of float, length b
        Plans in each bin; only their shares are shown.
    marks : sequence of Mark
    label : str
        The value with its unit, below the axis, in the language of the picture.
    more_is_better : bool
        Says which way an arrow points.
    title, below : str
        Above the picture.
    ax : matplotlib Axes, optional
        Where to draw; a figure of its own without it.
    language : {'en', 'nl'}
        Of all texts.

    Returns
    -------
    Figure
        One bar a bin, whose heights sum to 1, and one vertical line a mark.
    """
    figure, axes = on(ax, 8.0, 4.2)
    share = shares(counts)
    edges = np.asarray(edges, dtype=np.float64)
    axes.bar(
        edges[:-1],
        share,
        np.diff(edges),
        align="edge",
        color=BARS,
        edgecolor="white",
        linewidth=0.4,
        zorder=2,
    )
    plain(axes, grid="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.yaxis.set_major_formatter(lambda value, _: written(f"{100 * value:g}", language) + " %")
    number_ticks(axes.xaxis, language)
    axes.set_ylabel(told("share of plans", language), color=PALE_INK, fontsize=9)
    arrow = "better →" if more_is_better else "← better"
    axes.set_xlabel(f"{label}    ({told(arrow, language)})", color=INK, fontsize=9.5, parse_math=False)
    high = float(share.max(initial=0.0)) or 1.0
    lines = _levels(marks, edges)
    axes.set_yticks([tick for tick in axes.get_yticks() if tick <= 1.05 * high])
    axes.set_ylim(0, high * (1.14 + 0.19 * (max(lines, default=-1) + 1)))
    for k, (mark, level) in enumerate(zip(marks, lines, strict=True)):
        _draw_mark(axes, mark, k, edges, high * (1.14 + 0.19 * level), language)
    if title:
        titled(axes, title, below)
    return figure


def shares(counts: Sequence[float]) -> FloatArray:
    """Give the share of each bin; counts may be whole numbers of any size."""
    total = sum(counts)
    return np.array([float(count / total) if total else 0.0 for count in counts], dtype=np.float64)


def rank_in_words(better: float, sample: int = 0) -> str:
    """Say where a plan stands among all, given the share of plans that are better, exact or of a sample."""
    if better <= 0:
        return f"better than {sample:,} random plans" if sample else "best of all plans"
    below = 100 * better
    if sample:
        about = "" if below >= _NEARLY_ALL else "about "
        return f"{about}{_percent(below)} of all plans are better"
    if below < 0.001:
        ones = round(1 / better)
        return f"one plan in {round(ones, 2 - len(str(ones))):,} is better"
    if below < 50:
        return f"among the best {_percent(below)} of all plans"
    return f"{_percent(below)} of all plans are better"


def _percent(value: float) -> str:
    """Two digits that matter, more near 100, nothing that rounds to 0 or 100."""
    if value >= _NEARLY_ALL:
        return "over 99.9 %"
    return f"{value:.2g} %" if value < 10 else f"{value:.1f} %" if value > 99 else f"{value:.0f} %"


def _levels(marks: Sequence[Mark], edges: FloatArray) -> list[int]:
    """Height at which each mark is named, counted from 0, so that names overlap neither names nor lines.

    Names point to the middle: of two marks near each other, the outer one is named above the other's line.
    """
    span = float(edges[-1] - edges[0]) or 1.0
    at = [(mark.value - float(edges[0])) / span for mark in marks]
    levels = [0] * len(marks)
    free: list[list[tuple[float, float]]] = []
    for k in sorted(range(len(marks)), key=lambda k: abs(at[k] - 0.5)):
        left, right = (at[k], at[k] + 0.42) if at[k] < 0.5 else (at[k] - 0.42, at[k])
        level = next(
            (
                n
                for n in range(len(free))
                if all(right < a or left > b for taken in free[n:] for a, b in taken)
            ),
            len(free),
        )
        if level == len(free):
            free.append([])
        free[level].append((left, right))
        levels[k] = level
    return levels


def _draw_mark(
    axes: Any, mark: Mark, number: int, edges: FloatArray, height: float, language: Language
) -> None:
    """A line at a plan's value, with its name and where it stands beside its head."""
    colour, dashes = MARKS[number % len(MARKS)], _DASHES[number % len(_DASHES)]
    axes.plot([mark.value, mark.value], [0, height], color=colour, linestyle=dashes, linewidth=1.8, zorder=4)
    axes.plot([mark.value], [height], marker="o", color=colour, markersize=5, zorder=5)
    left = mark.value < (float(edges[0]) + float(edges[-1])) / 2
    text = mark.name
    if mark.better is not None:
        text += "\n" + told(rank_in_words(mark.better, mark.sample), language)
    axes.annotate(
        text,
        (mark.value, height),
        xytext=(7 if left else -7, 0),
        textcoords="offset points",
        ha="left" if left else "right",
        va="center",
        fontsize=9,
        color=colour,
        zorder=6,
        parse_math=False,
    )
