"""A comparison of plans on the terminal."""

from __future__ import annotations

from collections.abc import Callable

from rich.table import Table
from rich.text import Text

from ...solver.results.enclosures import enclosed_lines
from ...solver.results.mergers import part_name
from ...solver.results.status import points_text
from ...solver.results.term_text import values_text
from ...solver.review.comparison import Comparison, LevelComparison
from ...solver.review.comparison_tables import count_rows
from ...solver.review.comparison_text import moving_text, score_text
from ...solver.review.similarity import Similarity
from .console import console, new_table, say, styled
from .tables import FittedTable

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
    """Print terms side by side, the municipalities that move, and how alike the plans are."""
    console.print(_terms(comparison))
    say(values_text(comparison.instance, comparison.regions, comparison.plans[0].terms))
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


def _terms(comparison: Comparison) -> Table:
    table = Table(title=f"{comparison.instance.name}, scenario '{comparison.scenario.name}'")
    table.add_column("term", no_wrap=True, overflow="fold")
    for plan in comparison.plans:
        table.add_column(plan.name, justify="right")
    table.add_column("better")
    table.add_column("weight", justify="right")
    for name, term in comparison.plans[0].terms.items():
        values = [plan.terms[name].value for plan in comparison.plans]
        best = max(values) if term.better == "more" else min(values)
        marked = [_marked(f"{value:.4f}", value == best, values) for value in values]
        table.add_row(name, *marked, term.better, f"{term.weight:g}")
    table.add_section()
    scores = [plan.plan.score_nano for plan in comparison.plans]
    marked = [_marked(points_text(nano), nano == max(scores), scores) for nano in scores]
    table.add_row("score in points", *marked, "more")
    broken = [len(plan.violations) for plan in comparison.plans]
    table.add_row("broken rules", *(str(count) for count in broken), "less")
    for name, counts in count_rows(comparison).items():
        table.add_row(_COUNTED[name], *map(str, counts))
    return table


def _marked(text: str, best: bool, values: list[float] | list[int]) -> Text | str:
    """Set the best of different values in bold."""
    return styled(text, "bold") if best and len(set(values)) > 1 else text


def _show_changes(comparison: Comparison, level: LevelComparison, k: int) -> None:
    """Print the municipalities that move, by region; how many others get or lose partners."""
    instance, part = comparison.instance, part_name(level.level)
    first, other = comparison.plans[0], comparison.plans[k]
    before, after = first.parts(level.level), other.parts(level.level)
    text = moving_text(comparison, level, k)
    say(f"{other.name} against {first.name}: {text[:1].lower()}{text[1:]}")
    moves = [transfer for transfer in level.transfers[k] if transfer.moves]
    if not moves:
        return
    table = Table(title=f"who changes {part}")
    for heading in ("region", "municipality", "inhabitants", f"from ({first.name})", f"to ({other.name})"):
        right = heading == "inhabitants"
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    above = ""
    for transfer in sorted(moves, key=lambda c: (int(instance.region[c.municipality]), c.municipality)):
        i = transfer.municipality
        region = instance.regions[instance.region[i]]
        table.add_row(
            region if region != above else "",
            instance.names[i],
            f"{int(instance.population[i]):,}",
            before[transfer.before].name(instance),
            after[transfer.after].name(instance),
        )
        above = region
    console.print(table)
    stay = len(level.transfers[k]) - len(moves)
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
            table.add_row(title, _figure(measure(level.similarity[0][1])))
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
    return f"{min(value, 0.9999):.4f}"
