"""Which plans does no other plan beat in every term?"""

from __future__ import annotations

from ..base import ALL
from .front import pareto_front
from .params import ParetoParams
from .result import Front, ParetoFront, Stability, StableWeight
from .sensitivity import stability

__all__ = [
    "ALL",
    "Front",
    "ParetoFront",
    "ParetoParams",
    "Stability",
    "StableWeight",
    "pareto_front",
    "stability",
]
