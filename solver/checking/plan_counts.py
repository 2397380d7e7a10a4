"""What is told of all plans, added up again from the arcs of their diagram, in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

from .diagram import Diagram


@dataclass(frozen=True)
class Moments:
    """Least and greatest sum over the parts of a plan, and sums over all plans.

    Attributes
    ----------
    plans : int
    least, most : int
    total, squares : int
        Of the sums of all plans, and of their squares.
    """

    plans: int
    least: int
    most: int
    total: int
    squares: int

    @property
    def mean(self) -> float:
        """Mean over all plans, rounded once."""
        return self.total / self.plans

    @property
    def sd(self) -> float:
        """Standard deviation over all plans, rounded down to a billionth."""
        square = (self.plans * self.squares - self.total**2) * 10**18
        return isqrt(square // self.plans**2) / 10**9


def by_number(diagram: Diagram, counts: Sequence[int]) -> dict[int, int]:
    """Count plans by the number of their parts that count; numbers without plans are left out."""
    # one whole number holds the counts of all numbers of parts, each in digits enough for all plans
    digits = diagram.ways_on[0].bit_length() + 1
    shifts = [digits * one for one in counts]
    ways = [0] * len(diagram.arcs)
    ways[-1] = 1
    for state in range(len(diagram.arcs) - 2, -1, -1):
        ways[state] = sum([ways[to] << shifts[k] for k, to in diagram.arcs[state]])
    rest, number, found = ways[0], 0, dict[int, int]()
    while rest:
        plans = rest & ((1 << digits) - 1)
        if plans:
            found[number] = plans
        rest, number = rest >> digits, number + 1
    return found


def uses(diagram: Diagram, sets: int) -> list[int]:
    """Count the plans that each set is a part of."""
    used = [0] * sets
    for here, arcs in zip(diagram.ways_to, diagram.arcs, strict=True):
        for k, to in arcs:
            used[k] += here * diagram.ways_on[to]
    return used


def moments(diagram: Diagram, values: Sequence[int]) -> Moments:
    """Add up the values of the parts of all plans, and their squares."""
    ways, last = diagram.ways_on, len(diagram.arcs) - 1
    least, most, total, squares = ([0] * (last + 1) for _ in range(4))
    for state in range(last - 1, -1, -1):
        arcs = [(values[k], to) for k, to in diagram.arcs[state]]
        least[state] = min([least[to] + value for value, to in arcs])
        most[state] = max([most[to] + value for value, to in arcs])
        total[state] = sum([total[to] + value * ways[to] for value, to in arcs])
        squares[state] = sum([squares[to] + value * (2 * total[to] + value * ways[to]) for value, to in arcs])
    return Moments(ways[0], least[0], most[0], total[0], squares[0])
