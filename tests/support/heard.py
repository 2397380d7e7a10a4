"""What a task of a worker says, in this process."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from refzones.app.web.tasks.room import Room, Setup


class _Pipe:
    def __init__(self) -> None:
        self.said: list[tuple[str, Any]] = []

    def send(self, message: tuple[str, Any]) -> None:
        self.said.append(message)


@cache
def room(instance: str = "flanders-2025") -> Room:
    """Have one room, so that what a worker keeps is kept."""
    pipe: Any = _Pipe()
    return Room(Setup(instance), pipe)


def heard(
    task: Callable[..., None], instance: str = "flanders-2025", **arguments: Any
) -> list[tuple[str, Any]]:
    """Run a task to its end; what it says, as the page hears it."""
    one: Any = room(instance)
    one.pipe.said = []
    task(one, **arguments)
    return list(one.pipe.said)
