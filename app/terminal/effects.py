"""What a plan does, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from ...models.indicators import Indicator
from ...solver.results.counts import count_parts, count_text, number_of
from ...solver.results.term_text import regions_text
from ...solver.review.effects import ALL, OUTSIDE, PLAN, Effect, Effects, GroupEffects, is_detail
from ..dutch.indicators import (
    group_label,
    indicator_change,
    indicator_label,
    indicator_sources,
    indicator_value,
    indicator_with_unit,
    level_label,
)
from ..dutch.problems import told_problems
from ..dutch.speaking import spoken, told
from ..dutch.word_labels import labels
from .console import console, say, styled
from .plain import visible
from .tables import FittedTable

TITLES = {
    ALL: "all municipalities, before and after",
    PLAN: "municipalities of the plan, before and after",
    OUTSIDE: "municipalities outside the plan, for which something changes too",
}


def show_effects(effects: Effects, levels: Sequence[str] = (), *, named: bool = False) -> None:
    """Print what a plan does: as a whole, by group, what is not known, and the sources.

    Parameters
    ----------
    effects : Effects
    levels : sequence of str
        What mergers are grouped by; see `Effects.by`.
    named : bool
        Whether the indicators were named, so that nothing is said of others.
    """
    counts = count_parts(effects.plan.mergers)
    before = number_of(counts.municipalities, "municipality")
    after = count_text(counts, effects.scenario.level, len(effects.plan.zones))
    say(f"{before} of {regions_text(effects.instance, effects.plan.regions)}, {after}")
    if effects.scenario.level == "zones":
        say("the plan has reference zones: this is what it would do if each became one municipality")
    first, *others = effects.wholes
    console.print(_whole(first, [one for one in first.effects if named or not is_detail(one.indicator)]))
    for group in others:
        changed = [one for one in group.effects if one.change and (named or not is_detail(one.indicator))]
        if group.level == OUTSIDE and changed:
            console.print(_whole(group, changed))
    for level in levels:
        _show_groups(effects, level, in_detail=named)
    _show_remarks(effects)
    _show_missing(effects)
    _show_sources(effects)
    if not levels and not named:
        say("by merger, reference region, degree of equipment or layer: --by merger, region, class, police")


def _whole(group: GroupEffects, effects: Sequence[Effect]) -> FittedTable:
    """Tabulate indicators, family by family."""
    table = FittedTable(TITLES[group.level])
    table.add_column("indicator")
    for heading in ("before", "after", "change"):
        table.add_column(heading, is_figure=True)
    family = ""
    for effect in effects:
        if effect.indicator.family != family:
            if family:
                table.add_section()
            family = effect.indicator.family
            table.add_row(styled(labels(spoken())["families"][family], "bold"), "", "", "")
        table.add_row(indicator_with_unit(effect.indicator), *_figures(effect))
    return table


def _figures(effect: Effect) -> tuple[str, str, str]:
    indicator = effect.indicator
    return (
        indicator_value(indicator, effect.before),
        indicator_value(indicator, effect.after),
        indicator_change(indicator, effect.change),
    )


def _show_groups(effects: Effects, level: str, *, in_detail: bool) -> None:
    """Print a table an indicator, with a row a group; of one layer each where that is asked for."""
    groups = effects.by(level)
    if not groups:
        say("the plan merges nothing, so there is nothing to tell by merger")
        return
    family = ""
    for place, one in enumerate(effects.measured):
        if is_detail(one.indicator) and not in_detail:
            continue
        if one.indicator.family != family:
            family = one.indicator.family
            console.print(styled(labels(spoken())["families"][family], "bold"))
        console.print(_of_indicator(effects, one.indicator, groups, place))


def _of_indicator(
    effects: Effects, indicator: Indicator, groups: Sequence[GroupEffects], place: int
) -> FittedTable:
    table = FittedTable(indicator_with_unit(indicator))
    table.add_column(level_label(groups[0].level))
    for heading in ("before", "after", "change"):
        table.add_column(heading, is_figure=True)
    for group in groups:
        name = group_label(effects.instance, group.level, group.name)
        table.add_row(name, *_figures(group.effects[place]))
    return table


def _show_remarks(effects: Effects) -> None:
    """Print what must be known to read the values, each once."""
    names: dict[str, list[str]] = {}
    for one in effects.measured:
        for remark in one.remarks:
            names.setdefault(remark, []).append(indicator_label(one.indicator.name))
    for remark, some in names.items():
        console.print(Text(visible(f"{'; '.join(some)}: {told(remark)}")), soft_wrap=True)


def _show_missing(effects: Effects) -> None:
    """Print what is not known, and how it can be added; what lacks the same is told together."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for name, error in effects.missing:
        lacking.setdefault(told_problems(error), []).append(indicator_label(name))
    if lacking:
        say("not known:")
    for problems, names in lacking.items():
        console.print(Text(visible(f"  {'; '.join(dict.fromkeys(names))}")), soft_wrap=True)
        for problem in problems:
            console.print(Text(visible(f"    {problem}")), soft_wrap=True)


def _show_sources(effects: Effects) -> None:
    """Print the sources, each once, in the order of the indicators."""
    lines = (line for one in effects.measured for line in indicator_sources(effects.instance, one.indicator))
    found = dict.fromkeys(lines)
    if found:
        say("sources:")
    for line in found:
        console.print(Text(visible(f"  {line}")), soft_wrap=True)
