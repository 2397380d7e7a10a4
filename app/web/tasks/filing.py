"""Files in and out: what was dropped is read, and what is wanted is written."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....instances.common.problems import reject
from ....models.scenario.scenario import Scenario
from ...dutch import Language, told
from ..contract.files import FileRead
from ..contract.saying import said
from ..contract.scenarios import plain_scenario, scenario_of
from .room import Room

if TYPE_CHECKING:
    from ....solver import Result
    from ....solver.progress import Step
    from ....solver.results.plan import Plan
    from ...maps.shapes import Shapes


def read_file(room: Room, raw: str, name: str, folder: str, scenario: dict[str, Any]) -> None:
    """Read a file that was dropped on the page."""
    from ...files.formats import run_names
    from ...input.uploads import read_dropped

    asked = scenario_of(scenario)
    found = read_dropped(Path(raw), name, Path(folder), room.instance, asked, run_names())
    read = FileRead(
        kind="scenario" if found.groups is None else "plan",
        name=name,
        scenario=None if found.scenario is None else plain_scenario(found.scenario),
        groups=None if found.groups is None else [list(group) for group in found.groups],
        notes=[said(note) for note in found.notes],
    )
    room.say("file", read)


@dataclass(frozen=True)
class Given:
    """What a file is written from.

    Attributes
    ----------
    drawn : list of list of str, or None
        The plan that is drawn by hand.
    kept : Path or None
        The answer, as `keep_answer` leaves it.
    language : {'en', 'nl'}
        Of what people read.
    regions : tuple of str
        Those that a dossier is about; all of them where there are none.
    """

    drawn: list[list[str]] | None
    kept: Path | None
    language: Language = "en"
    regions: tuple[str, ...] = ()


def keep_answer(room: Room, scenario: dict[str, Any], path: str, seconds: float) -> None:
    """Leave the answer to a scenario in a file, for the process that writes what people take away."""
    asked = scenario_of(scenario)
    result = room.resolver.solve(asked, limits=replace(room.limits, seconds=seconds))
    Path(path).write_bytes(pickle.dumps(room.resolver.decide(result)))
    room.say("kept", None)


def write_file(
    room: Room,
    name: str,
    folder: str,
    scenario: dict[str, Any],
    drawn: list[list[str]] | None,
    kept: str | None = None,
    language: Language = "en",
    regions: Sequence[str] = (),
) -> None:
    """Write one of `WRITTEN` into a folder, and tell where it is."""
    path = Path(folder) / name
    given = Given(drawn, None if kept is None else Path(kept), language, tuple(regions))
    WRITTEN[name](room, path, scenario_of(scenario), given)
    room.say("written", {"path": str(path)})


def _scenario(room: Room, path: Path, asked: Scenario, given: Given) -> None:
    path.write_text(asked.to_toml(), encoding="utf-8")


def _run(room: Room, path: Path, asked: Scenario, given: Given) -> None:
    """Pack the folder that `refzones solve` writes: the best plan, with everything that is proved of it."""
    from ....solver.infeasibility.explanation import with_explanations
    from ....solver.verification.defects import check_own_plan
    from ...files.run_folder import write_run

    result = _answered(room, asked, given)
    solved = [region.name for region in result.by_region if region.score_nano is not None]
    plan = _plan_of(result)
    if len(solved) < len(result.by_region):
        result = with_explanations(result)
    check_own_plan(result.instance, asked, plan, solved)
    folder = path.parent / "run"
    write_run(result, folder, _shapes(room))
    shutil.make_archive(str(path.with_suffix("")), "zip", folder)


def _answered(room: Room, asked: Scenario, given: Given) -> Result:
    """Give the answer: as it was kept, else found anew."""
    if given.kept is None:
        return room.resolver.decide(room.resolver.solve(asked, limits=room.limits))
    result: Result = pickle.loads(given.kept.read_bytes())  # written by `keep_answer`
    return result


def _plan_of(result: Result) -> Plan:
    """Give the best plan of the regions that have one.

    Raises
    ------
    InputError
        None has.
    """
    if result.plan is None:
        reject("there is no plan to write: no region has one", "loosen a bound or a lock")
    return result.plan


def _plan(room: Room, asked: Scenario, given: Given) -> Plan:
    """Give the plan that the page shows: what is drawn by hand, else the best one."""
    from ....models.scenario.framing import framed
    from ....solver.results.plan import Plan

    if given.drawn is None:
        return _plan_of(_answered(room, asked, given))
    if not given.drawn:
        reject("nothing is drawn yet", "move a municipality to a neighbour first")
    return Plan.of(framed(room.instance, asked), asked, given.drawn)


def _shapes(room: Room) -> Shapes:
    from ...input.named import shapes_to_draw

    boundaries = room.setup.drawn(room.instance)
    return shapes_to_draw(room.instance, Path(boundaries or "none"), room.setup.layer if boundaries else None)


def _rows(room: Room, asked: Scenario, given: Given) -> tuple[list[str], list[list[Any]]]:
    """Rows of the assignment: one a municipality, as `assignment.csv` of a run has them."""
    from ....solver.results.rows import MUNICIPALITY_COLUMNS, by_level, municipality_rows
    from ...files.table_check import ASSIGNMENT_COLUMNS

    plan = _plan(room, asked, given)
    rows = municipality_rows(room.instance, *by_level(asked, plan.mergers, plan.zones))
    places = [MUNICIPALITY_COLUMNS.index(column) for column in ASSIGNMENT_COLUMNS]
    return list(ASSIGNMENT_COLUMNS), [[row[place] for place in places] for row in rows]


def _assignment(room: Room, path: Path, asked: Scenario, given: Given) -> None:
    from ....instances.tables.table import write_table

    write_table(path, *_rows(room, asked, given))


def _workbook(room: Room, path: Path, asked: Scenario, given: Given) -> None:
    """Write the workbook of a run; of a plan that is drawn by hand the sheets that claim no proof."""
    from ....models.scenario.framing import framed
    from ...files.plan_workbook import drawn_sheets, plan_sheets
    from ...files.run_file import Run
    from ...files.workbook import workbook_bytes

    if given.drawn is None:
        result = _answered(room, asked, given)
        _plan_of(result)  # there is one
        sheets = plan_sheets(Run(result, _shapes(room), language=given.language))
    else:
        data = framed(room.instance, asked)
        sheets = drawn_sheets(data, asked, _plan(room, asked, given), given.language)
    path.write_bytes(workbook_bytes(sheets, title=told(asked.description or asked.name, given.language)))


def _features(room: Room, path: Path, asked: Scenario, given: Given) -> None:
    """Write one feature a merger, in WGS 84, as `plan.geojson` of a run has them."""
    from ...files.features import features_text

    path.write_text(features_text(_plan(room, asked, given), _shapes(room)), encoding="utf-8")


def _package(room: Room, path: Path, asked: Scenario, given: Given) -> None:
    """Write the layers for a GIS, as `plan.gpkg` of a run has them."""
    from ...gis.package import write_geopackage

    write_geopackage(path, _plan(room, asked, given), _shapes(room), language=given.language)


def _map(room: Room, path: Path, asked: Scenario, given: Given) -> None:
    """Draw the printed map, as a run has it."""
    from ...files.map_image import write_plan_map

    plan = _plan(room, asked, given)
    write_plan_map(
        path,
        room.instance,
        _shapes(room),
        plan.mergers,
        scenario=asked,
        zones=plan.zones,
        language=given.language,
    )


def _dossier(room: Room, path: Path, asked: Scenario, given: Given) -> None:
    """Write what is taken to the meeting: of the best plan, with its proof."""
    from ....solver.results.record import record_of
    from ....solver.verification.defects import check_own_plan
    from ...dossier.chapters.book import compose
    from ...dossier.facts.gather import gather
    from ...dossier.writing import FACES, faces_named

    (face,) = faces_named([path.suffix[1:]])
    result = _answered(room, asked, given)
    solved = [region.name for region in result.by_region if region.score_nano is not None]
    check_own_plan(result.instance, asked, _plan_of(result), solved)
    known = [region.name for region in result.by_region]
    wanted = [name for name in given.regions if name in known]

    def tell(step: Step) -> None:
        room.say("progress", {"region": step.name, "done": step.done, "total": step.total})

    facts = gather(room.instance, record_of(result), wanted, _shapes(room), limits=room.limits, progress=tell)
    room.say("progress", {"region": "", "done": len(facts.regions), "total": len(facts.regions)})
    FACES[face].write(compose(facts, given.language), path)


WRITTEN: dict[str, Callable[..., None]] = {
    "scenario.toml": _scenario,
    "run.zip": _run,
    "assignment.csv": _assignment,
    "plan.xlsx": _workbook,
    "plan.geojson": _features,
    "plan.gpkg": _package,
    "map.png": _map,
    "map.svg": _map,
    "map.pdf": _map,
    "dossier.html": _dossier,
    "dossier.pdf": _dossier,
    "dossier.docx": _dossier,
}
"""Files that can be had of a work, by name."""

PROVED = frozenset({"run.zip", *(name for name, write in WRITTEN.items() if write is _dossier)})
"""Those that are of the best plan, with its proof, whatever is drawn."""
