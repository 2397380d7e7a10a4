"""MathOpt of OR-Tools, ready for threads.

OR-Tools 9.15 looks up the values of its enums (kinds of elements and attributes) when each is first used, and
refuses a thread that uses one in the meantime. So each is used here once: one thread alone loads a module.
"""

from __future__ import annotations

from ortools.math_opt.python import mathopt

__all__ = ["mathopt"]


def _use_once() -> None:
    model = mathopt.Model()
    variable, row = model.add_variable(), model.add_linear_constraint()
    model.objective.is_maximize = True
    model.objective.set_linear_coefficient(variable, 1.0)
    row.set_coefficient(variable, 1.0)


_use_once()
