"""Mergers, and zones: what a plan consists of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ...instances.instance import Instance
from ...models.scoring.model import Model
from ...models.scoring.scorer import Scorer
from .decided import NOT_KNOWN, Decided

_FEW = 2
"""Letters that make no name yet."""


@dataclass(frozen=True)
class Merger:
    """One part of a plan: municipalities that become one, or one that stays alone.

    Attributes
    ----------
    members : tuple of int
        Indices of the municipalities, ascending.
    seat : int
        The member that is the seat by rule; see `models.seats`.
    standalone : str
        Rule by which the municipality stands alone and is exempt from the bounds; empty otherwise.
    values : tuple of float
        Value in each term of the scenario, in inhabitants x unit (or the unit of a count).
    score_nano : int
        Score in nano-points.
    decided : Decided
        What the best plan without it lacks, where that was asked for. Two parts are equal whatever is known
        of it.
    label : str
        What those who drew the plan call it; empty where they do not. No part of comparing either.
    """

    members: tuple[int, ...]
    seat: int
    standalone: str
    values: tuple[float, ...]
    score_nano: int
    decided: Decided = field(default=NOT_KNOWN, compare=False)
    label: str = field(default="", compare=False)

    def population(self, instance: Instance) -> int:
        """Inhabitants of all members."""
        return int(instance.population[list(self.members)].sum())

    def name(self, instance: Instance) -> str:
        """Name of the seat, then "+n" for n other members; its own label, where it has one.

        A label of few letters, such as A or 12, says nothing without that.
        """
        others = len(self.members) - 1
        name = instance.names[self.seat] + (f" +{others}" if others else "")
        if self.label:
            return self.label if sum(map(str.isalpha, self.label)) > _FEW else f"{self.label} ({name})"
        return name


def make_parts(model: Model, parts: Sequence[tuple[int, ...]]) -> list[Merger]:
    """Score sets of municipalities as parts of a plan, whether they keep the rules or not.

    Parameters
    ----------
    model : Model
    parts : sequence of tuple of int
        Members of each, ascending.

    Returns
    -------
    list of Merger
    """
    rules = {
        part: rule
        for r in {int(model.instance.region[i]) for part in parts for i in part}
        for part, rule in model.question.fixed_parts(r)
    }
    return score_parts(model.scorer, parts, rules)


def score_parts(
    scorer: Scorer, parts: Sequence[tuple[int, ...]], rules: Mapping[tuple[int, ...], str]
) -> list[Merger]:
    """Score sets of municipalities; of those that stand alone, or are kept, the rule is given."""
    by_region: dict[int, list[tuple[int, ...]]] = {}
    for part in parts:
        first = part[0] if part else 0
        by_region.setdefault(int(scorer.instance.region[first]), []).append(part)
    # a region at a time: the matrices of all together would be nearly empty
    found = {merger.members: merger for some in by_region.values() for merger in _scored(scorer, some, rules)}
    return [found[part] for part in parts]


def _scored(
    scorer: Scorer, parts: Sequence[tuple[int, ...]], rules: Mapping[tuple[int, ...], str]
) -> Iterator[Merger]:
    municipalities = np.array(sorted({i for part in parts for i in part}), dtype=np.int64)
    members = np.zeros((len(parts), len(municipalities)))
    for k, part in enumerate(parts):
        members[k, np.searchsorted(municipalities, part)] = 1
    scores = scorer.score(members, municipalities)
    seats = scorer.seats(members, municipalities)
    for k, part in enumerate(parts):
        yield Merger(
            members=part,
            seat=int(seats[k]),
            standalone=rules.get(part, ""),
            values=tuple(scores.values[k].tolist()),
            score_nano=int(scores.nano[k]),
        )


def placed(parts: Iterable[Merger]) -> dict[int, Merger]:
    """Look up the merger, or the zone, of each municipality."""
    return {i: part for part in parts for i in part.members}


def part_name(level: str) -> str:
    """Name a part of a plan for readers: a merger or a reference zone."""
    return "reference zone" if level == "zones" else "merger"


def part_key(level: str) -> str:
    """Name the column that holds the parts of a plan: merger or zone."""
    return "zone" if level == "zones" else "merger"
