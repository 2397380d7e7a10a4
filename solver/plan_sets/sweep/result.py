"""What a sweep gives: tables as data frames, and the plans behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....instances.catalogue import embedded_instances, load
from ....instances.common.problems import reject
from ....instances.instance import Instance
from ....models.indicators.asked import data_hash
from ....models.scenario.scenario import Scenario
from ....models.scenario.sweep import SweepSpec
from ....models.scenario.sweep_points import points, scenario_at
from ...results.plan import Plan
from .records import SweepRecord
from .store import read_head
from .tables import FILES, read_table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class SweepResult:
    """The answers of a sweep.

    Attributes
    ----------
    record : SweepRecord
        What was asked, of which data, with which versions.
    settings : DataFrame
        One row a setting, by its id: `setting`, `instance`, `weight:TERM` of each term, `population.min` and
        the other bounds, `locks`, `seed`, `regions` (how many), and over all of these `status`, `score_nano`,
        `bound_nano`, `score`, `bound`, `gap`, `inhabitants`, `after` (municipalities after merging),
        `mergers` (of two or more), `zones` and `value:TERM` (a mean over the inhabitants of these regions).
    answers : DataFrame
        One row for each setting and region: `setting`, `region`, `status`, `score_nano`, `bound_nano`,
        `score`, `bound`, `gap`, `inhabitants`, `after`, `mergers`, `zones`, `plan` (an id), `value:TERM` (a
        mean over the inhabitants of the region).
    plans : DataFrame
        One row a plan of a region: `plan` (its id), `instance`, `region`, `mergers` (lists of NIS codes),
        `seats`, `zones`, `zone_seats`.
    timings : DataFrame
        Seconds of each answer: `setting`, `region`, `seconds`. The only table that differs from run to run.
    """

    record: SweepRecord
    settings: pd.DataFrame
    answers: pd.DataFrame
    plans: pd.DataFrame
    timings: pd.DataFrame

    @classmethod
    def read(cls, folder: str | Path) -> SweepResult:
        """Read the folder of a sweep.

        Raises
        ------
        InputError
            It holds no finished sweep, or one of another version of the format.
        """
        folder = Path(folder)
        record = read_head(folder)
        for name in FILES:
            if not (folder / name).is_file():
                reject("the table is missing", "run the sweep again", file=str(folder / name))
        return cls(record, *(read_table(folder / name) for name in FILES))

    def __repr__(self) -> str:
        return (
            f"<SweepResult {self.record.spec['name']}: {len(self.settings)} settings, "
            f"{len(self.answers)} answers, {len(self.plans)} plans of regions>"
        )

    @property
    def spec(self) -> SweepSpec:
        """What was asked."""
        names = [instance.name for instance in self.record.instances]
        return SweepSpec.from_dict(self.record.spec | {"instances": names})

    def scenario(self, setting: int) -> Scenario:
        """Give the scenario of a setting, which a single `solve` answers likewise.

        Raises
        ------
        InputError
            There is no such setting.
        """
        self._row(setting)
        spec = self.spec
        settings = list(points(spec))
        return scenario_at(spec, settings[setting % len(settings)])

    def plan(self, setting: int, instance: Instance | None = None) -> Plan:
        """Give the plan of a setting, over all of its regions.

        Parameters
        ----------
        setting : int
        instance : Instance, optional
            Needed where it is not embedded.

        Raises
        ------
        InputError
            There is no such setting, it has no plan, or the instance is another one.
        """
        instance = self._instance(str(self._row(setting)["instance"]), instance)
        answers = self.answers[self.answers["setting"] == setting]
        without = answers.loc[answers["plan"].isna(), "region"].tolist()
        if without:
            reject(f"setting {setting} has no plan for {', '.join(without)}", "choose another one")
        rows = self.plans.set_index("plan").loc[answers["plan"].tolist()]
        scenario = self.scenario(setting)
        keys = ("mergers", "zones")[: len(scenario.levels)]
        groups = [[group for region in rows[key].tolist() for group in region] for key in keys]
        return Plan.of(instance, scenario, *groups)

    def plot(self, region: str | None = None, **options: Any) -> Any:
        """Draw which plan is best under which weights: see `refzones.app.pictures.plot_sweep`."""
        from ...results.plots import drawn

        return drawn("sweep", self, region, **options)

    def _row(self, setting: int) -> Mapping[Any, Any]:
        if not 0 <= setting < len(self.settings):
            reject(f"there is no such setting; there are 0 to {len(self.settings) - 1}", value=setting)
        row: Mapping[Any, Any] = self.settings.iloc[setting].to_dict()
        return row

    def _instance(self, name: str, given: Instance | None) -> Instance:
        if given is None:
            if name not in {entry.name for entry in embedded_instances()}:
                reject(f"instance '{name}' is not embedded", "give it: plan(setting, instance)")
            given = load(name)
        hashes = {instance.name: instance.hash for instance in self.record.instances}
        if hashes[name] != data_hash(given, self.spec.scenario):
            what = f"the sweep was made for other data than instance '{given.name}' holds now"
            reject(what, f"give the instance '{name}' that it was made for")
        return given
