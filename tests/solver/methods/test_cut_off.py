"""Whatever ends an answer early, by whatever way: nothing is claimed that is not so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import Result, solve, verify
from refzones.solver import deadline as limits_module
from refzones.solver.candidates.enumeration import TooManyCandidatesError
from refzones.solver.deadline import Limits
from refzones.solver.methods import listed as listed_module
from refzones.solver.methods.generation.solve import Generation
from support.brute import brute_force
from support.brute_nested import brute_force_nested
from support.proving import proving
from support.strategies import nested_questions, questions


class _Clock:
    """Goes on by a second whenever somebody looks, so that limits pass at any step of the work."""

    def __init__(self) -> None:
        self.now = 0.0

    def perf_counter(self) -> float:
        self.now += 1.0
        return self.now


@contextmanager
def cut_off(way: str) -> Iterator[None]:
    """Answer by some way, under a clock that jumps."""
    real = listed_module.list_component

    def too_many(question: Any, frame: Any, settled: Any, *more: Any) -> Any:
        if len(frame.without(settled).municipalities):
            raise TooManyCandidatesError
        return real(question, frame, settled, *more)

    with patch.object(limits_module, "time", _Clock()):
        if way == "closing":
            with proving(searchable=0, first=1, cuts_above=1):
                yield
        elif way in ("large", "searched"):
            accepts = Generation.accepts if way == "large" else lambda *_: "not asked for"
            with (
                patch.object(listed_module, "list_component", too_many),
                patch.object(Generation, "accepts", accepts),
            ):
                yield
        else:
            yield


def check(found: Result, best: int | None) -> None:
    """Hold an answer against the best score of brute force; None where there is no plan."""
    event(found.status)
    for region in found.by_region:
        meets = region.score_nano is not None and region.score_nano == region.bound_nano
        assert (region.status == "optimal") == meets
        assert (region.reason == "") == meets
    if found.status == "optimal":
        assert found.score_nano == best
    if found.status == "infeasible":
        assert best is None
    if found.score_nano is not None:
        assert best is not None
        assert found.score_nano <= best
    if best is not None and found.bound_nano is not None:
        assert found.bound_nano >= best
    if found.score_nano is not None:
        assert verify(found.instance, found.scenario, found.plan) == ()


@pytest.mark.parametrize("way", ["listed", "closing", "large", "searched"])
@settings(deadline=None, max_examples=20)
@given(
    question=questions(largest=6, agreed=True),
    engine=st.sampled_from(("highs", "scip", "cpsat")),
    limit=st.sampled_from((3, 6, 10, 20, 40, 100)),
)
def test_ways_of_the_partition(
    way: str, question: tuple[Instance, Scenario], engine: str, limit: float
) -> None:
    instance, scenario = question
    try:
        with cut_off(way):
            found = solve(instance, scenario, engine_name=engine, workers=1, limits=Limits(limit))
    except InputError:
        event("refused")
        return
    best = brute_force(instance, scenario)
    check(found, None if best is None else best.score_nano)


@pytest.mark.parametrize("formulation", ["flow", "multiflow", "cut", "cpsat"])
@settings(deadline=None, max_examples=12)
@given(
    question=questions(largest=6, agreed=True),
    engine=st.sampled_from(("highs", "scip")),
    limit=st.sampled_from((3, 6, 10, 20, 100)),
)
def test_compact_formulations(
    formulation: str, question: tuple[Instance, Scenario], engine: str, limit: float
) -> None:
    instance, scenario = question
    asked: dict[str, Any] = {"engine_name": engine, "formulation": formulation}
    try:
        with cut_off("compact"):
            found = solve(instance, scenario, workers=1, limits=Limits(limit), **asked)
    except InputError:
        event("refused")
        return
    best = brute_force(instance, scenario)
    check(found, None if best is None else best.score_nano)


@pytest.mark.parametrize("way", ["listed", "closing"])
@settings(deadline=None, max_examples=15)
@given(question=nested_questions(largest=5), limit=st.sampled_from((3, 6, 10, 20, 40, 100)))
def test_two_levels(way: str, question: tuple[Instance, Scenario], limit: float) -> None:
    instance, scenario = question
    try:
        with cut_off(way):
            found = solve(instance, scenario, workers=1, limits=Limits(limit))
    except InputError:
        event("refused")
        return
    best = brute_force_nested(instance, scenario)
    check(found, None if best is None else best.score_nano)
