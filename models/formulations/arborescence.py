"""The constraint programme: parts hold together by a tree that grows from their root.

::

    variables    x_ij  i is in the part of j (see `assignment`), and those of the terms
                 a_uv  u comes before v on the way from the root of v: u is its parent
                 h_v   steps from the root of v to v
    constraints  the rules of the question and the separators next to each member (see `rules`, `cut`)
                 sum_u a_uv + x_vv = 1                            a root, or one parent
                 a_uv and x_uj imply x_vj;  a_uv and x_vj imply x_uj   in the same part
                 a_uv implies h_v = h_u + 1;  x_vv implies h_v = 0      no circles
    objective    whole numbers: nano-points times a power of two, rounded

A rooted arborescence with heights after Miller, Tucker and Zemlin (1960), for CP-SAT (Perron, Didier and
Gay 2023), which is exact on whole numbers. With `rounded` every part has its score as the scorer gives it,
rounded to whole nano-points; what is proved then holds to the last one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ..scoring.scorer import NANO
from .compact import Compact

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

_OBJECTIVE_BITS = 59
"""Costs sum to fewer bits than this; 64 hold them, and what is worked out from them."""
_FINEST = 2.0**10
"""Units in a nano-point, at most: more would only make numbers longer."""


@dataclass(frozen=True)
class Arborescence:
    """A constraint programme that maximises the score of a plan.

    Attributes
    ----------
    model : CpModel
    columns : list of IntVar
        One for each column of the formulation.
    score : LinearExpr
        What is maximised.
    per_nano : float
        Units of it in a nano-point: a power of two, or 1 where scores are rounded.
    allowance : float
        Nano-points by which the score of a plan may be more than the model says, because its numbers
        are rounded.
    """

    model: cp_model.CpModel
    columns: list[Any]
    score: Any
    per_nano: float
    allowance: float


def arborescence_model(compact: Compact, *, rounded: bool = False) -> Arborescence:
    """Write a constraint programme on the variables of a formulation.

    Parameters
    ----------
    compact : Compact
        Rules, terms and neighbouring separators, as `cut_formulation` gives them.
    rounded : bool
        Whether the score of each part is rounded to whole nano-points, as the scorer does.

    Returns
    -------
    Arborescence

    Raises
    ------
    OverflowError
        Scores are so large that their nano-points do not fit in the numbers of the solver; only if `rounded`.
    """
    from ortools.sat.python import cp_model

    programme = compact.programme
    model = cp_model.CpModel()
    power = _power(float((np.abs(programme.cost) * programme.upper).sum()) / compact.scale * NANO)
    units = _units(compact, power)
    columns = [
        model.new_int_var(int(low), int(np.ceil(high)), f"c{k}")
        for k, (low, high) in enumerate(
            zip((programme.lower * units).tolist(), (programme.upper * units).tolist(), strict=True)
        )
    ]
    _put_rows(model, columns, compact, units)
    _put_tree(model, columns, compact)
    worth = -programme.cost / (compact.scale * units) * NANO
    coefficients = np.rint(worth * power).astype(np.int64)
    error = _error(compact, units, np.abs(worth * power - coefficients), power)
    if not rounded:
        score = cp_model.LinearExpr.weighted_sum(columns, coefficients.tolist())
        model.maximize(score)
        return Arborescence(model, columns, score, power, float(error.sum()) / power)
    if power < 1:
        raise OverflowError("scores do not fit in whole billionths of a point")
    nano = _rounded(model, columns, compact, coefficients, power, error)
    model.maximize(sum(nano))
    return Arborescence(model, columns, sum(nano), 1.0, 0.0)


def _units(compact: Compact, power: float) -> FloatArray:
    """Units of each column: 1, or for a broken one so many that each costs one of the objective."""
    costs = np.abs(compact.programme.cost) / compact.scale * NANO * power
    return np.where(compact.whole, 1.0, np.maximum(costs, 1.0))


def _power(largest: float) -> float:
    """Power of two by which costs are multiplied before they are rounded."""
    return float(min(_FINEST, 2.0 ** np.floor(_OBJECTIVE_BITS - np.log2(max(largest, 1.0)))))


def _error(compact: Compact, units: FloatArray, rounding: FloatArray, power: float) -> FloatArray:
    """Most by which the score of each part, times `power`, differs through rounding; shape (m,)."""
    programme, size = compact.programme, len(compact.parts.municipalities)
    error = np.zeros(size)
    np.add.at(error, compact.root, rounding * programme.upper * units)
    # a row that is rounded moves the broken variable in it by half a unit for each coefficient, and one more
    broken = np.flatnonzero(~compact.whole)
    entries = np.bincount(programme.rows, minlength=programme.shape[0])
    longest = int(entries.max(initial=0))
    unit_cost = np.abs(programme.cost[broken]) / (compact.scale * units[broken]) * NANO * power
    np.add.at(error, compact.root[broken], unit_cost * (longest / 2 + 1))
    # double precision, in which both are worked out
    total: float = np.abs(programme.cost * programme.upper).sum() / compact.scale * NANO
    bound: FloatArray = error + 1e-12 * power * total
    return bound


def _put_rows(model: cp_model.CpModel, columns: list[Any], compact: Compact, units: FloatArray) -> None:
    """Add the rows of the programme; those with a broken variable in its units, rounded."""
    from ortools.sat.python import cp_model

    programme = compact.programme
    scale = np.ones(programme.shape[0])
    broken = ~compact.whole[programme.columns]
    scale[programme.rows[broken]] = units[programme.columns[broken]]
    binary = compact.whole & (programme.lower == 0) & (programme.upper == 1)
    amounts = np.rint(programme.coefficients * scale[programme.rows] / units[programme.columns]).astype(
        np.int64
    )
    order = np.argsort(programme.rows, kind="stable")
    ends = np.searchsorted(programme.rows[order], np.arange(programme.shape[0] + 1))
    for row, (start, end) in enumerate(zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)):
        inside = order[start:end]
        low, high = programme.row_lower[row] * scale[row], programme.row_upper[row] * scale[row]
        terms = [columns[c] for c in programme.columns[inside].tolist()]
        weights = amounts[inside].tolist()
        if low == high == 1 and set(weights) == {1}:
            model.add_exactly_one(terms)
        elif (
            sorted(weights) == [-1, 1]
            and (low, high) == (-np.inf, 0)
            and binary[programme.columns[inside]].all()
        ):
            model.add_implication(terms[weights.index(1)], terms[weights.index(-1)])
        else:
            model.add_linear_constraint(
                cp_model.LinearExpr.weighted_sum(terms, weights), _side(low), _side(high)
            )


def _side(side: float) -> int:
    from ortools.sat.python import cp_model

    if np.isinf(side):
        return int(cp_model.INT_MAX if side > 0 else cp_model.INT_MIN)
    return round(side)


def _put_tree(model: cp_model.CpModel, columns: list[Any], compact: Compact) -> None:
    """Add parents and heights."""
    parts = compact.parts
    x: list[dict[int, Any]] = [
        {j: columns[parts.x[v, j]] for j in np.flatnonzero(parts.x[v] >= 0).tolist()}
        for v in range(len(parts.municipalities))
    ]
    height = [model.new_int_var(0, len(x) - 1, f"h{v}") for v in range(len(x))]
    for v, own in enumerate(x):
        parents = []
        for u in parts.neighbours[v]:
            if not own.keys() & x[u].keys():
                continue
            parent = model.new_bool_var(f"a{u}_{v}")
            parents.append(parent)
            model.add(height[v] == height[u] + 1).only_enforce_if(parent)
            for j in own.keys() | x[u].keys():
                _put_same(model, parent, own.get(j), x[u].get(j))
        root = own.get(v)
        model.add_exactly_one([*parents, root] if root is not None else parents)
        if root is not None:
            model.add(height[v] == 0).only_enforce_if(root)


def _put_same(model: cp_model.CpModel, parent: Any, one: Any, other: Any) -> None:
    """A municipality with a parent is in its part; None where it cannot be in that part."""
    for here, there in ((one, other), (other, one)):
        if here is not None:
            clause = [parent.negated(), here.negated()]
            model.add_bool_or(clause if there is None else [*clause, there])


def _rounded(
    model: cp_model.CpModel,
    columns: list[Any],
    compact: Compact,
    coefficients: IntArray,
    power: float,
    error: FloatArray,
) -> list[Any]:
    """Add the score of each part in whole nano-points, rounded up where rounding down is not certain."""
    from ortools.sat.python import cp_model

    nano = []
    most = np.zeros(len(compact.parts.municipalities))
    np.add.at(most, compact.root, np.abs(coefficients) * compact.programme.upper)
    for root in compact.parts.roots.tolist():
        own = np.flatnonzero((compact.root == root) & (coefficients != 0))
        limit = int(most[root] / power) + 2
        score = model.new_int_var(-limit, limit, f"n{root}")
        exact = cp_model.LinearExpr.weighted_sum(
            [columns[c] for c in own.tolist()], coefficients[own].tolist()
        )
        # half a nano-point either way, and what the rounding of coefficients may hide
        slack = int(np.ceil(power / 2 + error[root]))
        model.add(int(power) * score <= exact + slack)
        nano.append(score)
    return nano
