"""What does a table of one's own add to an instance?"""

from __future__ import annotations

from .attributes import add_attributes
from .figures import add_figures
from .functions import add_functions
from .inhabitants import update_inhabitants
from .layers import add_layer
from .own_table import OwnTable
from .points import add_points
from .result import Extended
from .sites import PlaceOfPoints

__all__ = [
    "Extended",
    "OwnTable",
    "PlaceOfPoints",
    "add_attributes",
    "add_figures",
    "add_functions",
    "add_layer",
    "add_points",
    "update_inhabitants",
]
