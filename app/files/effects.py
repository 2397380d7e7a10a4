"""What a plan does, as tables and as a record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...instances.common.activity import doing
from ...instances.common.atomic import staged_folder
from ...instances.tables.table import write_table
from ...solver.review.effects import Effects, GroupEffects
from ...solver.review.effects_record import all_groups
from ..dutch import Language
from ..dutch.indicators import indicator_sources
from .belgian import belgian_name, write_belgian
from .both_ways import table_sheet, with_belgian, write_both
from .effect_lists import LIST_FILES, effect_lists

EFFECT_COLUMNS = (
    "indicator", "family", "unit", "level", "name", "nis", "before", "after", "change", "source",
)  # fmt: skip
EFFECTS_FILE = "effects.csv"


@doing("writing tables")
def write_effects(
    effects: Effects, folder: Path, levels: Sequence[str] = (), *, belgian: Language | None = None
) -> list[str]:
    """Write a row for each indicator and each merger, region, degree of equipment and whole; and the lists.

    Parameters
    ----------
    effects : Effects
    folder : Path
        Made when it does not exist; other files in it stay.
    levels : sequence of str
        What mergers are grouped by besides: layers.
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
    lists = effect_lists(effects)
    with staged_folder(folder, with_belgian([EFFECTS_FILE, *LIST_FILES])) as staging:
        write_table(staging / EFFECTS_FILE, EFFECT_COLUMNS, effect_rows(effects, levels))
        if belgian is not None:
            rows = effect_rows(effects, levels, belgian)
            sheet = table_sheet(EFFECTS_FILE, EFFECT_COLUMNS, rows, belgian)
            write_belgian(staging / belgian_name(EFFECTS_FILE), sheet, belgian)
        for one in lists:
            write_both(staging / one.file, one.header, one.rows, belgian)
    names = [EFFECTS_FILE, *(one.file for one in lists)]
    return names if belgian is None else with_belgian(names)


def effect_rows(
    effects: Effects, levels: Sequence[str] = (), language: Language = "en"
) -> list[list[object]]:
    """Give the rows, indicator by indicator; codes of municipalities stand beside mergers alone.

    Parameters
    ----------
    effects : Effects
    levels : sequence of str
        What mergers are grouped by besides: layers.
    language : {'en', 'nl'}
        Of the sources.
    """
    groups = list(all_groups(effects, levels))
    rows: list[list[object]] = []
    for place, one in enumerate(effects.measured):
        indicator = one.indicator
        source = "; ".join(indicator_sources(effects.instance, indicator, language))
        for group in groups:
            effect = group.effects[place]
            values = map(_whole, (effect.before, effect.after, effect.change))
            rows.append(
                [
                    indicator.name,
                    indicator.family,
                    indicator.unit,
                    group.level,
                    group.name,
                    codes_text(effects, group),
                    *values,
                    source,
                ]
            )
    return rows


def _whole(value: float | None) -> float | int | None:
    """Write a whole number without a point."""
    return int(value) if value is not None and value.is_integer() else value


def codes_text(effects: Effects, group: GroupEffects) -> str:
    """List the codes of the municipalities of a merger; of larger groups the record has them."""
    if group.level != "merger":
        return ""
    return "; ".join(effects.instance.codes[i] for i in effects.municipalities(group.places))
