"""Whether the seats, term values and scores that a plan states are right."""

from __future__ import annotations

import math
from collections.abc import Iterator

from .figures import lacking, score_nano, term_value
from .level import Level
from .seats import seat
from .violation import Violation

_TOLERANCE = 1e-12  # relative, on term values; scores must agree exactly


def check_seats(level: Level) -> Iterator[Violation]:
    """The seat of each part is the member that the rule of the scenario makes it."""
    instance = level.instance
    for merger, part in zip(level.stated, level.parts, strict=True):
        if part and merger.seat != seat(instance, level.scenario, part):
            known = 0 <= merger.seat < len(instance)
            stated = instance.label(merger.seat) if known else f"number {merger.seat}"
            text = (
                f"the seat of {level.named(part)} is stated as {stated}; "
                f"it should be {instance.label(seat(instance, level.scenario, part))}"
            )
            yield Violation("seat", text, part)


def check_terms(level: Level) -> Iterator[Violation]:
    """Each part states its value in each term of the scenario."""
    unclear = unclear_terms(level)
    if unclear:
        yield from unclear
        return
    names = list(level.scenario.weights)
    for merger, part in zip(level.stated, level.parts, strict=True):
        whose = level.named(part)
        if len(merger.values) != len(names):
            text = f"{whose} states {len(merger.values)} term values; the scenario has {len(names)} terms"
            yield Violation("term", text, part)
            continue
        for name, stated in zip(names, merger.values, strict=True):
            value = term_value(name, level.instance, level.scenario, part)
            if not math.isclose(stated, value, rel_tol=_TOLERANCE):
                yield Violation("term", f"{whose} states {stated!r} for {name}; it is {value!r}", part)


def check_scores(level: Level) -> Iterator[Violation]:
    """Each part's score, to the last nano-point."""
    if unclear_terms(level):
        return  # what cannot be computed is reported with the terms
    for merger, part in zip(level.stated, level.parts, strict=True):
        score = score_nano(level.instance, level.scenario, part)
        if merger.score_nano != score:
            states = f"states a score of {merger.score_nano} billionths of a point"
            text = f"{level.named(part)} {states}; it is {score}"
            yield Violation("score", text, part)


def unclear_terms(level: Level) -> list[Violation]:
    """Terms of the scenario that cannot be computed here: a plan with one is never clean."""
    names = level.scenario.weights
    return [
        Violation("term", text) for name in names for text in lacking(name, level.instance, level.scenario)
    ]
