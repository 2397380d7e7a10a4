"""Searches that numba compiles, kept on disk where that is possible; only kernels import this module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba as nb


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function when it is first called; other threads go on while it runs.

    What was compiled is kept for the next time. Where no folder can be written for that, each run compiles
    again.
    """
    try:
        return nb.njit(cache=True, nogil=True)(function)
    except (RuntimeError, OSError):
        return nb.njit(nogil=True)(function)
