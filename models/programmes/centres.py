"""Centres of parts that are not their roots, for a term whose seat may be another member.

    c_rj = 1 when the part of root r has its centre in j; q_irj = 1 when i is in that part too

    sum_j c_rj = x_rr,   c_rj <= x_jr,   sum_j q_irj = x_ir,   q_irj <= c_rj

With whole x, every q_irj equals c_rj for the members i of the part, so that the cost is linear in c and its
least value is reached at one centre: neither c nor q has to be asked to be whole. The facility location
form of Krarup and Pruzan (1983), once for each part. Takes a column for every root, centre and member.
"""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from .builder import Draft


def put_centres(draft: Draft, x: IntArray, amounts: FloatArray) -> None:
    """Add variables for the centres of parts, and their costs.

    Parameters
    ----------
    draft : Draft
    x : ndarray of int64, shape (m, m)
        Columns of the assignment to roots, -1 where there is none.
    amounts : ndarray of float64, shape (m, m)
        Cost of a member (row) of a part with a centre (column).
    """
    for root in np.flatnonzero(np.diagonal(x) >= 0).tolist():
        members = np.flatnonzero(x[:, root] >= 0)
        count = len(members)
        centre = draft.columns(np.full(count, root))
        draft.put(draft.rows(1, 0.0, 0.0), np.append(centre, x[root, root]), np.append(np.ones(count), -1.0))
        rows = draft.rows(count, upper=0.0)
        draft.put(rows, centre)
        draft.put(rows, x[members, root], -1.0)
        place = draft.columns(np.full(count * count, root)).reshape(count, count)
        rows = draft.rows(count, 0.0, 0.0)
        draft.put(rows[:, None], place)
        draft.put(rows, x[members, root], -1.0)
        rows = draft.rows(count * count, upper=0.0).reshape(count, count)
        draft.put(rows, place)
        draft.put(rows, np.broadcast_to(centre, place.shape), -1.0)
        draft.cost(place, amounts[np.ix_(members, members)])
