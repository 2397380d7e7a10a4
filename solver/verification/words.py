"""How mergers are named in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...instances import Instance


def named(instance: Instance, part: Sequence[int]) -> str:
    """Name a merger in a sentence."""
    if not part:
        return "a merger without known members"
    return instance.label(part[0]) if len(part) == 1 else f"the merger of {listed(instance, part)}"


def listed(instance: Instance, members: Iterable[int]) -> str:
    """List municipalities in a sentence."""
    labels = [instance.label(i) for i in sorted(members)]
    return labels[0] if len(labels) == 1 else ", ".join(labels[:-1]) + " and " + labels[-1]
