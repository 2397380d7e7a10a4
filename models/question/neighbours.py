"""Borders and layers as a scenario wants them: who may be joined to whom, and who must be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache, partial
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray
from ...instances.common.problems import Problems, suggest
from ...instances.instance import Instance
from ..scenario.scenario import Demands, Scenario, presets
from .locks import resolve

if TYPE_CHECKING:
    from .question import Question

Neighbours = tuple[tuple[int, ...], ...]


def own_zones(
    instance: Instance, scenario: Demands, problems: Problems, scope: Collection[int] | None = None
) -> IntArray | None:
    """Number the zones that the scenario itself gives; None when it gives none.

    A region of which no municipality is named is one zone.

    Parameters
    ----------
    instance : Instance
    scenario : Demands
    problems : Problems
    scope : collection of int, optional
        Municipalities of the regions asked for; what is wrong with others is no problem.

    Returns
    -------
    ndarray of int64, shape (n,), or None
    """
    if not scenario.frames.zones:
        return None
    # regions that are not named keep numbers of their own, apart from those of the zones
    of = -1 - instance.region.astype(np.int64)
    inside = set(range(len(instance)) if scope is None else scope)
    named: set[int] = set()
    source = scenario.frames.source
    for number, group in enumerate(
        resolve(instance, scenario.frames.zones, "frames.zones", problems, source)
    ):
        for i in sorted(named & set(group) & inside):
            problems.add(
                f"frames.zones: {instance.label(i)} is in two of the zones",
                "keep it in one of them",
                file=source,
            )
        of[list(group)] = number
        named |= set(group)
    if not all(_is_known(instance, text) for group in scenario.frames.zones for text in group):
        return of  # nobody knows who is missing
    touched = {int(instance.region[i]) for i in named}
    missing = [i for i in sorted(inside) if int(instance.region[i]) in touched and i not in named]
    if missing:
        names = ", ".join(instance.label(i) for i in missing[:20]) + (
            " and others" if len(missing) > 20 else ""
        )
        problems.add(
            f"frames.zones is not complete: its regions also hold {names}",
            "put each of them in a zone",
            file=source,
        )
    return of


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
        Receives pairs that name nobody, or that are in different regions, and unknown layers.
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
    found: list[set[int]] = [set() for _ in range(len(instance))]
    for a, b in pairs:
        if all(zone[a] == zone[b] for zone in zones):
            found[a].add(b)
            found[b].add(a)
    return tuple(tuple(sorted(near)) for near in found)


def known_layers(instance: Instance, names: Iterable[str], problems: Problems) -> list[str]:
    """Keep the layers that the instance has; others are problems."""
    known = []
    for name in names:
        if name in instance.layers:
            known.append(name)
        else:
            problems.add(f"frames: the instance has no layer '{name}'", suggest(name, instance.layers))
    return known


def _pairs(
    instance: Instance,
    named: Iterable[tuple[str, str]],
    key: str,
    problems: Problems,
    scope: Collection[int] | None,
) -> set[tuple[int, int]]:
    pairs = set()
    for texts in named:
        if texts in _preset_pairs() and not any(map(partial(_is_known, instance), texts)):
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
                "remove the pair",
            )
        else:
            pairs.add((a, b))
    return pairs


@cache
def _preset_pairs() -> frozenset[tuple[str, str]]:
    """Borders that presets add: they speak of Flanders, and say nothing where nobody bears these names."""
    return frozenset(pair for name in presets() for pair in Scenario.preset(name).borders.added)


def _is_known(instance: Instance, text: str) -> bool:
    try:
        instance.find(text)
    except KeyError:
        return False
    return True


def unsplit_groups(
    instance: Instance, scenario: Scenario, standalone: Iterable[int], problems: Problems
) -> list[tuple[int, ...]]:
    """Give who is held together by hard frames: zones inside a region, less who stands alone."""
    alone = set(standalone)
    groups: dict[tuple[str, int, int], list[int]] = {}
    for name in known_layers(instance, scenario.frames.unsplit, problems):
        for i, zone in enumerate(instance.layers[name].separate().tolist()):
            if i not in alone:
                groups.setdefault((name, int(instance.region[i]), zone), []).append(i)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def check_frames(
    question: Question, locked: Iterable[tuple[int, ...]], own: IntArray | None, problems: Problems
) -> set[tuple[int, ...]]:
    """Note locks, existing mergers and hard frames that contradict each other.

    Parameters
    ----------
    question : Question
    locked : iterable of tuple of int
        Groups that locks hold together.
    own : ndarray of int64 or None
        Zones of the scenario itself.
    problems : Problems

    Returns
    -------
    set of tuple of int
        The groups that cross a frame.
    """
    instance, frames = question.instance, question.scenario.frames
    for name in frames.unsplit:
        layer = instance.layers[name]
        for a, b in question.apart:
            same = instance.region[a] == instance.region[b] and layer.separate()[a] == layer.separate()[b]
            if same and not {a, b} & question.settled:
                problems.add(
                    f"locks.apart: {instance.label(a)} and {instance.label(b)} are both in zone "
                    f"'{layer.name_of(a)}', which frames.unsplit keeps whole",
                    f"remove the lock, or '{name}' from frames.unsplit",
                )
    frame_of = {
        f"layer '{name}', which frames.within keeps apart": instance.layers[name].separate()
        for name in frames.within
    }
    if own is not None:
        frame_of["frames.zones, which no merger may cross"] = own
    crossing = set()
    for group in (*locked, *question.kept):
        for frame, zone in frame_of.items():
            pair = _parted(instance, group, zone)
            if pair is not None:
                crossing.add(group)
                problems.add(
                    f"{instance.label(pair[0])} and {instance.label(pair[1])} are held together by "
                    f"locks.together or existing.mergers, but are in different zones of {frame}",
                    "remove the lock or the merger, or what keeps the zones apart",
                )
    return crossing


def _parted(instance: Instance, group: tuple[int, ...], zone: IntArray) -> tuple[int, int] | None:
    """Find two of a group that are in one region but in different zones."""
    region = instance.region
    pairs = combinations(group, 2)
    return next(((a, b) for a, b in pairs if region[a] == region[b] and zone[a] != zone[b]), None)


def required_flags(
    instance: Instance, scenario: Scenario, problems: Problems
) -> tuple[tuple[str, BoolArray], ...]:
    """Give what each part must hold: in words, and who has it (shape (n,))."""
    found = []
    classes = scenario.requires.classes
    if classes:
        has = np.array([name in classes for name in instance.classes], dtype=np.bool_)
        found.append((f"a municipality of class {', '.join(classes)}", has))
    for name in scenario.requires.functions:
        if name in instance.functions:
            found.append((f"a municipality with the function '{name}'", instance.functions[name].present))
        else:
            problems.add(
                f"requires.functions: the instance has no function '{name}'",
                suggest(name, instance.functions),
            )
    return tuple(found)
