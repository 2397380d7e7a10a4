"""A plan as a table: each merger with those who live in it, its members, and how decided it is."""

from __future__ import annotations

from collections.abc import Sequence

from ...instances.instance import Instance
from ...solver.results.decided_text import is_slight
from ...solver.results.mergers import Merger, placed
from ...solver.results.points_in_words import Yardstick, yardstick
from ...solver.results.result import Result
from ..dutch.measures import points_said
from ..dutch.numbers import number_text
from ..dutch.speaking import spoken, told
from ..dutch.word_labels import labels
from .tables import FittedTable

_MOST = 15
"""Mergers of several regions up to which they are listed; those of one region always are."""


def plan_tables(result: Result) -> list[FittedTable]:
    """List what the plan is made of, at each level, where that fits a screen."""
    answered = [region for region in result.by_region if region.mergers]
    lists = [("zone", result.zones)] if result.zones else []
    lists.append(("zone" if result.scenario.level == "zones" else "merger", result.mergers))
    return [
        _table(result, called, parts)
        for called, parts in lists
        if parts and (len(answered) == 1 or len(parts) <= _MOST)
    ]


def _table(result: Result, called: str, parts: Sequence[Merger]) -> FittedTable:
    instance = result.instance
    table = FittedTable("the plan: reference zones" if called == "zone" else "the plan")
    is_decided = any(part.decided.status != "not known" for part in parts)
    around = placed(result.zones) if called == "merger" else {}
    several = len({int(instance.region[part.seat]) for part in parts}) > 1
    table.add_column(called)
    table.add_column("inhabitants", is_figure=True)
    table.add_column("municipalities", is_figure=True, spare="drop")
    if several:
        table.add_column("region", spare="below")
    if around:
        table.add_column("zone", spare="below")
    table.add_column("with")
    if is_decided:
        table.add_column("decided by, points")
    sticks = {one.name: yardstick(instance, result.scenario, [one.name]) for one in result.by_region}
    for part in sorted(parts, key=lambda one: (int(instance.region[one.seat]), -one.population(instance))):
        region = instance.regions[instance.region[part.seat]]
        cells = [instance.names[part.seat], number_text(part.population(instance))]
        cells += [number_text(len(part.members)), *([region] if several else [])]
        if around:
            cells.append(told(f"zone {instance.names[around[part.seat].seat]}"))
        cells.append(_others(instance, part))
        table.add_row(*cells, *([_decided(part, sticks[region])] if is_decided else []))
    return table


def _others(instance: Instance, part: Merger) -> str:
    """Name the other members; or say that there are none, and by which rule."""
    others = [instance.names[i] for i in part.members if i != part.seat]
    rule = labels(spoken())["standalone"].get(part.standalone)
    return ", ".join(others) or told("alone") + (f": {rule}" if rule else "")


def _decided(part: Merger, stick: Yardstick | None) -> str:
    """Say how decided a merger is, in a few words."""
    nano = part.decided.price_nano
    if nano is None:
        words = {"no plan": "every plan has it", "rule": "a rule"}
        return told(words.get(part.decided.status, "not known"))
    if not nano:
        return told("a tie")
    points = points_said(nano)
    return f"{points}: {told('nearly a tie')}" if is_slight(nano, stick) else points
