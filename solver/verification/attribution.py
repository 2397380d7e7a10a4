"""Which mergers, or zones, break a rule."""

from __future__ import annotations

from dataclasses import replace

from .level import Level
from .violation import Violation


def attributed(level: Level, violation: Violation) -> Violation:
    """Note the level of what is wrong, and which parts break the rule.

    They are those that hold a municipality concerned, unless the check itself says which: who is enclosed
    breaks nothing.
    """
    concerned = set(violation.municipalities)
    parts = violation.parts or tuple(
        place for place, part in enumerate(level.parts) if concerned.intersection(part)
    )
    return replace(violation, level="zones" if level.noun == "zone" else "mergers", parts=parts)
