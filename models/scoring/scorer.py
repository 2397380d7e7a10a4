"""The one scorer: values of mergers in every term, and their score in whole nano-points."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from ...instances.common.deprecated import renamed_parameters
from ...instances.common.problems import InputError, Problems, reject
from ...instances.instance import Instance
from ..nano_points import MOST_NANO, NANO
from ..scenario.scenario import Scenario
from ..seats import find_seats, seat_ranks
from ..terms import Term, build_term
from ..terms.forms import ToSeat

__all__ = ["NANO", "Scorer", "Scores"]

_WIDE = 256  # municipalities up to which candidates are scored together, whatever they have in common
_DISTANCES = 100  # candidates whose sums take as long as the distances
_GAIN = 0.8  # of the time of the whole: halves that take more are not worth it


@dataclass(frozen=True)
class Scores:
    """Term values and scores of candidates.

    Attributes
    ----------
    values : ndarray of float64, shape (k, t)
        One column a term of the scenario, in inhabitants x unit (or in the unit where the term is a count).
    nano : ndarray of int64, shape (k,)
        Score in nano-points.
    """

    values: FloatArray
    nano: IntArray


class Scorer:
    """Scores mergers of an instance under a scenario.

    The score of a merger is ``round(1e9 * (0 + c_1 + c_2 + ...))``, half to even, with
    ``c_t = sense_t * w_t * (v_t / P)`` added in the order of the scenario's weights; ``P`` is the inhabitants
    of the whole instance, 1 for a term that is a count. This order of operations is part of the definition:
    it makes the whole number the same on every route.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario

    Raises
    ------
    InputError
        Terms need something that the instance lacks; all of it is listed.
    """

    def __init__(self, instance: Instance, scenario: Scenario) -> None:
        self.instance = instance
        self.scenario = scenario
        self.terms: tuple[Term, ...] = _built(instance, scenario)

    @renamed_parameters(of="municipalities")
    def score(self, members: FloatArray, municipalities: IntArray) -> Scores:
        """Score candidates.

        Parameters
        ----------
        members : ndarray of float64, shape (k, m)
            One where a candidate holds a municipality, zero elsewhere.
        municipalities : ndarray of int64, shape (m,)
            Index in the instance of each column.

        Returns
        -------
        Scores
        """
        values = self.values(members, municipalities)
        return Scores(values, self.nano(values))

    @renamed_parameters(of="municipalities")
    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of candidates in each term, shape (k, t); see `score`."""
        values = np.zeros((len(members), len(self.terms)))
        for rows, some, held in narrowed(members, municipalities):
            for column, term in enumerate(self.terms):
                values[rows, column] = term.values(some, held)
        return values

    def nano(self, values: FloatArray, weights: Mapping[str, float] | None = None) -> IntArray:
        """Scores in nano-points from term values; new weights cost no more than this.

        Parameters
        ----------
        values : ndarray of float64, shape (k, t)
        weights : mapping of str to float, optional
            Points for one unit of each term, in place of the scenario's; terms that it does not name weigh 0.
            The score is then that of a scenario with these weights in the order of this one's.

        Raises
        ------
        InputError
            The weights are so heavy that the scores of a plan could not be added up in 64 bits.
        """
        weights = self.scenario.weights if weights is None else weights
        points = np.zeros(len(values))
        for column, term in enumerate(self.terms):
            weight = term.sense * weights.get(term.name, 0.0)
            points += weight * (values[:, column] / self.divisor(term))
        self._check_heaviness(points)
        return np.rint(NANO * points).astype(np.int64)

    def fine_weight(self, values: FloatArray, name: str) -> float:
        """Weight with which a term alone can be measured in nano-points: 1, or a power of ten below it.

        Only sums such as `moment` need less than 1.
        """
        column = [term.name for term in self.terms].index(name)
        heaviest = float(np.abs(values[:, column]).max(initial=0.0)) / self.divisor(self.terms[column])
        weight = 1.0
        while weight * heaviest > self._most_points:
            weight /= 1000
        return weight

    def active_terms(self) -> list[tuple[Term, float]]:
        """Give the terms that weigh something, with the points that one unit of their value adds."""
        rates = [
            (term, term.sense * self.scenario.weights[term.name] / self.divisor(term)) for term in self.terms
        ]
        return [(term, rate) for term, rate in rates if rate]

    @cached_property
    def _seat_ranks(self) -> IntArray:
        return seat_ranks(self.instance, self.scenario)

    @property
    def seat_term(self) -> Term | None:
        """The term of seats that the score depends on, if on nothing else."""
        active = [term for term, _ in self.active_terms()]
        return active[0] if len(active) == 1 and isinstance(active[0].form, ToSeat) else None

    @property
    def _most_points(self) -> float:
        """Most points that one merger may score."""
        return MOST_NANO / (NANO * len(self.instance))

    def _check_heaviness(self, points: FloatArray) -> None:
        most = self._most_points
        heaviest = float(np.abs(points).max(initial=0.0))
        if not heaviest <= most:
            reject(
                f"the weights are too heavy for this instance: one {self.scenario.level.removesuffix('s')} "
                f"would score {heaviest:.3g} points, more than {most:.3g}",
                f"divide all of them by {math.ceil(min(heaviest / most, 1e18)):,} or more",
            )

    def divisor(self, term: Term) -> int:
        """What the sum over mergers is divided by in a score: all inhabitants, or 1 for a count."""
        return self.instance.total_population if term.per_inhabitant else 1

    @renamed_parameters(of="municipalities")
    def seats(self, members: FloatArray, municipalities: IntArray) -> IntArray:
        """Instance index of the seat of each candidate."""
        seats = np.zeros(len(members), dtype=np.int64)
        for rows, some, held in narrowed(members, municipalities):
            seats[rows] = find_seats(self.instance, some, held, self._seat_ranks)
        return seats


