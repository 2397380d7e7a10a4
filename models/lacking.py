"""What to do where an instance lacks what is asked of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..instances.common.problems import suggest
from ..instances.instance import Instance

_NEAR = "did you mean"


def remedy_for_lack(name: str, known: Collection[str], instance: Instance, kind: str) -> str:
    """Suggest a name that the instance has; where none is near, say how to add what is lacking.

    Parameters
    ----------
    name : str
        What the scenario names.
    known : iterable of str
        What the instance has of this kind.
    instance : Instance
    kind : str
        As in the command that adds it: ``functions``, ``layer``.
    """
    near = suggest(name, known)
    if near.startswith(_NEAR):
        return near
    command = f"refzones instance add-{kind} {instance.name} FILE --out FOLDER"
    return "; ".join(filter(None, (near, f"leave it out, or add it with: {command}")))


def lacks(
    names: Collection[str], known: Collection[str], instance: Instance, kind: str
) -> Iterator[tuple[str, str]]:
    """List what an instance lacks, with a remedy: mistyped names one by one, all others together.

    Parameters
    ----------
    names : collection of str
        What the scenario names.
    known, instance, kind
        As in `remedy_for_lack`.

    Yields
    ------
    names : str
        In quotation marks.
    remedy : str
    """
    remedies = {name: remedy_for_lack(name, known, instance, kind) for name in names if name not in known}
    far = [name for name, remedy in remedies.items() if not remedy.startswith(_NEAR)]
    for name, remedy in remedies.items():
        if name not in far:
            yield f"'{name}'", remedy
    if far:
        yield ", ".join(f"'{name}'" for name in far), remedies[far[0]]
