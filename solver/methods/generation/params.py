"""How columns are generated, and how long."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class StabilisationParams:
    """How duals are averaged, and how sets of a pool enter.

    Attributes
    ----------
    fewest, most : int
        Programmes whose duals are averaged: in components of thousands of municipalities, and in small ones.
    together : int
        Municipalities of all these programmes, between the two.
    tilt : float
        By which the share of a municipality that must be covered is moved, at most.
    pooled : int
        Sets that enter from a pool in a round, at least.
    rounds : int
        Of sets that enter from a pool.
    """

    fewest: int = 2
    most: int = 5
    together: int = 1_000
    tilt: float = 0.2
    pooled: int = 1_000
    rounds: int = 3


@dataclass(frozen=True)
class RootParams:
    """How the root relaxation is solved.

    Attributes
    ----------
    keep : int
        Best sets of a seat that enter in a round.
    smooth : float
        Weight of the best duals so far in those that are priced (Wentges 1997).
    first_lift : float
        By which duals are lifted at first, as a share of the value.
    shrink : float
        By which the lift shrinks when few sets beat the duals.
    stabilised : float
        Share of the value above which a lift has stabilised duals priced.
    far : float
        Share of the value above which duals that nothing beats are brought down by halves.
    few : float
        Share of the seats whose searches may be given up and done again for better sets only.
    worse : float
        Share of the duals of a part: the first threshold of these.
    good : float
        Quantile of sets whose points are the first guess of duals.
    limit : int
        Branches a seat in a round, to begin with.
    heuristic_limit : int
        Branches a seat up to which pricing is heuristic.
    heuristic_growth : int
        So many times as many branches, once a round finds little.
    little : float
        Sets a seat: fewer do not repay a round.
    stabilisation : StabilisationParams
    """

    keep: int = 6
    smooth: float = 0.5
    first_lift: float = 0.02
    shrink: float = 0.4
    stabilised: float = 1e-4
    far: float = 0.01
    few: float = 0.25
    worse: float = 0.01
    good: float = 0.95
    limit: int = 2_000
    heuristic_limit: int = 600_000
    heuristic_growth: int = 16
    little: float = 0.4
    stabilisation: StabilisationParams = field(default_factory=StabilisationParams)


@dataclass(frozen=True)
class IntegerParams:
    """Which sets the integer master may choose from.

    Attributes
    ----------
    first : int
        Sets that the first programme may choose from, at least.
    each : int
        The same for each municipality.
    most : int
        Sets that are listed for the last one.
    pace : int
        Branches a second that a search gets through at least, on a busy machine.
    step : float
        By which the reduced costs of listed sets grow, up to half the gap; then they double.
    start, least : float
        Shares of the gap: where they begin, and where they are given up when that is too much.
    """

    first: int = 4_000
    each: int = 8
    most: int = 2_000_000
    pace: int = 500_000
    step: float = 4.0
    start: float = 1 / 4
    least: float = 1 / 2_000


@dataclass(frozen=True)
class GenerationParams:
    """How column generation goes about it.

    Attributes
    ----------
    root_share : float
        Share of the time left that the root relaxation may take.
    first_share : float
        Share of the rest for the first programme over the generated sets.
    members : float
        Municipalities of a merger up to which a number of mergers is accepted: larger ones are priced too
        slowly to be worth the time.
    many : int
        Mergers from which on, where their number is limited, other proofs come after this one.
    small : float
        Municipalities of a merger up to which sets of centres do so too.
    root, integer
        Of its stages.
    """

    root_share: float = 0.7
    first_share: float = 0.5
    members: float = 12.0
    many: int = 10
    small: float = 5.0
    root: RootParams = field(default_factory=RootParams)
    integer: IntegerParams = field(default_factory=IntegerParams)
