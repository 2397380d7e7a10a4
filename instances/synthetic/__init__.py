"""Synthetic instances: drawn at random, planar and realistic, of any size."""

from .build import synthesise
from .settings import FEWEST, MOST, THICKEST, THINNEST

__all__ = ["FEWEST", "MOST", "THICKEST", "THINNEST", "synthesise"]
