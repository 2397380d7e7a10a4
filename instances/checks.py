"""Checks of an instance: the rules that all of its data keep."""

from __future__ import annotations

import math

import numpy as np

from .common.limits import AMOUNT, AREA, EXACT, LENGTH, PEOPLE, PLACE
from .common.problems import Problems, suggest
from .data import InstanceData
from .entities import CLASSES, NO_ZONE, OUTSIDE


def check_shapes(instance: InstanceData, problems: Problems) -> None:
    """Check that every array by municipality has one entry a municipality."""
    n = len(instance)
    if n == 0:
        problems.add("an instance needs at least one municipality")
    sizes = {
        key: len(getattr(instance, key))
        for key in ("names", "population", "area", "x", "y", "region", "classes", "facility", "merged_in")
    }
    sizes |= {f"layer {key}": len(layer.zone) for key, layer in instance.layers.items()}
    sizes |= {f"function {key}": len(f.amount) for key, f in instance.functions.items()}
    sizes |= {f"attribute {key}": len(column) for key, column in instance.attributes.items()}
    sizes |= {f"text {key}": len(column) for key, column in instance.texts.items()}
    flows = instance.flows
    if flows is not None and not len(flows.origin) == len(flows.destination) == len(flows.people):
        problems.add("origin, destination and people of the flows must have as many entries as each other")
    for key, size in sizes.items():
        if size != n:
            problems.add(f"{key} has {size} entries, there are {n} municipalities")


def check_values(instance: InstanceData, problems: Problems) -> None:
    """Check order, signs, classes, regions, finite numbers, borders and flows."""
    n = len(instance)
    if list(instance.codes) != sorted(set(instance.codes)):
        problems.add("codes must be unique and in ascending order")
    rule = "not be negative" if instance.uninhabited else "be more than zero"
    for wrong in np.flatnonzero(instance.population < (0 if instance.uninhabited else 1)):
        problems.add(f"the population must {rule}", value=instance.label(int(wrong)))
    if instance.uninhabited and not instance.population.any():
        problems.add("somebody must live somewhere; all populations are zero")
    for i, name in enumerate(instance.classes):
        if name and name not in CLASSES:
            problems.add(f"unknown class '{name}'", suggest(name, CLASSES), value=instance.label(i))
    if ((instance.region < 0) | (instance.region >= len(instance.regions))).any():
        problems.add("every municipality must be in a region")
    _check_numbers(instance, problems)
    for key, layer in instance.layers.items():
        if ((layer.zone < NO_ZONE) | (layer.zone >= len(layer.zones))).any():
            problems.add(f"layer {key} names a zone that does not exist")
    villages = instance.villages
    if villages is not None and ((villages.municipality < OUTSIDE) | (villages.municipality >= n)).any():
        problems.add("a village names a municipality that does not exist")
    _check_borders(instance, problems)
    _check_flows(instance, problems)
    if not problems:
        _check_sums(instance, problems)


def _check_sums(instance: InstanceData, problems: Problems) -> None:
    """Check that sums over the instance stay exact: below 2^53."""
    people = math.fsum(instance.population.tolist())
    across = float(np.hypot(np.ptp(instance.x), np.ptp(instance.y)))
    sums = {"inhabitants": people, "inhabitants times the metres across the instance": people * across}
    sums |= {f"attribute {key}": math.fsum(np.abs(v).tolist()) for key, v in instance.attributes.items()}
    sums |= {f"function {key}": math.fsum(f.amount.tolist()) for key, f in instance.functions.items()}
    if instance.flows is not None:
        sums["hundredths of commuters"] = 100 * math.fsum(instance.flows.people.tolist())
    for key, total in sums.items():
        if total > EXACT:
            problems.add(
                f"{key}: the sum is {total:.3g}, more than can be added up exactly", "correct the figures"
            )


def _check_numbers(instance: InstanceData, problems: Problems) -> None:
    """Check that areas, points, amounts, attributes and lengths are finite, and amounts not negative."""
    columns = {"area": instance.area, "x": instance.x, "y": instance.y, "border": instance.borders.length}
    limits = {"area": AREA, "x": PLACE, "y": PLACE, "border": LENGTH, "population": PEOPLE}
    columns["population"] = instance.population.astype(np.float64)
    columns |= {f"attribute {key}": column for key, column in instance.attributes.items()}
    columns |= {f"function {key}": f.amount for key, f in instance.functions.items()}
    for key, column in columns.items():
        if not np.isfinite(column).all():
            problems.add(f"{key} must be a finite number everywhere")
        elif (limit := limits.get(key, AMOUNT)) and (np.abs(column) > limit.most).any():
            wrong = float(column[np.argmax(np.abs(column))])
            problems.add(f"{key}: {limit}", "correct the figure", value=f"{wrong:g}")
    for key, f in instance.functions.items():
        if (f.amount < 0).any():
            problems.add(f"function {key} must not have a negative amount")


def _check_borders(instance: InstanceData, problems: Problems) -> None:
    n, pairs = len(instance), instance.borders.pairs
    if len(pairs) and (pairs.min() < 0 or pairs.max() >= n):
        problems.add("a border names a municipality that does not exist")
    elif len(pairs):
        if (pairs[:, 0] >= pairs[:, 1]).any():
            problems.add("a border must join two municipalities, the lower index first")
        if len(np.unique(pairs, axis=0)) != len(pairs):
            problems.add("a border stands twice")
        if (instance.borders.length < 0).any():
            problems.add("the length of a border must not be negative")


def _check_flows(instance: InstanceData, problems: Problems) -> None:
    flows, n = instance.flows, len(instance)
    if flows is None or not len(flows):
        return
    if min(flows.origin.min(), flows.destination.min()) < 0 or (
        max(flows.origin.max(), flows.destination.max()) >= n
    ):
        problems.add("a flow names a municipality that does not exist")
    elif (np.diff(flows.origin * n + flows.destination) <= 0).any():
        problems.add("flows must be sorted by origin and destination, each pair once")
    if not (np.isfinite(flows.people) & (flows.people >= 0)).all():
        problems.add("people of a flow must be a finite number, at least 0")
