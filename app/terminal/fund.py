"""What a plan does in the municipal fund, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from ...solver.review.fund import FundEffects
from ..dutch.indicators import (
    fund_block_label,
    indicator_label,
    indicator_sources,
    level_label,
)
from ..dutch.numbers import number_text
from ..dutch.speaking import told
from .console import console, say
from .plain import visible
from .tables import FittedTable

_FIGURES = ("before", "after", "change")


def show_fund(found: FundEffects, by: str, most: int) -> None:
    """Print the blocks of a fund, who gains and who pays, and how unequal it is.

    Parameters
    ----------
    found : FundEffects
    by : str
        Groups of the inequality; see `FundEffects.inequality_after`.
    most : int
        How many of those who gain, and who pay, are shown.
    """
    say(f"{indicator_label(found.fund.name)}: {found.fund.shown:,} euro a year, before and after")
    console.print(_blocks(found))
    for title, places in (("who gains", found.gaining), ("who pays", found.paying)):
        if places:
            console.print(_who(found, title, places, most))
    if not found.gaining:
        say("nobody gains and nobody pays")
    console.print(_unequal(found, by))
    for remark in found.fund.remarks(found.parts):
        console.print(Text(visible(told(remark))), soft_wrap=True)
    say("sources:")
    for line in indicator_sources(found.instance, found.fund):
        console.print(Text(visible(f"  {line}")), soft_wrap=True)


def _blocks(found: FundEffects) -> FittedTable:
    """Tabulate what mergers have more of each block, and who pays it."""
    table = FittedTable("blocks of the fund, in euro a year")
    table.add_column("block")
    for heading in ("amount", "change for mergers", "change for all others"):
        table.add_column(heading, is_figure=True)
    merged, others = found.changes_by_block
    for k, block in enumerate(found.fund.blocks):
        table.add_row(
            fund_block_label(block.name), number_text(block.pot), _more(merged[k]), _more(others[k])
        )
    total = number_text(found.fund.shown)
    table.add_row(told("together"), total, _more(float(merged.sum())), _more(float(others.sum())))
    return table


def _who(found: FundEffects, title: str, places: Sequence[int], most: int) -> FittedTable:
    shown = number_text(min(most, len(places)))
    table = FittedTable(f"{title}: {shown} of {number_text(len(places))}")
    table.add_column("municipality")
    for heading in (*_FIGURES, "change an inhabitant"):
        table.add_column(heading, is_figure=True)
    people = found.instance.population
    for k in places[:most]:
        before, after = float(found.before[k].sum()), float(found.after[k].sum())
        each = found.changes[k] / people[list(found.parts[k])].sum()
        figures = (number_text(before), number_text(after), _more(found.changes[k]), _more(each, 2))
        table.add_row(found.name_of(k), *figures)
    return table


def _unequal(found: FundEffects, by: str) -> FittedTable:
    part = "what is shown of the fund" if found.fund.not_shown else "the fund"
    table = FittedTable(f"how unequal {part} is per inhabitant: Gini coefficient")
    table.add_column(level_label(by))
    for heading in _FIGURES:
        table.add_column(heading, is_figure=True)
    before, after = found.inequality_before(by), found.inequality_after(by)
    for name, key in (
        ("all inhabitants", "gini"),
        ("between groups", "between"),
        ("within groups", "within"),
        ("overlap of groups", "overlap"),
    ):
        one, other = getattr(before, key), getattr(after, key)
        table.add_row(told(name), number_text(one, 4), number_text(other, 4), _more(other - one, 4))
    return table


def _more(value: float, digits: int = 0) -> str:
    text = number_text(value, digits)
    return f"+{text}" if round(value, digits) > 0 else text
