"""How decided a part of a plan is: what the best plan without it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DecidedStatus = Literal["proved", "no plan", "rule", "not known"]
"""'proved': the price is exact; 'no plan': it is proved that there is none without the part; 'rule': the part
is settled by a rule; 'not known': no proof was made, or not in its time."""


@dataclass(frozen=True)
class Decided:
    """How decided a part of a plan is.

    Attributes
    ----------
    status : {'proved', 'no plan', 'rule', 'not known'}
    price_nano : int or None
        What the best plan of the region in which exactly these municipalities are no part lacks to the plan,
        in nano-points; 0 where another plan scores the same. None unless it is proved.
    """

    status: DecidedStatus = "not known"
    price_nano: int | None = None

    def __post_init__(self) -> None:
        """Make sure that a price goes with a proof, and is no gain."""
        assert (self.price_nano is not None) == (self.status == "proved")
        assert self.price_nano is None or self.price_nano >= 0

    @property
    def is_tie(self) -> bool:
        """Whether another plan scores the same."""
        return self.price_nano == 0


NOT_KNOWN = Decided()
