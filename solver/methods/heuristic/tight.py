"""First plans for tight bounds and limited numbers of parts: trees with backtracking, and mending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from ...candidates.sets import Part
from ...deadline import Deadline
from .boundary import BoundarySearch
from .division import TreeDivision
from .network import Network
from .space import SearchSpace


class TightConstruction:
    """Makes plans of admissible parts where their number is limited, or the bounds leave little room.

    A division into exactly so many parts within the bounds is sought by `TreeDivision`. Where trees do not
    find one, or what they find breaks a rule, a division is brought within the bounds and the rules by moves
    across its boundaries (`BoundarySearch.mend`).

    Parameters
    ----------
    space : SearchSpace
    rng : numpy Generator
    deadline : Deadline
    """

    def __init__(self, space: SearchSpace, rng: np.random.Generator, deadline: Deadline) -> None:
        self.space, self.rng, self.deadline = space, rng, deadline
        self.params = space.params.tight

    @cached_property
    def boundary(self) -> BoundarySearch:
        """Moves across boundaries."""
        return BoundarySearch(self.space, self.rng)

    @property
    def network(self) -> Network:
        """What is cut."""
        return self.boundary.network

    def plans(self) -> Iterator[list[Part]]:
        """Give plans of admissible parts, their number within its limits, one for each start that has one.

        Raises
        ------
        TimeUpError
        """
        numbers = self._numbers()
        for start in range(self.params.starts if numbers else 0):
            # the likeliest numbers come again and again, others now and then
            number = numbers[min(start % 3, len(numbers) - 1) if start < 6 else start % len(numbers)]
            rounds = self.params.mending if start >= self.params.short_starts else 1
            parts = self._parts(number, rounds)
            if parts is not None and all(map(self.space.is_admissible, parts)) and self._fits(parts):
                yield parts

    def _fits(self, parts: Sequence[Part]) -> bool:
        limits = self.space.limits
        return limits is None or limits[0] <= sum(map(self.space.counted, parts)) <= limits[1]

    def _numbers(self) -> list[int]:
        """Numbers of parts that a plan can have, the likeliest first; none for another way."""
        lowest, highest = self.space.bounds
        tight = lowest > 0 and highest < self.params.ratio * lowest
        if not tight and self.space.limits is None:
            return []
        inhabitants, size = sum(self.network.people), len(self.network)
        fewest = max(1, -(-inhabitants // max(1, highest)))
        most = min(size, inhabitants // lowest if lowest > 0 else size)
        if self.space.limits is not None:
            fewest, most = max(fewest, self.space.limits[0]), min(most, self.space.limits[1])
        middle = inhabitants / max(1.0, (lowest + min(highest, inhabitants)) / 2)
        return sorted(range(fewest, most + 1), key=lambda number: abs(number - middle))

    def _parts(self, number: int, rounds: int) -> list[Part] | None:
        """Divide the component into so many parts within the bounds; None when that was not found."""
        shared = self._shared(number)
        if shared is None:
            return None
        strict = self._divided(shared, loosely=False)
        if strict is not None and self._keeps(strict):
            return strict
        loose = strict or self._divided(shared, loosely=True)
        self.deadline.check()
        return None if loose is None else self.boundary.mend(loose, rounds, self.deadline)

    def _keeps(self, parts: Sequence[Part]) -> bool:
        return all(map(self.space.is_admissible, parts))

    def _divided(self, shared: Sequence[tuple[list[int], int]], *, loosely: bool) -> list[Part] | None:
        params = self.params
        a_cut = params.trees_loosely if loosely else params.trees_a_cut
        # few nodes leave few ways to cut, and moves are quicker
        trees = params.trees if len(self.network) >= params.many else params.trees_of_few
        division = TreeDivision(self.network, self.rng, self.deadline, trees, a_cut)
        done: list[list[int]] = []
        for piece, number in shared:
            parts = division.divide_loosely(piece, number) if loosely else division.divide(piece, number)
            if parts is None:
                return None
            done += parts
        return [self.network.members(nodes) for nodes in done]

    def _shared(self, number: int) -> list[tuple[list[int], int]] | None:
        """Share a number of parts out between the pieces that do not hold together, where that can be."""
        lowest, highest = self.space.bounds
        pieces = self.network.pieces(range(len(self.network)))
        inhabitants = [sum(self.network.people[v] for v in piece) for piece in pieces]
        fewest = [max(1, -(-some // max(1, highest))) for some in inhabitants]
        most = [
            min(len(piece), some // lowest if lowest > 0 else len(piece))
            for piece, some in zip(pieces, inhabitants, strict=True)
        ]
        if any(a > b for a, b in zip(fewest, most, strict=True)) or not sum(fewest) <= number <= sum(most):
            return None
        shares = list(fewest)
        while sum(shares) < number:  # to the piece with the largest parts
            may = [k for k in range(len(pieces)) if shares[k] < most[k]]
            shares[max(may, key=lambda k: inhabitants[k] / shares[k])] += 1
        return list(zip(pieces, shares, strict=True))
