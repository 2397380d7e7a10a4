"""What is read once for an instance and a scenario, where many mergers are read one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from ...instances import Instance

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario

_Known = TypeVar("_Known")
_MOST = 4


class Remembered(Generic[_Known]):
    """A table for each of the last few pairs of an instance and a scenario, told apart by identity."""

    def __init__(self) -> None:
        self._kept: list[tuple[Instance, Scenario, dict[int, _Known]]] = []

    def of(self, instance: Instance, scenario: Scenario) -> dict[int, _Known]:
        """Give the table of a pair, empty at first."""
        for known, under, table in self._kept[:]:
            if known is instance and under is scenario:
                return table
        table = {}
        self._kept[:] = [(instance, scenario, table), *self._kept[: _MOST - 1]]
        return table
