"""Whether the seats, term values and scores that a plan states are right."""

from __future__ import annotations

import math
from collections.abc import Iterator

from .figures import READINGS, commuters_of, income_of, score_nano, seat, split_name, term_value
from .level import Level
from .violation import Violation

_TOLERANCE = 1e-12  # relative, on term values; scores must agree exactly


def check_seats(level: Level) -> Iterator[Violation]:
    """The seat of each part is the member nearest to all its inhabitants."""
    instance = level.instance
    for merger, part in zip(level.stated, level.parts, strict=True):
        if part and merger.seat != seat(instance, part):
            known = 0 <= merger.seat < len(instance)
            stated = instance.label(merger.seat) if known else f"number {merger.seat}"
            text = (
                f"the seat of {level.named(part)} is stated as {stated}; "
                f"it should be {instance.label(seat(instance, part))}"
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
        of = level.named(part)
        if len(merger.values) != len(names):
            text = f"{of} states {len(merger.values)} term values; the scenario has {len(names)} terms"
            yield Violation("term", text, part)
            continue
        for name, stated in zip(names, merger.values, strict=True):
            value = term_value(name, level.instance, level.scenario, part)
            if not math.isclose(stated, value, rel_tol=_TOLERANCE):
                yield Violation("term", f"{of} states {stated!r} for {name}; it is {value!r}", part)


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
    found = []
    for name in level.scenario.weights:
        key, argument = split_name(name)
        if key not in READINGS:
            found.append(
                f"the verifier does not know the term '{name}'; its values and scores are not checked"
            )
        else:
            found += _lacking(level, key, argument)
    return [Violation("term", text) for text in found]


def _lacking(level: Level, key: str, argument: str) -> list[str]:
    """What a term needs and the instance has not."""
    instance = level.instance
    match key:
        case "straddle" | "touched" if argument not in instance.layers:
            return [f"{key}({argument}): the instance has no layer '{argument}'"]
        case "coverage":
            return [
                f"coverage.shares: the instance has no function '{function}'"
                for function in level.scenario.coverage.shares
                if function not in instance.functions
            ]
        case "commuting" if not commuters_of(instance)[1]:
            return ["commuting: the instance has no flows between different municipalities"]
        case "fiscal" if "net_taxable_income_eur" not in instance.attributes:
            return ["fiscal: the instance has no attribute 'net_taxable_income_eur'"]
        case "fiscal" if income_of(instance, range(len(instance))) <= 0:
            return ["fiscal: the instance has no income to compare"]
    return []
