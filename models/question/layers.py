"""Layers as hard frames, zones of the scenario itself, and what each merger must hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray
from ...instances.common.problems import Problems, suggest
from ...instances.instance import Instance
from ..scenario.demands import Demands
from .locks import is_known, resolve


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
    zone_of = -1 - instance.region.astype(np.int64)
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
        zone_of[list(group)] = number
        named |= set(group)
    if not all(is_known(instance, text) for group in scenario.frames.zones for text in group):
        return zone_of  # it cannot be known which are missing
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
    return zone_of


def known_layers(instance: Instance, names: Iterable[str], problems: Problems) -> list[str]:
    """Keep the layers that the instance has; others are problems."""
    known = []
    for name in names:
        if name in instance.layers:
            known.append(name)
        else:
            problems.add(f"frames: the instance has no layer '{name}'", suggest(name, instance.layers))
    return known


def unsplit_groups(
    instance: Instance, scenario: Demands, standalone: Iterable[int], problems: Problems
) -> list[tuple[int, ...]]:
    """Give the groups that hard frames hold together: zones inside a region, less what stands alone."""
    alone = set(standalone)
    groups: dict[tuple[str, int, int], list[int]] = {}
    for name in known_layers(instance, scenario.frames.unsplit, problems):
        for i, zone in enumerate(instance.layers[name].separate().tolist()):
            if i not in alone:
                groups.setdefault((name, int(instance.region[i]), zone), []).append(i)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def required_flags(
    instance: Instance, scenario: Demands, problems: Problems
) -> tuple[tuple[str, BoolArray], ...]:
    """Give what each part must hold: in words, and which municipalities have it (shape (n,))."""
    flags = []
    classes = scenario.requires.classes
    if classes:
        has = np.array([name in classes for name in instance.classes], dtype=np.bool_)
        flags.append((f"a municipality of class {', '.join(classes)}", has))
    for name in scenario.requires.functions:
        if name in instance.functions:
            flags.append((f"a municipality with the function '{name}'", instance.functions[name].present))
        else:
            problems.add(
                f"requires.functions: the instance has no function '{name}'",
                suggest(name, instance.functions),
            )
    return tuple(flags)
