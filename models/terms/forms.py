"""Forms that values of terms may have, for bounds and column generation: what they need to know of a term.

A term that gives one of them (`Term.pricing`) is bounded and priced, whatever it is called and measures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from ...instances.common.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class PricingForm:
    """Base of all forms.

    Attributes
    ----------
    sense : int
        Of the terms that may have the form: bounds rely on what it gains, or loses, being at least 0.
    """

    sense: ClassVar[int] = -1


@dataclass(frozen=True, eq=False)
class Covering(PricingForm):
    """Inhabitants of a set times the shares of the functions that at least one member has.

    Attributes
    ----------
    shares : tuple of float
    has : ndarray of bool, shape (functions, n)
    """

    sense: ClassVar[int] = 1
    shares: tuple[float, ...]
    has: BoolArray


@dataclass(frozen=True, eq=False)
class ToSeat(PricingForm):
    """Sum over members v of p_v e(v, s) / unit, for the member s of the lowest rank that makes it least.

    Attributes
    ----------
    efforts : callable
        Gives e for some municipalities by their indices: whole numbers, shape (m, m).
    unit : float
    is_plan_seat : bool
        Whether s is the seat of the plan.
    ranks : ndarray of int64, shape (n,)
        Rank of each municipality as s; see `models.seats.seat_ranks`.
    """

    efforts: Callable[[IntArray], FloatArray]
    unit: float
    is_plan_seat: bool
    ranks: IntArray


@dataclass(frozen=True, eq=False)
class WhenMerged(PricingForm):
    """Sum of amounts over the members of a set of two or more; 0 for one that stays alone.

    Attributes
    ----------
    amounts : ndarray of float64, shape (n,)
        At least 0 each.
    """

    amounts: FloatArray


@dataclass(frozen=True, eq=False)
class OutsideMainZone(PricingForm):
    """Inhabitants outside the zone in which most of a set live.

    Attributes
    ----------
    zones : ndarray of int64, shape (n,)
    """

    zones: IntArray


@dataclass(frozen=True, eq=False)
class ZonesTouched(PricingForm):
    """Number of zones that a set has members in.

    Attributes
    ----------
    zones : ndarray of int64, shape (n,)
    """

    zones: IntArray


@dataclass(frozen=True, eq=False)
class AbsoluteSum(PricingForm):
    """Absolute value of a sum over members; 0 for a set without inhabitants.

    Attributes
    ----------
    amounts : ndarray of float64, shape (n,)
    """

    amounts: FloatArray


@dataclass(frozen=True, eq=False)
class OffTarget(PricingForm):
    """p |p - target| / target for a set of p inhabitants.

    Attributes
    ----------
    target : float
    """

    target: float


@dataclass(frozen=True, eq=False)
class StepsOfInhabitants(PricingForm):
    """An amount that follows from the inhabitants of a set by steps, at least 0.

    Attributes
    ----------
    steps : ndarray of float64, shape (s, 5)
        From how many inhabitants a step holds, ascending from 0; constant and slope of a set of two or more;
        constant and slope of a municipality alone.
    """

    steps: FloatArray


@dataclass(frozen=True, eq=False)
class OutsideBounds(PricingForm):
    """max(0, low - p) + max(0, p - high), the latter only for a set without excused members.

    Attributes
    ----------
    low, high : float
    excused : ndarray of bool, shape (n,)
    """

    low: float
    high: float
    excused: BoolArray


@dataclass(frozen=True, eq=False)
class Encloses(PricingForm):
    """Sum of amounts over what a set of two or more encloses: it holds all around it, and not itself.

    Attributes
    ----------
    amounts : ndarray of float64, shape (n,)
        At least 0 each.
    around : tuple of tuple of int
        For each municipality; empty for one that no set encloses.
    """

    amounts: FloatArray
    around: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class InsidePairs(PricingForm):
    """Sum of amounts over the ordered pairs of members, each divided by a unit.

    Attributes
    ----------
    origin, destination : ndarray of int64, shape (k,)
        Indices in the instance; the two may be one municipality.
    amounts : ndarray of float64, shape (k,)
        At least 0 each.
    unit : float
    """

    sense: ClassVar[int] = 1
    origin: IntArray
    destination: IntArray
    amounts: FloatArray
    unit: float


@dataclass(frozen=True, eq=False)
class CutBorders(PricingForm):
    """Sum of what each member brings, less the sum of amounts over the ordered pairs of members.

    Attributes
    ----------
    brought : ndarray of float64, shape (n,)
        At least 0 each.
    inside : InsidePairs
    """

    brought: FloatArray
    inside: InsidePairs
