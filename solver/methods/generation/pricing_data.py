"""What the pricing search reads: a frame, its rules and its terms as arrays over its places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ....instances.common.arrays import FloatArray, IntArray
from ....models.question.question import Question
from ....models.scorer import Scorer
from ....models.seats import METRES_PER_KM, whole_metres
from ....models.terms import Term
from ....models.terms.coverage import CoverageTerm
from ....models.terms.distance import DistanceTerm
from ....models.terms.fiscal import ATTRIBUTE, FiscalTerm
from ....models.terms.layer import LayerTerm
from ....models.terms.moment import MomentTerm
from ....models.terms.seated import SeatTerm
from ....models.terms.shortfall import ShortfallTerm
from ....models.terms.size import SizeTerm
from ....models.terms.stacking import StackingTerm
from ....models.terms.straddle import StraddleTerm
from ....models.terms.touched import TouchedTerm

_KERNELS = (
    CoverageTerm,
    DistanceTerm,
    MomentTerm,
    StraddleTerm,
    TouchedTerm,
    StackingTerm,
    FiscalTerm,
    SizeTerm,
    ShortfallTerm,
)
_BUCKETS = 256  # of inhabitants, for the bound on what terms of the population give
_MOST_FUNCTIONS = 8
_MOST_LAYERS = 4
_MOST_REQUIRED = 60


class NoKernelError(Exception):
    """The question has something that the pricing search cannot bound; the message names it."""


class PricingData(NamedTuple):
    """What does not change with prices, for a frame of m municipalities.

    Attributes
    ----------
    start, near : ndarray of int64
        Neighbours of v: ``near[start[v]:start[v + 1]]``.
    counted : ndarray of int64, shape (m,)
        Inhabitants as the bounds count them.
    low, high : int
        Bounds, both included.
    people : ndarray of float64, shape (m,)
        Inhabitants as the terms count them.
    has : ndarray of int64, shape (m,)
        Functions of each vertex as bits.
    required : ndarray of int64, shape (m,)
        What a vertex has of what each set must hold, as bits.
    wanted : int
        What each set must hold.
    group : ndarray of int64, shape (m,)
        Group of each vertex that stays together, -1 for none.
    group_size : ndarray of int64
    cannot_link : ndarray of int64, shape (f, 2)
        Cannot-link pairs: never in one set.
    seats : ndarray of bool, shape (m,)
        Municipalities that are locked as the seat of their set.
    metres : ndarray of int32, shape (m, m)
        To the seat of the plan; empty where no seat is asked for.
    effort : ndarray of int32, shape (m, m)
        Effort of an inhabitant of the second to reach the first, of the term on distances; empty without one.
    zone : ndarray of int64, shape (layers, m)
        Zones of the layers of straddle terms, numbered from 0.
    touch : ndarray of int64, shape (layers, m)
        Zones of the layers of touched terms.
    excess : ndarray of float64, shape (m,)
        Income above that of as many inhabitants of the whole instance, in units of one inhabitant's.
    large : ndarray of bool, shape (m,)
        Municipalities that let their set be larger than the soft maximum.
    """

    start: IntArray
    near: IntArray
    counted: IntArray
    low: int
    high: int
    people: FloatArray
    has: IntArray
    required: IntArray
    wanted: int
    group: IntArray
    group_size: IntArray
    cannot_link: IntArray
    seats: Any
    metres: Any
    effort: Any
    zone: IntArray
    touch: IntArray
    excess: FloatArray
    large: Any


class PricingCoefficients(NamedTuple):
    """Points for one unit of each term; all losses at least 0.

    Attributes
    ----------
    covered : ndarray of float64, shape (2 ** functions,)
        Gained an inhabitant, for each set of functions.
    effort : float
        Lost for an inhabitant x unit of effort.
    stacked : ndarray of float64, shape (m,)
        Lost when v is merged.
    straddle, touched : ndarray of float64, shape (layers,)
        Lost for an inhabitant outside the main zone, for a zone touched.
    fiscal, size, target, missing, soft_low, soft_high : float
        Lost for one unit of excess, of p |p - target| / target, and an inhabitant outside the soft bounds.
    rest : ndarray of float64, shape (buckets,)
        Most that the terms of the population give to a set of at least ``low + bucket * width`` inhabitants.
    width : float
    """

    covered: FloatArray
    effort: float
    stacked: FloatArray
    straddle: FloatArray
    touched: FloatArray
    fiscal: float
    size: float
    target: float
    missing: float
    soft_low: float
    soft_high: float
    rest: FloatArray
    width: float


def active_terms(scorer: Scorer) -> list[tuple[Term, float]]:
    """Terms that count, with the points that one unit of their value adds.

    Raises
    ------
    NoKernelError
        One of them cannot be bounded by the pricing search.
    """
    active: list[tuple[Term, float]] = []
    for term in scorer.terms:
        rate = term.sense * scorer.scenario.weights[term.name] / scorer.divisor(term)
        if rate:
            if not isinstance(term, _KERNELS):
                raise NoKernelError(f"the term '{term.name}' is not known to column generation")
            active.append((term, rate))
    if sum(isinstance(term, SeatTerm) for term, _ in active) > 1:
        raise NoKernelError("the terms 'distance' and 'moment' together are not known to column generation")
    if sum(isinstance(term, StraddleTerm) for term, _ in active) > _MOST_LAYERS:
        raise NoKernelError(f"more than {_MOST_LAYERS} terms 'straddle' are too many for column generation")
    if len(scorer.scenario.coverage.shares) > _MOST_FUNCTIONS:
        raise NoKernelError(f"more than {_MOST_FUNCTIONS} functions are too many for column generation")
    return active


def build_pricing_data(question: Question, scorer: Scorer, of: IntArray) -> PricingData:
    """Write a frame as arrays; see `PricingData`.

    Raises
    ------
    NoKernelError
        The question has a term or a rule that the pricing search does not know.
    """
    instance, bounds = question.instance, question.scenario.population
    place = {i: k for k, i in enumerate(of.tolist())}
    near = [[place[u] for u in question.neighbours[i] if u in place] for i in of.tolist()]
    if len(question.required) > _MOST_REQUIRED:
        raise NoKernelError("too many requirements for column generation")
    terms = active_terms(scorer)
    required = np.zeros(len(of), dtype=np.int64)
    for bit, (_, has) in enumerate(question.required):
        required |= has[of].astype(np.int64) << bit
    group = np.full(len(of), -1, dtype=np.int64)
    for g, members in enumerate(question.together):
        group[[place[i] for i in members if i in place]] = g
    cannot_link = [(place[a], place[b]) for a, b in question.apart if a in place and b in place]
    seats = np.isin(of, question.seats)
    nothing = np.zeros((0, 0), dtype=np.int32)
    return PricingData(
        start=np.cumsum([0] + [len(some) for some in near]).astype(np.int64),
        near=np.array([u for some in near for u in some], dtype=np.int64),
        counted=question.bounded[of].astype(np.int64),
        low=int(bounds.lowest),
        high=int(bounds.highest),
        people=instance.population[of].astype(np.float64),
        has=_functions(scorer, terms, of),
        required=required,
        wanted=(1 << len(question.required)) - 1,
        group=group,
        group_size=np.array([len(members) for members in question.together], dtype=np.int64),
        cannot_link=np.array(cannot_link, dtype=np.int64).reshape(-1, 2),
        seats=seats,
        metres=whole_metres(instance, of).astype(np.int32) if seats.any() else nothing,
        effort=next((t.efforts(of).astype(np.int32) for t, _ in terms if isinstance(t, SeatTerm)), nothing),
        zone=_zones([t for t, _ in terms if isinstance(t, StraddleTerm)], of),
        touch=_zones([t for t, _ in terms if isinstance(t, TouchedTerm)], of),
        excess=_excess(scorer, terms, of),
        large=instance.population[of] > bounds.max,
    )


def build_coefficients(scorer: Scorer, of: IntArray, data: PricingData) -> PricingCoefficients:
    """Points of each term; see `PricingCoefficients`."""
    instance, scenario = scorer.instance, scorer.scenario
    terms = active_terms(scorer)

    def lost(kind: type[Term]) -> float:
        # always a float: for numbers of another type the search would be compiled anew
        return -float(sum(rate for term, rate in terms if isinstance(term, kind)))

    shares = list(scenario.coverage.shares.values())
    gained = -lost(CoverageTerm)
    sets = range(1 << len(shares)) if gained else range(1)
    covered = [gained * sum(s for bit, s in enumerate(shares) if m >> bit & 1) for m in sets]
    recent = np.where(instance.merged_in[of] > 0, instance.population[of], 0).astype(np.float64)
    width = max(1.0, (data.high - data.low) / _BUCKETS)
    coefficients = PricingCoefficients(
        covered=np.array(covered, dtype=np.float64),
        effort=lost(MomentTerm) + lost(DistanceTerm) / METRES_PER_KM,
        stacked=lost(StackingTerm) * recent,
        straddle=np.array(
            [-rate for term, rate in terms if isinstance(term, StraddleTerm)], dtype=np.float64
        ),
        touched=np.array([-rate for term, rate in terms if isinstance(term, TouchedTerm)], dtype=np.float64),
        fiscal=lost(FiscalTerm),
        size=lost(SizeTerm),
        target=float(scenario.size.target),
        missing=lost(ShortfallTerm),
        soft_low=float(scenario.population.min),
        soft_high=float(scenario.population.max),
        rest=np.zeros(_BUCKETS + 2),
        width=width,
    )
    return coefficients._replace(rest=_most_of_population(coefficients, data))


def _most_of_population(coefficients: PricingCoefficients, data: PricingData) -> FloatArray:
    """Bound what the terms of the population give; they turn at the bounds, the target and half of it."""
    edges = data.low + coefficients.width * np.arange(_BUCKETS + 3, dtype=np.float64)
    if (data.counted != data.people).any() or data.large.any():
        # sets may have more inhabitants than counted, or be excused: nothing is certain but the sign
        return np.zeros(_BUCKETS + 2)
    target, soft_low, soft_high = coefficients.target, coefficients.soft_low, coefficients.soft_high
    turns = np.array([target, target / 2, soft_low, soft_high])

    def points(p: FloatArray) -> FloatArray:
        outside = np.maximum(0.0, soft_low - p) + np.maximum(0.0, p - soft_high)
        lost = coefficients.size * p * np.abs(p - target) / target + coefficients.missing * outside
        value: FloatArray = -lost
        return value

    most = np.maximum(points(edges[:-1]), points(edges[1:]))
    for turn in turns.tolist():
        inside = (edges[:-1] <= turn) & (turn <= edges[1:])
        most[inside] = np.maximum(most[inside], points(np.array([turn]))[0])
    after: FloatArray = np.ascontiguousarray(np.maximum.accumulate(most[::-1])[::-1])
    return after


def _functions(scorer: Scorer, terms: Sequence[tuple[Term, float]], of: IntArray) -> IntArray:
    has = np.zeros(len(of), dtype=np.int64)
    if any(isinstance(term, CoverageTerm) for term, _ in terms):
        for bit, name in enumerate(scorer.scenario.coverage.shares):
            has |= scorer.instance.functions[name].present[of].astype(np.int64) << bit
    return has


def _zones(terms: Sequence[LayerTerm], of: IntArray) -> IntArray:
    zones = [np.unique(term.zones(of), return_inverse=True)[1] for term in terms]
    return np.array(zones, dtype=np.int64).reshape(len(terms), len(of))


def _excess(scorer: Scorer, terms: Sequence[tuple[Term, float]], of: IntArray) -> FloatArray:
    if not any(isinstance(term, FiscalTerm) for term, _ in terms):
        return np.zeros(len(of))
    income = np.rint(scorer.instance.attributes[ATTRIBUTE])
    mean = float(income.sum()) / scorer.instance.total_population
    excess: FloatArray = (income[of] - mean * scorer.instance.population[of]) / mean
    return excess
