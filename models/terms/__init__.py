"""What counts, and how much: the terms of the objective?

One class in one file for each name in `scenario/term_names.py`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ...instances.common.deprecated import warn_renamed
from ...instances.instance import Instance
from ..scenario.scenario import Scenario
from ..scenario.term_names import TERM_NAMES, check_term_name
from .base import Term

_CLASSES: dict[str, type[Term]] = {}


def add_term(term: type[Term]) -> type[Term]:
    """Register the class of a term, so that scenarios may weigh it; usable as a decorator.

    The terms of this package are found by their names and need not be added.
    """
    if term.written() not in TERM_NAMES:
        TERM_NAMES.append(term.written())
    _CLASSES[term.key] = term
    return term


def term_class(name: str) -> type[Term]:
    """Give the class of a term by its name in a scenario.

    Raises
    ------
    ValueError
        There is no such term, or its argument is missing or too many.
    """
    key, _ = check_term_name(name)
    if key not in _CLASSES:
        classes = vars(import_module(f".{key}", __name__)).values()
        _CLASSES[key] = next(c for c in classes if isinstance(c, type) and getattr(c, "key", None) == key)
    return _CLASSES[key]


def term_classes() -> tuple[type[Term], ...]:
    """Give the classes of all terms, in the order of their names."""
    return tuple(term_class(name) for name in TERM_NAMES)


def build_term(name: str, instance: Instance, scenario: Scenario) -> Term:
    """Bind the term that a name means to an instance and a scenario."""
    return term_class(name)(instance, scenario, check_term_name(name)[1])


def __getattr__(name: str) -> Any:
    """Give classes of terms from here, where they were all imported before."""
    classes = {term.__name__: term for term in term_classes()}
    if name == "TERMS":
        warn_renamed(f"{__name__}.TERMS", f"{__name__}.term_classes()")
        return tuple(classes.values())
    if name not in classes:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    warn_renamed(f"{__name__}.{name}", f"{classes[name].__module__}.{name}")
    return classes[name]


__all__ = ["Term", "add_term", "build_term", "term_class", "term_classes"]
