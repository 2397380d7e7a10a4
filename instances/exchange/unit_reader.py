"""Reading the attributes of units: one column at a time, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..common.arrays import FloatArray
from ..common.limits import Limit
from ..common.problems import Problems, suggest
from ..entities import CLASSES
from ..tables.form import TableForm
from .dual_graph import Unit
from .values import flag_of, is_missing, number_of, text_of


@dataclass(frozen=True)
class UnitReader:
    """Reader of one attribute of all units; what cannot be used is noted, and given as 0 or empty."""

    units: Sequence[Unit]
    file: str
    problems: Problems
    form: TableForm

    def _read(self, attribute: str, one: Callable[[Unit, Any], Any]) -> list[Any]:
        return [one(unit, unit.attributes.get(attribute)) for unit in self.units]

    def _note(self, unit: Unit, attribute: str, value: Any, what: str, remedy: str = "correct it") -> None:
        self.problems.add(
            f"{unit.place}{what}",
            remedy,
            file=self.file,
            row=unit.row,
            column=attribute,
            value=text_of(value)[:80],
        )

    def numbers(
        self,
        attribute: str,
        limit: Limit,
        *,
        whole: bool = False,
        at_least: float | None = None,
        empty: float | None = None,
    ) -> FloatArray:
        """Read one number a unit."""

        def one(unit: Unit, value: Any) -> float:
            if is_missing(value):
                if empty is None:
                    self._note(unit, attribute, "", "there is no value", "fill it in")
                return 0.0 if empty is None else empty
            number = number_of(value, self.form)
            what = ""
            if number is None:
                what = "this must be a finite number"
            elif whole and not number.is_integer():
                what = "this must be a whole number"
            elif at_least is not None and number < at_least:
                what = f"this must be at least {at_least:g}"
            elif abs(number) > limit.most:
                what = str(limit)
            if what:
                self._note(unit, attribute, value, what)
            return 0.0 if what or number is None else number

        return np.array(self._read(attribute, one) if attribute else [empty or 0.0] * len(self.units))

    def texts(self, attribute: str, *, required: bool = False, placeholders: bool = False) -> list[str]:
        """Read one text a unit, empty where there is none."""

        def one(unit: Unit, value: Any) -> str:
            if isinstance(value, list | tuple | dict):
                self._note(unit, attribute, value, "this must be a number or a text")
                return ""
            missing = (
                is_missing(value) if not (placeholders and isinstance(value, str)) else not value.strip()
            )
            if missing and required:
                self._note(unit, attribute, "", "there is no value", "fill it in")
            return "" if missing else text_of(value)

        return self._read(attribute, one)

    def classes(self, attribute: str) -> list[str]:
        """Read the degree of equipment of each unit, empty where it is not known."""
        texts = [text.lower() for text in self.texts(attribute)]
        for unit, text in zip(self.units, texts, strict=True):
            if text and text not in CLASSES:
                self._note(unit, attribute, text, "unknown degree of equipment", suggest(text, CLASSES))
        return texts

    def flags(self, attribute: str) -> Any:
        """Read yes or no for each unit; no where there is no value."""

        def one(unit: Unit, value: Any) -> bool:
            flag = False if is_missing(value) else flag_of(value)
            if flag is None:
                self._note(unit, attribute, value, "this must be yes or no", "write 1 or 0")
            return bool(flag)

        return np.array(
            self._read(attribute, one) if attribute else [False] * len(self.units), dtype=np.bool_
        )
