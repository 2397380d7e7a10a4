"""What was used most recently, up to so much in all: the oldest is forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Recent(Generic[_Key, _Value]):
    """Keeps values by key while there is room: those used least recently are forgotten.

    The latest value stays, however large it is. May be used from several threads.

    Parameters
    ----------
    most : int
        Sum of the sizes of the values.
    size : callable, optional
        Gives the size of a value, which must not change; 1 for each by default, so that `most` counts them.
    """

    def __init__(self, most: int, size: Callable[[_Value], int] = lambda value: 1) -> None:
        self._most, self._size = most, size
        self._values: OrderedDict[_Key, tuple[_Value, int]] = OrderedDict()
        self._total = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    @property
    def total(self) -> int:
        """Sum of the sizes of the values."""
        return self._total

    def get(self, key: _Key) -> _Value | None:
        """Look a value up, which makes it the latest; None where it is not known, or forgotten."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def put(self, key: _Key, value: _Value) -> None:
        """Keep a value, in place of the one of the same key."""
        size = self._size(value)
        with self._lock:
            self._total += size - self._values.pop(key, (value, 0))[1]
            self._values[key] = (value, size)
            while len(self._values) > 1 and self._total > self._most:
                self._total -= self._values.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self._total = 0
