"""A programme under construction: columns, rows and costs are added block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from .programme import Programme

_Numbers = ArrayLike  # one for all, or one for each

_room: ContextVar[float] = ContextVar("room", default=inf)


class TooLargeProgrammeError(MemoryError):
    """A programme would have more coefficients than there is room for."""


@contextmanager
def room_for(coefficients: float) -> Iterator[None]:
    """Let programmes that are written here have no more than so many coefficients."""
    token = _room.set(coefficients)
    try:
        yield
    finally:
        _room.reset(token)


class ProgrammeBuilder:
    """Columns, rows, coefficients and costs of a programme that is still being written.

    Columns belong to a part of the plan (its root), so that what a part costs can be read from a solution.
    Amounts that are put twice in one place add up.

    Raises
    ------
    TooLargeProgrammeError
        By whatever adds coefficients, where there is no room for them (`room_for`).
    """

    def __init__(self) -> None:
        self._coefficients, self._room = 0, _room.get()
        self._root: list[IntArray] = []
        self._lower: list[FloatArray] = []
        self._upper: list[FloatArray] = []
        self._integer: list[BoolArray] = []
        self._whole: list[BoolArray] = []
        self._row_lower: list[FloatArray] = []
        self._row_upper: list[FloatArray] = []
        self._entries: list[tuple[IntArray, IntArray, FloatArray]] = []
        self._costs: list[tuple[IntArray, FloatArray]] = []
        self._rises: list[tuple[int, float]] = []
        self.width = self.height = 0

    def columns(
        self,
        root: IntArray,
        *,
        lower: _Numbers = 0.0,
        upper: _Numbers = 1.0,
        integer: bool = False,
        whole: bool = True,
    ) -> IntArray:
        """Add columns.

        Parameters
        ----------
        root : ndarray of int64, shape (k,)
            The part that each belongs to.
        lower, upper : float or ndarray of float64, shape (k,)
        integer : bool
            Whether an engine must make them whole.
        whole : bool
            Whether a best solution has whole numbers there anyway.

        Returns
        -------
        ndarray of int64, shape (k,)
            Their indices.
        """
        count = len(root)
        self._count(count)
        self._root.append(root.astype(np.int64))
        self._lower.append(_each(lower, count))
        self._upper.append(_each(upper, count))
        self._integer.append(np.full(count, integer))
        self._whole.append(np.full(count, integer or whole))
        self.width += count
        return np.arange(self.width - count, self.width, dtype=np.int64)

    def rows(self, count: int, lower: _Numbers = -np.inf, upper: _Numbers = np.inf) -> IntArray:
        """Add rows ``lower <= ... <= upper``; give their indices."""
        self._row_lower.append(_each(lower, count))
        self._row_upper.append(_each(upper, count))
        self.height += count
        return np.arange(self.height - count, self.height, dtype=np.int64)

    def rise(self, row: int, amount: float) -> None:
        """Add to the lower side of a row."""
        self._rises.append((row, amount))

    def put(self, rows: _Numbers, columns: IntArray, amounts: _Numbers = 1.0) -> None:
        """Add coefficients; a column of -1 is one that is fixed at zero and left out."""
        self._count(int((np.asarray(columns) >= 0).sum()))
        shape = np.broadcast_shapes(np.shape(rows), np.shape(columns))
        row, column = (np.broadcast_to(np.asarray(index), shape).ravel() for index in (rows, columns))
        amount = np.broadcast_to(np.asarray(amounts, dtype=np.float64), shape).ravel()
        there = column >= 0
        self._entries.append((row[there].astype(np.int64), column[there].astype(np.int64), amount[there]))

    def _count(self, more: int) -> None:
        self._coefficients += more
        if self._coefficients > self._room:
            raise TooLargeProgrammeError

    def cost(self, columns: IntArray, amounts: _Numbers) -> None:
        """Add to the costs of columns; -1 as in `put`."""
        column = np.asarray(columns).ravel()
        amount = np.broadcast_to(np.asarray(amounts, dtype=np.float64), np.shape(columns)).ravel()
        self._costs.append((column[column >= 0], amount[column >= 0]))

    @property
    def root(self) -> IntArray:
        """The part that each column belongs to, shape (columns,)."""
        return _joined(self._root).astype(np.int64)

    @property
    def whole(self) -> BoolArray:
        """Which columns are whole in a best solution, shape (columns,)."""
        return _joined(self._whole).astype(np.bool_)

    def programme(self) -> Programme:
        """Give what is written so far; no pair of row and column stands twice in it."""
        cost, row_lower = np.zeros(self.width), _joined(self._row_lower)
        for row, amount in self._rises:
            row_lower[row] += amount
        for column, costs in self._costs:
            np.add.at(cost, column, costs)
        rows, columns = (_joined([entry[part] for entry in self._entries]) for part in (0, 1))
        amounts = _joined([amount for *_, amount in self._entries])
        keys, place = np.unique(rows.astype(np.int64) * self.width + columns, return_inverse=True)
        sums = np.zeros(len(keys))
        np.add.at(sums, place, amounts)
        keys, sums = keys[sums != 0], sums[sums != 0]
        return Programme(
            cost=cost,
            lower=_joined(self._lower),
            upper=_joined(self._upper),
            integer=_joined(self._integer).astype(np.bool_),
            rows=(keys // max(1, self.width)).astype(np.int64),
            columns=(keys % max(1, self.width)).astype(np.int64),
            coefficients=sums,
            row_lower=row_lower,
            row_upper=_joined(self._row_upper),
        )


def _each(number: _Numbers, count: int) -> FloatArray:
    return np.array(np.broadcast_to(np.asarray(number, dtype=np.float64), (count,)))


def _joined(blocks: Sequence[NDArray[Any]]) -> FloatArray:
    return np.concatenate(blocks).astype(np.float64) if blocks else np.zeros(0)
