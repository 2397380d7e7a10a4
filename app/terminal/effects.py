"""What a plan does, on the terminal."""

from __future__ import annotations

from ...solver.review.effects import Effects
from ..dutch.indicators import indicator_label, indicator_value
from .console import console, new_table


def show_effects(effects: Effects) -> None:
    """Print the effects of a plan on all municipalities together."""
    table = new_table("What the plan does", ["indicator"], ["before", "after", "change"])
    for effect in effects.whole:
        values = (effect.before, effect.after, effect.change)
        cells = (indicator_value(effect.indicator, value) for value in values)
        table.add_row(indicator_label(effect.indicator.name), *cells)
    console.print(table)
