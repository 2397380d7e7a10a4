"""MathOpt, first used by several threads at the same time."""

from __future__ import annotations

import pytest
from support.python import run_python

TOGETHER = """
import threading, time

refused, together = [], threading.Barrier(4)

def wait_in_values(frame, event, argument):
    if event == "call" and frame.f_code.co_name == "value":  # of an enum: OR-Tools looks them up
        time.sleep(0.001)

def build():
    together.wait()
    try:
        model = mathopt.Model()
        variable, row = model.add_variable(lb=0.0), model.add_linear_constraint(lb=0.0)
        model.objective.is_maximize = True
        model.objective.set_linear_coefficient(variable, 1.0)
        row.set_coefficient(variable, 1.0)
    except TypeError as error:
        refused.append(str(error))

threading.setprofile(wait_in_values)
threads = [threading.Thread(target=build) for _ in range(together.parties)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(*refused)
"""


@pytest.mark.parametrize("module", ["engines.mathopt_programme", "partition.restricted_master"])
def test_threads_may_build_their_first_models_together(module: str) -> None:
    said = run_python(f"from refzones.solver.{module} import mathopt\n{TOGETHER}")
    assert "incompatible" not in said
