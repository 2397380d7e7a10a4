"""Centres of parts that are not their roots, for a term whose seat may be another member.

    c_rj = 1 when the part of root r has its centre in j; q_irj = 1 when i is in that part too

    sum_j c_rj = x_rr,   c_rj <= x_jr,   sum_j q_irj = x_ir,   q_irj <= c_rj
    c_rj + x_ir <= x_rr      for members i that may not be with a centre j

With whole x, every q_irj equals c_rj for the members i of the part, so that the cost is linear in c and its
least value is reached at one centre: neither c nor q has to be asked to be whole. The facility location
form of Krarup and Pruzan (1983), once for each part. Takes a column for every root, centre and member.
"""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from .builder import ProgrammeBuilder


def put_centres(builder: ProgrammeBuilder, x: IntArray, amounts: FloatArray, may: BoolArray) -> None:
    """Add variables for the centres of parts, and their costs.

    Parameters
    ----------
    builder : ProgrammeBuilder
    x : ndarray of int64, shape (m, m)
        Columns of the assignment to roots, -1 where there is none.
    amounts : ndarray of float64, shape (m, m)
        Cost of a member (row) of a part with a centre (column).
    may : ndarray of bool, shape (m, m)
        Whether a member (row) may be in a part with a centre (column).
    """
    for root in np.flatnonzero(np.diagonal(x) >= 0).tolist():
        members = np.flatnonzero(x[:, root] >= 0)
        count = len(members)
        centre = builder.columns(np.full(count, root))
        builder.put(
            builder.rows(1, 0.0, 0.0), np.append(centre, x[root, root]), np.append(np.ones(count), -1.0)
        )
        rows = builder.rows(count, upper=0.0)
        builder.put(rows, centre)
        builder.put(rows, x[members, root], -1.0)
        place = builder.columns(np.full(count * count, root)).reshape(count, count)
        rows = builder.rows(count, 0.0, 0.0)
        builder.put(rows[:, None], place)
        builder.put(rows, x[members, root], -1.0)
        rows = builder.rows(count * count, upper=0.0).reshape(count, count)
        builder.put(rows, place)
        builder.put(rows, np.broadcast_to(centre, place.shape), -1.0)
        builder.cost(place, amounts[np.ix_(members, members)])
        i, j = np.nonzero(~may[np.ix_(members, members)])
        rows = builder.rows(len(i), upper=0.0)
        builder.put(rows, centre[j])
        builder.put(rows, x[members[i], root])
        builder.put(rows, x[root, root], -1.0)
