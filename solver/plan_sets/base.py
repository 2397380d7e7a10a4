"""Families of plans: what lists, fronts and counts of plans have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...instances.common.optional import require
from ...instances.instance import Instance
from ...models.question.question import Question
from ...models.scenario.scenario import Scenario
from ...models.scoring.model import Model
from ..candidates.sets import Part
from ..results.counts import number_of
from ..results.mergers import make_parts
from ..results.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

ALL = "all"
"""Stands for all regions that were asked for, where the name of one stands otherwise."""


@dataclass(frozen=True, eq=False)
class Family:
    """Plans of one instance under one scenario of one level, held by their parts.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
    """

    instance: Instance
    scenario: Scenario

    if TYPE_CHECKING:

        @property
        def by_region(self) -> Sequence[Any]:
            """What is known of each region; has its name as `region`."""

    @property
    def regions(self) -> tuple[str, ...]:
        """Names of the regions that were asked for."""
        return tuple(one.region for one in self.by_region)

    def __repr__(self) -> str:
        regions = number_of(len(self.regions), "region")
        return f"<{type(self).__name__} '{self.scenario.name}' on {self.instance.name}, {regions}>"

    @cached_property
    def _model(self) -> Model:
        return Model.of(self.instance, self.scenario, self.regions)

    @property
    def question(self) -> Question:
        """The scenario put to these regions of the instance."""
        return self._model.question

    def plan_of(self, parts: Sequence[Part]) -> Plan:
        """Make a plan of its parts: seats, values and scores."""
        made = make_parts(self._model, parts)
        mergers = tuple(sorted(made, key=lambda part: part.members))
        return Plan(mergers, (), self.instance, self.scenario)


def data_frame(rows: Sequence[Sequence[object]], columns: Sequence[str]) -> pd.DataFrame:
    """Make a data frame; whole numbers that 64 bits do not hold become text."""
    require("pandas", "research", "data frames")
    import pandas as pd

    large = 1 << 63
    cells = [
        [str(cell) if isinstance(cell, int) and abs(cell) >= large else cell for cell in row] for row in rows
    ]
    return pd.DataFrame(cells, columns=list(columns))
