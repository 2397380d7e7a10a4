"""The folder of a foreclosure: the table of all sets, and what it was made for."""

from __future__ import annotations

from pathlib import Path

from ...instances.common.activity import doing
from ...instances.common.atomic import staged_folder
from ...solver.road.foreclosure import Foreclosure
from ...solver.road.foreclosure_rows import FORECLOSURE_COLUMNS, foreclosure_rows
from ..dutch import Language
from .belgian import belgian_name
from .both_ways import write_both
from .plan_sets import about, coded, write_json

TABLE_FILE = "foreclosure.csv"
RECORD_FILE = "foreclosure.json"


@doing("writing tables")
def write_foreclosure(found: Foreclosure, folder: Path, *, belgian: Language | None = None) -> list[str]:
    """Write one row for every set of announced mergers, and a record of what was asked.

    Parameters
    ----------
    found : Foreclosure
    folder : Path
    belgian : {'en', 'nl'} or None
        Language of a table in the Belgian way; None for none.

    Returns
    -------
    list of str
        Names of the files.
    """
    names = [TABLE_FILE, *([belgian_name(TABLE_FILE)] if belgian else [])]
    with staged_folder(folder, [belgian_name(TABLE_FILE)], last=RECORD_FILE) as staging:
        write_both(staging / TABLE_FILE, FORECLOSURE_COLUMNS, foreclosure_rows(found), belgian)
        groups = coded(found.instance, [one.members for one in found.announced])
        record = about(found.instance, found.scenario) | {
            "exactly": found.exactly,
            "loss": found.loss,
            "best_nano": found.best.score_nano,
            "announced": [
                {"name": one.name, "members": members}
                for one, members in zip(found.announced, groups, strict=True)
            ],
            "sets": [
                {
                    "announced": list(one.places),
                    "why_not": one.why_not,
                    "price_nano": one.price_nano,
                    "lost": coded(found.instance, [merger.members for merger in one.lost]),
                    "good_plans": one.good,
                    "good_left": one.good_left,
                }
                for one in found.kept
            ],
        }
        write_json(staging / RECORD_FILE, record)
    return [*names, RECORD_FILE]
