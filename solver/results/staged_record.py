"""The machine-readable record of maps of two dates: `stages.json`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from ...instances.common.json_text import strict_json
from ...instances.common.problems import Problems, reject
from ...instances.common.validation import note_validation_errors
from ...instances.instance import Instance
from ...instances.tables.table import read_text
from ...models.scenario.staged import StagedScenario
from .record import EngineReference, InstanceReference
from .staged import StagedResult, mean_points
from .status import Status
from .terms import Strict

STAGES_FILE = "stages.json"


class MapRecord(Strict):
    """One of the two maps: its folder, how long it counts, and what it scores by itself.

    Attributes
    ----------
    folder : str
        The folder beside the record that holds the map as a run of its own.
    years : float
    share : int
        Of the years, in whole numbers as small as can be.
    digest : str
        Of the `plan.json` in the folder.
    """

    folder: str
    years: float
    share: int
    score_nano: int
    score: float
    digest: str


class StagedRegionRecord(Strict):
    """What is known of both maps in one region; score and bound are means over the years."""

    name: str
    status: Status
    reason: str
    sum_nano: int | None
    bound_nano: int | None
    score: float | None
    bound: float | None
    candidates: int
    kept: int
    runtime: dict[str, float]


class StagedRecord(Strict):
    """Everything that `stages.json` holds.

    Attributes
    ----------
    sum_nano, bound_nano : int or None
        Nano-points of each map times its share of the years, summed, and the proved bound on it.
    score, bound : float or None
        The same in points, as means over the years.
    maps : list of MapRecord
        The earlier map and the target map, of the regions that have a plan; empty where none has.
    files : dict of str to str
        SHA-256 of the other files beside the record.
    """

    kind: Literal["staged"] = "staged"
    schema_version: Literal[1] = 1
    instance: InstanceReference
    scenario: StagedScenario
    engine: EngineReference
    seed: int
    status: Status
    sum_nano: int | None
    bound_nano: int | None
    score: float | None
    bound: float | None
    maps: list[MapRecord]
    regions: list[StagedRegionRecord]
    runtime: dict[str, float]
    files: dict[str, str]

    def check_instance(self, instance: Instance) -> None:
        """Make sure that an instance is the one that the maps were made for.

        Raises
        ------
        InputError
        """
        if self.instance.hash != instance.hash_with(self.scenario.columns):
            reject(
                f"the plan was made for other data than instance '{instance.name}' holds now",
                "name the instance it was made for with --instance",
                file=STAGES_FILE,
                value=self.instance.name,
            )


def staged_record_of(
    result: StagedResult, digests: Mapping[int, str], files: Mapping[str, str]
) -> StagedRecord:
    """Write down maps of two dates.

    Parameters
    ----------
    result : StagedResult
    digests : mapping of int to str
        Of the `plan.json` of each map, by its place; empty without a plan.
    files : mapping of str to str
        SHA-256 of each other file of the folder.
    """
    instance, scenario = result.instance, result.scenario
    plans = (result.earlier, result.target)
    return StagedRecord(
        instance=InstanceReference(
            name=instance.name,
            hash=instance.hash_with(scenario.columns),
            municipalities=len(instance),
            inhabitants=instance.total_population,
        ),
        scenario=scenario,
        engine=EngineReference(name=result.engine, versions=dict(result.versions)),
        seed=result.seed,
        status=result.status,
        sum_nano=result.sum_nano,
        bound_nano=result.bound_nano,
        score=result.score,
        bound=result.bound,
        maps=[
            MapRecord(
                folder=scenario.moments[place],
                years=float(scenario.lasting[place]),
                share=scenario.shares[place],
                score_nano=plan.score_nano,
                score=plan.score,
                digest=digests[place],
            )
            for place, plan in enumerate(plans)
            if plan is not None
        ],
        regions=[
            StagedRegionRecord(
                name=region.name,
                status=region.status,
                reason=region.reason,
                sum_nano=region.sum_nano,
                bound_nano=region.bound_nano,
                score=mean_points(region.sum_nano, scenario),
                bound=mean_points(region.bound_nano, scenario),
                candidates=region.candidates,
                kept=region.kept,
                runtime={"seconds": round(region.seconds, 4)},
            )
            for region in result.by_region
        ],
        runtime={"seconds": round(result.seconds, 3)},
        files=dict(files),
    )


def read_staged_record(folder: Path) -> StagedRecord:
    """Read `stages.json` of a folder.

    Raises
    ------
    InputError
        It is missing, not JSON, or lacks something; everything is listed.
    """
    file, problems = folder / STAGES_FILE, Problems()
    text = read_text(file, problems)
    problems.raise_if_any()
    data = strict_json(text or "", file.name)
    try:
        return StagedRecord.model_validate(data)
    except ValidationError as error:
        note_validation_errors(error, StagedRecord, file.name, problems)
        problems.raise_if_any()
        raise


__all__ = ["STAGES_FILE", "MapRecord", "StagedRecord", "read_staged_record", "staged_record_of"]
