"""The folder of maps of two dates: a run for each map, a table of both, and `stages.json`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ...instances.common.atomic import staged_folder
from ...instances.instance import Instance
from ...instances.tables.table import table_text, write_table
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ...solver.deadline import Deadline
from ...solver.results.mergers import Merger, placed
from ...solver.results.plan import Plan
from ...solver.results.record import PLAN_FILE, PlanRecord
from ...solver.results.staged import StagedResult, earlier_alone, mean_points
from ...solver.results.staged_record import STAGES_FILE, StagedRecord, read_staged_record, staged_record_of
from ...solver.results.status import status_of, worst
from ...solver.verification.staged import verify_staged
from ..dutch import Language
from ..maps.shapes import Shapes
from .check import check_run, read_to_the_letter
from .run_folder import write_run

TABLE_FILE = "stages.csv"


def is_staged(folder: Path) -> bool:
    """Whether a folder holds the maps of two dates."""
    return (folder / STAGES_FILE).is_file()


def write_staged(
    result: StagedResult,
    folder: Path,
    shapes: Shapes,
    deadline: Deadline = Deadline(),
    *,
    extras: Iterable[str] = (),
    language: Language = "en",
) -> str:
    """Write the run of each map, a table of both, and the record of what is proved of them.

    Parameters
    ----------
    result : StagedResult
        Verified already.
    folder : Path
        Made when it does not exist; each map has a folder of its own in it.
    shapes : Shapes
    deadline : Deadline
    extras : iterable of str
        Files on request of each map.
    language : {'en', 'nl'}

    Returns
    -------
    str
        What was left out for want of time; empty for nothing.
    """
    plans = result.earlier, result.target
    said, digests = [], {}
    for place, moment in enumerate(result.scenario.moments):
        if plans[place] is not None:
            one = result.result(place)
            said.append(write_run(one, folder / moment, shapes, deadline, extras=extras, language=language))
            digests[place] = read_to_the_letter(folder / moment / PLAN_FILE).digest
    with staged_folder(folder, replaces=[STAGES_FILE, TABLE_FILE], last=STAGES_FILE) as staging:
        if plans[0] is not None and plans[1] is not None:
            write_table(staging / TABLE_FILE, *_table(result.scenario.moments, plans[0], plans[1]))
        written = {file.name: _sha(file) for file in staging.iterdir()}
        record = staged_record_of(result, digests, written)
        text = record.model_dump_json(indent=1) + "\n"
        (staging / STAGES_FILE).write_text(text, encoding="utf-8")
    return "; ".join(dict.fromkeys(filter(None, said)))


def _table(moments: tuple[str, str], earlier: Plan, target: Plan) -> tuple[list[str], list[list[object]]]:
    """Give one row a municipality: in which merger it is on each map, and when it merges first."""
    instance = target.instance
    assert instance is not None, "a plan that was found knows its instance"
    header = ["nis", "name", "region", "population", *(f"merger_{moment}" for moment in moments), "merges_in"]
    homes = placed(earlier.mergers), placed(target.mergers)
    rows: list[list[object]] = []
    for i in sorted(homes[1]):
        parts = [home[i] for home in homes]
        first = next((moment for moment, part in zip(moments, parts, strict=True) if _merges(part)), "")
        names = [part.name(instance) if _merges(part) else "" for part in parts]
        region = instance.regions[instance.region[i]]
        rows.append(
            [instance.codes[i], instance.names[i], region, int(instance.population[i]), *names, first]
        )
    return header, rows


def _merges(part: Merger) -> bool:
    return len(part.members) > 1


def _sha(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@dataclass(frozen=True)
class StagedRun:
    """The folder of maps of two dates, as it was read.

    Attributes
    ----------
    record : StagedRecord
    maps : tuple of PlanRecord
        Of each map; empty where no region has a plan.
    """

    record: StagedRecord
    maps: tuple[PlanRecord, ...]

    @property
    def regions(self) -> list[str]:
        """Names of the regions that have a plan."""
        return [region.name for region in self.record.regions if region.sum_nano is not None]


def read_staged(folder: Path) -> StagedRun:
    """Read the folder of maps of two dates.

    Raises
    ------
    InputError
        A file is missing, or is not as this program writes it.
    """
    record = read_staged_record(folder)
    return StagedRun(
        record, tuple(read_to_the_letter(folder / one.folder / PLAN_FILE) for one in record.maps)
    )


def check_staged(folder: Path, run: StagedRun, instance: Instance, shapes: Shapes | None) -> list[str]:
    """Check the folder from scratch: both runs, what binds the two maps, and every figure of the record.

    Returns
    -------
    list of str
        Violations in words; empty when the folder is clean.
    """
    record = run.record
    wrong = [*_form(folder, run), *_figures(record)]
    for one, plan in zip(record.maps, run.maps, strict=True):
        if plan.instance.hash != instance.hash_with(plan.scenario.columns):
            return [*wrong, f"{one.folder}/{PLAN_FILE}: the plan was made for other data"]
        wrong += [f"{one.folder}: {text}" for text in check_run(folder / one.folder, plan, instance, shapes)]
    if wrong or len(run.maps) < 2 or (record.sum_nano is None and not run.regions):
        return wrong
    plans = [plan.plan(instance) for plan in run.maps]
    total = sum(region.sum_nano or 0 for region in record.regions)
    broken = verify_staged(instance, record.scenario, plans[0], plans[1], total, regions=run.regions)
    wrong += [violation.text for violation in broken]
    wrong += _scenarios(run, instance, plans[0])
    table = table_text(*_table(record.scenario.moments, plans[0], plans[1]))
    if (folder / TABLE_FILE).read_text(encoding="utf-8") != table:
        wrong.append(f"{TABLE_FILE}: it does not say what both maps do")
    return wrong


def _form(folder: Path, run: StagedRun) -> Iterator[str]:
    """Files that are missing or are not those that were written together."""
    record = run.record
    if [one.folder for one in record.maps] not in ([], list(record.scenario.moments)):
        yield f"{STAGES_FILE}: maps are not those of its scenario"
    for one, plan in zip(record.maps, run.maps, strict=True):
        place = record.scenario.moments.index(one.folder) if one.folder in record.scenario.moments else 0
        lasts, share = record.scenario.lasting[place], record.scenario.shares[place]
        if (one.years, one.share) != (float(lasts), share):
            yield f"{STAGES_FILE}: {one.folder}: its years are not those of its scenario"
        if (one.score_nano, one.score) != (plan.score_nano, plan.score):
            yield f"{STAGES_FILE}: {one.folder}: its score is not that of its {PLAN_FILE}"
        if plan.digest != one.digest:
            yield f"{one.folder}/{PLAN_FILE}: it is not the file that was written with this plan"
    names = [TABLE_FILE] if record.maps else []
    if sorted(record.files) != names:
        yield f"{STAGES_FILE}: files names {sorted(record.files)}; a run of this plan has {names}"
        return
    for name, digest in record.files.items():
        if not (folder / name).is_file():
            yield f"{name}: the file is missing"
        elif _sha(folder / name) != digest:
            yield f"{name}: it is not the file that was written with this plan"


def _scenarios(run: StagedRun, instance: Instance, earlier: Plan) -> Iterator[str]:
    """Each map is said to keep what the scenario of both asks of it."""
    scenario = run.record.scenario
    parts = [part.members for part in earlier.mergers]
    asked: tuple[Scenario, ...] = (
        earlier_alone(framed(instance, scenario.stages[0]), scenario, parts),
        scenario.stages[1],
    )
    for one, plan, stage in zip(run.record.maps, run.maps, asked, strict=True):
        if plan.scenario.model_dump(mode="json") != stage.model_dump(mode="json"):
            yield f"{one.folder}/{PLAN_FILE}: its scenario is not what {STAGES_FILE} asks of this map"


def _figures(record: StagedRecord) -> Iterator[str]:
    """Figures of the record that contradict each other, or do not follow from others."""
    for region in record.regions:
        total, bound = region.sum_nano, region.bound_nano
        claimed = region.status == "infeasible"
        if (claimed and total is not None) or (total is not None and bound is not None and bound < total):
            yield f"{STAGES_FILE}: {region.name}: its status, sum and bound contradict each other"
            return
        right: dict[str, object] = {
            "status": status_of(total, bound, infeasible=claimed),
            "score": mean_points(total, record.scenario),
            "bound": mean_points(bound, record.scenario),
        }
        for name, value in right.items():
            if getattr(region, name) != value:
                stated = getattr(region, name)
                yield f"{STAGES_FILE}: {region.name}: {name} is {stated}; it should be {value}"
    for name, value in _of_all(record).items():
        if getattr(record, name) != value:
            yield f"{STAGES_FILE}: {name} is {getattr(record, name)}; it should be {value}"


def _of_all(record: StagedRecord) -> dict[str, object]:
    """Compute the figures of both maps from those of the regions."""

    def added(name: str) -> int | None:
        values = [getattr(region, name) for region in record.regions]
        return None if None in values else sum(values)

    total, bound = added("sum_nano"), added("bound_nano")
    return {
        "sum_nano": total,
        "bound_nano": bound,
        "score": mean_points(total, record.scenario),
        "bound": mean_points(bound, record.scenario),
        "status": worst(region.status for region in record.regions),
    }
