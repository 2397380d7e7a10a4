"""Options of commands that take plans as users have them, and what they make of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .changes import ScenarioChanges
from .options import (
    ColumnOption,
    EncodingOption,
    FromVintageOption,
    HeaderRowOption,
    MajorityOption,
    MergedOption,
    OthersOption,
    PlanInstanceOption,
    PlanLayerOption,
    PlanScenarioOption,
    RegionOption,
    SheetOption,
    form_from,
)

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...models.scenario.scenario import Scenario
    from ...solver.results.plan import Plan
    from ..input.plans import Given

PLAN_HELP = (
    "The folder of a run; a table or workbook with columns nis (or name) and merger; a list of "
    "mergers as 'Melle (44040) + Merelbeke (44043)'; or a boundary file with a column merger; "
    "or 'as-is', the municipalities as they are."
)


@dataclass(frozen=True)
class PlansRead:
    """Plans that were read, and what they are for.

    Attributes
    ----------
    given : sequence of Given
        As they were named.
    plans : sequence of Plan
    instance : Instance
        With the regions of the scenario.
    scenario : Scenario
    regions : tuple of str or None
        Those that were asked for.
    """

    given: Sequence[Given]
    plans: Sequence[Plan]
    instance: Instance
    scenario: Scenario
    regions: tuple[str, ...] | None


@dataclass(frozen=True)
class PlanOptions:
    """What the options say of plans and how they are read, as it was typed."""

    region: RegionOption = None
    instance: PlanInstanceOption = None
    scenario: PlanScenarioOption = None
    column: ColumnOption = None
    others_alone: OthersOption = False
    from_vintage: FromVintageOption = None
    merged: MergedOption = None
    by_majority: MajorityOption = False
    layer: PlanLayerOption = None
    sheet: SheetOption = None
    header_row: HeaderRowOption = None
    encoding: EncodingOption = None

    def read(self, paths: Sequence[Path], changes: ScenarioChanges, drawn: Sequence[Path] = ()) -> PlansRead:
        """Read plans, with their instance and scenario.

        Parameters
        ----------
        paths : sequence of Path
        changes : ScenarioChanges
        drawn : sequence of Path
            Other vector files of the command, which may have the layer too.

        Raises
        ------
        InputError
            A plan cannot be read, or an option names nothing that there is.
        """
        from ...models.scenario.framing import framed
        from ..input.plan_reading import PlanReading, asked_regions, read_plans
        from ..input.plans import given_plan, instance_of, scenario_of, with_layer

        found = [
            given_plan(path, self.from_vintage, self.merged, by_majority=self.by_majority) for path in paths
        ]
        given = with_layer(found, self.layer, drawn)
        data = instance_of(given, self.instance)
        asked = changes.on(scenario_of(given, self.scenario), data)
        data = framed(data, asked)
        form = form_from(self.sheet, self.header_row, self.encoding)
        regions = asked_regions(data, self.region)
        plans = read_plans(given, data, asked, PlanReading(self.column, self.others_alone, form, regions))
        return PlansRead(given, plans, data, asked, regions)
