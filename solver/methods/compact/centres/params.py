"""How sets of centres are searched, and how far."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class AscentParams:
    """How prices are improved.

    Attributes
    ----------
    step, least_step : float
        Share of the way to the target that the first step aims at; where it ends when halved.
    patience : int
        Rounds without a better bound after which steps are halved.
    memory : float
        Share of the last direction that is kept.
    whole : int
        Rounds at the beginning that look at all centres.
    every : int
        One of so many looks at all of them later.
    promising : int
        Centres for each part that the others look at.
    """

    step: float = 1.0
    least_step: float = 1e-3
    patience: int = 15
    memory: float = 0.7
    whole: int = 15
    every: int = 10
    promising: int = 10


@dataclass(frozen=True)
class StartParams:
    """How sets of centres for first plans are found.

    Attributes
    ----------
    drawn : int
        Sets that are drawn at random.
    alternations : int
        Times that parts and centres are adjusted to each other.
    exchanged : int
        Sets whose centres are exchanged.
    exchanges : int
        For each of them, at most.
    nearest : int
        Municipalities that a centre is exchanged for.
    rounds, rounds_again : int
        Of the subgradient method for a set, and for one that is near another.
    """

    drawn: int = 12
    alternations: int = 12
    exchanged: int = 3
    exchanges: int = 12
    nearest: int = 12
    rounds: int = 10
    rounds_again: int = 3


@dataclass(frozen=True)
class LocalParams:
    """How plans of given centres are searched.

    Attributes
    ----------
    steps, patience, unfound : int
        Moves at most, since the last better plan, and until there is one.
    tenure : int
        Moves for which a municipality may not go back, and up to twice as many.
    weight : float
        Price of an inhabitant too many or too few, in what one costs on average, at first.
    adjust, stronger : int, float
        Moves after which that is adjusted, and by what.
    """

    steps: int = 4_000
    patience: int = 300
    unfound: int = 1_000
    tenure: int = 8
    weight: float = 3.0
    adjust: int = 10
    stronger: float = 1.5


@dataclass(frozen=True)
class SmoothParams:
    """How the bound of given centres is smoothed.

    Attributes
    ----------
    first, last : float
        How much dearer a centre may be for an inhabitant to be hardly worth less, at first and at last, as a
        share of what an inhabitant costs.
    sharper : float
        By what that shrinks.
    near : float
        Inhabitants that are amiss when it does, as a share of the width of the bounds.
    longest : float
        The longest step, in what smooths.
    steps : int
    """

    first: float = 0.1
    last: float = 1e-4
    sharper: float = 0.25
    near: float = 0.2
    longest: float = 20.0
    steps: int = 60


WARM = SmoothParams(first=0.005, steps=30)
"""From multipliers that were the best before a municipality was fixed."""


@dataclass(frozen=True)
class SetParams:
    """How sets of centres are listed.

    Attributes
    ----------
    most : int
        Sets, begun or complete, that may be open at a time.
    many : int
        Sets above which new prices are worth their while.
    prices : int
        New prices for each number of centres, at most.
    sampled : int
        Sets that new prices are made for.
    tried : int
        Prices that are compared before one set of them is kept.
    rounds, last_rounds : int
        Of the subgradient method for each set, and for those that stay.
    """

    most: int = 400_000
    many: int = 1_500
    prices: int = 16
    sampled: int = 48
    tried: int = 4
    rounds: int = 10
    last_rounds: int = 10


@dataclass(frozen=True)
class CompletionParams:
    """How the plans of given centres are listed.

    Attributes
    ----------
    first : int
        Sets of a part that may be listed at first.
    more : int
        By what that grows while all parts have more.
    most : int
        Sets of a part, or plans begun, at a time.
    rounds : int
        Of the subgradient method when a municipality has been fixed.
    """

    first: int = 4_000
    more: int = 5
    most: int = 25_000
    rounds: int = 25


@dataclass(frozen=True)
class CentreParams:
    """How plans are begun, and how the limit on the cost of a plan rises.

    Attributes
    ----------
    first : float
        How much more than the bound the first plans that are looked for may cost, as a share of it.
    steps : tuple of (float, float)
        By what that grows, up to a number of sets of centres that were looked at: the more, the less.
    few : int
        Sets of centres in all, up to which it may grow faster.
    faster : float
        By what it grows then.
    ahead : float
        How much further than the limit sets are listed, seen from the bound.
    far : float
        Share of the bound beyond which it is first asked whether there is any plan.
    ascents : int
        Rounds of the subgradient method on prices.
    searched, recentred : int
        Sets of centres whose plans are searched first, and how often with the centres that suit a plan.
    dives, deeper : int, float
        Sets of centres whose plans are listed before all others, and by what the limit on their cost grows.
    listable : int
        Municipalities with two centres left, and more for those with three, up to which parts are listed.
    rounds : int
        Of the subgradient method for one set of centres, each time that a municipality has been fixed.
    largest : int
        Pairs of municipality and centre above which no programme for all of them is written.
    ascent, starts, local, sets, completion
        Of the steps of the search.
    """

    first: float = 0.0001
    steps: tuple[tuple[float, float], ...] = ((8, 2.0), (50, 1.5), (200, 1.25), (float("inf"), 1.12))
    few: int = 2_000
    faster: float = 4.0
    ahead: float = 0.3
    far: float = 0.3
    ascents: int = 300
    searched: int = 4
    recentred: int = 3
    dives: int = 12
    deeper: float = 3.0
    listable: int = 180
    rounds: int = 15
    largest: int = 300_000
    ascent: AscentParams = field(default_factory=AscentParams)
    starts: StartParams = field(default_factory=StartParams)
    local: LocalParams = field(default_factory=LocalParams)
    sets: SetParams = field(default_factory=SetParams)
    completion: CompletionParams = field(default_factory=CompletionParams)
