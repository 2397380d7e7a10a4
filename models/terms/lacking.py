"""What to do where an instance lacks what a term needs."""

from __future__ import annotations

from collections.abc import Iterable

from ...instances.common.problems import suggest
from ...instances.instance import Instance


def remedy_for_lack(name: str, known: Iterable[str], instance: Instance, kind: str) -> str:
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
    if near.startswith("did you mean"):
        return near
    command = f"refzones instance add-{kind} {instance.name} FILE --out FOLDER"
    return "; ".join(filter(None, (near, f"leave it out, or add it with: {command}")))
