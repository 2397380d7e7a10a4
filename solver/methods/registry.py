"""Methods by name, each loaded when it is first asked for, and the chains that answer a component."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from ..results.result import PARTITION
from .contract import Method
from .portfolio import Portfolio

Role = Literal["listing", "search", "formulation"]
"""'listing' methods are tried in turn; for what they leave, 'search' methods make a portfolio; a
'formulation' is taken where it is asked for by name."""


@dataclass(frozen=True)
class Entry:
    """How a method is made, and when it is taken.

    Attributes
    ----------
    make : callable
    role : Role
    """

    make: Callable[[], Method]
    role: Role


def _late(where: str, *options: str) -> Callable[[], Method]:
    """Make a method of this package that is loaded only then: some need a solver library, or numba."""

    def make() -> Method:
        module, _, name = where.partition(":")
        method: Method = getattr(import_module(f"{__package__}.{module}"), name)(*options)
        return method

    return make


METHODS: dict[str, Entry] = {
    "listed": Entry(_late("listed:Listed"), "listing"),
    "nested": Entry(_late("listed:Nested"), "listing"),
    "first": Entry(_late("heuristic.solve:First"), "search"),
    "edges": Entry(_late("edges.method:Edges"), "search"),
    "cuts": Entry(_late("compact.method:Cuts"), "search"),
    "heuristic": Entry(_late("heuristic.solve:Heuristic"), "search"),
    "nested-search": Entry(_late("heuristic.nested:NestedSearch"), "search"),
    "generation": Entry(_late("generation.solve:Generation"), "search"),
    "flow": Entry(_late("compact.method:Formulation", "flow"), "formulation"),
    "multiflow": Entry(_late("compact.method:Formulation", "multiflow"), "formulation"),
    "cut": Entry(_late("compact.method:Formulation", "cut"), "formulation"),
    "cpsat": Entry(_late("compact.method:Formulation", "cpsat"), "formulation"),
}
"""All methods, in the order in which those of a role are tried. A new one is a line here."""


def chain(formulation: str = PARTITION) -> tuple[Method, ...]:
    """Give the methods that answer a component, the first to be tried first.

    Parameters
    ----------
    formulation : str
        'partition' lists candidates, and searches where they are too many; others are methods by name.
    """
    if formulation != PARTITION:
        return (METHODS[formulation].make(),)
    return (*(make() for make in _of_role("listing")), Portfolio(_of_role("search")))


def formulations() -> tuple[str, ...]:
    """Name all that may be asked for as a formulation; no method is loaded for it."""
    return (PARTITION, *(name for name, entry in METHODS.items() if entry.role == "formulation"))


def _of_role(role: Role) -> tuple[Callable[[], Method], ...]:
    return tuple(entry.make for entry in METHODS.values() if entry.role == role)


__all__ = ["METHODS", "Entry", "Role", "chain", "formulations"]
