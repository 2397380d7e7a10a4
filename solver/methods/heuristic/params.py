"""What the search looks at, and how long."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...deadline import Deadline

_LEAST = 0.1  # seconds for a first plan, however few municipalities there are


@dataclass(frozen=True)
class ConstructionParams:
    """How a first plan is made.

    Attributes
    ----------
    starts : int
        Partitions by trees from scratch before the search is given up.
    trees_a_cut : int
        Spanning trees drawn for one cut before it is given up.
    window_sizes : tuple of int
        Municipalities in a window around a part that breaks a rule, tried one after the other.
    listed : int
        Sets that are listed in such a window at most.
    trees : int
        Spanning trees that are cut where they are more.
    few : int
        Sets listed at most in a window that brings sums within their bounds.
    patience : float
        Seconds for such a window, of which the best plan is not needed.
    price : float
        What the largest amount of a sum beyond its bounds costs, beside the largest score of a set.
    """

    starts: int = 4
    trees_a_cut: int = 12
    window_sizes: tuple[int, ...] = (12, 20, 30, 45)
    listed: int = 30_000
    trees: int = 25
    few: int = 2_000
    patience: float = 2.0
    price: float = 20.0


@dataclass(frozen=True)
class TightParams:
    """How a first plan is made where the number of parts is limited, or the bounds are tight.

    Attributes
    ----------
    ratio : float
        Bounds are tight where the upper one is less than this many times the lower one.
    starts : int
        Divisions of the component before the search goes another way.
    short_starts : int
        Of these, how many are mended by one short walk at most.
    trees, trees_of_few : int
        Spanning trees in one division, and where there are few municipalities.
    many : int
        Municipalities that are not few.
    trees_a_cut : int
        Of these for one cut.
    trees_loosely : int
        Spanning trees for one cut of a division that need not keep the bounds.
    mending : int
        Walks across boundaries that are made to bring it within them.
    """

    ratio: float = 1.5
    starts: int = 16
    short_starts: int = 8
    trees: int = 400
    trees_of_few: int = 80
    many: int = 50
    trees_a_cut: int = 40
    trees_loosely: int = 4
    mending: int = 4


@dataclass(frozen=True)
class BoundaryParams:
    """How nodes move across boundaries; temperatures are in what a move costs on average.

    Attributes
    ----------
    steps, slow_steps : int
        Moves that are looked at in a walk, where it is compiled and where it is not.
    price : float
        Of as many inhabitants beyond the bounds as a node has on average.
    heats : tuple of float
        Temperatures at which walks begin, in turn.
    cold : float
        Temperature at which they end.
    hot_mend, cold_mend : float
        Temperatures where inhabitants alone matter, in those of a node.
    members : float
        Municipalities in a part, on average, from which on walks are worth their while.
    large : float
        Municipalities in a part, on average, from which on windows of several parts are left alone.
    idle, after_jump : int
        Walks in turn without gain that are the last ones, and the same after parts were cut anew.
    jumps : int
        Times that parts are cut anew for each part of the plan, where time is not limited.
    """

    steps: int = 200_000
    slow_steps: int = 6_000
    price: float = 3.0
    heats: tuple[float, ...] = (0.03, 0.1, 0.3, 1.0)
    cold: float = 0.005
    hot_mend: float = 1.0
    cold_mend: float = 0.002
    members: float = 8.0
    large: float = 24.0
    idle: int = 12
    after_jump: int = 3
    jumps: int = 10


@dataclass(frozen=True)
class PairParams:
    """How two neighbouring parts are divided anew.

    Attributes
    ----------
    listed : int
        Sets that are listed for both together at most.
    trees : int
        Spanning trees that are cut where they are more.
    noted : int
        Divisions whose parts go into the pool.
    """

    listed: int = 60_000
    trees: int = 40
    noted: int = 40


@dataclass(frozen=True)
class WindowParams:
    """How windows of a few neighbouring parts are chosen and divided.

    Attributes
    ----------
    size, smallest : float
        Municipalities in a window at first, and at least.
    smaller, larger : float
        By which windows shrink when they have too many sets to list, and grow when they have few.
    few, listed : int
        So few parts may have this many sets; beyond that trees are cut.
    noted : int
        Candidates of a window that go into the pool, those of the least reduced cost.
    patience : float
        Seconds for the proof of a window where sums such as budgets are bounded.
    """

    size: float = 14.0
    smallest: float = 4.0
    smaller: float = 0.97
    larger: float = 1.03
    few: int = 3
    listed: int = 4_000
    noted: int = 600
    patience: float = 5.0


@dataclass(frozen=True)
class LagrangianParams:
    """How prices on municipalities are improved.

    Attributes
    ----------
    rounds : int
        Of the subgradient method.
    whole_round : int
        Every so many rounds all problems are solved, which gives a bound; else only those that matter.
    near : float
        Problems that matter are within this share of a part's value of the best one with the same seat.
    patience : int
        Rounds without a lower value after which steps are halved.
    inertia : float
        Weight of the direction before, against going to and fro.
    most_places, most_places_compiled : int
        Of neighbours in all problems, more of which would take too long; without numba, and with it.
    pairs, pairs_compiled : float
        Of municipalities, that tables are made of in a second; without numba, and with it.
    """

    rounds: int = 200
    whole_round: int = 20
    near: float = 0.1
    patience: int = 8
    inertia: float = 0.6
    most_places: int = 30_000_000
    most_places_compiled: int = 600_000_000
    pairs: float = 400_000.0
    pairs_compiled: float = 4_000_000.0

    def seconds(self, size: int, *, compiled: bool) -> float:
        """Seconds that tables of so many municipalities may take, before which nothing ends their making."""
        return size**2 / (self.pairs_compiled if compiled else self.pairs)


@dataclass(frozen=True)
class HeuristicParams:
    """How a plan and a bound are searched for.

    Attributes
    ----------
    searching : float
        Share of the time in which a plan is searched for; the rest is for the bound.
    bounding : float
        Share of it that is kept for the bound at most, however long that may take.
    limits : tuple of int
        Sets listed in a window at most, stage by stage.
    trees : int
        Spanning trees that are cut where a few parts have too many sets to list.
    pooled : int
        Municipalities in a window that is divided with sets of the pool.
    most_pooled : int
        Sets in the pool, beyond which the older half is dropped.
    kicks : int
        Neighbourhoods that are partitioned afresh, for each part of the plan.
    kicked : int
        Municipalities in each of them.
    again : int
        Constructions of a first plan where none is known and there is time until a limit.
    begin_share, first_share : float
        Shares of the time for a first plan, and for walks from it, before methods that prove.
    first_seconds, first_each : float
        Seconds for it at most, and for each municipality.
    begin_each : float
        Seconds for each municipality that it may take in any case while there is no plan.
    construction, tight, boundary, pairs, windows, lagrangian
        Of the parts of the search.
    """

    searching: float = 0.9
    bounding: float = 0.7
    limits: tuple[int, ...] = (1_000, 4_000, 16_000)
    trees: int = 30
    pooled: int = 110
    most_pooled: int = 300_000
    kicks: int = 3
    kicked: int = 50
    again: int = 25
    begin_share: float = 0.5
    first_share: float = 0.1
    first_seconds: float = 2.0
    first_each: float = 0.02
    begin_each: float = 0.002
    construction: ConstructionParams = field(default_factory=ConstructionParams)
    tight: TightParams = field(default_factory=TightParams)
    boundary: BoundaryParams = field(default_factory=BoundaryParams)
    pairs: PairParams = field(default_factory=PairParams)
    windows: WindowParams = field(default_factory=WindowParams)
    lagrangian: LagrangianParams = field(default_factory=LagrangianParams)

    def beginning(self, deadline: Deadline, size: int) -> Deadline:
        """Give the time for a plan of so many municipalities, before which there is none."""
        most = max(self.first_seconds, self.begin_each * size)
        return deadline.part(self.begin_share).at_most(min(most, self._little(size)))

    def first(self, deadline: Deadline, size: int) -> Deadline:
        """Give the time for walks from a plan; little where a proof may take little."""
        most = min(self.first_seconds, self._little(size))
        return deadline.part(self.first_share).at_most(most)

    def _little(self, size: int) -> float:
        return max(_LEAST, self.first_each * size)
