"""How sets of centres are searched, and how far."""

from __future__ import annotations

from dataclasses import dataclass, field


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
    rounds: int = 40
    last_rounds: int = 100


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
    most: int = 100_000
    rounds: int = 25


@dataclass(frozen=True)
class CentreParams:
    """How the limit on the cost of a plan rises.

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
    ascent : int
        Rounds of the subgradient method on prices.
    rounds : int
        The same for one set of centres, each time that a municipality has been fixed.
    sets, completion
        Of the steps of the search.
    """

    first: float = 0.002
    steps: tuple[tuple[float, float], ...] = ((50, 1.5), (200, 1.25), (float("inf"), 1.12))
    few: int = 2_000
    faster: float = 4.0
    ahead: float = 0.3
    far: float = 0.3
    ascent: int = 150
    rounds: int = 15
    sets: SetParams = field(default_factory=SetParams)
    completion: CompletionParams = field(default_factory=CompletionParams)
