"""Whether a plan keeps what is agreed: locks, seats, existing mergers."""

from __future__ import annotations

from collections.abc import Iterator

from .level import Level
from .seats import seat
from .violation import Violation
from .words import listed, named


def check_locks(level: Level) -> Iterator[Violation]:
    """Groups locked together are in one part, groups locked apart in as many as they have members."""
    agreed, instance = level.agreed, level.instance
    yield from agreed.unclear
    for group in agreed.together:
        if _is_parted(level, group):
            text = f"{listed(instance, group)} are locked together but are not in one {level.noun}"
            yield Violation("lock", text, tuple(sorted(group)))
    for group in agreed.apart:
        for part in level.parts:
            both = tuple(sorted(group.intersection(part)))
            if len(both) > 1:
                text = f"{listed(instance, both)} are locked apart but are in one {level.noun}"
                yield Violation("lock", text, both)
    for part in level.parts:
        for i in sorted(agreed.alone.intersection(part)) if len(part) > 1 else ():
            text = f"{instance.label(i)} shares its {level.noun} but stands alone: locks.alone names it"
            yield Violation("lock", text, (i,), f"{named(instance, [i])} is to stand alone")


def _is_parted(level: Level, group: frozenset[int]) -> bool:
    """Whether a group is not in one part; one outside the regions asked for is not this plan's business."""
    return bool(group & level.scope) and not any(group <= set(part) for part in level.parts)


def check_locked_seats(level: Level) -> Iterator[Violation]:
    """A municipality that is locked as a seat is the seat of its part."""
    instance = level.instance
    for i in sorted(level.agreed.seats):
        for part in level.parts:
            if i in part and seat(instance, level.scenario, part) != i:
                there = instance.label(seat(instance, level.scenario, part))
                text = f"{instance.label(i)} is to be the seat of its {level.noun}; the seat is {there}"
                yield Violation("lock", text, (i,), f"{named(instance, [i])} is to be the seat")


def check_existing(level: Level) -> Iterator[Violation]:
    """Existing mergers are in the plan: as they are, or with others that joined them."""
    agreed, instance = level.agreed, level.instance
    source = f" (from {level.scenario.existing.source})" if level.scenario.existing.source else ""
    for group in agreed.extended:
        if _is_parted(level, group):
            text = f"the existing {level.noun} of {listed(instance, group)}{source} is broken up"
            yield Violation("existing", text, tuple(sorted(group)))
    for group in agreed.kept:
        if group & level.scope and tuple(sorted(group)) not in level.parts:
            text = f"the existing {level.noun} of {listed(instance, group)}{source} is not kept as it is"
            yield Violation("existing", text, tuple(sorted(group)))
    for part in level.parts:
        for i in sorted(agreed.kept_alone.intersection(part)) if len(part) > 1 else ():
            alone = f"is alone in the existing plan{source}, which is kept"
            text = f"{instance.label(i)} shares its {level.noun} but {alone}"
            yield Violation("existing", text, (i,))
