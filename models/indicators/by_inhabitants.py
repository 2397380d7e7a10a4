"""Indicators that depend on the inhabitants of a merger by steps, and on whether it is one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ..programmes.reach import Reach
from ..programmes.variables import AssignmentVariables
from .base import AdditiveIndicator, LinearAmounts


@dataclass(frozen=True)
class Step:
    """What a number of inhabitants from one bound to another gives.

    Attributes
    ----------
    lowest : int
        Inhabitants, included.
    highest : int or None
        Inhabitants, included; None without end.
    constant, slope : float
        The amount is ``constant + slope * inhabitants``.
    """

    lowest: int
    highest: int | None
    constant: float = 0.0
    slope: float = 0.0


def steps_of(below: Sequence[int], values: Sequence[float], more: float = 0.0) -> tuple[Step, ...]:
    """Give steps of constants, as laws write them: a value below each number of inhabitants, one above."""
    starts, ends = (0, *below), (*(end - 1 for end in below), None)
    return tuple(Step(a, b, value + more) for a, b, value in zip(starts, ends, values, strict=True))


class ByInhabitants(AdditiveIndicator):
    """An indicator whose amount follows from the inhabitants of a merger by steps.

    Whether a municipality stays alone may make a difference: the steps of both are given apart.
    """

    @property
    @abstractmethod
    def merged(self) -> tuple[Step, ...]:
        """Steps of mergers of two municipalities or more, from 0 inhabitants up, without a gap."""

    @property
    def alone(self) -> tuple[Step, ...]:
        """Steps of municipalities that stay alone, likewise; by default those of mergers."""
        return self.merged

    @property
    def inhabitants(self) -> IntArray:
        """Inhabitants of each municipality as they are counted, shape (n,)."""
        return self.instance.population

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m)."""
        people: FloatArray = members @ self.inhabitants[municipalities].astype(np.float64)
        amounts = _amounts(self.merged, people)
        if self.alone == self.merged:
            return amounts
        return np.where(members.sum(axis=1) > 1, amounts, _amounts(self.alone, people))

    def linear(self, parts: AssignmentVariables) -> LinearAmounts:
        """Let s_jk = 1 when the part of j is on step k; see `AdditiveIndicator.linear`.

            sum_k s_jk = x_jj,    lowest_k s_jk <= P_jk <= highest_k s_jk,    sum_k P_jk = sum_i p_i x_ij

        and the amount is the sum of constant_k s_jk + slope_k P_jk. Where mergers have other steps than
        those who stay alone, m_j = 1 when the part of j is a merger:

            m_j >= x_ij for every i but j,    m_j <= sum of them
            the steps of mergers sum to m_j, those of who stays alone to x_jj - m_j
        """
        columns: list[IntArray] = []
        amounts: list[FloatArray] = []
        people = self.inhabitants[parts.municipalities].astype(np.float64)
        for j in parts.roots.tolist():
            members = np.flatnonzero(parts.x[:, j] >= 0)
            most = float(people[members].sum())
            chosen = self._chosen(parts, j, members)
            total = parts.builder.rows(1, lower=0.0, upper=0.0)
            parts.builder.put(total, parts.x[members, j], people[members])
            for steps, (plus, minus) in chosen:
                row = parts.builder.rows(1, lower=0.0, upper=0.0)
                parts.builder.put(row, plus, -1.0)
                if minus is not None:
                    parts.builder.put(row, minus, 1.0)
                ends = [most if one.highest is None else min(most, float(one.highest)) for one in steps]
                used = [(one, end) for one, end in zip(steps, ends, strict=True) if one.lowest <= end]
                on, there = self._put_steps(parts, j, used, row, total)
                columns += [on, there]
                amounts += [
                    np.array([one.constant for one, _ in used]),
                    np.array([one.slope for one, _ in used]),
                ]
        return LinearAmounts.joined(columns, amounts)

    def _chosen(
        self, parts: AssignmentVariables, j: int, members: IntArray
    ) -> list[tuple[tuple[Step, ...], tuple[IntArray, IntArray | None]]]:
        """Give the steps of a part with what says that it is on one of them: a column, less another."""
        root, others = parts.x[[j], j], members[members != j]
        if self.alone == self.merged:
            return [(self.merged, (root, None))]
        if not len(others):
            return [(self.alone, (root, None))]
        builder = parts.builder
        is_merger = builder.columns(np.array([j]), integer=True)
        rows = builder.rows(len(others), lower=0.0)
        builder.put(rows, np.broadcast_to(is_merger, others.shape))
        builder.put(rows, parts.x[others, j], -1.0)
        row = builder.rows(1, upper=0.0)
        builder.put(row, is_merger)
        builder.put(row, parts.x[others, j], -1.0)
        return [(self.merged, (is_merger, None)), (self.alone, (root, is_merger))]

    @staticmethod
    def _put_steps(
        parts: AssignmentVariables,
        j: int,
        steps: Sequence[tuple[Step, float]],
        row: IntArray,
        total: IntArray,
    ) -> tuple[IntArray, IntArray]:
        """Add the columns s and P of the steps of a part, and their rows."""
        builder, roots = parts.builder, np.full(len(steps), j)
        lowest = np.array([float(one.lowest) for one, _ in steps])
        highest = np.array([end for _, end in steps])
        on = builder.columns(roots, integer=True)
        there = builder.columns(roots, upper=highest)
        builder.put(row, on)
        builder.put(total, there, -1.0)
        least = builder.rows(len(steps), lower=0.0)
        builder.put(least, there)
        builder.put(least, on, -lowest)
        most = builder.rows(len(steps), upper=0.0)
        builder.put(most, there)
        builder.put(most, on, -highest)
        return on, there

    def least(self, reach: Reach) -> float:
        """All have the least amount per inhabitant, or of a part; see `AdditiveIndicator.least`."""
        inhabitants = self.inhabitants[reach.municipalities]
        people = int(inhabitants.sum())
        # where the bounds count others, parts may be of any size
        lowest, highest = reach.bounds if (inhabitants == reach.counted).all() else (0, people)
        ends: list[tuple[float, int]] = []
        for one in (*self.merged, *self.alone):
            first, last = max(lowest, one.lowest), min(highest, people)
            last = last if one.highest is None else min(last, one.highest)
            ends += [(one.constant + one.slope * at, at) for at in {first, last} if first <= last]
        if not ends:
            return 0.0
        # what a step gives, and what it gives an inhabitant, goes one way: both are least at an end
        for_one = min(amount / max(1, at) for amount, at in ends)
        of_a_part = min(amount for amount, _ in ends)
        return max(0.0, people * for_one, reach.numbers[0] * of_a_part)


def _amounts(steps: Sequence[Step], people: FloatArray) -> FloatArray:
    at = np.searchsorted(np.array([one.lowest for one in steps[1:]], dtype=np.float64), people, side="right")
    constant = np.array([one.constant for one in steps])[at]
    slope = np.array([one.slope for one in steps])[at]
    amounts: FloatArray = constant + slope * people
    return amounts
