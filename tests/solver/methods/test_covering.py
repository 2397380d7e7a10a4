"""Candidates that are in no partition: dropped where that is soon told, and no answer changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import synthesise
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.methods.covering import CoverParams
from refzones.solver.methods.listed import Listed, ListingParams
from refzones.solver.methods.registry import METHODS, Entry

pytest.importorskip("numba")

NEVER = CoverParams(many=10**9, many_of_narrow=10**9)
ALWAYS = CoverParams(many=0, many_of_narrow=0)


@st.composite
def asked(draw: st.DrawFn) -> tuple[int, Scenario]:
    parts, width = draw(st.integers(2, 5)), draw(st.sampled_from([0.02, 0.05, 0.2]))
    seed = draw(st.integers(0, 40))
    mean = synthesise(16, regions=1, per_merger=4, seed=seed).total_population / parts
    scenario = {
        "population": {"min": int(mean * (1 - width)), "max": int(mean * (1 + width))},
        "rules": {"facility": draw(st.sampled_from(["free", "alone"]))},
        "weights": draw(st.sampled_from([{"moment": 1e-6}, {"cut_edges": 1.0}, {"distance": 1.0}])),
    }
    if draw(st.booleans()):
        scenario["count"] = {"min": parts, "max": parts}
    return seed, Scenario.from_dict(scenario)


@settings(deadline=None, max_examples=40)
@given(asked())
def test_no_answer_changes(drawn: tuple[int, Scenario]) -> None:
    """The plan is the same one, of equals too, and so is what each of its mergers is worth."""
    seed, scenario = drawn
    instance = synthesise(16, regions=1, per_merger=4, seed=seed)
    found = []
    for cover in (NEVER, ALWAYS):
        listed = Listed(replace(ListingParams(), small=10**6, cover=cover))
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(METHODS, "listed", Entry(lambda listed=listed: listed, "listing"))
            found.append(solve(instance, scenario, decided=True))
    plain, covered = found
    assert covered.status == plain.status
    assert covered.score_nano == plain.score_nano
    assert [one.members for one in covered.mergers] == [one.members for one in plain.mergers]
    assert [one.decided for one in covered.mergers] == [one.decided for one in plain.mergers]
    assert covered.by_region[0].candidates == plain.by_region[0].candidates
