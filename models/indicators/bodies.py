"""Bodies: with how many bodies of cooperation a municipality deals."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from .memberships import Memberships
from .zone_layers import ALL, LAYERS


class Bodies(Memberships):
    """Bodies of cooperation with which a municipality deals, mean over municipalities; see `Memberships`."""

    key = "bodies"
    arguments = (ALL, *LAYERS)
    unit = "bodies of cooperation per municipality"
    digits = 2
    weighable = False

    def bases(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Count each candidate as one municipality."""
        return np.ones(len(members))
