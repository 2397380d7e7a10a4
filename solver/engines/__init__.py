"""Which program solves a programme, and what is its word worth?"""

from __future__ import annotations

from ...instances.common.problems import InputError, reject, suggest
from .base import Answer, Engine, EngineError

DEFAULT = "highs"
ENGINES = ("highs", "scip", "cpsat", "cbc")
"""The engines that the program knows by a name of their own."""

_WITH_ORTOOLS = ENGINES[:3]


def engine_names() -> list[str]:
    """Names that `engine` takes on this machine, licensed solvers included."""
    try:
        from .pulp import cbc_path, licensed
    except InputError:  # what keeps PuLP from working here is told when one of its engines is asked for
        return list(_WITH_ORTOOLS)
    return [*_WITH_ORTOOLS, *(["cbc"] if cbc_path() else []), *licensed()]


def engine(name: str = DEFAULT) -> Engine:
    """Make an engine.

    Parameters
    ----------
    name : str
        One of `ENGINES`, or the PuLP name of a solver that this machine has a licence for, in whatever case.

    Raises
    ------
    InputError
        There is no such engine here; the message lists those present.
    """
    # each import loads a solver library, so only the one that is asked for
    match name.lower():
        case "highs":
            from .mathopt import HighsEngine

            return HighsEngine()
        case "scip":
            from .mathopt import ScipEngine

            return ScipEngine()
        case "cpsat":
            from .cpsat import CpSatEngine

            return CpSatEngine()
        case "cbc":
            from .pulp import CbcEngine

            return CbcEngine()
    known = engine_names()
    found = [solver for solver in known if solver not in ENGINES and solver.lower() == name.lower()]
    if not found:
        reject(f"unknown engine; present here: {', '.join(known)}", suggest(name, known), value=name)
    from .pulp import PulpEngine

    return PulpEngine(found[0])


__all__ = ["DEFAULT", "ENGINES", "Answer", "Engine", "EngineError", "engine", "engine_names"]
