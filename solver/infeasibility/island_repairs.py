"""Repairs of islands: changes for municipalities that are cut off from others and too few for a merger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ..candidates.sets import Part
from .certificates import Certificate
from .dropped_rules import relax_level
from .minimal_repair import RuleRepair
from .rules import on_zones, updated


def repairs_of_islands(
    instance: Instance, scenario: Scenario, region: str, certificates: Sequence[Certificate]
) -> Iterator[RuleRepair]:
    """Give the changes that could end isolation: a border to the nearest, or leave to stand alone.

    They give way on no rule: a border is a fact of the map, and an exemption is added.
    """
    islands = [certificate for certificate in certificates if certificate.island]
    for level in dict.fromkeys(certificate.level for certificate in islands):
        asked = scenario.levels[-1 if level else 0]
        by = _by(scenario, level)
        suffix = " (zones)" if level else ""
        if asked.rules.isolated == "free":
            yield RuleRepair(
                f'let who has nobody to merge with stand alone (rules.isolated = "alone"){suffix}',
                frozenset(),
                by(partial(updated, part="rules", isolated="alone")),
            )
        joined: set[frozenset[int]] = set()
        for certificate in islands:
            if certificate.level == level:
                pair = _nearest(instance, asked, region, certificate.island)
                if pair is not None and frozenset(pair) not in joined:
                    joined.add(frozenset(pair))
                    yield _border(instance, asked, pair, by, suffix)
                yield from _alone(instance, asked, certificate.island, by, suffix)


def _by(scenario: Scenario, level: str) -> Callable[[Callable[[Scenario], Scenario]], Scenario]:
    def changed(change: Callable[[Scenario], Scenario]) -> Scenario:
        return (on_zones(change) if level else change)(scenario)

    return changed


def _border(
    instance: Instance,
    asked: Scenario,
    pair: Part,
    by: Callable[[Callable[[Scenario], Scenario]], Scenario],
    suffix: str,
) -> RuleRepair:
    codes = (instance.codes[pair[0]], instance.codes[pair[1]])
    names = f"{instance.names[pair[0]]} and {instance.names[pair[1]]}"
    return RuleRepair(
        f'add a border between {names} (borders.added = [["{codes[0]}", "{codes[1]}"]]){suffix}',
        frozenset(),
        by(partial(updated, part="borders", added=(*asked.borders.added, codes))),
    )


def _alone(
    instance: Instance,
    asked: Scenario,
    island: Part,
    by: Callable[[Callable[[Scenario], Scenario]], Scenario],
    suffix: str,
) -> Iterator[RuleRepair]:
    """One municipality can be named as standing alone."""
    if len(island) == 1:
        name = instance.names[island[0]]
        yield RuleRepair(
            f"let {name} stand alone (locks.alone){suffix}",
            frozenset(),
            by(partial(updated, part="locks", alone=(*asked.locks.alone, instance.codes[island[0]]))),
        )


def _nearest(instance: Instance, asked: Scenario, region: str, island: Part) -> Part | None:
    """The two nearest municipalities on both sides of the water; None where there is no other side."""
    level = relax_level(instance, asked, instance.regions.index(region))
    others = sorted(level.free - set(island))
    if not others:
        return None
    here, there = np.array(island), np.array(others)
    across = np.hypot(
        instance.x[here][:, None] - instance.x[there], instance.y[here][:, None] - instance.y[there]
    )
    row, column = np.unravel_index(int(across.argmin()), across.shape)
    return int(here[row]), int(there[column])
