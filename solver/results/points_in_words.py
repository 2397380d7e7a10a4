"""Points in words: what a difference in score amounts to, as something that people can picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import NANO, Scorer
from ...models.terms import Term
from .mergers import part_name
from .term_text import listed

_METRES = 1000
_NEAR = 0.05
"""Kilometres for everybody below which nobody would speak of a difference: less than a minute on foot."""
_FEW = 0.001
"""The same as a share of the inhabitants, or commuters."""
_LEAST = 0.01  # of a zone or a pair, which is written
_NAMED = 3
"""How many regions are named."""


@dataclass(frozen=True)
class Yardstick:
    """A term that points are translated into, for those who live in some regions.

    Attributes
    ----------
    term : str
        Name of the term.
    unit_nano : float
        Nano-points of one unit: a kilometre for everybody, an inhabitant, a zone.
    slight, most : float
        Units below which nobody would speak of a difference, and above which nobody can picture them: all who
        live there.
    say : callable
        Gives the words for a number of units, more or fewer.
    """

    term: str
    unit_nano: float
    slight: float
    most: float
    say: Callable[[float, bool], str]

    def words(self, nano: int) -> str:
        """Say what it is to lack so many nano-points, or to gain them (below zero).

        Empty for none, and where it would be more than all who live there.
        """
        number = abs(nano) / self.unit_nano
        return self.say(number, nano < 0) if nano and number <= self.most else ""

    def is_slight(self, nano: int) -> bool:
        """Whether nobody would speak of a difference."""
        return abs(nano) / self.unit_nano < self.slight


def yardstick(instance: Instance, scenario: Scenario, regions: Sequence[str]) -> Yardstick | None:
    """Choose what points of some regions are translated into.

    The first of these terms that the scenario weighs, of mergers before that of zones: `distance`,
    `orientation`, `coverage`, `straddle`, `detached`, `stacking`, `cooperation`, `commuting`, `shortfall`,
    `touched`, `cut_edges`.

    Returns
    -------
    Yardstick or None
        None where none of them has a weight, or nobody lives in the regions.
    """
    levels = [(asked, Scorer(instance, asked)) for asked in scenario.levels]
    for key in _SAYING:
        for asked, scorer in levels:
            for term in scorer.terms:
                if term.key == key and asked.weights[term.name]:
                    return _of(term, asked, scorer, regions)
    return None


def points_in_words(instance: Instance, scenario: Scenario, regions: Sequence[str], nano: int | None) -> str:
    """Say what it is to lack some nano-points, such as "as if everyone in Oost-Brabant were 0.2 km farther".

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    regions : sequence of str
        Where they are lacking.
    nano : int or None
        Below zero where they are gained.

    Returns
    -------
    str
        Empty where there is nothing to say, or no term to say it in.
    """
    stick = yardstick(instance, scenario, regions) if nano else None
    return "" if stick is None or nano is None else stick.words(nano)


def with_words(text: str, words: str) -> str:
    """Put words behind a text, where there are any."""
    return f"{text}, {words}" if words else text


def _of(term: Term, asked: Scenario, scorer: Scorer, regions: Sequence[str]) -> Yardstick | None:
    instance = scorer.instance
    members = [i for region in instance.region_indices(regions) for i in instance.members(region).tolist()]
    here = float(term.base(members))
    if not here:
        return None
    unit = NANO * asked.weights[term.name] / scorer.divisor(term)
    is_zones = asked.level == "zones"
    if term.key == "distance":
        where = _where(instance, regions)

        def farther(km: float, nearer: bool) -> str:
            return _farther(km, nearer, where, is_zones)

        return Yardstick(term.name, unit * here, _NEAR, math.inf, farther)
    if term.divided_by == "commuters":
        unit /= term.whole
    if term.key == "coverage":
        unit *= sum(asked.coverage.shares.values())
    of_people = term.divided_by != "nothing" or term.key == "shortfall"
    slight, most = (0.0, math.inf) if term.divided_by == "nothing" else (_FEW * here, here)
    (one, several), rest = _SAYING[term.key]
    named = {
        "zone": f"{term.argument.replace('_', '-')} zone",
        "part": part_name(asked.level),
        "municipality": "reference zone" if is_zones else "municipality",
    }

    def say(number: float, fewer: bool) -> str:
        counted = _counted(number, "fewer" if fewer else "more", one, several, is_whole=of_people)
        return f"as if {counted} {rest}".format(**named)

    return Yardstick(term.name, unit, slight, most, say) if unit else None


_PEOPLE = ("inhabitant", "inhabitants")
_SAYING: dict[str, tuple[tuple[str, str], str]] = {
    "distance": (("kilometre", "kilometres"), "to the seat"),
    "orientation": (_PEOPLE, "turned to a centre outside their own {municipality}"),
    "coverage": (_PEOPLE, "had none of the centre functions in their own {municipality}"),
    "straddle": (_PEOPLE, "lived outside the main {zone} of their {part}"),
    "detached": (_PEOPLE, "lived in a {part} that encloses their centre town"),
    "stacking": (_PEOPLE, "were merged a second time"),
    "cooperation": (_PEOPLE, "shared their {municipality} with none of their partners in small zones"),
    "commuting": (("commuter", "commuters"), "had to leave their own {municipality}"),
    "shortfall": (_PEOPLE, "were missing to the bounds"),
    "touched": (("{zone}", "{zone}s"), "were touched by a {part}"),
    "cut_edges": (("pair of neighbours", "pairs of neighbours"), "were kept apart"),
}
"""Terms in the order of preference: what is counted, one and several of it, and what would be of it."""


def _where(instance: Instance, regions: Sequence[str]) -> str:
    """Say where those live who are meant; nothing where that is everywhere."""
    names = list(dict.fromkeys(regions))
    if len(names) == len(instance.regions):
        return ""
    return f" in {listed(names)}" if len(names) <= _NAMED else f" in these {len(names)} regions"


def _farther(km: float, nearer: bool, where: str, is_zones: bool) -> str:
    seat = "the seat of their zone" if is_zones else "the seat"
    return f"as if everyone{where} were {_kilometres(km)} {'nearer to' if nearer else 'farther from'} {seat}"


def _kilometres(km: float) -> str:
    """Write a distance as truly as it is felt: metres in tens, kilometres with two digits."""
    metres = round(km * _METRES, -1)
    if km * _METRES < 10:
        return "less than 10 metres"
    return f"{metres:.0f} metres" if metres < 100 else f"{_two_digits(max(km, 0.1))} km"


def _counted(number: float, more: str, one: str, several: str, *, is_whole: bool) -> str:
    if is_whole and number < 1:
        return f"less than one {more} {one}"
    if is_whole and round(number) == 1:
        return f"one {more} {one}"
    if number < _LEAST:
        return f"less than {_LEAST:g} {more} {several}"
    return f"{_two_digits(round(number) if is_whole else number)} {more} {several}"


def _two_digits(number: float) -> str:
    """Write a number with its first two digits, and zeros behind them where it is large."""
    if not number:
        return "0"
    decimals = 1 - math.floor(math.log10(number))
    text = f"{round(number, decimals):,.{max(0, decimals)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
