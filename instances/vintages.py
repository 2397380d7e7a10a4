"""Vintages of the Flemish municipalities: their codes and names before the mergers of 2019 and of 2025.

The facts are those of `embedded/vintages.csv` (Statbel, CC BY 4.0; made by `importing/vintages.py`).
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from .changes import Change, Crosswalk
from .common.problems import reject
from .common.text import fold

_FILE = Path(__file__).parent / "embedded" / "vintages.csv"

VINTAGES = (2018, 2024, 2025)
"""Last year of each list of municipalities: 308 of them until 2018, 300 until 2024, 285 since 2025."""

FLEMISH = ("1", "23", "24", "3", "4", "7")
"""First digits of the codes of Flemish municipalities."""

IN_WORDS = {
    2018: "the 308 municipalities of before 2019",
    2024: "the 300 municipalities of 2019 to 2024",
    2025: "the 285 municipalities since 2025",
}


@cache
def all_changes() -> tuple[Change, ...]:
    """List all mergers and changes of code, by year and old code."""
    return tuple(change for change in _rows() if not _is_spelling(change))


@cache
def _spellings() -> tuple[Change, ...]:
    """List other official spellings of municipalities that did not change, as ``Hove (Antwerpen)``."""
    return tuple(change for change in _rows() if _is_spelling(change))


@cache
def _rows() -> tuple[Change, ...]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Change(int(row["year"]), row["old_nis"], row["old_name"], row["nis"], row["name"])
            for row in csv.DictReader(lines)
        )


def _is_spelling(change: Change) -> bool:
    return change.old_code == change.code and change.old_name != change.name


def steps(source: int, target: int) -> tuple[int, ...]:
    """List the years between two vintages in which municipalities changed, ascending."""
    return tuple(sorted({c.year for c in all_changes() if source < c.year <= target}))


def vintage_named(text: str | int, key: str = "--from-vintage") -> int:
    """Give the vintage of a year: the list of municipalities in force at its end.

    Raises
    ------
    InputError
        The municipalities of the year are not known.
    """
    plain = str(text).strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) == 4 and 1983 <= int(plain) <= 2100):
        reject(f"{key} must be a year", "2018 (308 municipalities), 2024 (300) or 2025 (285)", value=text)
    year = int(plain)
    return next((vintage for vintage in VINTAGES if year <= vintage), VINTAGES[-1])


def is_flemish(codes: Collection[str]) -> bool:
    """Tell whether all codes are like those of Flemish municipalities, of whatever moment."""
    return all(code.startswith(FLEMISH) and len(code) == 5 for code in codes)


def flemish_vintage(codes: Collection[str], name: str) -> int:
    """Give the vintage of an instance to which something older is to be brought; if open, the latest.

    Raises
    ------
    InputError
        The instance is not one of Flanders, of which alone earlier municipalities are known.
    """
    if not is_flemish(codes):
        remedy = f"leave it out; '{name}' has municipalities like {next(iter(codes))}"
        reject("--from-vintage knows what became of Flemish municipalities only", remedy)
    return vintage_of(codes) or VINTAGES[-1]


def vintage_of(codes: Collection[str]) -> int | None:
    """Recognise the vintage of a list of codes by those that no other vintage has; None without any."""
    there = set(codes)
    for vintage, year in ((2025, 2025), (2024, 2019)):
        if any(c.code in there for c in _renamed(year)):
            return vintage
    if any(c.old_code in there for c in _renamed(2019)):
        return 2018
    return 2024 if any(c.old_code in there for c in _renamed(2025)) else None


@cache
def _renamed(year: int) -> tuple[Change, ...]:
    """List the changes of a year in which one code replaced another."""
    stayed = {c.code for c in all_changes() if c.year == year and c.code == c.old_code}
    return tuple(c for c in all_changes() if c.year == year and c.code not in stayed)


@cache
def new_codes() -> frozenset[str]:
    """Collect the codes that came with a merger."""
    return frozenset(c.code for year in steps(0, VINTAGES[-1]) for c in _renamed(year))


@cache
def crosswalk_of(years: tuple[int, ...]) -> Crosswalk:
    """Give the crosswalk through the changes of some years (see `steps`)."""
    return Crosswalk.of(change for change in all_changes() if change.year in years)


def changes_of(text: str, years: Sequence[int]) -> tuple[Change, ...]:
    """Follow a municipality, given by code or name, through the changes of some years."""
    return crosswalk_of(tuple(years)).follow(text)


def by_older_spelling(text: str) -> tuple[str, str] | None:
    """Give code and name of a municipality by an older official spelling of its name, or None."""
    wanted = fold(text)
    matches = [(c.code, c.name) for c in _spellings() if fold(c.old_name) == wanted]
    return matches[0] if len(matches) == 1 else None


def history(text: str, codes: Collection[str]) -> str:
    """Say which vintage has a municipality that a list of codes lacks; empty where none is known.

    Parameters
    ----------
    text : str
        A code or a name.
    codes : collection of str
        Those of the instance.
    """
    here = vintage_of(codes)
    if here is None:
        return ""
    if changes := changes_of(text, steps(0, here)):
        last = changes[-1]
        if last.code in codes:
            return f"{changes[0].was} is part of {last.now} since {last.year}"
    new = {c.code: c for c in all_changes() if c.year > here}
    names = {c.name.casefold(): c for c in new.values()}
    later = new.get(text.strip()) or names.get(text.strip().casefold())
    if later is None:
        return ""
    members = [c.was for c in all_changes() if c.code == later.code and c.year == later.year]
    return f"{later.now} is there since {later.year}, made of {', '.join(members)}"


_TOLD = 5
"""Municipalities of another vintage that a message names at most."""


def of_another_moment(histories: Sequence[str]) -> str:
    """Say that municipalities are of another vintage, given their histories (see `history`)."""
    told = "; ".join(histories[:_TOLD]) + ("; and others" if len(histories) > _TOLD else "")
    number = "1 municipality is" if len(histories) == 1 else f"{len(histories)} municipalities are"
    return f"{number} of another moment: {told}"


def vintage_before(texts: Sequence[str], codes: Collection[str]) -> int | None:
    """Give the latest vintage, before that of a list of codes, in which all texts name a municipality."""
    here = vintage_of(codes)
    earlier = [vintage for vintage in reversed(VINTAGES) if here is not None and vintage < here]
    return next((v for v in earlier if all(changes_of(text, steps(v, here or v)) for text in texts)), None)
