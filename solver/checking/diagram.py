"""The decision diagram of all plans: read from a certificate, its arcs worked out, nothing left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..results.census_certificate import Layer, RegionDiagram
from .dead_ends import DeadEnds
from .tree import Open, ProofError


@dataclass(frozen=True, eq=False)
class Diagram:
    """All plans of a region, each of them one way from the first state to the last.

    Attributes
    ----------
    arcs : list of list of (int, int)
        From each state, the set that each arc adds and the state that it leads to; states are in the order in
        which they are covered, so that arcs lead to later ones. The last state has none.
    """

    arcs: list[list[tuple[int, int]]]

    @cached_property
    def ways_on(self) -> list[int]:
        """Ways from each state to the last one."""
        ways = [0] * len(self.arcs)
        ways[-1] = 1
        for state in range(len(self.arcs) - 2, -1, -1):
            ways[state] = sum([ways[to] for _, to in self.arcs[state]])
        return ways

    @cached_property
    def ways_to(self) -> list[int]:
        """Ways from the first state to each."""
        ways = [0] * len(self.arcs)
        ways[0] = 1
        for state, arcs in enumerate(self.arcs):
            here = ways[state]
            for _, to in arcs:
                ways[to] += here
        return ways


@dataclass(frozen=True)
class Ground:
    """What a diagram is about: everything by place in the order of covering.

    Attributes
    ----------
    size : int
        Municipalities.
    sets : list of Open
        Parts that the rules allow.
    number : tuple of int
        Bounds on how many parts count.
    free : int
        Municipalities whose place is open, as a bit mask.
    near : list of int
        Neighbours of each place among them.
    people : list of int
        Of each place.
    """

    size: int
    sets: list[Open]
    number: tuple[int, int]
    free: int
    near: list[int]
    people: list[int]

    @property
    def full(self) -> int:
        """All municipalities."""
        return (1 << self.size) - 1

    @property
    def is_bound(self) -> bool:
        """Whether some number of parts that count is not allowed."""
        return self.number[0] > 0 or self.number[1] < self.size


def read_diagram(stated: RegionDiagram, ground: Ground) -> Diagram:
    """Work out the arcs of a diagram, and make sure that its plans are all that there are.

    A state is what is covered, with the number of parts that count where that matters. Each set that holds
    the first municipality left and fits leads on: to a state, to a plan, or to covers that are looked at
    and become none. So the ways from the first state to the last are all plans, each once.

    Returns
    -------
    Diagram

    Raises
    ------
    ProofError
        States are missing, are none, or do not become as many plans as they say.
    """
    return _Reading(stated, ground).read()


class _Reading:
    """Reads one diagram; a state is one number, its bits what is covered, the number of parts above them."""

    def __init__(self, stated: RegionDiagram, ground: Ground) -> None:
        self.ground, self.size = ground, ground.size
        self.bound = ground.is_bound or any(layer.numbers for layer in stated.layers)
        self.keys, self.plans = list[int](), list[int]()
        self.begins = [place for layer in stated.layers for place in [layer.place] * len(layer.beyond)]
        if [layer.place for layer in stated.layers] != sorted({layer.place for layer in stated.layers}):
            raise ProofError("its layers are not in order")
        for layer in stated.layers:
            self._take(layer)
        self.index = {key: state for state, key in enumerate(self.keys)}
        self.end = len(self.keys)
        # number and mask of each set are added to a state that it fits
        self.holding: list[list[tuple[int, int, int]]] = [[] for _ in range(ground.size)]
        for k, one in enumerate(ground.sets):
            adds = one.mask | (one.counts << self.size if self.bound else 0)
            self.holding[_first(one.mask)].append((one.mask, adds, k))
        self.dead = self._dead_ends()

    def _take(self, layer: Layer) -> None:
        """Take the states of a layer."""
        place, numbers = layer.place, layer.numbers if self.bound else [0] * len(layer.beyond)
        if not 0 <= place < self.size or not len(layer.beyond) == len(numbers) == len(layer.plans):
            raise ProofError("a layer has no municipality, or not one number for each state")
        before, found = (1 << place) - 1, list[tuple[int, int]]()
        for beyond, number, plans in zip(layer.beyond, numbers, layer.plans, strict=True):
            behind, ways = _whole(beyond, 16), _whole(plans, 10)
            if behind >> (self.size - place - 1) or not 0 <= number <= self.size:
                raise ProofError("a state covers municipalities that there are not")
            found.append((behind, number))
            self.keys.append(before | behind << (place + 1) | number << self.size)
            self.plans.append(ways)
        if found != sorted(set(found)) or not found:
            raise ProofError("states of a layer are not in order, or there is none")

    def read(self) -> Diagram:
        """Work out the arcs of all states, and compare the plans that they become."""
        arcs = [self._arcs(place, key) for place, key in zip(self.begins, self.keys, strict=True)]
        diagram = Diagram([*arcs, []])
        if not self.keys:
            self.dead.check(0, self._is_alive)
            return diagram
        if self.keys[0]:
            raise ProofError("its diagram does not begin with nothing")
        if diagram.ways_on[:-1] != self.plans or 0 in self.plans:
            raise ProofError("a state becomes another number of plans than it says")
        if 0 in diagram.ways_to:
            raise ProofError("a state is reached by no partial plan")
        return diagram

    def _arcs(self, place: int, key: int) -> list[tuple[int, int]]:
        found = []
        for mask, adds, k in self.holding[place]:
            if not mask & key:
                grown = key + adds
                to = self.index.get(grown)
                if to is None and self._is_whole(grown):
                    to = self.end
                if to is None:
                    self.dead.check(grown, self._is_alive)
                else:
                    found.append((k, to))
        return found

    def _is_whole(self, key: int) -> bool:
        """Whether everything is covered, by an allowed number of parts."""
        full, (least, most) = self.ground.full, self.ground.number
        return key & full == full and (not self.bound or least <= key >> self.size <= most)

    def _is_alive(self, key: int) -> bool:
        return key in self.index or self._is_whole(key)

    def _onward(self, key: int) -> list[int]:
        cover = key & self.ground.full
        if cover == self.ground.full or (self.bound and key >> self.size > self.ground.number[1]):
            return []
        return [key + adds for mask, adds, _ in self.holding[_first(~cover)] if not mask & key]

    def _dead_ends(self) -> DeadEnds:
        ground = self.ground
        sizes = [
            sum(ground.people[i] for i in range(ground.size) if one.mask >> i & 1)
            for one in ground.sets
            if not one.mask & ~ground.free
        ]
        return DeadEnds(
            ground.free,
            ground.near,
            ground.people,
            min(sizes, default=0),
            max(sizes, default=-1),
            self._onward,
        )


def _first(mask: int) -> int:
    """Lowest place of a mask."""
    return (mask & -mask).bit_length() - 1


def _whole(text: str, base: int) -> int:
    """Read a whole number that is written as this program writes it."""
    try:
        number = int(text, base)
    except ValueError:
        raise ProofError("a state is not written in whole numbers") from None
    if number < 0 or (f"{number:x}" if base == 16 else str(number)) != text:
        raise ProofError("a state is not written in whole numbers")
    return number
