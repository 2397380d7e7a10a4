"""`census.json` read back: what a census says of the plans of each region."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from ...instances.common.json_text import strict_json
from ...instances.common.problems import Problems, reject
from ...instances.common.validation import note_validation_errors
from ...instances.instance import Instance
from ...instances.tables.table import read_text
from ...models.indicators.asked import data_hash
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ...solver.results.record import PLAN_FILE
from .census import CENSUS_FILE


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Named(_Strict):
    """The instance that a census was made for."""

    name: str
    hash: str


class Ends(_Strict):
    """Score over all plans, in billionths of a point."""

    least: int
    most: int
    mean: float
    sd: float


class TermEnds(Ends):
    """A term over all plans, or the score again: see `Distribution`."""

    unit: str
    sense: int
    weight: float
    sample: int
    scale: float


class Estimated(_Strict):
    """An estimate in place of a count."""

    plans: float
    error: float
    probes: int


class RegionStated(_Strict):
    """What is said of a region."""

    region: str
    municipalities: int
    inhabitants: int
    candidates: int
    plans: str | None
    estimated: Estimated | None
    by_number: dict[str, str]
    states: int
    score_nano: Ends | None
    terms: dict[str, TermEnds]
    seconds: float
    note: str


class CensusRecord(_Strict):
    """Everything that `census.json` holds."""

    schema_version: Literal[1]
    refzones: str
    instance: Named
    scenario: Scenario
    plans: str | None
    seconds: float
    regions: list[RegionStated]

    def is_for(self, instance: Instance) -> bool:
        """Tell whether an instance has the data that the census was made for."""
        return self.instance.hash == data_hash(framed(instance, self.scenario), self.scenario)

    def check_instance(self, instance: Instance) -> None:
        """Make sure that an instance is the one that the census was made for.

        Raises
        ------
        InputError
        """
        if not self.is_for(instance):
            reject(
                f"the census was made for other data than instance '{instance.name}' holds now",
                "name the instance it was made for with --instance",
                file=CENSUS_FILE,
                value=self.instance.name,
            )


def is_census(folder: Path) -> bool:
    """Whether a folder holds a census, and no plan."""
    return (folder / CENSUS_FILE).is_file() and not (folder / PLAN_FILE).exists()


def read_census(folder: Path) -> CensusRecord:
    """Read `census.json`.

    Raises
    ------
    InputError
        It is not JSON, or lacks something; everything is listed.
    """
    problems = Problems()
    text = read_text(folder / CENSUS_FILE, problems)
    problems.raise_if_any()
    data = strict_json(text or "", CENSUS_FILE)
    try:
        return CensusRecord.model_validate(data)
    except ValidationError as error:
        note_validation_errors(error, CensusRecord, CENSUS_FILE, problems)
        problems.raise_if_any()
        raise
