"""The plan as a workbook: `plan.xlsx`."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...solver.results.plan import Plan
from ...solver.results.rows import by_level
from ...solver.results.terms import term_records
from ..dutch import LANGUAGES, Language, labels, told
from .plan_sheets import (
    about_sheet,
    drawn_about_sheet,
    municipality_sheet,
    part_sheet,
    region_sheet,
    source_sheet,
    term_blocks,
    term_sheet,
)
from .question_sheet import question_sheet
from .right_sheets import called_in, right_sheets
from .run_file import Run, RunFile, Stated
from .sheet_check import Found, Right, differences, typed_says
from .workbook import Sheet, check_workbooks, workbook_bytes

_LARGEST = 100_000_000
"""Bytes of an unpacked workbook beyond which none of ours is."""

_TRUTH = {"=TRUE()": True, "=FALSE()": False}
"""Truth values as LibreOffice saves them."""


def write_plan_workbook(path: Path, run: Run) -> str:
    """Write the sheets of a run."""
    record = run.record
    title = told(record.scenario.description or record.scenario.name, run.language)
    instance = run.result.instance
    subject = told(instance.title or instance.name, run.language)
    path.write_bytes(workbook_bytes(plan_sheets(run), title=title, subject=subject))
    return ""


def plan_sheets(run: Run) -> list[Sheet]:
    """Give the sheets of a run, the one that says what it is first."""
    record, instance, language = run.record, run.result.instance, run.language
    return [
        about_sheet(record, instance, language),
        *(parts_of(run, called) for called in called_in(record.scenario)),
        municipalities_of(run),
        region_sheet(record, language),
        term_sheet(term_blocks(record), language),
        question_sheet(instance, record.scenario, language),
        source_sheet(instance, language),
    ]


def drawn_sheets(instance: Instance, scenario: Scenario, plan: Plan, language: Language) -> list[Sheet]:
    """Give the sheets of a plan that somebody drew: those that claim no proof.

    Parameters
    ----------
    instance : Instance
        With the regions that the scenario asks for; see `framed`.
    scenario : Scenario
    plan : Plan
    language : {'en', 'nl'}
    """
    inner, around = by_level(scenario, plan.mergers, plan.zones)
    found = {"mergers": (inner, around), "zones": (around, ())}
    terms = {str(asked.level): term_records(instance, asked, parts) for asked, parts in plan.levels}
    return [
        drawn_about_sheet(instance, scenario, plan, language),
        *(
            part_sheet(instance, asked, asked.level.removesuffix("s"), *found[asked.level], language)
            for asked in scenario.levels
        ),
        municipality_sheet(instance, scenario, plan.mergers, plan.zones, language),
        term_sheet([("the plan as a whole", terms)], language),
        question_sheet(instance, scenario, language),
        source_sheet(instance, language),
    ]


def municipalities_of(run: Run) -> Sheet:
    """Give the sheet of municipalities."""
    result = run.result
    return municipality_sheet(result.instance, result.scenario, result.mergers, result.zones, run.language)


def parts_of(run: Run, called: str) -> Sheet:
    """Give the sheet of mergers, or of zones.

    Parameters
    ----------
    run : Run
    called : {'merger', 'zone'}
    """
    result = run.result
    inner, around = by_level(result.scenario, result.mergers, result.zones)
    parts, zones = (around, ()) if called == "zone" else (inner, around)
    asked = next(level for level in result.scenario.levels if level.level == f"{called}s")
    return part_sheet(result.instance, asked, called, parts, zones, run.language)


def check_plan_workbook(path: Path, stated: Stated) -> Iterator[str]:
    """Compare every cell of the workbook with the plan, and make sure that none is a formula."""
    check_workbooks()
    try:
        sheets, formulas = _read(path)
    except FileNotFoundError:
        yield f"{path.name}: the file is missing"
        return
    except Exception as error:  # openpyxl raises errors of any kind on damaged files
        yield f"{path.name}: it cannot be read as a workbook ({' '.join(str(error).split())[:200]})"
        return
    yield from (f"{path.name}, sheet '{place}: it holds a formula" for place in formulas)
    expected = right_sheets(stated.record, stated.instance, _language(sheets))
    yield from (f"{path.name}: {text}" for text in _other_sheets(list(sheets), expected))
    for right in expected:
        if right.name in sheets:
            for text in differences(sheets[right.name], right, typed_says):
                yield f"{path.name}, sheet '{right.name}'{text}"


def _language(sheets: dict[str, Found]) -> Language:
    """Tell the language that a workbook is in."""
    fits = {language: len(set(labels(language)["sheets"].values()) & set(sheets)) for language in LANGUAGES}
    return max(LANGUAGES, key=lambda language: fits[language])


def _other_sheets(names: Sequence[str], expected: Sequence[Right]) -> Iterator[str]:
    wanted = [right.name for right in expected]
    yield from (f"the sheet '{name}' is missing" for name in wanted if name not in names)
    yield from (f"the sheet '{name}' is none that a run writes" for name in names if name not in wanted)


def _read(path: Path) -> tuple[dict[str, Found], list[str]]:
    """Read all sheets by name, and name the cells that hold a formula."""
    with zipfile.ZipFile(path) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > _LARGEST:
            raise ValueError("it is too large")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about anything but cells, such as styles
        book: Any = import_module("openpyxl").load_workbook(path)
    sheets, formulas = {}, []
    for page in book.worksheets:
        rows = [(row[0].row, [_value(cell) for cell in row]) for row in page.iter_rows() if row]
        formulas += [
            f"{page.title}', cell {cell.coordinate}"
            for row in page.iter_rows()
            for cell in row
            if cell.data_type == "f" and cell.value not in _TRUTH
        ]
        filled = [(number, row) for number, row in rows if any(value is not None for value in row)]
        header = [str(value) for value in filled[0][1] if value is not None] if filled else []
        sheets[str(page.title)] = Found(header, filled[1:])
    return sheets, formulas


def _value(cell: Any) -> object:
    return _TRUTH.get(cell.value, cell.value) if cell.data_type == "f" else cell.value


WORKBOOK = RunFile("plan.xlsx", write_plan_workbook, check_plan_workbook, extra=True)
