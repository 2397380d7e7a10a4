"""Values of terms as they are reported for regions or mergers: means over those who live there.

A score is a share of the whole instance, which is why the scores of regions add up. A value that is shown is
a mean over the inhabitants (of ``commuting``: the commuters) of the regions that are answered for:
points = sense x weight x value x share, the share being theirs in the whole instance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import FloatArray
from ..terms import Term


@dataclass(frozen=True)
class Base:
    """What the value of a term is a mean over.

    Attributes
    ----------
    number : float
        Inhabitants, or commuters, of the municipalities that are answered for; 1 for a sum or a count.
    whole : float
        The same of the whole instance.
    """

    number: float
    whole: float

    @property
    def share(self) -> float:
        """Share in the whole instance; 0 where the whole has no inhabitants."""
        return self.number / self.whole if self.whole else 0.0

    @property
    def scale(self) -> float:
        """What brings a share in the value of the whole to a mean; 0 where there are no inhabitants."""
        return self.whole / self.number if self.number else 0.0


def base_of(term: Term, municipalities: Sequence[int]) -> Base:
    """Count what the value of a term is a mean over, for some municipalities."""
    return Base(term.base(municipalities), term.whole)


def reported_value(term: Term, total: float, base: Base) -> float:
    """Give the value of a term as it is shown.

    Parameters
    ----------
    term : Term
    total : float
        Sum over mergers as `Term.values` gives it.
    base : Base
        Of the municipalities in these mergers.

    Returns
    -------
    float
        A mean; the sum itself where nothing divides it. 0 where there are no inhabitants.
    """
    if not base.number:
        return 0.0
    return total / base.number if term.per_inhabitant else total * base.scale


def pooled_values(term: Term | type[Term], values: FloatArray, numbers: FloatArray) -> FloatArray:
    """Put the values of parts of an instance together: a mean of means, or a sum of sums.

    Parameters
    ----------
    term : Term, or its class
    values : ndarray of float64, shape (..., r)
        As `reported_value` gives them for each of r parts.
    numbers : ndarray of float64, shape (r,)
        Of the base of each part.

    Returns
    -------
    ndarray of float64, shape (...)
    """
    if term.divided_by == "nothing":
        return np.asarray(values.sum(axis=-1), dtype=np.float64)
    whole = float(numbers.sum())
    total = (values * numbers).sum(axis=-1)
    return np.asarray(total / whole if whole else 0.0 * total, dtype=np.float64)
