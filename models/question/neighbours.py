"""Borders as a scenario wants them: which municipalities may be joined to which directly."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache, partial

from ...instances.common.arrays import IntArray
from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ..scenario.demands import Demands
from ..scenario.scenario import Scenario, presets
from .layers import known_layers
from .locks import is_known

Neighbours = tuple[tuple[int, ...], ...]


def find_neighbours(
    instance: Instance,
    scenario: Demands,
    own: IntArray | None,
    problems: Problems,
    scope: Collection[int] | None = None,
) -> Neighbours:
    """List the neighbours that each municipality may be joined to.

    Borders inside regions that are long enough, with those added and without those removed by hand, and
    without those that a hard frame forbids to cross.

    Parameters
    ----------
    instance : Instance
    scenario : Demands
    own : ndarray of int64 or None
        Zones of the scenario itself, as `own_zones` gives them.
    problems : Problems
        Receives pairs that name no municipality, or that are in different regions, and unknown layers.
    scope : collection of int, optional
        Municipalities of the regions asked for; pairs of others need not be in one region.

    Returns
    -------
    tuple of tuple of int
        Ascending, for each municipality.
    """
    rules = scenario.borders
    long_enough = instance.borders.length >= rules.min_length
    pairs = {(a, b) for a, b in instance.borders.pairs[long_enough].tolist()}
    pairs |= _pairs(instance, rules.added, "borders.added", problems, scope)
    pairs -= _pairs(instance, rules.removed, "borders.removed", problems, scope)
    zones = [instance.region]
    within = known_layers(instance, scenario.frames.within, problems)
    zones += [instance.layers[name].separate() for name in within]
    zones += [] if own is None else [own]
    near: list[set[int]] = [set() for _ in range(len(instance))]
    for a, b in pairs:
        if all(zone[a] == zone[b] for zone in zones):
            near[a].add(b)
            near[b].add(a)
    return tuple(tuple(sorted(some)) for some in near)


def _pairs(
    instance: Instance,
    named: Iterable[tuple[str, str]],
    key: str,
    problems: Problems,
    scope: Collection[int] | None,
) -> set[tuple[int, int]]:
    pairs = set()
    for texts in named:
        if texts in _preset_pairs() and not any(map(partial(is_known, instance), texts)):
            continue
        try:
            a, b = sorted(instance.find(text) for text in texts)
        except KeyError as error:
            problems.add(f"{key}: {error.args[0]}", value=" - ".join(texts))
            continue
        if a == b:
            problems.add(f"{key}: a municipality cannot border itself", "remove the pair", value=texts[0])
        elif instance.region[a] != instance.region[b]:
            if scope is not None and a not in scope and b not in scope:
                continue
            problems.add(
                f"{key}: {instance.label(a)} and {instance.label(b)} are in different regions, "
                "and nothing crosses one",
                "remove the pair, or let mergers cross regions: frames.regions = false",
            )
        else:
            pairs.add((a, b))
    return pairs


@cache
def _preset_pairs() -> frozenset[tuple[str, str]]:
    """Borders that presets add: they speak of Flanders, and say nothing where these names are unknown."""
    return frozenset(pair for name in presets() for pair in Scenario.preset(name).borders.added)
