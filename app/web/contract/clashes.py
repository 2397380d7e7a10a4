"""Clashes: why there is no plan, and changes that are enough."""

from __future__ import annotations

from typing import Any, Literal

from .base import Said, Text


class RuleData(Said):
    """A rule that others clash with.

    Attributes
    ----------
    kind : str
        What it is about, in a word: 'together', 'low', 'facility', 'unsplit' and so on.
    level : str
        'zones' for a rule of the zones of a nested scenario, else empty.
    names : list of str
        Keys that it names: a layer, a function, classes.
    value : float or None
        Its number.
    text : Text
        As it stands in a scenario file.
    """

    kind: str
    level: str
    municipalities: list[int]
    names: list[str]
    value: float | None
    text: Text


class DifferenceData(Said):
    """One thing that a remedy changes: a key, a lock, a name in a list.

    Attributes
    ----------
    lock : str
        Kind of the lock that comes or goes; empty where it is none.
    """

    kind: Literal["set", "locked", "unlocked", "listed", "unlisted"]
    key: str
    before: Any
    after: Any
    lock: str
    municipalities: list[int]
    text: Text


class Remedy(Said):
    """A change that is enough; `scenario` is the one with it.

    Attributes
    ----------
    least : bool
        Whether no smaller amount is enough.
    """

    text: Text
    differences: list[DifferenceData]
    least: bool
    scenario: dict[str, Any]


class Clash(Said):
    """Why a region has no plan: rules that cannot hold together, and what is enough by itself.

    Attributes
    ----------
    verdict : {'no plan', 'contradiction'}
        Whether it is proved that there is no plan, or the scenario contradicts itself.
    others : list of Text
        What shows without a search.
    """

    region: str
    verdict: Literal["no plan", "contradiction"]
    rules: list[RuleData]
    irreducible: bool
    municipalities: list[int]
    remedies: list[Remedy]
    others: list[Text]
