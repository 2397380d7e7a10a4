"""Who changes partners, and who moves: against all ways to pair the parts."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from refzones.solver.review.similarity import contingency
from refzones.solver.review.transfers import counterparts, transfers
from support.divisions import Division, pairs_of_divisions


def fewest_movers(first: Division, second: Division, population: list[int]) -> int:
    """Inhabitants that must move, by trying all ways to pair the parts."""
    longer = max(len(first), len(second))
    padded = [[*parts, *[()] * (longer - len(parts))] for parts in (first, second)]
    staying = (
        sum(population[i] for a, b in enumerate(order) for i in set(padded[0][a]) & set(padded[1][b]))
        for order in permutations(range(longer))
    )
    return sum(population) - max(staying)


@given(pairs_of_divisions())
def test_as_few_inhabitants_move_as_possible(drawn: tuple[Division, Division, list[int]]) -> None:
    first, second, population = drawn
    found = transfers(first, second, np.array(population))
    moved = sum(population[transfer.municipality] for transfer in found if transfer.moves)
    assert moved == fewest_movers(first, second, population)


@given(pairs_of_divisions())
def test_everybody_with_other_partners_is_listed(drawn: tuple[Division, Division, list[int]]) -> None:
    first, second, population = drawn
    found = {transfer.municipality: transfer for transfer in transfers(first, second, np.array(population))}
    for i in range(len(population)):
        old, new = (next(set(part) for part in parts if i in part) for parts in (first, second))
        assert (i in found) == (old != new)
        if i in found:
            transfer = found[i]
            assert (set(transfer.leaves), set(transfer.joins)) == (old - new, new - old)
            assert (set(first[transfer.before]), set(second[transfer.after])) == (old, new)
    assert list(found) == sorted(found)


def test_one_town_changes_sides() -> None:
    found = transfers([(0, 1, 2), (3,)], [(0, 1), (2, 3)], np.array([9, 1, 2, 5]))
    assert [(c.municipality, c.moves, c.leaves, c.joins) for c in found] == [
        (0, False, (2,), ()),
        (1, False, (2,), ()),
        (2, True, (0, 1), (3,)),
        (3, False, (), (2,)),
    ]


def test_equal_halves_split_by_rule() -> None:
    """Either half could be the one that moves; the earlier part continues the first."""
    assert counterparts(contingency([(0, 1)], [(0,), (1,)], np.array([5, 5]))) == {0: 0}
    assert counterparts(contingency([(0, 1)], [(1,), (0,)], np.array([5, 5]))) == {0: 0}
    assert counterparts(contingency([(0,), (1,)], [(0, 1)], np.array([5, 5]))) == {0: 0}
