"""What memory the program may fill: one budget for the process, which all that works in it shares.

The budget is on what is really filled (the resident memory of the process, with Python, its libraries, and
engines in processes of their own), not on a sum of estimates. What is about to be made large is estimated
first, by its number of rows or of words, and is refused where it would not fit (`Budget.need`,
`Budget.room`). Because estimates can be wrong, whoever looks at the clock also looks at the memory:
where it passes the budget, the method at work ends as if its time were up, with what it knows, and the next
method answers.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf, isfinite

from ..instances.common.machine import free_memory, give_back, resident_memory
from ..instances.common.problems import reject
from .limit_errors import OutOfMemoryError

_LEAST = 2e8  # bytes that the program takes with the libraries that it loads when it solves
_DEFAULT = 0.5  # of what is free when the work begins
_AGAIN = 0.01  # seconds for which a reading holds
_OF_A_PROCESS = 3e8  # bytes: fewer are not worth a process, which takes half of them by itself
_TRIMMED = 0.5  # seconds between two attempts to give memory back
_UNITS = {"k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12, "ki": 2**10, "mi": 2**20, "gi": 2**30, "ti": 2**40}
_HELP = "write a size such as 2GB, 500MB or 50% (of what is free)"

ENDED = "not enough memory: a method was ended where it reached the budget"
LISTING = "not enough memory: there are more candidates than fit"
PRICES = "not enough memory: the tables of a tighter bound would be too large"
FORMULATION = "not enough memory: the programme of a compact formulation would be too large"
ENGINE = "not enough memory: an engine was ended where it reached the budget"
ALLOCATION = "not enough memory: the system gave no more"


class Budget:
    """What may be filled, and what was refused or ended for want of it.

    Parameters
    ----------
    most : float
        Bytes that the process may fill, all in all; infinite where nobody has said so and free memory cannot
        be known.
    own : float
        Bytes that a single list, graph or programme may fill.
    shared : int
        How many work side by side: each may take its share of what is left.
    """

    def __init__(self, most: float = inf, own: float = inf, shared: int = 1) -> None:
        self.most, self.own, self.shared = most, own, max(1, shared)
        self._above: Budget | None = None
        self._full = False
        self._lacked: dict[str, None] = {}

    @property
    def left(self) -> float:
        """Bytes that whoever asks may fill; not below zero."""
        return max(0.0, min(self.own, (self.most - _filled()) / self.shared))

    def _has(self, size: float) -> bool:
        """Whether so many bytes are left, when what is no longer used is given back."""
        if size > self.left and size <= self.own:
            _trim()
        return size <= self.left

    def room(self, each: float, usual: int) -> int:
        """Give how many things of so many bytes may be held: at most the usual number, at least one."""
        return usual if self._has(usual * each) else max(1, int(self.left / each))

    def need(self, size: float, reason: str) -> None:
        """Make sure that something of so many bytes may be made.

        Raises
        ------
        OutOfMemoryError
        """
        if not self._has(size):
            self.lacks(reason)
            raise OutOfMemoryError(reason)

    @property
    def is_full(self) -> bool:
        """Whether the process fills more than it may; of an attempt, whether it ever did."""
        if not self._full and isfinite(self.most) and _filled() > self.most:
            _trim()
            if _filled(now=True) > self.most:
                self._full = self._above is not None
                self.lacks(ENDED)
                return True
        return self._full

    def lacks(self, reason: str) -> None:
        """Note why something was refused or ended."""
        self._lacked[reason] = None
        if self._above is not None:
            self._above.lacks(reason)

    @property
    def lacked(self) -> tuple[str, ...]:
        """Why something was refused or ended here, in sentences."""
        return tuple(self._lacked)

    def among(self, number: int) -> Budget:
        """Give the budget of each of several that work side by side."""
        return Budget(self.most, self.own, self.shared * max(1, number))

    def within(self, own: float | None) -> Budget:
        """Give a budget in which single things may not fill more than so many bytes."""
        return self if own is None else Budget(self.most, min(self.own, own), self.shared)

    @contextmanager
    def at_work(self) -> Iterator[Budget]:
        """Make this the budget of what is done here, in this thread."""
        token = _at_work.set(self)
        try:
            yield self
        finally:
            _at_work.reset(token)

    def begin(self) -> None:
        """Make this the budget of all that is done in this thread from now on."""
        _at_work.set(self)

    @contextmanager
    def attempt(self) -> Iterator[Budget]:
        """Try something that may be given up for want of memory: once full, it stays so to its end.

        Memory that the system does not give counts as refused, as what the estimates refuse.
        """
        tried = Budget(self.most, self.own, self.shared)
        tried._above = self
        with tried.at_work():
            try:
                yield tried
            except MemoryError as error:
                tried.lacks(ALLOCATION)
                raise OutOfMemoryError(ALLOCATION) from error
            finally:
                if tried._lacked:
                    _trim(force=True)


_at_work: ContextVar[Budget | None] = ContextVar("budget", default=None)
_process: Budget | None = None
_asked: float | str | None = None
_apart: set[int] = set()
_read: tuple[float, float] = (-inf, 0.0)
_trimmed = -inf
_lock = threading.Lock()


def budget() -> Budget:
    """Give the budget of the work that is under way here: that of the process, unless a part is set aside."""
    return _at_work.get() or process_budget()


def process_budget() -> Budget:
    """Give the budget of the process: by default half of what is free when it is first asked for."""
    global _process  # noqa: PLW0603
    with _lock:
        if _process is None:
            free = free_memory()
            _process = Budget() if free is None else Budget(_filled(now=True) + _DEFAULT * free)
        return _process


def limit_memory(most: float | str | None) -> Budget:
    """Set what the process may fill, from now on.

    Parameters
    ----------
    most : float, str or None
        Bytes, or a size in words such as ``"2GB"`` or ``"50%"`` (of what is free), with what Python and its
        libraries take; None for the default, half of what is free.

    Returns
    -------
    Budget

    Raises
    ------
    InputError
        It is no size, or less than the program takes with its libraries.

    Examples
    --------
    >>> limit_memory("20GB").most
    20000000000.0
    >>> _ = limit_memory(None)
    """
    global _process, _asked
    found = None if most is None else size_of(most)
    least = max(_LEAST, _filled(now=True))
    if found is not None and found < least:
        reject(
            f"the memory must be at least the {least / 1e6:,.0f} MB that the program and its libraries take",
            _HELP,
            value=most,
        )
    _process, _asked = None if found is None else Budget(found), most
    return process_budget()


def asked_memory() -> float | str | None:
    """Give what was last set by `limit_memory`, as it was written; None for the default."""
    return _asked


def share_memory(most: float) -> None:
    """Give this process, one of several, its share of a budget: bytes, with what it takes by itself."""
    global _process  # noqa: PLW0603
    _process = Budget(most)


def shares(wanted: int) -> tuple[int, float]:
    """Give how many processes fit into what is left, at most those wanted, and the bytes of each."""
    left = process_budget().most - _filled(now=True)
    number = wanted if left == inf else max(1, min(wanted, int(left / _OF_A_PROCESS)))
    return number, left / number


@contextmanager
def memory_limited(most: float | str | None) -> Iterator[Budget]:
    """Keep within some memory for a while; see `limit_memory`."""
    global _process, _asked
    before = _process, _asked
    try:
        yield limit_memory(most)
    finally:
        _process, _asked = before


def size_of(size: float | str) -> float:
    """Read a size of memory: bytes as a number; in words with a unit, or as a share of what is free.

    A number without a unit is in gigabytes where it is written in words.

    Raises
    ------
    InputError
        It is no size, not finite, or not above zero.

    Examples
    --------
    >>> [size_of(text) for text in ("2GB", "500 MB", "1GiB", "6")]
    [2000000000.0, 500000000.0, 1073741824.0, 6000000000.0]
    """
    found = float(size) if isinstance(size, int | float) else _read_size(size)
    if found is None or not 0 < found < inf:
        reject("the memory must be a size above zero", _HELP, value=size)
    return found


def _read_size(text: str) -> float | None:
    said = re.fullmatch(r"\s*([0-9.]+(?:e[+-]?[0-9]+)?)\s*(%|(?:[kmgt]i?)?b?)\s*", text.lower())
    if said is None:
        return None
    try:
        number = float(said[1])
    except ValueError:
        return None
    unit = said[2]
    if unit == "%":
        free = free_memory()
        if free is None:
            reject("how much memory is free cannot be known here", "write a size such as 2GB", value=text)
        return _filled(now=True) + number / 100 * free if 0 < number <= 100 else None
    if unit == "b":
        return number
    return number * _UNITS[unit.removesuffix("b") or "g"]


@contextmanager
def counted(pid: int) -> Iterator[None]:
    """Count what a process fills that works for this one."""
    _apart.add(pid)
    try:
        yield
    finally:
        _apart.discard(pid)


def filled() -> float:
    """Bytes that this process and those that work for it fill now; 0 where that cannot be known."""
    return _filled(now=True)


def _filled(*, now: bool = False) -> float:
    global _read  # noqa: PLW0603
    at, known = _read
    if now or time.perf_counter() - at > _AGAIN:
        known = float(sum(resident_memory(pid) or 0 for pid in (None, *tuple(_apart))))
        _read = time.perf_counter(), known
    return known


def _trim(*, force: bool = False) -> None:
    """Give memory back to the system, not too often: what was freed may still be counted."""
    global _trimmed  # noqa: PLW0603
    if force or time.perf_counter() - _trimmed > _TRIMMED:
        give_back()
        _trimmed = time.perf_counter()
        _filled(now=True)
