"""The terms of the objective. A new term is one class in one file, listed here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...instances.common.problems import suggest
from ...instances.instance import Instance
from .base import Term, argument_needed
from .commuting import CommutingTerm
from .coverage import CoverageTerm
from .cut_edges import CutEdgesTerm
from .distance import DistanceTerm
from .fiscal import FiscalTerm
from .moment import MomentTerm
from .shortfall import ShortfallTerm
from .size import SizeTerm
from .stacking import StackingTerm
from .straddle import StraddleTerm
from .touched import TouchedTerm

if TYPE_CHECKING:
    from ..scenario.scenario import Scenario

TERMS: tuple[type[Term], ...] = (
    CoverageTerm,
    DistanceTerm,
    MomentTerm,
    StraddleTerm,
    TouchedTerm,
    CutEdgesTerm,
    CommutingTerm,
    StackingTerm,
    FiscalTerm,
    SizeTerm,
    ShortfallTerm,
)
_BY_KEY = {term.key: term for term in TERMS}
_WRITTEN = re.compile(r"(\w+)(?:\((.+)\))?", re.DOTALL)  # a layer may have any name


def check_term_name(name: str) -> tuple[type[Term], str]:
    """Find the term that a name in a scenario means.

    Parameters
    ----------
    name : str
        Such as ``coverage`` or ``straddle(police)``.

    Returns
    -------
    tuple of (type of Term, str)
        The term and its argument.

    Raises
    ------
    ValueError
        There is no such term, or its argument is missing or too many.
    """
    written = _WRITTEN.fullmatch(name)
    known = [argument_needed(term) for term in TERMS]
    if written is None or written[1] not in _BY_KEY:
        key = written[1] if written else name
        raise ValueError(f"unknown term '{name}'; {suggest(key, _BY_KEY)} (terms: {', '.join(known)})")
    term, argument = _BY_KEY[written[1]], written[2] or ""
    if bool(argument) != bool(term.takes):
        raise ValueError(f"unknown term '{name}'; write {argument_needed(term)}")
    return term, argument


def build_term(name: str, instance: Instance, scenario: Scenario) -> Term:
    """Bind the term that a name means to an instance and a scenario."""
    term, argument = check_term_name(name)
    return term(instance, scenario, argument)


__all__ = [
    "TERMS",
    "CommutingTerm",
    "CoverageTerm",
    "CutEdgesTerm",
    "DistanceTerm",
    "FiscalTerm",
    "MomentTerm",
    "ShortfallTerm",
    "SizeTerm",
    "StackingTerm",
    "StraddleTerm",
    "Term",
    "TouchedTerm",
    "build_term",
    "check_term_name",
]
