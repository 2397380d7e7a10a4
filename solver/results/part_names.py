"""What the parts of a plan are called: mergers, or zones where a scenario asks for these."""

from __future__ import annotations


def part_name(level: str) -> str:
    """Name a part of a plan for readers: a merger or a reference zone."""
    return "reference zone" if level == "zones" else "merger"


def part_key(level: str) -> str:
    """Name the column that holds the parts of a plan: merger or zone."""
    return "zone" if level == "zones" else "merger"
