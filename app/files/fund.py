"""What a plan does in the municipal fund, as a table."""

from __future__ import annotations

from pathlib import Path

from ...instances.common.activity import doing
from ...instances.common.atomic import staged_folder
from ...instances.tables.table import write_table
from ...solver.review.fund import FundEffects
from ..dutch import Language
from .belgian import belgian_name, write_belgian
from .both_ways import table_sheet, with_belgian

FUND_COLUMNS = ("nis", "name", "scheme", "block", "before", "after", "change")
FUND_FILE = "fund.csv"


@doing("writing tables")
def write_fund(found: FundEffects, folder: Path, *, belgian: Language | None = None) -> list[str]:
    """Write a row for each municipality after merging and each block, in whole euro.

    Parameters
    ----------
    found : FundEffects
    folder : Path
        Made when it does not exist; other files in it stay.
    belgian : {'en', 'nl'} or None
        Language of the table for people; None for no such table.

    Returns
    -------
    list of str
        Names of the files.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    rows = fund_rows(found)
    with staged_folder(folder, with_belgian([FUND_FILE])) as staging:
        write_table(staging / FUND_FILE, FUND_COLUMNS, rows)
        if belgian is not None:
            sheet = table_sheet(FUND_FILE, FUND_COLUMNS, rows, belgian)
            write_belgian(staging / belgian_name(FUND_FILE), sheet, belgian)
    return [FUND_FILE] if belgian is None else with_belgian([FUND_FILE])


def fund_rows(found: FundEffects) -> list[list[object]]:
    """Give the rows, part by part; a merger has the codes and names of its members."""
    codes = found.instance.codes
    rows: list[list[object]] = []
    for k, part in enumerate(found.parts):
        for b, block in enumerate(found.fund.blocks):
            before, after = int(found.before[k, b]), int(found.after[k, b])
            held = " ".join(codes[i] for i in part)
            rows.append(
                [held, found.name_of(k), found.fund.argument, block.name, before, after, after - before]
            )
    return rows
