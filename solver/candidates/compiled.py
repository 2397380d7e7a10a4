"""Searches that numba compiles, kept on disk where that is possible; only kernels import this module."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from importlib.util import find_spec
from typing import Any, Final

from ..deadline import Deadline, TimeUpError, deadline_in_force
from ..engines.in_time import in_time

_NOT_COMPILED: Final = "the time limit passed before the search was compiled"

_ready: Final[set[Any]] = set()
"""Compiled functions that were called before."""


def when_installed(function: Callable[..., Any]) -> Callable[[], Any]:
    """Give what compiles a function the first time that it is asked for; it gives None without numba.

    What it gives raises `TimeUpError` where it is not compiled before the deadline in force: `call_in_time`.
    """

    @cache
    def fast() -> Any:
        return None if find_spec("numba") is None else partial(call_in_time, compiled(function), None)

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


def call_in_time(kernel: Any, deadline: Deadline | None, *given: Any) -> Any:
    """Call a function that numba compiles; at its first call, wait for that no longer than a deadline.

    To compile a search takes up to a minute and cannot be interrupted: it then goes on by itself.

    Parameters
    ----------
    kernel : compiled function
    deadline : Deadline or None
        None for the one in force.
    *given
        What it takes.

    Raises
    ------
    TimeUpError
        It is not compiled yet.
    """
    if kernel not in _ready:
        import numba as nb

        signature = tuple(map(nb.typeof, given))
        try:
            in_time(lambda: kernel.compile(signature), (deadline or deadline_in_force()).remaining)
        except TimeUpError:
            raise TimeUpError(_NOT_COMPILED) from None
        _ready.add(kernel)
    return kernel(*given)
