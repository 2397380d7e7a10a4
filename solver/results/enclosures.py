"""Which municipalities a plan encloses: each stands alone, and all its neighbours are in one merger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...instances.instance import Instance
from ...models.question.surroundings import surroundings
from ...models.scenario.scenario import Scenario
from ...models.terms.orientation import centres_of
from .counts import number_of
from .mergers import Merger, placed

_NAMED = 8
"""How many are named in a line."""


@dataclass(frozen=True)
class Enclosure:
    """A municipality that a merger, or a zone, encloses.

    Attributes
    ----------
    municipality : int
        It stands alone, and all its neighbours in its region are in one merger of two or more.
    by : Merger
        That merger, or zone.
    is_centre : bool
        Whether it is a centre town, as the orientation term has them.
    level : {'mergers', 'zones'}
    """

    municipality: int
    by: Merger
    is_centre: bool
    level: str


def find_enclosures(instance: Instance, scenario: Scenario, parts: Iterable[Merger]) -> list[Enclosure]:
    """Find the municipalities that some parts enclose, whatever the rules say of it.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level: its borders and rules say what lies around a municipality; see `surroundings`.
    parts : iterable of Merger

    Returns
    -------
    list of Enclosure
        Centre towns first, then by index.
    """
    part_of = placed(parts)
    found = []
    for i, around in enumerate(surroundings(instance, scenario)):
        ring = part_of.get(around[0]) if around and i in part_of else None
        if ring is None or i in ring.members or not set(around) <= set(ring.members):
            continue
        if len(ring.members) > 1:
            centres = centres_of(instance, int(instance.region[i]), scenario.orientation.centres)
            found.append(Enclosure(i, ring, i in centres, scenario.level))
    return sorted(found, key=lambda one: not one.is_centre)


def enclosed_lines(instance: Instance, enclosures: Sequence[Enclosure]) -> list[str]:
    """Say which municipalities are enclosed, and by whom.

    Returns
    -------
    list of str
        Such as "1 centre town is enclosed: Brugge, by Torhout +3"; nothing of what there is none of.
    """
    lines: list[str] = []
    for level in dict.fromkeys(one.level for one in enclosures):
        for is_centre, noun in ((True, "centre town"), (False, "municipality")):
            some = [one for one in enclosures if (one.level, one.is_centre) == (level, is_centre)]
            if not some:
                continue
            names = [
                f"{instance.names[one.municipality]}, by {one.by.name(instance)}" for one in some[:_NAMED]
            ]
            more = f"; and {len(some) - _NAMED} more" if len(some) > _NAMED else ""
            other = "other " if not is_centre and lines else ""
            number = number_of(len(some), other + noun)
            verb = "is" if len(some) == 1 else "are"
            where = " by a zone" if level == "zones" else ""
            lines.append(f"{number} {verb} enclosed{where}: {'; '.join(names)}{more}")
    return lines
