"""Nothing that solves writes to standard output, past Python or not: it is the program's."""

from __future__ import annotations

import subprocess
import sys

import pytest
from refzones.solver.engines import engine_names

SCRIPT = """
import sys
from dataclasses import replace
import numpy as np

from refzones.instances.common.problems import InputError
from refzones.models import Scenario
from refzones.models.programmes.set_partition import partition_programme
from refzones.solver import solve
from refzones.solver.engines import EngineError, engine
sys.path.insert(0, sys.argv[2])
from support.build import build_instance

name = sys.argv[1]
row = build_instance([20_000 + 1_000 * k for k in range(6)], [(k, k + 1) for k in range(5)])
bounds = {"population": {"min": 20_000, "max": 70_000}}
for more in ({}, {"count": {"min": 6}, "population": {"min": 50_000}}):
    scenario = Scenario.from_dict({**bounds, "weights": {"distance": 1e5, "cut_edges": 1e5}, **more})
    for formulation in ("partition", "flow", "multiflow", "cut", "cpsat"):
        try:
            found = solve(row, scenario, engine_name=name, formulation=formulation, workers=1)
            assert found.status == ("infeasible" if more else "optimal"), (name, formulation, found.by_region)
        except InputError as error:
            assert formulation in ("flow", "multiflow") and name == "cpsat", error

members = np.array([[1.0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 0]])
good = partition_programme(members, np.array([5.0, 7, 4, 6]))
odd = [
    replace(good, cost=good.cost * 1e18),
    replace(good, cost=good.cost * 1e-18),
    replace(good, cost=np.full(4, np.nan)),
    replace(good, coefficients=good.coefficients * 1e19),
    replace(good, row_lower=np.full(3, 2.0)),
    replace(good, upper=np.full(4, np.inf)),
    replace(good, upper=np.full(4, -1.0)),
    replace(good, row_upper=np.full(3, 1e300), row_lower=np.full(3, -1e300)),
]
for programme in odd:
    for seconds in (None, 1e-4):
        try:
            engine(name).solve(programme, seconds=seconds, start=np.zeros(4))
        except EngineError as error:
            assert len(str(error).splitlines()) == 1
"""


@pytest.mark.parametrize("name", engine_names())
def test_standard_output_stays_empty(name: str) -> None:
    tests = next(path for path in sys.path if path.endswith("tests"))
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, name, tests], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
