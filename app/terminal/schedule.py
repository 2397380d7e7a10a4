"""Schedules on the terminal, and why there is none."""

from __future__ import annotations

from ...solver.road.conflict import Conflict
from ...solver.road.schedule import Schedule
from ..dutch.numbers import date_text, number_text
from ..dutch.speaking import told
from .console import console, new_table, say

_HEADINGS = (
    "mergers",
    "that merge",
    "municipalities",
    "below the minimum",
    "councillors",
    "bonus (euros)",
)


def show_schedule(schedule: Schedule) -> None:
    """Print what takes effect on each date, and what there is from then on."""
    table = new_table("The road, by date", ["from"], _HEADINGS)
    for one in schedule.standings:
        when = told("before") if one.date is None else date_text(one.date)
        bonus = "-" if one.bonus is None else number_text(one.bonus)
        numbers = (one.municipalities, one.below_minimum, one.councillors)
        merging = (
            ("-", "-") if one.date is None else (number_text(len(one.mergers)), number_text(one.merging))
        )
        table.add_row(when, *merging, *map(number_text, numbers), bonus)
    console.print(table)
    road, totals = schedule.problem.road, schedule.totals
    below, mandates = (round(totals[key] or 0) for key in ("below_minimum", "mandates"))
    say(
        f"until {road.horizon}: {below:,} years of inhabitants in municipalities below the minimum, "
        f"{mandates:,} years of councillors"
    )
    never = schedule.mergers_at(schedule.problem.never)
    if never:
        number, last = len(schedule.when), road.dates[-1]
        if len(never) == 1:
            say(f"1 of {number:,} mergers does not take effect by {last}")
        else:
            say(f"{len(never):,} of {number:,} mergers do not take effect by {last}")
    say("proved: no schedule is better" if schedule.is_proved else "not proved: the time was up before")


def show_conflict(conflict: Conflict) -> None:
    """Print the smallest set of rules that no schedule keeps, and what is enough to change."""
    say("there is no schedule: these rules cannot hold together")
    for rule in conflict.rules:
        say(f"  - {rule.text}")
    if conflict.alone:
        say("each of these changes is enough by itself:")
        for change in conflict.alone:
            say(f"  - {change.text}")
    if conflict.together:
        say("these changes are enough together:")
        for change in conflict.together:
            say(f"  - {change.text}")
