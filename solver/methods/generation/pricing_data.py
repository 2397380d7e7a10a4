"""What the pricing search reads: a component, its rules and its terms as arrays over its places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from ....instances.common.arrays import FloatArray, IntArray
from ....instances.common.connected import as_rows
from ....models.question.surroundings import unenclosed
from ....models.scoring.model import Model
from ....models.scoring.scorer import Scorer
from ....models.seats import whole_metres
from ....models.terms.forms import (
    AbsoluteSum,
    Covering,
    CutBorders,
    Encloses,
    InsidePairs,
    OffTarget,
    OutsideBounds,
    OutsideMainZone,
    PricingForm,
    StepsOfInhabitants,
    ToSeat,
    WhenMerged,
    ZonesTouched,
)
from ...memory import PRICES, budget
from ..pair_gains import PairGains

_ONE_OF_EACH = (Covering, ToSeat, AbsoluteSum, OffTarget, OutsideBounds, Encloses)
_F = TypeVar("_F", bound=PricingForm)
_BUCKETS = 256  # of inhabitants, for the bound on what terms of the population give
_PAIR_BYTES = 28.0  # of each pair of municipalities, while what lies between them is worked out
_MOST_FUNCTIONS = 8
_MOST_LAYERS = 4
_MOST_REQUIRED = 60


class PricingData(NamedTuple):
    """What does not change with prices, for a component of m municipalities.

    Attributes
    ----------
    start, near : ndarray of int64
        Neighbours of v: ``near[start[v]:start[v + 1]]``.
    counted : ndarray of int64, shape (m,)
        Inhabitants as the bounds count them.
    low, high : int
        Bounds, both included.
    also : ndarray of int64, shape (columns, m)
        The same under further columns, with the same bounds.
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
    seat_rank : ndarray of int64, shape (m,)
        Of each vertex as a seat of the plan: no member of a set ranks before its seat.
    effort : ndarray of int32, shape (m, m)
        Effort of an inhabitant of the second to reach the first, of the term on distances; empty without one.
    rank : ndarray of int64, shape (m,)
        Of each vertex as the seat of that term. Without one the first member stands for the seat.
    zone : ndarray of int64, shape (layers, m)
        Zones of the layers of straddle terms, numbered from 0.
    touch : ndarray of int64, shape (layers, m)
        Zones of the layers of touched terms.
    excess : ndarray of float64, shape (m,)
        Income above that of as many inhabitants of the whole instance, in units of one inhabitant's.
    large : ndarray of bool, shape (m,)
        Municipalities that let their set be larger than the soft maximum.
    town : ndarray of int64, shape (rings,)
        Vertices that sets may enclose, -1 for one outside the component.
    ring_start, ring : ndarray of int64
        All around each of them: ``ring[ring_start[k]:ring_start[k + 1]]``.
    barred : ndarray of bool, shape (rings,)
        Whether no set may enclose it.
    first : ndarray of int64, shape (m + 1,)
        Rings of which v is the first: those from ``first[v]`` to ``first[v + 1]``.
    pair_start, pair_with : ndarray of int64
        Those with which v gains: ``pair_with[pair_start[v]:pair_start[v + 1]]``.
    """

    start: IntArray
    near: IntArray
    counted: IntArray
    low: int
    high: int
    also: IntArray
    people: FloatArray
    has: IntArray
    required: IntArray
    wanted: int
    group: IntArray
    group_size: IntArray
    cannot_link: IntArray
    seats: Any
    metres: Any
    seat_rank: IntArray
    effort: Any
    rank: IntArray
    zone: IntArray
    touch: IntArray
    excess: FloatArray
    large: Any
    town: IntArray
    ring_start: IntArray
    ring: IntArray
    barred: Any
    first: IntArray
    pair_start: IntArray
    pair_with: IntArray


class PricingCoefficients(NamedTuple):
    """Points for one unit of each term; all losses at least 0, but for those in `own`.

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
    own : ndarray of float64, shape (m,)
        Gained by v in any set; lost where it is below 0.
    pair : ndarray of float64
        Gained by v with each of ``PricingData.pair_with``.
    rest : ndarray of float64, shape (buckets,)
        Most that the terms of the population give to a set of at least ``low + bucket * width`` inhabitants.
    width : float
    steps : ndarray of float64, shape (s, 5)
        Lost by inhabitants; see `StepsOfInhabitants`.
    enclosed : ndarray of float64, shape (rings,)
        Lost for enclosing each town.
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
    own: FloatArray
    pair: FloatArray
    rest: FloatArray
    width: float
    steps: FloatArray
    enclosed: FloatArray


