"""What a good plan may lack to the best one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from ....instances.common.problems import reject
from ....models.scoring.scorer import NANO

_MOST = 1 << 60  # nano-points; no plan lacks more
_REMEDY = "write points, such as 0.05, or a share of the best score, such as 1%"


@dataclass(frozen=True)
class Loss:
    """What a good plan may lack to the best one, in points or as a share of the best score.

    Attributes
    ----------
    text : str
        As it was written.
    points, share : Fraction or None
        One of them.
    """

    text: str
    points: Fraction | None = None
    share: Fraction | None = None

    @classmethod
    def read(cls, text: str) -> Loss:
        """Read a number of points, or of per cent with a sign for it behind.

        Raises
        ------
        InputError
            It is no such number, or it is negative.
        """
        written = text.strip().replace(",", ".")
        number = written.removesuffix("%").strip()
        try:
            if not math.isfinite(float(number)):
                raise ValueError(number)
            value = Fraction(number)
        except ValueError:
            reject("the loss must be a number", _REMEDY, value=text)
        if value < 0:
            reject("the loss must not be negative", _REMEDY, value=text)
        if written.endswith("%"):
            return cls(f"{number}%", share=value / 100)
        return cls(number, points=value)

    def nano(self, best: int) -> int:
        """Give the most nano-points that a good plan lacks to one that scores `best`."""
        exactly = (self.points or 0) * NANO if self.share is None else self.share * abs(best)
        return min(_MOST, math.floor(exactly))
