"""An evaluated plan merger by merger on the terminal: a row each, broken rules, terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...solver.results.mergers import part_key
from ...solver.results.term_text import listed
from ...solver.review.evaluation import Evaluation
from ...solver.review.findings import EvaluatedMerger
from ..dutch.measures import points_said, term_label, term_value
from ..dutch.numbers import number_text
from ..dutch.speaking import told
from .console import console, new_table, say, styled
from .tables import FittedTable
from .terms import points_of

LISTED = 20
"""How many broken rules are shown."""

_CARDS = 12
"""Mergers of which a terminal shows all terms."""

Mergers = Sequence[EvaluatedMerger]


def show_rows(evaluation: Evaluation) -> None:
    """Print a row a merger, by region, then which rules each breaks, in words."""
    for mergers, level in _levels(evaluation):
        console.print(_rows(evaluation, mergers, level))
    _show_broken(evaluation)


def show_terms_of_each(evaluation: Evaluation) -> None:
    """Print what each merger adds in each term: side by side where there is room, else one by one."""
    for mergers, _ in _levels(evaluation):
        _show_terms(evaluation, mergers)


def broken_words(number: int) -> str:
    """Say in a cell how many rules a merger breaks."""
    if not number:
        return "kept"
    return "1 broken" if number == 1 else f"{number} broken"


def _levels(evaluation: Evaluation) -> Iterator[tuple[Mergers, str]]:
    """Give the zones and the mergers of a plan, where it has them, with their level."""
    inner, *_ = evaluation.scenario.levels
    if evaluation.by_zone:
        yield evaluation.by_zone, "zones"
    if evaluation.by_merger:
        yield evaluation.by_merger, "zones" if inner.level == "zones" else "mergers"


def _show_broken(evaluation: Evaluation) -> None:
    """Print which merger breaks which rules, in words, and which rules the plan as a whole breaks."""
    everything = (*evaluation.by_zone, *evaluation.by_merger)
    lines = [(one.name, violation) for one in everything for violation in one.broken]
    lines += [(told("the plan as a whole"), violation) for violation in evaluation.of_the_whole]
    above = ""
    for name, violation in lines[:LISTED]:
        if name != above:
            console.print(f"{name}:", soft_wrap=True)
        console.print(f"  {told(f'breaks a rule: {violation.words}')}", soft_wrap=True)
        above = name
    if len(lines) > LISTED:
        say(f"and {len(lines) - LISTED} more broken rules; --out FILE.json lists them all")


def _rows(evaluation: Evaluation, mergers: Mergers, level: str) -> FittedTable:
    """Tabulate the mergers, region by region."""
    instance, several = evaluation.instance, len(evaluation.regions) > 1
    table = FittedTable(level)
    table.add_column(part_key(level))
    if several:
        table.add_column("region", spare="below")
    table.add_column("seat", spare="drop")
    for heading in ("inhabitants", "municipalities", "points"):
        table.add_column(heading, is_figure=True)
    table.add_column("rules")
    by_region: dict[str, list[EvaluatedMerger]] = {name: [] for name in evaluation.regions}
    for one in mergers:
        by_region[evaluation.region_of(one.merger)].append(one)
    for some in by_region.values():
        for one in some:
            rules = told(broken_words(len(one.broken)))
            table.add_row(
                one.name,
                *([", ".join(one.regions)] if several else []),
                instance.names[one.merger.seat],
                number_text(one.population),
                number_text(len(one.merger.members)),
                points_said(one.score_nano, signed=True),
                styled(rules, "red") if one.broken else rules,
            )
        if some:
            table.add_section()
    return table


def _show_terms(evaluation: Evaluation, mergers: Mergers) -> None:
    """Print what each merger adds: side by side where there is room, else one after the other."""
    if not mergers or not mergers[0].terms:
        return
    if len(mergers) > _CARDS:
        say(f"the terms of each of these {len(mergers)}: with --xlsx FILE.xlsx, or here of fewer regions")
        return
    beside = _beside(mergers)
    if beside.fits(console.width):
        console.print(beside)
        return
    for one in mergers:
        names = evaluation.instance.names
        members = [names[i] for i in one.merger.members]
        text = f"{one.name}, with seat {names[one.merger.seat]}: {listed(members)}"
        say(text if len(members) > 1 else f"{one.name}:")
        console.print(_card(one))


def _beside(mergers: Mergers) -> FittedTable:
    table = FittedTable("terms of each")
    table.add_column("term")
    for one in mergers:
        table.add_column(one.name, is_figure=True)
    for name in mergers[0].terms:
        cells = (f"{term_value(term)} ({points_of(term)})" for term in (one.terms[name] for one in mergers))
        table.add_row(term_label(name), *cells)
    return table


def _card(one: EvaluatedMerger) -> FittedTable:
    table = new_table("", ["term"], ["value", "points"])
    for name, term in one.terms.items():
        table.add_row(term_label(name), term_value(term), points_of(term))
    return table
