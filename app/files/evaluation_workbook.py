"""An evaluated plan as a workbook: what `refzones evaluate --xlsx` writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ...models.scenario.scenario import Scenario
from ...solver.results.rows import by_level
from ...solver.results.terms import TermRecord
from ...solver.review.evaluation import Evaluation
from ...solver.review.findings import RULE_NAMES, EvaluatedMerger, RuleState
from ..dutch import Language, labels, told
from ..dutch.measures import term_label
from .headings import columns_of, shown_as
from .plan_sheets import municipality_sheet, part_sheet, source_sheet
from .workbook import Sheet, Shown, write_workbook

RULE_KEYS = ("level", "merger", "seat_nis", "region", "rule", "state", "finding")
TERM_KEYS = ("level", "merger", "seat_nis", "region", "term", "value", "unit", "better", "weight", "points")

STATE_WORDS: dict[RuleState, str] = {"kept": "kept", "broken": "broken", "exempt": "exempt"}
"""What is said of a rule."""

Level = tuple[Scenario, str, Sequence[EvaluatedMerger]]


def write_evaluation_workbook(path: Path, evaluation: Evaluation, language: Language) -> None:
    """Write the mergers of an evaluated plan, its municipalities, terms and rules, and the sources.

    Parameters
    ----------
    path : Path
        Replaced as a whole, or left as it was.
    evaluation : Evaluation
    language : {'en', 'nl'}

    Raises
    ------
    InputError
        The package openpyxl is not installed, or the file cannot be written.
    """
    instance, scenario = evaluation.instance, evaluation.scenario
    write_workbook(
        path,
        evaluation_sheets(evaluation, language),
        title=told(scenario.description or scenario.name, language),
        subject=told(instance.title or instance.name, language),
        option="--xlsx",
    )


def evaluation_sheets(evaluation: Evaluation, language: Language) -> list[Sheet]:
    """Give the sheets of an evaluated plan: mergers, zones, municipalities, terms, rules, sources."""
    instance, scenario, plan = evaluation.instance, evaluation.scenario, evaluation.plan
    return [
        *(_part_sheet(evaluation, level, language) for level in _levels(evaluation)),
        municipality_sheet(instance, scenario, plan.mergers, plan.zones, language),
        _term_sheet(evaluation, language),
        _rule_sheet(evaluation, language),
        source_sheet(instance, language),
    ]


def _levels(evaluation: Evaluation) -> Iterator[Level]:
    """Give what is asked of each level, what it is called, and its mergers or zones."""
    for asked, mergers in zip(
        evaluation.scenario.levels, (evaluation.by_merger, evaluation.by_zone), strict=False
    ):
        yield asked, "zones" if asked.level == "zones" else "mergers", mergers


def _part_sheet(evaluation: Evaluation, level: Level, language: Language) -> Sheet:
    """Give one row a merger: what is in plan workbooks too, and which rules it breaks, in words."""
    asked, name, mergers = level
    plan = evaluation.plan
    _, around = by_level(evaluation.scenario, plan.mergers, plan.zones)
    sheet = part_sheet(
        evaluation.instance,
        asked,
        name.removesuffix("s"),
        [one.merger for one in mergers],
        around if name == "mergers" else (),
        language,
    )
    added = columns_of(("broken", "findings"), language)
    rows = [
        [*row, len(one.broken), "; ".join(told(violation.words, language) for violation in one.broken)]
        for row, one in zip(sheet.rows, mergers, strict=True)
    ]
    return replace(sheet, columns=[*sheet.columns, *added], rows=rows)


def _rule_sheet(evaluation: Evaluation, language: Language) -> Sheet:
    """Give one row for each merger and each of its rules, then the rules that the whole plan breaks."""
    rows: list[list[object]] = []
    for _, level, mergers in _levels(evaluation):
        for one in mergers:
            place = _place(evaluation, level, one, language)
            for rule in one.rules:
                said = (RULE_NAMES[rule.rule], STATE_WORDS[rule.state], rule.text)
                rows.append([*place, *(told(text, language) for text in said)])
    for violation in evaluation.of_the_whole:
        said = ("the plan as a whole", STATE_WORDS["broken"], violation.words)
        rows.append(["", "", "", "", *(told(text, language) for text in said)])
    return Sheet(labels(language)["sheets"]["rules"], columns_of(RULE_KEYS, language), rows)


def _term_sheet(evaluation: Evaluation, language: Language) -> Sheet:
    """Give one row for each term of the plan as a whole, then of each merger."""
    rows: list[list[object]] = []
    for _, level, mergers in _levels(evaluation):
        prefix = "zones." if level == "zones" and len(evaluation.scenario.levels) > 1 else ""
        whole = {
            name: term
            for name, term in evaluation.plan.terms.items()
            if name.startswith("zones.") == bool(prefix)
        }
        words = labels(language)["levels"][level]
        place: list[object] = [words, told("the plan as a whole", language), "", ""]
        rows += [[*place, *_term_cells(name, term, language)] for name, term in whole.items()]
        for one in mergers:
            place = _place(evaluation, level, one, language)
            rows += [[*place, *_term_cells(name, term, language)] for name, term in one.terms.items()]
    return Sheet(labels(language)["sheets"]["terms"], columns_of(TERM_KEYS, language), rows)


def _place(evaluation: Evaluation, level: str, one: EvaluatedMerger, language: Language) -> list[object]:
    seat = evaluation.instance.codes[one.merger.seat]
    return [labels(language)["levels"][level], one.name, seat, ", ".join(one.regions)]


def _term_cells(name: str, term: TermRecord, language: Language) -> list[object]:
    return [
        term_label(name, language),
        Shown(term.value, *shown_as(term.unit)),
        told(term.unit, language),
        labels(language)["better"][term.better],
        term.weight,
        term.points,
    ]
