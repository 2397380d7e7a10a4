"""The picture of a Pareto front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ...instances.common.problems import reject
from ...models.scoring.reported_values import base_of, reported_value
from ...models.scoring.scorer import Scorer
from ...solver.plan_sets.base import ALL
from ...solver.plan_sets.pareto.result import Front
from ..dutch import Language, list_text, told
from ..maps.lettering import lettered
from .figure import called, capitalised, on, titled
from .tradeoff import Named, Scale, draw_coloured, draw_curve, name_points, names_of

if TYPE_CHECKING:
    from ...solver.plan_sets.pareto import ParetoFront
    from ...solver.results.plan import Plan


@lettered
def plot_pareto(
    pareto: ParetoFront,
    region: str | None = None,
    *,
    ax: Any = None,
    names: Mapping[int, str] | None = None,
    plans: Mapping[str, Plan] | None = None,
    optimum: bool | Plan = True,
    title: str | None = None,
    language: Language = "en",
) -> Any:
    """Draw the front of a region, or of all: better is to the right and up.

    Values are means over the inhabitants of what is drawn.

    Parameters
    ----------
    pareto : ParetoFront
    region : str, optional
        Name of a region; all that were asked for without it.
    ax : matplotlib Axes, optional
        Where to draw; a figure of its own without it.
    names : mapping of int to str, optional
        Names of points, by their place in the front, counted from 1 as in `to_frame`.
    plans : mapping of str to Plan, optional
        Other plans by name, on the front or not; in a region, their part that lies in it is meant.
    optimum : bool or Plan
        Whether the plan that is best under the weights of the scenario is found and marked; or that plan.
    title : str, optional
    language : {'en', 'nl'}
        Of all texts.

    Returns
    -------
    Figure

    Raises
    ------
    InputError
        There is no front of the region, or no point of a number that is named.
    """
    front = pareto.of(region)
    if not len(front):
        reject("there is nothing to draw: this region has no plan", value=front.region)
    scorer = _scorer(pareto)
    scales = [Scale(term.name, term.unit, term.sense > 0, language) for term in scorer.terms]
    values = front.values
    figure, axes = on(ax, 7.6, 5.2)
    wrong = [k for k in names or {} if not 1 <= k <= len(front)]
    if wrong:
        reject(f"there is no such point; there are 1 to {len(front)}", value=wrong[0])
    named = names_of({k - 1: text for k, text in (names or {}).items()}, values)
    others = {text: (plan, False) for text, plan in (plans or {}).items()}
    best = best_plan(pareto, front.region) if optimum is True else optimum
    if best:
        others[told(f"best under\n'{pareto.scenario.name}'", language)] = (best, True)
    for text, (plan, is_best) in others.items():
        x, y, *_ = _values(pareto, front, scorer, plan)
        named.append(Named(x, y, text, is_best))
    if len(pareto.terms) == 3:
        draw_coloured(axes, values, scales, named)
    else:
        draw_curve(axes, values, front.supported, scales, named)
    titled(axes, title or _title(front, language), told(_below(front, language), language))
    if named:
        name_points(axes, values[:, :2], named)
    return figure


def _title(front: Front, language: Language) -> str:
    """Say which terms are held against each other, and where."""
    where = told("all regions", language) if front.region == ALL else front.region
    terms = list_text([called(term, language) for term in front.terms], language, between="or")
    return capitalised(f"{terms}: {where}", language)


def _below(front: Front, language: Language) -> str:
    """Say what the points are, and how far they are proved: in English, but for the names of terms."""
    points = f"{len(front):,} point" + ("" if len(front) == 1 else "s")
    if not front.is_proved:
        return f"{points}: a limit ended the work, others are missing that may beat some of them"
    number = f"{points} that no plan beats in every term"
    if len(front) == 1:
        number = "one point that no plan beats in any term"
    if front.precision:
        terms = [called(term, language) for term in front.terms]
        within = [f"{p:.2g} in {term}" for p, term in zip(front.precision, terms, strict=True)]
        return f"{number}, to within {', '.join(within)}"
    return f"{number}: all there are"


def _members(pareto: ParetoFront, front: Front) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Municipalities that the front is for, shape (n,)."""
    names = [one.region for one in pareto.by_region] if front.region == ALL else [front.region]
    instance = pareto.instance
    return np.isin(instance.region, [instance.regions.index(name) for name in names])


def _scorer(pareto: ParetoFront) -> Scorer:
    weights = dict.fromkeys(pareto.terms, 1.0)
    return Scorer(pareto.instance, pareto.scenario.model_copy(update={"weights": weights}))


def _values(pareto: ParetoFront, front: Front, scorer: Scorer, plan: Plan) -> list[float]:
    """Value of a plan in the terms of a front, as the front gives them."""
    instance = pareto.instance
    held = _members(pareto, front)
    groups = [part.members for part in plan.mergers if held[list(part.members)].all()]
    members = np.zeros((len(groups), len(instance)))
    for row, group in zip(members, groups, strict=True):
        row[list(group)] = 1
    sums = scorer.values(members, np.arange(len(instance), dtype=np.int64)).sum(axis=0)
    members_held = np.flatnonzero(held).tolist()
    return [
        reported_value(term, total, base_of(term, members_held))
        for term, total in zip(scorer.terms, sums.tolist(), strict=True)
    ]


def best_plan(pareto: ParetoFront, region: str | None = None) -> Plan | None:
    """Find the plan that is best under the weights of the scenario, in a region or in all of the fronts'.

    None where the scenario weighs nothing, or has no plan.
    """
    from ...solver.regions.solving import solve

    if not any(pareto.scenario.weights.values()):
        return None
    regions = [one.region for one in pareto.by_region] if region in (None, ALL) else [str(region)]
    return solve(pareto.instance, pareto.scenario, regions=regions).plan
