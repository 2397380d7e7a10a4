"""A merger, as a map shows it, and what a map says of its data."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...instances.instance import Instance
from ...models.question.exemptions import MERGED
from ...solver.results.mergers import Merger
from ..dutch import Language, told


@dataclass(frozen=True)
class MapMerger:
    """One merged municipality of a plan.

    Attributes
    ----------
    members : tuple of int
        Indices of its municipalities.
    seat : int
        Index of the member that is its seat.
    name : str
        Name for readers, such as ``Aalst +2``.
    standalone : bool
        Exempt from the bounds: it stands alone by rule.
    population : int
        Inhabitants.
    kept : bool
        Came out of a recent merger and is kept by that rule.
    broken : bool
        Breaks a rule of the scenario.
    """

    members: tuple[int, ...]
    seat: int
    name: str
    standalone: bool
    population: int
    kept: bool = False
    broken: bool = False


def map_mergers(
    instance: Instance, mergers: Sequence[Merger], broken: Collection[int] = ()
) -> list[MapMerger]:
    """Give mergers in the form that the map draws; some of them, by place, break a rule."""
    return [
        MapMerger(
            m.members,
            m.seat,
            m.name(instance),
            bool(m.standalone),
            m.population(instance),
            kept=m.standalone == MERGED,
            broken=place in broken,
        )
        for place, m in enumerate(mergers)
    ]


def source_line(instance: Instance, language: Language = "en") -> str:
    """Name the publishers of the facts that a map stands on, each once."""
    of_figures = {column.source for name, column in instance.columns.items() if name.startswith("figures.")}
    others = {column.source for name, column in instance.columns.items() if not name.startswith("figures.")}
    # no figure is on a map: what brings figures alone is not named
    on_map = (source for key, source in instance.sources.items() if key not in of_figures - others)
    named = [source.publisher.split(", from ")[0] for source in on_map]
    publishers = sorted({name for name in named if name[:1].isupper() or name == "iRail"})
    plan = told("Plan: refzones", language)
    if not publishers:
        return plan
    return f"{told('Data', language)}: {', '.join(told(name, language) for name in publishers)}. {plan}"
