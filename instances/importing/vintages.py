"""The table of municipalities that changed, made from Statbel's crosswalks of codes."""

from __future__ import annotations

import csv
from pathlib import Path

from ..tables.table import table_text
from ..vintages import FLEMISH

COLUMNS = ("year", "old_nis", "old_name", "nis", "name")


def vintages_text(folder: Path) -> str:
    """Give the text of `embedded/vintages.csv`.

    One row for each municipality whose code, name or area changed, by year and old code. A row with the same
    code twice, and the only one of its new code, gives another spelling of a name.

    Parameters
    ----------
    folder : Path
        Holds `crosswalk_nis2018_nis2019_flanders.csv` and `statbel_nis_2025_commune_crosswalk.csv` (Statbel).
    """
    steps = {
        2019: ("crosswalk_nis2018_nis2019_flanders.csv", "nis2018", "name2018", "nis2019", "name2019"),
        2025: (
            "statbel_nis_2025_commune_crosswalk.csv",
            "source_nis",
            "source_name",
            "target_nis",
            "target_name",
        ),
    }
    rows: list[tuple[object, ...]] = []
    for year, (file, *columns) in steps.items():
        with (folder / file).open(encoding="utf-8-sig", newline="") as lines:
            changes = [tuple(row[column].strip() for column in columns) for row in csv.DictReader(lines)]
        changes = [row for row in changes if row[0].startswith(FLEMISH) and row[2].startswith(FLEMISH)]
        into = [row[2] for row in changes]
        rows += [(year, *row) for row in sorted(changes) if row[:2] != row[2:] or into.count(row[2]) > 1]
    return table_text(COLUMNS, rows)
