"""Which municipalities can share a part: exactly, and more than that where time or memory ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.instances.synthetic import synthesise
from refzones.models import Model, Scenario, Scorer, ask
from refzones.models.programmes.reach import within_reach
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.memory import Budget, filled
from refzones.solver.methods.heuristic import SearchSpace
from refzones.solver.methods.heuristic.reach import Reach
from support.strategies import questions


def space_of(instance: Instance, scenario: Scenario) -> SearchSpace:
    question = ask(instance, scenario)
    return SearchSpace(Model(question, Scorer(instance, scenario)), 0, question.free_members(0), engine())


def exactly(space: SearchSpace) -> list[set[int]]:
    place = {i: k for k, i in enumerate(space.municipalities.tolist())}
    near = [[place[j] for j in space.near[i]] for i in place]
    people = [space.inhabitants[i] for i in place]
    return [set(within_reach(near, people, k, space.bounds[1])) for k in place.values()]


@given(question=questions(largest=8), has=st.integers(0, 255))
@settings(max_examples=40, deadline=None)
def test_each_is_first_of_those_it_reaches(question: tuple[Instance, Scenario], has: int) -> None:
    try:
        space = space_of(*question)
    except InputError:
        return
    size = len(space.municipalities)
    assume(size > 0)
    reach, true = Reach(space), exactly(space)
    some = np.array([has >> k & 1 for k in range(size)], dtype=np.bool_)
    assert [int(one[0]) for one in reach.within] == list(range(size))
    assert [set(one.tolist()) for one in reach.within] == true
    assert all(len(one) == len(set(one.tolist())) for one in reach.within)
    assert reach.within.widest == max(map(len, true))
    assert reach.reaching(some).tolist() == [any(some[v] for v in one) for one in true]


@pytest.mark.parametrize("ended", ["time", "memory"])
def test_whatever_is_not_known_may_be(ended: str, monkeypatch: pytest.MonkeyPatch) -> None:
    space = space_of(synthesise(30, regions=1, per_merger=2, seed=1), Scenario.preset("mergers"))
    size = len(space.municipalities)
    assert min(map(len, exactly(space))) < size
    if ended == "memory":
        monkeypatch.setattr("refzones.solver.methods.heuristic.reach._PLACE", 1e15)
        with Budget(filled() + 1e10).at_work():
            reach = Reach(space)
            known = [len(one) for one in reach.within]
        assert known[0] == len(exactly(space)[0])
        assert known[1:] == [size] * (size - 1)
    else:
        reach = Reach(space, Deadline(0.0))
        assert [len(one) for one in reach.within] == [size] * size
    assert [int(one[0]) for one in reach.within] == list(range(size))
    assert all(sorted(one.tolist()) == list(range(size)) for one in reach.within[1:])
    assert reach.within[-1].tolist() == reach.within[size - 1].tolist()
    assert reach.reaching(np.zeros(size, dtype=np.bool_)).tolist() == [False] * size
