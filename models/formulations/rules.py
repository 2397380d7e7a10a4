"""The rules of a question as rows on the assignment variables; contiguity is each formulation's own."""

from __future__ import annotations

import numpy as np

from ..programmes.enclosing import enclosing_sums
from ..seats import whole_metres
from .assignment import Assignment, Count


def put_rules(parts: Assignment, count: Count | None = None) -> None:
    """Add the rows that every partition satisfies, but for contiguity.

        sum_j x_ij = 1                          each municipality is in one part
        x_ij <= x_jj                            whose root is a root
        L x_jj <= sum_i p_i x_ij <= U x_jj      inhabitants, within the bounds, under each column
        x_ij = x_kj                             i and k are together
        x_ij + x_kj <= x_jj                     i and k are apart
        sum_{i has r} x_ij >= x_jj              every part holds what is required
        sum_{n in N(i)} x_nj - (|N(i)| - 1) x_jj - x_ij <= 0    and encloses nobody (see `enclosing_sums`)
        a <= sum_j x_jj <= b                    number of parts

    and, for seats that are locked, rows that keep the seat where it is.

    Parameters
    ----------
    parts : Assignment
    count : (int, int or None), optional
        Bounds on the number of parts.
    """
    _put_assignment(parts)
    _put_population(parts)
    _put_locks(parts)
    _put_required(parts)
    _put_unenclosed(parts)
    _put_count(parts, count)
    for seat in parts.locked:
        _put_seat(parts, seat)


def _put_assignment(parts: Assignment) -> None:
    builder, x = parts.builder, parts.x
    builder.put(builder.rows(len(x), 1.0, 1.0)[:, None], x)
    i, j = parts.pairs()
    rows = builder.rows(len(i), upper=0.0)
    builder.put(rows, x[i, j])
    builder.put(rows, x[j, j], -1.0)


def _put_population(parts: Assignment) -> None:
    builder, roots = parts.builder, parts.roots
    own = parts.x[roots, roots]
    also = [one.counted[parts.municipalities] for one in parts.question.also]
    for counted in (parts.population, *also):
        inhabitants = np.broadcast_to(counted[:, None], parts.x.shape)[:, roots].T
        for bound, sides in zip(parts.bounds, ((0.0, np.inf), (-np.inf, 0.0)), strict=True):
            rows = builder.rows(len(roots), *sides)
            builder.put(rows[:, None], parts.x[:, roots].T, inhabitants)
            builder.put(rows, own, -float(bound))


def _put_locks(parts: Assignment) -> None:
    builder, x, roots = parts.builder, parts.x, parts.roots
    place = {i: k for k, i in enumerate(parts.municipalities.tolist())}
    for group in parts.question.together:
        first, *others = [place[i] for i in group if i in place] or [0]
        for other in others:
            rows = builder.rows(len(roots), 0.0, 0.0)
            builder.put(rows, x[first, roots])
            builder.put(rows, x[other, roots], -1.0)
    for pair in parts.question.apart:
        if all(i in place for i in pair):
            a, b = (place[i] for i in pair)
            both = roots[(x[a, roots] >= 0) & (x[b, roots] >= 0)]
            rows = builder.rows(len(both), upper=0.0)
            builder.put(
                rows[:, None], np.column_stack([x[a, both], x[b, both], x[both, both]]), [1.0, 1.0, -1.0]
            )


def _put_required(parts: Assignment) -> None:
    builder, x = parts.builder, parts.x
    for _, having in parts.question.required:
        has = having[parts.municipalities]
        lacking = parts.roots[~has[parts.roots]]
        rows = builder.rows(len(lacking), lower=0.0)
        builder.put(rows[:, None], x[np.ix_(has, lacking)].T)
        builder.put(rows, x[lacking, lacking], -1.0)


def _put_unenclosed(parts: Assignment) -> None:
    for i, around in enumerate(parts.question.unenclosed):
        for _, sums in enclosing_sums(parts, i, around) if around else ():
            for columns, amounts in sums:
                parts.builder.put(parts.builder.rows(1, upper=0.0), columns, amounts)


def _put_count(parts: Assignment, count: Count | None) -> None:
    """Bound the number of parts, as asked and as the inhabitants allow: whole numbers cut tighter."""
    least, most = count_limits(parts, count)
    builder, roots = parts.builder, parts.roots
    builder.put(builder.rows(1, float(least), float(most)), parts.x[roots, roots])


def count_limits(parts: Assignment, count: Count | None = None) -> tuple[int, int]:
    """Fewest and most parts, as asked and as the inhabitants allow."""
    low, high = parts.bounds
    total = int(parts.population.sum())
    least, most = -(-total // high), total // low if low else len(parts.municipalities)
    if count is not None:
        least = max(least, count[0])
        most = most if count[1] is None else min(most, count[1])
    return least, most


def _put_seat(parts: Assignment, seat: int) -> None:
    """Keep a locked seat: no other member of its part makes the total distance less.

        sum_i p_i (d_is - d_iv) x_is <= M (1 - x_vs)   for every other v

    A member that comes before the seat may not even be its equal: of equals the first is the seat. What
    ranks behind a locked seat has no say in it; no other municipality ranks before one.
    """
    question, x, builder = parts.question, parts.x, parts.builder
    metres = whole_metres(question.instance, parts.municipalities)
    inhabitants = question.instance.population[parts.municipalities].astype(np.float64)
    ranks = question.seat_ranks[parts.municipalities]
    equal = (ranks <= ranks[seat]) & (np.arange(len(x)) != seat)
    members = np.flatnonzero((x[:, seat] >= 0) & equal)
    for v in members.tolist():
        gain = inhabitants * (metres[:, seat] - metres[:, v])
        gain[x[:, seat] < 0] = 0.0
        strict = 1.0 if v < seat else 0.0
        most = float(np.maximum(gain, 0.0).sum()) + strict
        row = builder.rows(1, upper=most - strict)
        builder.put(row, x[:, seat], gain)
        builder.put(row, x[v, seat], most)