class PricedTerms:
    """Terms that weigh something, by the forms in which they are priced.

    Parameters
    ----------
    scorer : Scorer
    """

    def __init__(self, scorer: Scorer) -> None:
        self._forms: list[tuple[PricingForm, float]] = []
        self._names: dict[type[PricingForm], list[str]] = {}
        self._unknown: list[str] = []
        for term, rate in scorer.active_terms():
            if term.form is None:
                self._unknown.append(term.name)
                continue
            self._forms.append((term.form, rate))
            self._names.setdefault(type(term.form), []).append(term.name)

    @property
    def refusal(self) -> str | None:
        """What the pricing search cannot bound; None where it knows all terms."""
        if self._unknown:
            return f"the term '{self._unknown[0]}' is not known to column generation"
        for kind in _ONE_OF_EACH:
            if len(self._names.get(kind, [])) > 1:
                several = " and ".join(f"'{name}'" for name in sorted(self._names[kind]))
                return f"the terms {several} together are not known to column generation"
        if len(self.of(OutsideMainZone)) > _MOST_LAYERS:
            return f"more than {_MOST_LAYERS} terms 'straddle' are too many for column generation"
        covering = self.one(Covering)
        if covering is not None and len(covering.shares) > _MOST_FUNCTIONS:
            return f"more than {_MOST_FUNCTIONS} functions are too many for column generation"
        return None

    def of(self, kind: type[_F]) -> list[tuple[_F, float]]:
        """Give the forms of a kind, with the points that one unit of each adds."""
        return [(form, rate) for form, rate in self._forms if isinstance(form, kind)]

    @property
    def inside_pairs(self) -> list[tuple[InsidePairs, float]]:
        """Forms of what pairs gain in one set, with the points that one unit of each adds."""
        return self.of(InsidePairs) + [(form.inside, -rate) for form, rate in self.of(CutBorders)]

    def one(self, kind: type[_F]) -> _F | None:
        """Give the form of a kind of which there is at most one."""
        return next((form for form, _ in self.of(kind)), None)

    def lost(self, kind: type[PricingForm]) -> float:
        """Points that one unit of the forms of a kind loses."""
        # always a float: for numbers of another type the search would be compiled anew
        return -float(sum(rate for _, rate in self.of(kind)))


def refusal(model: Model) -> str | None:
    """Say what of a question the pricing search cannot bound; None where it knows all of it."""
    question = model.question
    if len(question.required) > _MOST_REQUIRED:
        return "too many requirements for column generation"
    return PricedTerms(model.scorer).refusal


def build_pricing_data(model: Model, municipalities: IntArray) -> PricingData:
    """Write a component as arrays; see `PricingData`. There is no `refusal` of the question.

    Raises
    ------
    OutOfMemoryError
    """
    question = model.question
    instance, bounds = question.instance, question.scenario.population
    place = {i: k for k, i in enumerate(municipalities.tolist())}
    near = [[place[u] for u in question.neighbours[i] if u in place] for i in municipalities.tolist()]
    terms = PricedTerms(model.scorer)
    to_seat, gaps, missed = terms.one(ToSeat), terms.one(AbsoluteSum), terms.one(OutsideBounds)
    required = np.zeros(len(municipalities), dtype=np.int64)
    for bit, (_, has) in enumerate(question.required):
        required |= has[municipalities].astype(np.int64) << bit
    group = np.full(len(municipalities), -1, dtype=np.int64)
    for g, members in enumerate(question.together):
        group[[place[i] for i in members if i in place]] = g
    cannot_link = [(place[a], place[b]) for a, b in question.apart if a in place and b in place]
    seats = np.isin(municipalities, question.seats)
    if seats.any() or to_seat is not None:
        budget().need(_PAIR_BYTES * len(municipalities) ** 2, PRICES)
    rings = _rings(model.scorer, municipalities)
    around = [[place[u] for u in some] for _, some in rings]
    (start, joined), (ring_start, ring) = as_rows(near), as_rows(around)
    nothing = np.zeros((0, 0), dtype=np.int32)
    pairs = PairGains.between(terms.inside_pairs, municipalities)
    return PricingData(
        start=start,
        near=joined,
        counted=question.bounded[municipalities].astype(np.int64),
        low=int(bounds.lowest),
        high=int(bounds.highest),
        also=np.array([one.counted[municipalities] for one in question.also], dtype=np.int64).reshape(
            len(question.also), len(municipalities)
        ),
        people=instance.population[municipalities].astype(np.float64),
        has=_functions(terms.one(Covering), municipalities),
        required=required,
        wanted=(1 << len(question.required)) - 1,
        group=group,
        group_size=np.array([len(members) for members in question.together], dtype=np.int64),
        cannot_link=np.array(cannot_link, dtype=np.int64).reshape(-1, 2),
        seats=seats,
        metres=whole_metres(instance, municipalities).astype(np.int32) if seats.any() else nothing,
        seat_rank=question.seat_ranks[municipalities],
        effort=nothing if to_seat is None else to_seat.efforts(municipalities).astype(np.int32),
        rank=np.arange(len(place), dtype=np.int64) if to_seat is None else to_seat.ranks[municipalities],
        zone=_zones([form.zones[municipalities] for form, _ in terms.of(OutsideMainZone)], municipalities),
        touch=_zones([form.zones[municipalities] for form, _ in terms.of(ZonesTouched)], municipalities),
        excess=np.zeros(len(municipalities)) if gaps is None else gaps.amounts[municipalities],
        large=(instance.population > bounds.max if missed is None else missed.excused)[municipalities],
        town=np.array([place.get(i, -1) for i, _ in rings], dtype=np.int64),
        ring_start=ring_start,
        ring=ring,
        barred=np.full(len(rings), bool(question.unenclosed)),
        first=np.searchsorted([some[0] for some in around], np.arange(len(municipalities) + 1)).astype(
            np.int64
        ),
        pair_start=pairs.start,
        pair_with=pairs.partner,
    )


