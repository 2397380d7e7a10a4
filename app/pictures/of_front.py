"""The picture of a front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ...instances.arrays import FloatArray
from ...instances.problems import reject
from ...models.scorer import Scorer
from ...solver.family import ALL
from ...solver.pareto.result import Front
from .figure import on, titled
from .tradeoff import Named, Scale, draw_coloured, draw_curve, name_points, names_of

if TYPE_CHECKING:
    from ...solver.pareto import ParetoFront
    from ...solver.result import Plan


def plot_pareto(
    found: ParetoFront,
    region: str | None = None,
    *,
    ax: Any = None,
    names: Mapping[int, str] | None = None,
    plans: Mapping[str, Plan] | None = None,
    optimum: bool | Plan = True,
    title: str | None = None,
) -> Any:
    """Draw the front of a region, or of all: better is to the right and up.

    Values are means over the inhabitants of what is drawn: of a region, not its share in the whole.

    Parameters
    ----------
    found : ParetoFront
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

    Returns
    -------
    Figure

    Raises
    ------
    InputError
        There is no front of the region, or no point of a number that is named.
    """
    front = found.of(region)
    if not len(front):
        reject("there is nothing to draw: this region has no plan", value=front.region)
    factors, scales = _scales(found, front)
    values = front.values * factors
    figure, axes = on(ax, 7.6, 5.2)
    wrong = [k for k in names or {} if not 1 <= k <= len(front)]
    if wrong:
        reject(f"there is no such point; there are 1 to {len(front)}", value=wrong[0])
    named = names_of({k - 1: text for k, text in (names or {}).items()}, values)
    others = {text: (plan, False) for text, plan in (plans or {}).items()}
    best = best_plan(found, front.region) if optimum is True else optimum
    if best:
        others[f"best under\n'{found.scenario.name}'"] = (best, True)
    for text, (plan, is_best) in others.items():
        x, y, *_ = _values(found, front, plan) * factors
        named.append(Named(float(x), float(y), text, is_best))
    if len(found.terms) == 3:
        draw_coloured(axes, values, scales, named)
    else:
        draw_curve(axes, values, front.supported, scales, named)
    where = "all regions" if front.region == ALL else front.region
    titled(axes, title or f"{' or '.join(found.terms)}: {where}", _below(front, factors))
    if named:
        name_points(axes, values[:, :2], named)
    return figure


def _below(front: Front, factors: FloatArray) -> str:
    """Say what the points are, and how far they are proved."""
    number = f"{len(front):,} plans that no other plan beats in every term"
    if len(front) == 1:
        number = "one plan beats all others in every term"
    if not front.is_proved:
        return f"{number}; a time limit ended the work, others may be missing"
    if front.precision:
        precision = (np.array(front.precision) * factors).tolist()
        within = [f"{p:.2g} in {term}" for p, term in zip(precision, front.terms, strict=True)]
        return f"{number}, to within {', '.join(within)}"
    return f"{number}: all there are"


def _members(found: ParetoFront, front: Front) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Municipalities that the front is for, shape (n,)."""
    names = [one.region for one in found.by_region] if front.region == ALL else [front.region]
    instance = found.instance
    return np.isin(instance.region, [instance.regions.index(name) for name in names])


def _scales(found: ParetoFront, front: Front) -> tuple[FloatArray, list[Scale]]:
    """Factors that bring shares in the whole to means over the front's own inhabitants, and the axes."""
    instance = found.instance
    own = int(instance.population[_members(found, front)].sum())
    scenario = found.scenario.model_copy(update={"weights": dict.fromkeys(found.terms, 1.0)})
    terms = Scorer(instance, scenario).terms
    factors = [instance.total_population / max(own, 1) if term.per_inhabitant else 1.0 for term in terms]
    return np.array(factors), [Scale(term.name, term.unit, term.sense > 0) for term in terms]


def _values(found: ParetoFront, front: Front, plan: Plan) -> FloatArray:
    """Value of a plan in the terms of a front, as shares in the whole, shape (t,)."""
    instance = found.instance
    scenario = found.scenario.model_copy(update={"weights": dict.fromkeys(found.terms, 1.0)})
    scorer = Scorer(instance, scenario)
    held = _members(found, front)
    groups = [part.members for part in plan.mergers if held[list(part.members)].all()]
    members = np.zeros((len(groups), len(instance)))
    for row, group in zip(members, groups, strict=True):
        row[list(group)] = 1
    sums = scorer.values(members, np.arange(len(instance), dtype=np.int64)).sum(axis=0)
    return np.array([value / scorer.divisor(term) for value, term in zip(sums, scorer.terms, strict=True)])


def best_plan(found: ParetoFront, region: str | None = None) -> Plan | None:
    """Find the plan that is best under the weights of the scenario, in a region or in all of the fronts'.

    None where the scenario weighs nothing, or has no plan.
    """
    from ...solver.solve import solve

    if not any(found.scenario.weights.values()):
        return None
    regions = [one.region for one in found.by_region] if region in (None, ALL) else [str(region)]
    return solve(found.instance, found.scenario, regions=regions).plan
