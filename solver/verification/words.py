"""How municipalities are listed in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from ...instances import Instance


def listed(instance: Instance, members: Iterable[int]) -> str:
    """List municipalities in a sentence."""
    return _joined([instance.label(i) for i in sorted(members)])


def named(instance: Instance, members: Iterable[int]) -> str:
    """List municipalities by name alone, with codes only where several have one name."""
    names = instance.names
    return _joined([names[i] if names.count(names[i]) == 1 else instance.label(i) for i in sorted(members)])


def _joined(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else ", ".join(texts[:-1]) + " and " + texts[-1]
