"""Solvers of integer programmes, by name."""

from __future__ import annotations

from ...instances.problems import reject, suggest
from .base import Answer, Engine, EngineError

DEFAULT = "highs"
ENGINES = ("highs", "scip", "cpsat", "cbc")
"""The engines that come with the installation."""


def engine_names() -> list[str]:
    """Names that `engine` takes on this machine, licensed solvers included."""
    from .pulp import licensed

    return [*ENGINES, *licensed()]


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
    from .pulp import PulpEngine

    known = engine_names()
    found = [solver for solver in known[len(ENGINES) :] if solver.lower() == name.lower()]
    if not found:
        reject(f"unknown engine; present here: {', '.join(known)}", suggest(name, known), value=name)
    return PulpEngine(found[0])


__all__ = ["DEFAULT", "ENGINES", "Answer", "Engine", "EngineError", "engine", "engine_names"]