def narrowed(members: FloatArray, municipalities: IntArray) -> Iterator[tuple[slice, FloatArray, IntArray]]:
    """Divide candidates that have little in common: terms take time by the square of the municipalities.

    Parameters
    ----------
    members : ndarray of float64, shape (k, m)
    municipalities : ndarray of int64, shape (m,)

    Yields
    ------
    tuple of (slice, ndarray of float64, ndarray of int64)
        Some rows, in their order, with the columns that they hold. All at once where few municipalities
        occur, or where halves would hold nearly as many as the whole.
    """
    if len(municipalities) <= _WIDE or len(members) < 2:
        yield slice(0, len(members)), members, municipalities
        return
    waiting = [(0, len(members), np.asarray(members.any(axis=0)))]
    while waiting:
        first, last, held = waiting.pop()
        middle = (first + last) // 2
        if held.sum() > _WIDE and middle > first:
            halves = [
                (a, b, np.asarray(members[a:b].any(axis=0))) for a, b in ((first, middle), (middle, last))
            ]
            if sum(_effort(*half) for half in halves) < _GAIN * _effort(first, last, held):
                waiting += reversed(halves)
                continue
        rows = slice(first, last)
        yield rows, np.asfortranarray(members[rows][:, held]), municipalities[held]


def _effort(first: int, last: int, held: BoolArray) -> float:
    """How long terms take, about: distances between all municipalities, and their sums for each candidate."""
    return float(held.sum()) ** 2 * (_DISTANCES + last - first)


def _built(instance: Instance, scenario: Scenario) -> tuple[Term, ...]:
    """Bind all terms of a scenario to an instance; whatever any of them lacks is listed together."""
    problems, terms = Problems(), []
    for name in scenario.weights:
        try:
            terms.append(build_term(name, instance, scenario))
        except InputError as error:
            problems.take(error)
    problems.raise_if_any()
    return tuple(terms)
