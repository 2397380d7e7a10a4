"""The folder of a schedule: its record, tables, pictures and maps."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ...instances.common.activity import doing
from ...instances.common.atomic import staged_folder
from ...solver.deadline import Deadline
from ...solver.road.record import DATE_COLUMNS, MERGER_COLUMNS, date_rows, merger_rows, schedule_record
from ...solver.road.schedule import Schedule
from ..dutch import Language
from ..maps.shapes import Shapes
from .belgian import belgian_name
from .both_ways import write_both
from .naming import earlier
from .plan_sets import Pictures, Written, write_json

SCHEDULE_FILE = "schedule.json"
MERGERS_FILE = "schedule.csv"
DATES_FILE = "dates.csv"
PICTURE = "schedule.png"


@doing("writing tables")
def write_schedule(
    schedule: Schedule,
    folder: Path,
    shapes: Shapes,
    deadline: Deadline,
    *,
    language: Language = "en",
    belgian: Language | None = None,
) -> Written:
    """Write the record, a row for each merger, a row for each date, a picture, and a map for each date.

    Parameters
    ----------
    schedule : Schedule
    folder : Path
    shapes : Shapes
    deadline : Deadline
        Pictures for which there is no time are left out.
    language : {'en', 'nl'}
        Of the pictures.
    belgian : {'en', 'nl'} or None
        Language of tables in the Belgian way; None for none.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    from ..pictures.of_schedule import plot_schedule

    tables = (MERGERS_FILE, DATES_FILE)
    replaces = [PICTURE, *map(belgian_name, tables), *earlier(folder, "map-*.png")]
    with staged_folder(folder, replaces, last=SCHEDULE_FILE) as staging:
        write_both(staging / MERGERS_FILE, MERGER_COLUMNS, merger_rows(schedule), belgian)
        write_both(staging / DATES_FILE, DATE_COLUMNS, date_rows(schedule), belgian)
        write_json(staging / SCHEDULE_FILE, schedule_record(schedule).model_dump(mode="json"))
        pictures = Pictures(staging, deadline)
        pictures.draw(PICTURE, lambda path: plot_schedule(schedule, language=language).write(path))
        for place, date in enumerate(schedule.problem.road.dates):
            draw = partial(_draw_map, schedule, place, shapes, language)
            pictures.draw(f"map-{date}.png", draw)
        names = [SCHEDULE_FILE, *tables, *map(belgian_name, tables if belgian else ()), *pictures.names]
    return Written(names, pictures.left_out)


def _draw_map(schedule: Schedule, place: int, shapes: Shapes, language: Language, path: Path) -> None:
    from ..pictures.of_schedule import plot_schedule_map

    plot_schedule_map(schedule, place, boundaries=shapes, language=language).write(path)