def build_coefficients(scorer: Scorer, municipalities: IntArray, data: PricingData) -> PricingCoefficients:
    """Points of each term; see `PricingCoefficients`."""
    terms, bounds = PricedTerms(scorer), scorer.scenario.population
    covering, to_seat = terms.one(Covering), terms.one(ToSeat)
    target, missed = terms.one(OffTarget), terms.one(OutsideBounds)
    shares = () if covering is None else covering.shares
    gained = -terms.lost(Covering)
    covered = [
        gained * sum(share for bit, share in enumerate(shares) if functions >> bit & 1)
        for functions in range(1 << len(shares))
    ]
    merged = [-rate * form.amounts[municipalities] for form, rate in terms.of(WhenMerged)]
    pairs = PairGains.between(terms.inside_pairs, municipalities)
    width = max(1.0, (data.high - data.low) / _BUCKETS)
    coefficients = PricingCoefficients(
        covered=np.array(covered, dtype=np.float64),
        effort=terms.lost(ToSeat) / (1.0 if to_seat is None else to_seat.unit),
        stacked=np.sum([np.zeros(len(municipalities)), *merged], axis=0),
        straddle=np.array([-rate for _, rate in terms.of(OutsideMainZone)], dtype=np.float64),
        touched=np.array([-rate for _, rate in terms.of(ZonesTouched)], dtype=np.float64),
        fiscal=terms.lost(AbsoluteSum),
        size=terms.lost(OffTarget),
        target=1.0 if target is None else target.target,
        missing=terms.lost(OutsideBounds),
        soft_low=float(bounds.min) if missed is None else missed.low,
        soft_high=float(bounds.max) if missed is None else missed.high,
        own=pairs.own + sum(rate * form.brought[municipalities] for form, rate in terms.of(CutBorders)),
        pair=pairs.gain,
        rest=np.zeros(_BUCKETS + 2),
        width=width,
        steps=_steps(terms),
        enclosed=_lost_by_rings(scorer, municipalities),
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
    most -= _least_by_steps(coefficients.steps, edges)
    after: FloatArray = np.ascontiguousarray(np.maximum.accumulate(most[::-1])[::-1])
    return after


def _steps(terms: PricedTerms) -> FloatArray:
    """Add up what all terms lose by steps."""
    forms = terms.of(StepsOfInhabitants)
    starts = np.unique(np.concatenate([np.zeros(1), *(form.steps[:, 0] for form, _ in forms)]))
    table = np.column_stack([starts, np.zeros((len(starts), 4))])
    for form, rate in forms:
        at = np.searchsorted(form.steps[:, 0], starts, side="right") - 1
        table[:, 1:] -= rate * form.steps[at, 1:]
    return np.ascontiguousarray(table)


def _least_by_steps(steps: FloatArray, edges: FloatArray) -> FloatArray:
    """Bound what sets with inhabitants between two edges lose by steps, from below."""
    least = np.full(len(edges) - 1, np.inf)
    ends = np.append(steps[1:, 0], np.inf)
    for (start, *amounts), end in zip(steps.tolist(), ends.tolist(), strict=True):
        first, last = np.maximum(edges[:-1], start), np.minimum(edges[1:], end)
        for constant, slope in (amounts[:2], amounts[2:]):
            lost = constant + np.minimum(slope * first, slope * last)
            least = np.where(first <= last, np.minimum(least, lost), least)
    return least


def _rings(scorer: Scorer, municipalities: IntArray) -> list[tuple[int, tuple[int, ...]]]:
    """List what sets of a component may enclose, with all around it, in the order of the first of these."""
    form, inside = PricedTerms(scorer).one(Encloses), set(municipalities.tolist())
    around = unenclosed(scorer.instance, scorer.scenario) or (() if form is None else form.around)
    rings = [(i, some) for i, some in enumerate(around) if some and inside.issuperset(some)]
    return sorted(rings, key=lambda ring: ring[1][0])


def _lost_by_rings(scorer: Scorer, municipalities: IntArray) -> FloatArray:
    terms = PricedTerms(scorer)
    form, rings = terms.one(Encloses), _rings(scorer, municipalities)
    if form is None:
        return np.zeros(len(rings))
    return terms.lost(Encloses) * form.amounts[[i for i, _ in rings]]


def _functions(covering: Covering | None, municipalities: IntArray) -> IntArray:
    functions = np.zeros(len(municipalities), dtype=np.int64)
    for bit, has in enumerate(() if covering is None else covering.has):
        functions |= has[municipalities].astype(np.int64) << bit
    return functions


def _zones(layers: Sequence[IntArray], municipalities: IntArray) -> IntArray:
    zones = [np.unique(layer, return_inverse=True)[1] for layer in layers]
    return np.array(zones, dtype=np.int64).reshape(len(layers), len(municipalities))
