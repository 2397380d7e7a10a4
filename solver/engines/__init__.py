"""Which program solves a programme, and what is its word worth?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from ...instances.common.problems import InputError, reject, suggest
from .base import Answer, Engine, EngineError

DEFAULT = "highs"


@dataclass(frozen=True)
class Entry:
    """How an engine is made, and whether it can be.

    Attributes
    ----------
    make : callable
    is_here : callable
        Whether its solver is on this machine.
    """

    make: Callable[[], Engine]
    is_here: Callable[[], bool] = lambda: True


def _late(where: str) -> Callable[[], Engine]:
    """Make an engine of this package that is loaded only then: each loads a solver library."""

    def make() -> Engine:
        module, _, name = where.partition(":")
        made: Engine = getattr(import_module(f"{__package__}.{module}"), name)()
        return made

    return make


def _has_cbc() -> bool:
    try:
        from .pulp import cbc_path
    except InputError:  # what keeps PuLP from working here is told when one of its engines is asked for
        return False
    return cbc_path() is not None


REGISTERED: dict[str, Entry] = {
    "highs": Entry(_late("mathopt:HighsEngine")),
    "scip": Entry(_late("mathopt:ScipEngine")),
    "cpsat": Entry(_late("cpsat:CpSatEngine")),
    "cbc": Entry(_late("pulp:CbcEngine"), _has_cbc),
}
"""All engines by name. A new one is a line here."""

ENGINES = tuple(REGISTERED)
"""The engines that the program knows by a name of their own."""


def engine_names() -> list[str]:
    """Names that `engine` takes on this machine, licensed solvers included."""
    own = [name for name, entry in REGISTERED.items() if entry.is_here()]
    try:
        from .pulp import licensed
    except InputError:
        return own
    return [*own, *licensed()]


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
    if name.lower() in REGISTERED:
        return REGISTERED[name.lower()].make()
    known = engine_names()
    licensed = [solver for solver in known if solver not in REGISTERED and solver.lower() == name.lower()]
    if not licensed:
        reject(f"unknown engine; present here: {', '.join(known)}", suggest(name, known), value=name)
    from .pulp import PulpEngine

    return PulpEngine(licensed[0])


__all__ = [
    "DEFAULT",
    "ENGINES",
    "REGISTERED",
    "Answer",
    "Engine",
    "EngineError",
    "Entry",
    "engine",
    "engine_names",
]
