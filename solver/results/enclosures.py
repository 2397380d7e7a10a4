"""Who is enclosed in a plan: all neighbours of a municipality, or of a merger, are in one other merger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...instances.instance import Instance
from ...models.question.neighbours import Neighbours
from ...models.question.surroundings import surroundings, unframed_neighbours
from ...models.scenario.scenario import Scenario
from ...models.ties import centres_of
from .counts import number_of
from .mergers import Merger, placed

_NAMED = 8
"""How many are named in a line."""


@dataclass(frozen=True)
class Enclosure:
    """A municipality that stands alone, or a merger, with all its neighbours in one other merger.

    Attributes
    ----------
    part : Merger
        What is enclosed: a municipality, or a merger where `rules.enclosed_parts` counts them too.
    by : Merger
        What encloses it: a merger of two or more.
    is_centre : bool
        Whether a centre town is enclosed, as the orientation term has them.
    level : {'mergers', 'zones'}
        What both are.
    """

    part: Merger
    by: Merger
    is_centre: bool
    level: str

    @property
    def noun(self) -> str:
        """What is enclosed, in a word."""
        if len(self.part.members) == 1:
            return "centre town" if self.is_centre else "municipality"
        part = "zone" if self.level == "zones" else "merger"
        return f"{part} with a centre town" if self.is_centre else part


def find_enclosures(instance: Instance, scenario: Scenario, parts: Iterable[Merger]) -> list[Enclosure]:
    """Find who is enclosed, whatever the rules say of it.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level: its borders and rules say what lies around a municipality; see `surroundings`.
    parts : iterable of Merger

    Returns
    -------
    list of Enclosure
        Centre towns first, then other municipalities, then mergers; each in the order of first members.
    """
    parts = tuple(parts)
    part_of, near = placed(parts), unframed_neighbours(instance, scenario)
    around_town = surroundings(instance, scenario)
    found = []
    for part in parts:
        alone = len(part.members) == 1
        around = set(around_town[part.members[0]]) if alone else _around(part, near)
        ring = part_of.get(min(around)) if around else None
        if ring is None or len(ring.members) == 1 or not around <= set(ring.members):
            continue
        counts = alone or scenario.rules.enclosed_parts == "all"
        if counts and (alone or _around(ring, near) - set(part.members)):
            is_centre = any(i in _centres(instance, scenario, i) for i in part.members)
            found.append(Enclosure(part, ring, is_centre, scenario.level))
    return sorted(found, key=lambda one: (len(one.part.members) > 1, not one.is_centre))


def _around(part: Merger, near: Neighbours) -> set[int]:
    return {j for i in part.members for j in near[i]} - set(part.members)


def _centres(instance: Instance, scenario: Scenario, i: int) -> list[int]:
    """Centres of the region of a municipality."""
    return centres_of(instance, int(instance.region[i]), scenario.orientation.centres)


def enclosed_lines(instance: Instance, enclosures: Sequence[Enclosure]) -> list[str]:
    """Say who is enclosed, and by whom.

    Returns
    -------
    list of str
        Such as "1 centre town is enclosed: Brugge, by Torhout +3"; nothing of what there is none of.
    """
    lines = []
    for level, noun in dict.fromkeys((one.level, one.noun) for one in enclosures):
        some = [one for one in enclosures if (one.level, one.noun) == (level, noun)]
        names = [f"{one.part.name(instance)}, by {one.by.name(instance)}" for one in some[:_NAMED]]
        more = f"; and {len(some) - _NAMED} more" if len(some) > _NAMED else ""
        first, space, rest = noun.partition(" with")
        number = number_of(len(some), first) + space + rest
        verb = "is" if len(some) == 1 else "are"
        where = " by a zone" if level == "zones" and len(some[0].part.members) == 1 else ""
        lines.append(f"{number} {verb} enclosed{where}: {'; '.join(names)}{more}")
    return lines
