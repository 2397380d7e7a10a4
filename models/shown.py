"""What a term's value reads as for a part of an instance: a mean over those whom the answer is for.

A score is a share of the whole instance, which is why the scores of regions add up. A value that is shown is
a mean over the inhabitants (of ``commuting``: the commuters) of the regions that are answered for:
points = sense x weight x value x share, the share being theirs in the whole instance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .scorer import Scorer
from .terms import Term


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
        """Share in the whole instance; 0 where the whole has nobody."""
        return self.number / self.whole if self.whole else 0.0


def base_of(term: Term, of: Sequence[int]) -> Base:
    """Count what the value of a term is a mean over, for some municipalities."""
    return Base(term.base(of), term.whole)


def shown(term: Term, total: float, base: Base) -> float:
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
        A mean; the sum itself where nothing divides it. 0 where there is nobody to take a mean over.
    """
    if not base.number:
        return 0.0
    return total / base.number if term.per_inhabitant else total * (base.whole / base.number)


def factors(scorer: Scorer, of: Sequence[int]) -> list[float]:
    """By what to multiply shares in the value of the whole instance, to read means over some municipalities.

    Parameters
    ----------
    scorer : Scorer
    of : sequence of int
        Municipalities that the shares are of.

    Returns
    -------
    list of float
        One a term; 1 for sums and counts, 0 where there is nobody to take a mean over.
    """
    bases = [base_of(term, of) for term in scorer.terms]
    return [base.whole / base.number if base.number else 0.0 for base in bases]
