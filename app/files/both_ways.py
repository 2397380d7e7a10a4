"""Tables of lists and comparisons: plain, and in the Belgian way where that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ...instances.tables.table import write_table
from ..dutch import Language, labels, told
from ..dutch.indicators import indicator_label
from ..dutch.measures import term_label
from .belgian import belgian_name, write_belgian
from .workbook import Column, Sheet

_OTHERWISE = {
    ("alternatives.csv", "distance"): "differs",
    ("pairs.csv", "share"): "share_of_good",
    ("pairs.csv", "loss"): "loss_allowed",
    ("distribution.csv", "lower"): "from_value",
    ("distribution.csv", "upper"): "to_value",
    ("distribution.csv", "share"): "share_of_plans",
    ("rules.csv", "kind"): "breach",
    ("statistics.csv", "low"): "interval_from",
    ("statistics.csv", "high"): "interval_to",
    ("statistics.csv", "error"): "standard_error",
    ("standings.csv", "lower"): "plans_lower",
    ("standings.csv", "equal"): "plans_equal",
    ("standings.csv", "higher"): "plans_higher",
    ("foreclosure.csv", "mergers"): "announced_mergers",
    ("dates.csv", "mergers"): "mergers_now",
    ("dates.csv", "merging"): "municipalities_merging",
    **{
        (file, when): f"value_{when}"
        for file in ("effects.csv", "fund.csv", "rates.csv")
        for when in ("before", "after")
    },
    ("bodies.csv", "before"): "partners_before",
    ("bodies.csv", "after"): "partners_after",
    ("effects.csv", "name"): "of_what",
    ("fund.csv", "name"): "of_what",
    ("fund.csv", "nis"): "member_nis",
    ("effects.csv", "nis"): "member_nis",
}
"""Headings of columns that mean something else than elsewhere."""

_TOLD = ("unit", "note", "rule", "finding", "sentence", "why_not", "price_in_words")
"""Columns with words of the program; all others hold names, numbers, or words that a label is given for."""

_KINDS = {
    "family": ("families",),
    "level": ("zones", "effect_levels", "levels"),
    "better": ("better",),
    "block": ("fund_blocks",),
    "layer": ("zones",),
    "body_change": ("body_changes",),
    "status": ("statuses",),
}
"""Labels of the words that a column holds."""


def write_both(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], belgian: Language | None
) -> None:
    """Write a table for programs, and beside it one for people where that is asked for.

    Parameters
    ----------
    path : Path
        Of the plain table; see `belgian_name`.
    header : sequence of str
    rows : iterable of sequences
    belgian : {'en', 'nl'} or None
        Language of the table for people; None for no such table.
    """
    rows = list(rows)
    write_table(path, header, rows)
    if belgian is not None:
        write_belgian(
            path.with_name(belgian_name(path.name)), table_sheet(path.name, header, rows, belgian), belgian
        )


def with_belgian(names: Iterable[str]) -> list[str]:
    """Name tables, and the Belgian ones that may stand beside them."""
    return [other for name in names for other in (name, belgian_name(name))]


def table_sheet(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]], language: Language
) -> Sheet:
    """Give a table for people: headings and words in their language.

    Parameters
    ----------
    name : str
        Of the plain table.
    header : sequence of str
        What programs call the columns; a term by its name, and two words for the value of a plan.
    rows : iterable of sequences
    language : {'en', 'nl'}
    """
    columns = [Column(key, _heading(_OTHERWISE.get((name, key), key), language), "any") for key in header]
    cells = [[_cell(key, value, language) for key, value in zip(header, row, strict=True)] for row in rows]
    return Sheet("", columns, cells)


def _heading(key: str, language: Language) -> str:
    words = labels(language)
    if key in words["headings"]:
        return words["headings"][key]
    if key.removeprefix("zones.").partition("(")[0] in words["terms"]:
        return term_label(key, language)
    first, blank, name = key.partition(" ")
    if blank and first in words["headings"]:  # of one plan among several
        return f"{words['headings'][first]}: {name}"
    return key.replace("_", " ")


def _cell(key: str, value: object, language: Language) -> object:
    """Give a cell as people read it; numbers of arrays become plain ones."""
    if not isinstance(value, str):
        return value.item() if hasattr(value, "item") else value
    words = labels(language)
    if (key, value) == ("region", "all"):
        return told("all regions", language)
    if key == "term":
        return words["headings"][value] if value == "score" else term_label(value, language)
    if key == "indicator":
        return indicator_label(value, language)
    if key in _TOLD:
        return told(value, language)
    known = {word: label for kind in _KINDS.get(key, ()) for word, label in words[kind].items()}
    return known.get(value, value)
