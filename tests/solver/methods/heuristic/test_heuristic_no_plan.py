"""A frame that cannot be divided has no plan to bound; the bound is a number all the same."""

from __future__ import annotations

from refzones.models import Scenario, Scorer, ask
from refzones.solver.engines import engine
from refzones.solver.methods.heuristic import search_frame
from support.build import build_instance


def test_bound_where_no_seat_may_hold_anybody() -> None:
    row = build_instance([56, 28, 217], [(0, 1), (1, 2)], functions={"rail": [0, 1, 0]})
    scenario = Scenario.from_dict(
        {
            "population": {"min": 250, "max": 288},
            "coverage": {"shares": {"rail": 1.0}},
            "weights": {"coverage": 40.0},
        }
    )
    question, scorer = ask(row, scenario), Scorer(row, scenario)
    found = search_frame(question, scorer, 0, row.members(0), [], engine(), 0)
    assert found.answer.status == "no plan within limit"
    assert found.answer.bound is not None
