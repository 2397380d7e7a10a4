"""How municipalities are listed in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from ...instances import Instance


def listed(instance: Instance, members: Iterable[int]) -> str:
    """List municipalities in a sentence."""
    labels = [instance.label(i) for i in sorted(members)]
    return labels[0] if len(labels) == 1 else ", ".join(labels[:-1]) + " and " + labels[-1]
