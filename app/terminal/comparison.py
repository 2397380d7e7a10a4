"""A comparison of plans on the terminal."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text

from ...solver.results.enclosures import enclosed_lines
from ...solver.results.mergers import part_name, placed
from ...solver.results.term_text import values_text
from ...solver.review.comparison import Comparison, LevelComparison
from ...solver.review.comparison_tables import broken_by_rule, count_rows
from ...solver.review.comparison_text import moving_text, score_text
from ...solver.review.similarity import Similarity
from ...solver.review.who_moves import moves_between
from ..dutch.measures import plain_number, points_said, term_label, term_value
from ..dutch.numbers import number_text
from ..dutch.speaking import told
from .by_merger import LISTED
from .console import console, new_table, say, styled
from .tables import FittedTable
from .terms import started

_MEASURES: dict[str, Callable[[Similarity], float]] = {
    "pairs of inhabitants placed alike (Rand index)": lambda alike: alike.rand,
    "adjusted Rand index over inhabitants": lambda alike: alike.adjusted_rand,
    "adjusted Rand index over municipalities": lambda alike: alike.adjusted_rand_municipalities,
}


_COUNTED = {
    "zones": "reference zones",
    "after": "municipalities after merging",
    "mergers": "mergers of two or more",
    "unchanged": "unchanged",
}


def show_compared(comparison: Comparison) -> None:
    """Print terms side by side, which rules break where, who moves, and how alike the plans are."""
    console.print(_terms(comparison))
    say(values_text(comparison.instance, comparison.regions, comparison.plans[0].terms))
    _show_broken(comparison)
    for plan in comparison.plans:
        for line in enclosed_lines(comparison.instance, plan.plan.enclosures):
            say(f"{plan.name}: {line}")
    for k in range(1, len(comparison.plans)):
        say(score_text(comparison, k))
    for level in comparison.levels:
        for k in range(1, len(comparison.plans)):
            _show_changes(comparison, level, k)
        for table in _similarity(comparison, level):
            console.print(table)


def _terms(comparison: Comparison) -> FittedTable:
    table = started(f"{comparison.instance.name}, scenario '{comparison.scenario.name}'")
    for plan in comparison.plans:
        table.add_column(plan.name, is_figure=True)
    table.add_column("better", spare="drop")
    table.add_column("weight", is_figure=True, spare="drop")
    for name, term in comparison.plans[0].terms.items():
        terms = [plan.terms[name] for plan in comparison.plans]
        values = [term.value for term in terms]
        best = max(values) if term.better == "more" else min(values)
        marked = [_marked(term_value(term), term.value == best, values) for term in terms]
        table.add_row(term_label(name), name, *marked, told(term.better), plain_number(term.weight))
    table.add_section()
    scores = [plan.plan.score_nano for plan in comparison.plans]
    marked = [_marked(points_said(nano), nano == max(scores), scores) for nano in scores]
    table.add_row(told("score in points"), "", *marked, told("more"), "")
    broken = [len(plan.violations) for plan in comparison.plans]
    table.add_row(told("broken rules"), "", *map(number_text, broken), told("less"), "")
    for name, counts in count_rows(comparison).items():
        table.add_row(told(_COUNTED[name]), "", *map(number_text, counts), "", "")
    return table


def _show_broken(comparison: Comparison) -> None:
    """Print which mergers break which rule in each plan: a table, then what is wrong with each, in words."""
    found = broken_by_rule(comparison)
    if not found:
        say("all plans keep all rules")
        return
    table = FittedTable("which rules break where", ruled=True)
    table.add_column("rule")
    for plan in comparison.plans:
        table.add_column(plan.name)
    for rule, names in found.items():
        table.add_row(told(rule), *(", ".join(map(told, some)) or told("kept") for some in names))
    console.print(table)
    for plan in comparison.plans:
        lines = [(one.name, violation) for one in plan.evaluated for violation in one.broken]
        lines += [(told("the plan as a whole"), violation) for violation in plan.of_the_whole]
        for name, violation in lines[:LISTED]:
            console.print(f"{plan.name}: {name}: {told(violation.words)}", soft_wrap=True)
        if len(lines) > LISTED:
            say(f"{plan.name}: and {len(lines) - LISTED} more broken rules, in rules.csv")


def _marked(text: str, best: bool, values: list[float] | list[int]) -> Text | str:
    """Set the best of different values in bold."""
    return styled(text, "bold") if best and len(set(values)) > 1 else text


def _show_changes(comparison: Comparison, level: LevelComparison, k: int) -> None:
    """Print the municipalities that move, by region; how many others get or lose partners."""
    instance, part = comparison.instance, part_name(level.level)
    first, other = comparison.plans[0], comparison.plans[k]
    text = moving_text(comparison, level, k)
    say(f"{other.name} against {first.name}: {text[:1].lower()}{text[1:]}")
    moves = moves_between(instance, first.plan, other.plan, level=level.level).moves
    if not moves:
        return
    before, after = placed(first.parts(level.level)), placed(other.parts(level.level))
    table = FittedTable(f"who changes {part}")
    table.add_column("who moves")
    table.add_column("region", spare="drop")
    table.add_column("inhabitants", is_figure=True)
    table.add_column(f"from ({first.name})", spare="drop")
    table.add_column(f"to ({other.name})", spare="drop")
    for move in sorted(moves, key=lambda one: int(instance.region[one.municipalities[0]])):
        i = move.municipalities[0]
        table.add_row(
            told(move.text),
            instance.regions[instance.region[i]],
            number_text(move.inhabitants),
            before[i].name(instance),
            after[i].name(instance),
        )
    console.print(table)
    stay = len(level.transfers[k]) - sum(len(move.municipalities) for move in moves)
    if stay:
        keep = "1 other municipality keeps its" if stay == 1 else f"{stay} other municipalities keep their"
        get = "gets or loses" if stay == 1 else "get or lose"
        say(f"{keep} {part} but {get} partners (changes.csv)")


def _similarity(comparison: Comparison, level: LevelComparison) -> list[FittedTable]:
    """One table for two plans; a matrix for each measure for more."""
    names = [plan.name for plan in comparison.plans]
    suffix = f", {part_name(level.level)}s" if len(comparison.levels) > 1 else ""
    if len(names) == 2:
        title = f"similarity{suffix} (1 is the same)"
        table = new_table(title, ["measure"], [f"{names[0]} - {names[1]}"])
        for title, measure in _MEASURES.items():
            table.add_row(told(title), _figure(measure(level.similarity[0][1])))
        return [table]
    tables = []
    for title, measure in _MEASURES.items():
        table = new_table(f"{title}{suffix}", [""], names)
        for row, name in zip(level.similarity, names, strict=True):
            table.add_row(name, *(_figure(measure(alike)) for alike in row))
        tables.append(table)
    return tables


def _figure(value: float) -> str:
    """Four decimals; 1 only where it is exactly that."""
    if value == 1:
        return "1"
    return number_text(min(value, 0.9999), 4)
