"""Sets that a part can be: all of them, compiled and not."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from refzones.solver.methods.compact.centres import enumeration
from refzones.solver.methods.compact.centres.enumeration import PartRules, TooManyPartsError, list_sets


def drawn(seed: int, size: int = 10) -> tuple[PartRules, float, float]:
    """A part of a graph at random, with what it may spend in all and by its members."""
    rng = np.random.default_rng(seed)
    near = rng.random((size, size)) < 0.35
    near = (near | near.T) & ~np.eye(size, dtype=np.bool_)
    allowed = rng.random(size) < 0.85
    allowed[0] = True
    people = rng.integers(0, 20, size).astype(np.float64)
    low = float(rng.uniform(0.2, 0.5) * people.sum())
    high = low * float(rng.uniform(1.05, 2.0))
    multiplier = float(rng.choice([0.0, rng.normal()]))
    rules = PartRules(
        centre=0,
        near=near,
        allowed=allowed,
        forced=allowed & (rng.random(size) < 0.15),
        population=people,
        low=low,
        high=high,
        joining=np.where(allowed, rng.random(size) * rng.integers(0, 2, size), 0.0),
        leaving=np.where(allowed, rng.random(size) * rng.integers(0, 2, size), 0.0),
        multiplier=multiplier,
        end=max(multiplier * low, multiplier * high),
    )
    room = float(rng.uniform(0.5, 4.0))
    return rules, room, room * float(rng.uniform(0.5, 1.0))


def all_sets(rules: PartRules, room: float, own: float) -> dict[tuple[int, ...], float]:
    """The same by trying all sets."""
    graph, found = nx.from_numpy_array(rules.near), {}
    others = [v for v in np.flatnonzero(rules.allowed).tolist() if v != rules.centre]
    for number in range(len(others) + 1):
        for chosen in combinations(others, number):
            members = np.zeros(len(rules.allowed), dtype=np.bool_)
            members[[rules.centre, *chosen]] = True
            held = rules.population[members].sum()
            spent = rules.joining[members & (np.arange(len(members)) != rules.centre)].sum()
            spent += rules.end - rules.multiplier * held
            left = rules.leaving[rules.allowed & ~members].sum()
            if (
                nx.is_connected(graph.subgraph([rules.centre, *chosen]))
                and members[rules.forced].all()
                and rules.low <= held <= rules.high
                and spent <= own
                and spent + left <= room
            ):
                found[rules.centre, *chosen] = float(spent)
    return found


@pytest.mark.parametrize("fast", [True, False])
def test_no_set_is_missing_and_none_is_more(fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not fast:
        monkeypatch.setattr(enumeration, "fast_grown", lambda: None)
    several = 0
    for seed in range(60):
        rules, room, own = drawn(seed)
        members, spent = list_sets(rules, room, own, 4_000)
        given = {tuple(np.flatnonzero(row).tolist()): float(s) for row, s in zip(members, spent, strict=True)}
        wanted = all_sets(rules, room, own)
        assert len(given) == len(members)
        assert given == pytest.approx(wanted)
        several += len(given) > 3
    assert several > 10


def test_sets_come_in_one_order_compiled_and_not(monkeypatch: pytest.MonkeyPatch) -> None:
    # more than 64 may be members, so that a set takes two words
    for seed in range(5):
        # a path, with one edge more: some thousand sets
        rules, _, _ = drawn(seed, 90)
        rules.near[:] = np.abs(np.subtract.outer(np.arange(90), np.arange(90))) == 1
        rules.near[0, 85] = rules.near[85, 0] = True
        rules.allowed[:], rules.forced[:] = True, False
        compiled = list_sets(rules, 1000.0, 1000.0, 50_000)
        assert len(compiled[0]) > 100
        monkeypatch.setattr(enumeration, "fast_grown", lambda: None)
        at_once = list_sets(rules, 1000.0, 1000.0, 50_000)
        monkeypatch.undo()
        assert (compiled[0] == at_once[0]).all()
        assert np.allclose(compiled[1], at_once[1])


@pytest.mark.parametrize("fast", [True, False])
def test_more_sets_than_may_be_listed(fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not fast:
        monkeypatch.setattr(enumeration, "fast_grown", lambda: None)
    rules, room, own = next(
        case for case in map(drawn, range(200)) if len(all_sets(case[0], case[1], case[2])) > 8
    )
    with pytest.raises(TooManyPartsError):
        list_sets(rules, room, own, 3)
