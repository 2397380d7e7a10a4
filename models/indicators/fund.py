"""Fund: what the municipal fund pays to each municipality, before and after mergers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

import numpy as np

from ...instances.common.arrays import FloatArray
from ...instances.common.problems import Problems, reject
from ...instances.instance import Instance
from ..scenario.demands import Demands
from .base import Amounts, Indicator, column_key
from .fund_blocks import bind_blocks, lacking_columns
from .fund_schemes import AREA, GIVEN, INHABITANTS, FundScheme
from .scheme_files import find_scheme


class Fund(Indicator):
    """Euro a year of the municipal fund, shared out by the building blocks of a scheme.

    What one municipality gets depends on all others: the sum is that of the fund, whatever the plan.
    """

    key = "fund"
    takes = "scheme"
    arguments = ("report", "present")
    family = "finance"
    unit = "euro a year"

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        super().__init__(instance, demands, argument)
        self.scheme = find_scheme(argument, demands, FundScheme)
        self.blocks, self.not_shown = bind_blocks(self.scheme, instance)
        if not self.blocks:
            self._refuse()

    def _refuse(self) -> NoReturn:
        """Say why nothing of the fund can be shown, and what to add."""
        lacking = lacking_columns(self.scheme, self.instance)
        if lacking:
            reject(
                f"{self.name}: the instance lacks what this scheme is about ({', '.join(lacking)})",
                f"look for it where the scheme says ({self.scheme.source}), and add what you find with: "
                f"refzones instance add-figures {self.instance.name} FILE --column NAME --out FOLDER",
            )
        problems = Problems()
        for name, why in self.not_shown.items():
            problems.add(f"{self.name}: block '{name}' is not shown: {why}")
        problems.raise_if_any()
        raise AssertionError("a block is bound, or it is said why not")

    @property
    def sources(self) -> tuple[str, ...]:
        """See `Indicator.sources`."""
        return (f"{self.scheme.title}: {self.scheme.source}",)

    @property
    def columns(self) -> tuple[str, ...]:
        """See `Indicator.columns`."""
        own = {INHABITANTS: "population", AREA: "area_km2"}
        named: list[str] = []
        for block in self.blocks:
            named += [block.rule.by, block.rule.amounts]
            named += [INHABITANTS] * (block.rule.steps is not None) + ["class"] * bool(block.rule.classes)
        read = dict.fromkeys(own.get(name, name) for name in named if name not in ("", GIVEN))
        return tuple(column_key(self.instance, name) for name in read)

    def by_block(self, parts: Sequence[Sequence[int]]) -> FloatArray:
        """Work out the euro of each part from each block.

        Parameters
        ----------
        parts : sequence of sequences of int
            All municipalities are in one.

        Returns
        -------
        ndarray of float64, shape (k, b)
            Whole numbers, in the order of the parts and of `blocks`.
        """
        amounts: FloatArray = np.array([block.amounts(parts) for block in self.blocks], dtype=np.float64).T
        return amounts

    def of_plan(self, parts: Sequence[Sequence[int]]) -> Amounts:
        """See `Indicator.of_plan`. O(b n)."""
        return Amounts(self.by_block(parts).sum(axis=1))

    @property
    def shown(self) -> int:
        """Euro of all blocks that are shown."""
        return sum(block.pot for block in self.blocks)

    def remarks(self, parts: Sequence[Sequence[int]]) -> tuple[str, ...]:
        """See `Indicator.remarks`."""
        told = [f"{self.name} is an illustration: not all of its numbers are published"]
        told = told if self.scheme.illustration else []
        told += [self.scheme.note] if self.scheme.note else []
        if self.not_shown and self.scheme.total is not None:
            total = self.scheme.total
            told.append(
                f"{self.shown:,} of {total:,} euro of {self.scheme.year} is shown, in {len(self.blocks)} of "
                f"{len(self.scheme.blocks)} blocks"
            )
        told += [f"block '{name}' is not shown: {why}" for name, why in self.not_shown.items()]
        return tuple(told)
