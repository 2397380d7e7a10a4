"""Limits of the numbers of an instance: sums stay exact, and no integer overflows."""

from __future__ import annotations

from dataclasses import dataclass

EXACT = 2**53
"""Up to here whole numbers are exact in double precision."""


@dataclass(frozen=True)
class Limit:
    """The largest absolute value of a number, and the reason."""

    most: float
    why: str

    def __str__(self) -> str:
        return f"this is more than {self.most:,.0f}, {self.why}"


PEOPLE = Limit(10**10, "more people than there are")
AREA = Limit(10**9, "twice the surface of the earth in km2")
PLACE = Limit(10**9, "further than any metre on a map of the earth")
LENGTH = Limit(10**9, "longer than the way around the earth in metres")
AMOUNT = Limit(10**15, "more than can be added up exactly")
YEAR = Limit(9999, "no year")
