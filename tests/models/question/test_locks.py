"""Locks and existing mergers, resolved."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances.common.problems import Problems
from refzones.models import Scenario
from refzones.models.question.locks import Agreed, join_groups, resolve_agreed
from support.build import build_instance

ROW = build_instance([20_000] * 6, [(i, i + 1) for i in range(5)])


def agreed(**parts: Any) -> Agreed:
    problems = Problems()
    found = resolve_agreed(ROW, Scenario.from_dict(parts), problems, range(len(ROW)))
    problems.raise_if_any()
    return found


EXISTING = [["M1", "M0"], ["10003"], ["m4", "M5"]]


def test_members_of_mergers_that_are_extended_stay_together() -> None:
    """Groups of one say nothing."""
    found = agreed(existing={"mergers": EXISTING}, locks={"together": [["M2", "M3"]], "alone": ["M3"]})
    assert found.together == [(2, 3), (0, 1), (4, 5)]
    assert (found.alone, found.named_alone, found.kept) == ((3,), (3,), ())


def test_mergers_that_are_kept_are_as_they_are() -> None:
    """Groups of one stand alone, as if a lock named them."""
    found = agreed(
        existing={"mode": "keep", "mergers": EXISTING}, locks={"together": [["M2", "M3"]], "alone": ["M2"]}
    )
    assert found.together == [(2, 3)]
    assert found.kept == ((0, 1), (4, 5))
    assert (found.alone, found.named_alone) == ((2, 3), (2,))


def test_seats_and_groups_of_nobody() -> None:
    found = agreed(existing={"mode": "keep", "mergers": [[]]}, locks={"seat": ["M5", "10000"]})
    assert (found.seats, found.kept, found.alone) == ((0, 5), (), ())


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            {"existing": {"mergers": [["M0", "M66"]], "source": "plan.csv"}},
            [
                "plan.csv, value 'M66': existing.mergers: no municipality has this name; "
                "known: M0, M1, M2, M3, M4, M5"
            ],
        ),
        (
            {"existing": {"mergers": [["M0", "M1"], ["M2", "M1"]], "source": "plan.csv"}},
            ["plan.csv: existing.mergers: M1 (10001) is in two of the mergers; keep it in one of them"],
        ),
        (
            {"existing": {"mergers": [["M0", "m0"]]}},
            ["existing.mergers: M0 (10000) stands twice in one group; keep it once"],
        ),
        (
            {"locks": {"seat": ["M0", "10000", "Mx"]}},
            [
                "value 'Mx': locks.seat: no municipality has this name; known: M0, M1, M2, M3, M4, M5",
                "locks.seat: M0 (10000) stands twice in one group; keep it once",
            ],
        ),
    ],
)
def test_what_cannot_be_resolved(parts: dict[str, Any], expected: list[str]) -> None:
    problems = Problems()
    resolve_agreed(ROW, Scenario.from_dict(parts), problems, range(len(ROW)))
    with pytest.raises(ValueError, match=r".") as caught:
        problems.raise_if_any()
    assert str(caught.value).split("\n") == expected


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3, unique=True).map(tuple), max_size=8))
def test_joined_groups_are_the_smallest_that_hold_all(groups: list[tuple[int, ...]]) -> None:
    """Against the connected parts of the graph that the groups make."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    for group in groups:
        graph.add_nodes_from(group)
        nx.add_path(graph, group)
    assert join_groups(groups) == tuple(sorted(tuple(sorted(p)) for p in nx.connected_components(graph)))


def test_what_is_agreed_outside_a_scope_is_left_out() -> None:
    parts = {
        "locks": {"together": [["M0", "M1"], ["M1", "M4"]], "apart": [["M2", "M5"]], "alone": ["M0", "M4"]},
        "existing": {"mergers": [["M2", "M3"], ["M3", "M2"], ["M4", "M5"]], "mode": "keep"},
    }
    problems = Problems()
    found = resolve_agreed(ROW, Scenario.from_dict(parts), problems, {4, 5})
    problems.raise_if_any()  # that M2 is in two existing mergers is nobody's business
    assert (found.together, found.apart, found.alone) == ([(1, 4)], [(2, 5)], (4,))
    assert found.kept == ((4, 5),)
