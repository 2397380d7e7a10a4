"""A frame that cannot be divided has no plan to bound; the bound is a number all the same."""

from __future__ import annotations

from refzones.models import Scenario, Scorer, ask
from refzones.models.scoring.model import Model
from refzones.solver.candidates.components import Component
from refzones.solver.engines import engine
from refzones.solver.methods.contract import Task
from refzones.solver.methods.heuristic import Heuristic
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
    task = Task((Model(question, scorer),), Component(0, row.members(0)), (), engine())
    answer = Heuristic().solve(task)
    assert answer.status == "no plan within limit"
    assert answer.bound is not None
