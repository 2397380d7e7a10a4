"""Searches that numba compiles, kept on disk where that is possible; only kernels import this module."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any, Final

from ..deadline import Deadline
from ..engines.in_time import in_time

_ready: Final[set[Any]] = set()
"""Compiled functions that were called before."""


def when_installed(function: Callable[..., Any]) -> Callable[[], Any]:
    """Give what compiles a function the first time that it is asked for; it gives None without numba."""

    @cache
    def fast() -> Any:
        return None if find_spec("numba") is None else compiled(function)

    return fast


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function when it is first called; other threads go on while it runs.

    What was compiled is kept for the next time. Where no folder can be written for that, each run compiles
    again.
    """
    import numba as nb

    try:
        return nb.njit(cache=True, nogil=True)(function)
    except (RuntimeError, OSError):
        return nb.njit(nogil=True)(function)


def call_in_time(kernel: Any, deadline: Deadline, *given: Any) -> Any:
    """Call a function that numba compiles; at its first call, wait for that no longer than a deadline.

    To compile a search takes up to a minute and cannot be interrupted: it then goes on by itself.

    Raises
    ------
    TimeUpError
        It is not compiled yet.
    """
    if kernel not in _ready:
        import numba as nb

        signature = tuple(map(nb.typeof, given))
        in_time(lambda: kernel.compile(signature), deadline.remaining)
        _ready.add(kernel)
    return kernel(*given)
