"""The picture of a sweep: which plan wins under which weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject, suggest
from ...solver.results.counts import number_of
from ..dutch import Language, labels, told
from ..maps.lettering import lettered
from ..maps.shapes import Geometry
from ..maps.style import INK, PALE_INK
from .figure import Picture, called, capitalised, number_ticks, on, plain, titled, within
from .weight_space import (
    MOST_SETTINGS,
    NONE,
    TRIANGLE,
    draw_fields,
    draw_legend,
    draw_triangle,
    draw_values,
    fields,
    mark,
    ternary,
)

if TYPE_CHECKING:
    import pandas as pd

    from ...solver.plan_sets.sweep.result import SweepResult

_WEIGHT = "weight:"
_VALUE = "value:"
_SCORE = "score"
_LINE = 5.0
"""Inches that the label below a line of mixtures takes at most."""


@lettered
def plot_sweep(
    result: SweepResult,
    region: str | None = None,
    *,
    terms: Sequence[str] | None = None,
    settings: Sequence[int] | None = None,
    colour: str = "",
    title: str | None = None,
    language: Language = "en",
) -> Any:
    """Draw which plan wins under which weights: a triangle for three terms, a rectangle for two.

    Parameters
    ----------
    result : SweepResult
    region : str, optional
        Whose plans; those of all regions together without it.
    terms : sequence of str, optional
        Two or three whose weights span the picture; those that vary without it.
    settings : sequence of int, optional
        Only these; with bounds or locks that vary, choose those of one variant.
    colour : str, optional
        Column of `result.answers` (of `result.settings` for all regions), such as ``score`` or
        ``value:distance``, that colours the settings in place of their winners.
    title : str, optional
    language : {'en', 'nl'}
        Of all texts.

    Returns
    -------
    Figure

    Raises
    ------
    InputError
        Other than two or three weights vary, there is no such region, setting, term or column, or the
        settings differ in more than weights.
    """
    table = _chosen(result, region, settings)
    picked = tuple(terms) if terms is not None else _varying(table)
    _check(result, table, picked)
    weights = table[[_WEIGHT + term for term in picked]].to_numpy(dtype=np.float64)
    plane = _plane(weights, picked, language)
    regions = list(dict.fromkeys(result.answers["region"])) if region is None else [region]
    where = told("all regions", language) if len(regions) > 1 else str(regions[0])
    spot = plane.place(_base(result, table, picked))
    below = number_of(len(table), "weighting") + (", each answer proved" if _is_proved(table) else "")
    below = told(below, language)
    if colour:
        figure, axes = on(None, 7.2, 5.4)
        _colour_values(axes, table, plane, colour)
        text = f"{_column(colour, language)} of the best plan: {where}"
        titled(axes, title or capitalised(told(text, language), language), below)
    else:
        figure = Picture(9.2, 3.4 if plane.is_line else 5.4)
        axes, side = figure.subplots(1, 2, width_ratios=(2.1, 1.0))
        winners, names = _winners(result, table, region, language)
        drawn = fields(plane.points, winners, plane.shape)
        draw_fields(axes, drawn, free=spot)
        draw_legend(side, drawn, names, "best under", language)
        text = f"Which plan is best under which weights: {where}"
        titled(axes, title or told(text, language), below)
    plane.frame(axes)
    if spot is not None:
        mark(axes, spot, f"'{result.spec.scenario.name}'")
    return figure


def _colour_values(axes: Any, table: pd.DataFrame, plane: _Plane, colour: str) -> None:
    if colour not in table:
        reject("there is no such column", suggest(colour, [str(name) for name in table]), value=colour)
    values = table[colour].to_numpy(dtype=np.float64, na_value=np.nan)
    label = told("score (points)", plane.language) if colour == _SCORE else _column(colour, plane.language)
    draw_values(axes, plane.points, values, plane.shape, label, plane.language)


def _column(name: str, language: Language) -> str:
    """Call a column of a sweep: by its name in English, as files do, and as planners do in Dutch."""
    if name == _SCORE:
        return told(name, language)
    if name.startswith(_VALUE):
        return called(name.removeprefix(_VALUE), language)
    return name if language == "en" else str(labels(language)["headings"].get(name, name)).lower()


@dataclass(frozen=True)
class _Plane:
    """Where settings lie.

    Attributes
    ----------
    terms : tuple of str
    largest : ndarray of float64, shape (t,)
        Largest weight of each term.
    is_line : bool
        Two weights that sum to the same everywhere: only their mixture counts.
    points : ndarray of float64, shape (n, 2)
    shape : shapely geometry
    language : {'en', 'nl'}
        Of what stands around it.
    """

    terms: tuple[str, ...]
    largest: FloatArray
    is_line: bool
    points: FloatArray
    shape: Geometry
    language: Language

    def place(self, weights: FloatArray | None) -> FloatArray | None:
        """Place one weighting, shape (t,); None where it is outside."""
        if weights is None or weights.sum() <= 0:
            return None
        if len(self.terms) == 3:
            return np.asarray(ternary(weights[None] / self.largest)[0], dtype=np.float64)
        spot = np.array([weights[0] / weights.sum(), 0.5]) if self.is_line else weights
        return spot if shapely.dwithin(self.shape, shapely.Point(spot), 1e-9) else None

    def frame(self, axes: Any) -> None:
        """Draw what lies around it."""
        names = [called(term, self.language) for term in self.terms]
        if len(self.terms) == 3:
            notes = [told(f"{largest:g} points a unit", self.language) for largest in self.largest]
            draw_triangle(axes, names, notes, self.language)
            return
        left, bottom, right, top = self.shape.bounds
        plain(axes)
        axes.set_xlim(left, right)
        axes.set_ylim(bottom, top)
        first, second = names
        if self.is_line:
            axes.set_yticks([])
            axes.spines["left"].set_visible(False)
            axes.xaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
            label = f"share of {first} in the weights of {first} and {second}"
            axes.set_xlabel(within(told(label, self.language), _LINE), fontsize=9.5, color=INK)
            return
        for axis, name in ((axes.xaxis, first), (axes.yaxis, second)):
            text = told(f"weight of {name}, points a unit", self.language)
            axis.set_label_text(text, fontsize=9.5, color=INK)
            number_ticks(axis, self.language)
        if len(self.points) <= 400:
            axes.plot(*self.points.T, ".", color=PALE_INK, markersize=2, zorder=3)


def _plane(weights: FloatArray, terms: tuple[str, ...], language: Language) -> _Plane:
    largest = weights.max(axis=0)
    largest[largest == 0] = 1.0
    if len(terms) == 3:
        return _Plane(terms, largest, False, ternary(weights / largest), TRIANGLE, language)
    sums = weights.sum(axis=1)
    if np.ptp(sums) <= 1e-9 * sums.max() and len(sums) > 1:
        share = weights[:, 0] / sums
        points = np.column_stack([share, np.full(len(share), 0.5)])
        return _Plane(terms, largest, True, points, shapely.box(share.min(), 0, share.max(), 1), language)
    # half a step beyond the outermost settings, so that each has a whole cell
    low, high = weights.min(axis=0), weights.max(axis=0)
    steps = [np.unique(column) for column in weights.T]
    margin = np.array([np.diff(s).min() / 2 if len(s) > 1 else 0.5 for s in steps])
    around = shapely.box(*(low - margin), *(high + margin))
    return _Plane(terms, largest, False, weights, around, language)


def _base(result: SweepResult, table: pd.DataFrame, terms: tuple[str, ...]) -> FloatArray | None:
    """Weights of the scenario itself; None where no setting of the picture could be like it.

    In a triangle, and on a line, only the mixture of weights is seen: it says all when their sum is that of
    the settings, or when nothing else is weighed.
    """
    given = result.spec.scenario.weights
    others = [str(c).removeprefix(_WEIGHT) for c in table if str(c).startswith(_WEIGHT)]
    fixed = {term: float(table[_WEIGHT + term].iloc[0]) for term in others if term not in terms}
    if any(given.get(term, 0.0) != weight for term, weight in fixed.items()):
        return None
    weights = np.array([given.get(term, 0.0) for term in terms])
    settings = table[[_WEIGHT + term for term in terms]].to_numpy(dtype=np.float64)
    scale = np.maximum(settings.max(axis=0), 1e-300) if len(terms) == 3 else np.ones(2)
    sums, own = (settings / scale).sum(axis=1), float((weights / scale).sum())
    mixtures = len(terms) == 3 or bool(np.allclose(sums, sums[0]))
    return None if mixtures and any(fixed.values()) and not np.allclose(sums, own) else weights


def _chosen(result: SweepResult, region: str | None, settings: Sequence[int] | None) -> pd.DataFrame:
    """Settings with their weights, and what is known of their answers."""
    table = result.settings
    if region is not None:
        regions = sorted(set(result.answers["region"]))
        if region not in regions:
            reject("the sweep has no such region", suggest(region, regions), value=region)
        answers = result.answers[result.answers["region"] == region]
        own = [name for name in table if name == "setting" or name not in answers]
        table = table[own].merge(answers, on="setting")
    if settings is not None:
        unknown = sorted(set(settings) - set(table["setting"]))
        if unknown:
            reject(f"there is no such setting; there are 0 to {len(result.settings) - 1}", value=unknown[0])
        table = table[table["setting"].isin(list(settings))]
    return table.reset_index(drop=True)


def _varying(table: pd.DataFrame) -> tuple[str, ...]:
    columns = [str(name) for name in table if str(name).startswith(_WEIGHT)]
    return tuple(name.removeprefix(_WEIGHT) for name in columns if table[name].nunique() > 1)


def _check(result: SweepResult, table: pd.DataFrame, terms: tuple[str, ...]) -> None:
    """Make sure that weights of two or three terms are all that varies, and that a picture can hold them."""
    for term in terms:
        if _WEIGHT + term not in table:
            known = [str(c).removeprefix(_WEIGHT) for c in table if str(c).startswith(_WEIGHT)]
            reject("the sweep has no such term", suggest(term, known), value=term)
    if len(table) > MOST_SETTINGS:
        reject(
            f"a picture shows at most {MOST_SETTINGS:,} settings",
            "choose with settings=[...]",
            value=len(table),
        )
    if len(terms) not in (2, 3):
        reject(
            f"weights of two or three terms span a picture, not of {len(terms)}",
            "name them in terms=[...], and the settings in settings=[...]",
            value=", ".join(terms),
        )
    others = [c for c in ("instance", "locks", *(b for b in table if "." in str(b) and ":" not in str(b)))
              if table[c].nunique(dropna=False) > 1]  # fmt: skip
    others += [f"weight of {term}" for term in _varying(table) if term not in terms]
    if others:
        reject(
            f"these settings also differ in {', '.join(map(str, others))}",
            "choose those of one variant with settings=[...]",
        )
    if len(terms) == 3 and (table[[_WEIGHT + term for term in terms]].sum(axis=1) <= 0).any():
        reject("a setting gives none of the three terms a weight", "leave it out with settings=[...]")


def _is_proved(table: pd.DataFrame) -> bool:
    return bool(table["status"].isin(("optimal", "infeasible")).all())


def _winners(
    result: SweepResult, table: pd.DataFrame, region: str | None, language: Language
) -> tuple[IntArray, dict[int, str]]:
    """Number of the plan that wins each setting, and how each is called in a legend."""
    if region is not None:
        keys = [str(key) if isinstance(key, str) else None for key in table["plan"]]
    else:
        by_setting = result.answers.groupby("setting", sort=False)["plan"]
        whole = {s: None if plans.isna().any() else "/".join(plans) for s, plans in by_setting}
        keys = [whole[setting] for setting in table["setting"]]
    number: dict[str, int] = {}
    winners = np.array(
        [NONE if key is None else number.setdefault(key, len(number)) for key in keys], dtype=np.int64
    )
    names = {}
    is_zones = result.spec.scenario.level == "zones"
    for key, k in number.items():
        setting = int(table["setting"][keys.index(key)])
        after, mergers = (int(table[column][keys.index(key)]) for column in ("after", "mergers"))
        text = number_of(after, "zone")
        if not is_zones:
            text = f"{number_of(after, 'municipality')}, {number_of(mergers, 'merger')}"
        names[k] = told(f"{text} (setting {setting})", language)
    return winners, names
