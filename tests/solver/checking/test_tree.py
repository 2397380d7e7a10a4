"""Walking cover trees."""

from __future__ import annotations

import pytest
from refzones.solver.checking.tree import CoverTree, Open, ProofError

PAIRS = [Open(0b0011, 1, 5), Open(0b1100, 1, 5), Open(0b0110, 0, 5), Open(0b1001, 4, 5)]
"""Four municipalities in a ring of pairs: two covers, of costs 2 and 4."""


def _covers(tree: list[int], budget: int) -> list[int]:
    found: list[int] = []
    CoverTree(tree, budget, lambda chosen: found.append(sum(one.cost for one in chosen))).walk(0b1111, PAIRS)
    return found


def test_every_cover_within_the_budget_is_told() -> None:
    assert _covers([0, 2, 1], 5) == [2, 4]
    assert _covers([0, 3, 2], 5) == [2, 4]
    assert _covers([3, 1, 0], 5) == [4, 2]


def test_a_budget_leaves_covers_out() -> None:
    assert _covers([0, 2, 1], 5) == [2, 4]
    assert _covers([0, 2], 4) == [2]
    assert _covers([0, 2], 2) == []


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        ([], "ends before"),
        ([0, 2], "ends before"),
        ([0, 2, 1, 0], "goes on"),
        ([0, 0, 1], "names a municipality"),
        ([0, 4, 1], "names a municipality"),
        ([-1, 2, 1], "names a municipality"),
    ],
)
def test_trees_that_do_not_fit(tree: list[int], text: str) -> None:
    with pytest.raises(ProofError, match=text):
        _covers(tree, 5)


def test_what_no_set_can_hold_ends_a_branch() -> None:
    walked: list[object] = []
    CoverTree([4], 9, walked.append).walk(0b11111, PAIRS)
    assert walked == []
