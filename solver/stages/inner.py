"""The mergers of the earlier map inside those of the target map, and municipalities that stay."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray
from ..candidates.enumeration import respect_locks
from ..candidates.sets import Candidates, Part, single_words
from ..methods.inner import InnerMergers

_Options = tuple[IntArray, IntArray, IntArray]
"""Mergers of the target map by index, what the earlier map scores in each, and its sums."""


@dataclass(eq=False)
class EarlierMergers(InnerMergers):
    """Finds the best earlier map inside each merger of the target map.

    Parameters
    ----------
    may_stay : bool
        Whether any municipality may stay as it is, exempt from the bounds, unless it is held together with
        others.
    """

    may_stay: bool = True

    @cached_property
    def _widths(self) -> tuple[int, ...]:
        """Sums of each side constraint that are told apart: 0 up to the most that a plan may have."""
        size = len(self.mergers.municipalities)
        most = (self._amounts.max(axis=0, initial=0) * size).tolist()
        return tuple(1 + min(one.upper, top) for one, top in zip(self.constraints, most, strict=True))

    def _list(self) -> Candidates:
        listed = super()._list()
        return self._with_staying(listed) if self.may_stay else listed

    def _with_staying(self, listed: Candidates) -> Candidates:
        """Add each municipality by itself that is not listed alone, and whose place is open."""
        size = len(listed.municipalities)
        alone = Candidates(listed.municipalities, single_words(np.arange(size), listed.words.shape[1]))
        known = {words.tobytes() for words in listed.words}
        settled = np.isin(listed.municipalities, list(self.question.fixed))
        new = np.array([words.tobytes() not in known for words in alone.words], dtype=np.bool_)
        some = alone.take(respect_locks(alone, self.question) & new & ~settled)
        return Candidates(listed.municipalities, np.concatenate([listed.words, some.words]))


@dataclass(eq=False)
class OnceMergers(EarlierMergers):
    """The same where nobody is merged twice.

    A merger of the target map is then one of the earlier map already, or all its members stay as they are
    until then: two cases, and no division to search for.
    """

    def worth(
        self, zones: Candidates, lacking: int | None = None, without: Part | None = None
    ) -> tuple[IntArray, IntArray, IntArray]:
        """See `InnerMergers.worth`; all of them are found, whatever may be lacking."""
        sets = zones.onto(self.mergers.municipalities)
        whole, apart = self._whole(sets, without), self._apart(sets, without)
        rows, scores, sums = (np.concatenate(both) for both in zip(whole, apart, strict=True))
        keys, place = np.unique(np.column_stack([rows, sums]), axis=0, return_inverse=True)
        best = np.full(len(keys), np.iinfo(np.int64).min, dtype=np.int64)
        np.maximum.at(best, place.reshape(-1), scores)
        return keys[:, 0], best, keys[:, 1:]

    @cached_property
    def _row_of(self) -> dict[bytes, int]:
        return {words.tobytes(): row for row, words in enumerate(self.mergers.words)}

    def _whole(self, sets: Candidates, without: Part | None) -> _Options:
        """Those that are mergers of the earlier map as they are, or stay alone in both."""
        found = np.array([self._row_of.get(words.tobytes(), -1) for words in sets.words], dtype=np.int64)
        if without is not None:
            found[np.isin(found, self.mergers.equal_to(without))] = -1
        rows = np.flatnonzero(found >= 0)
        return rows, self._nano[found[rows]], self._amounts[found[rows]]

    def _apart(self, sets: Candidates, without: Part | None) -> _Options:
        """Those of two or more whose members all stay as they are until the target map."""
        alone, may = self._alone(without)
        members = sets.sums(np.ones(len(may), dtype=np.int64))
        rows = np.flatnonzero((sets.sums((~may).astype(np.int64)) == 0) & (members > 1))
        some = sets.take(rows)
        sums = np.zeros((len(rows), len(self.constraints)), dtype=np.int64)
        if not len(rows):
            return rows, np.zeros(0, dtype=np.int64), sums
        for column, amounts in enumerate((self._amounts[alone] * may[:, None]).T):
            sums[:, column] = some.sums(np.ascontiguousarray(amounts))
        return rows, some.sums(self._nano[alone] * may), sums

    def _alone(self, without: Part | None) -> tuple[IntArray, BoolArray]:
        """Find each municipality by itself: its row, any where there is none, and whether it may be alone."""
        size = len(self.mergers.municipalities)
        alone = single_words(np.arange(size), self.mergers.words.shape[1])
        rows = [self._row_of.get(words.tobytes(), -1) for words in alone]
        found = np.array(rows, dtype=np.int64)
        may = found >= 0
        if without is not None and len(without) == 1:
            may &= self.mergers.municipalities != without[0]
        return np.maximum(found, 0), may

    def best(self, zone: Part, sums: tuple[int, ...] = (), without: Part | None = None) -> list[Part]:
        """See `InnerMergers.best`."""
        options: list[tuple[int, list[Part]]] = []
        alone: list[Part] = [(i,) for i in zone]
        for parts in ([zone], alone):
            rows = [row for part in parts if part != without for row in self.mergers.equal_to(part).tolist()]
            some = self._amounts[rows].sum(axis=0)
            if len(rows) == len(parts) and tuple(some.tolist()) == sums:
                options.append((-int(self._nano[rows].sum()), parts))
        return min(options)[1]
