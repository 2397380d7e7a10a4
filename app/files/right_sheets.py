"""The sheets of a plan as they should be, from `plan.json` and the instance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import Scorer
from ...solver.results.record import PlanRecord, RegionRecord
from ...solver.results.terms import TermRecord
from ..dutch import Labels, Language, labels, told
from ..dutch.measures import term_label
from .headings import columns_of, function_text, term_columns
from .plan_sheets import TERM_KEYS, about_sheet, municipality_keys, region_keys, source_sheet
from .question_sheet import question_sheet
from .sheet_check import Cells, Right
from .table_check import Rounded, expected_assignment, expected_parts
from .workbook import Sheet, plain

Row = Mapping[str, object]


def right_sheets(record: PlanRecord, instance: Instance, language: Language) -> list[Right]:
    """Give all sheets of a workbook as they should be.

    Parameters
    ----------
    record : PlanRecord
        Found right.
    instance : Instance
    language : {'en', 'nl'}
    """
    return [
        _texts(about_sheet(record, instance, language), 1),
        *(right_parts(record, instance, called, language) for called in called_in(record.scenario)),
        right_municipalities(record, instance, language),
        _regions(record, language),
        _terms(record, language),
        _texts(question_sheet(instance, record.scenario, language), 3),
        _texts(source_sheet(instance, language), 5),
    ]


def called_in(scenario: Scenario) -> list[str]:
    """Say what a plan consists of: mergers, zones or both."""
    return [level.level.removesuffix("s") for level in scenario.levels]


def right_municipalities(record: PlanRecord, instance: Instance, language: Language) -> Right:
    """Give the table of municipalities as it should be."""
    part_of = {code: part for part in record.mergers for code in part.members}
    rows = []
    for row in expected_assignment(record, instance).rows:
        i, part = instance.index[str(row["nis"])], part_of[str(row["nis"])]
        rows.append(
            row
            | {
                "population": int(instance.population[i]),
                "area_km2": Rounded(float(instance.area[i]), 2),
                "class": instance.classes[i],
                "facility": bool(instance.facility[i]),
                "is_seat": part.seat == instance.codes[i],
                "standalone": _standalone(part.standalone, labels(language)),
            }
        )
    return _right("municipalities", rows, municipality_keys(record.scenario), ["nis"], language)


def right_parts(record: PlanRecord, instance: Instance, called: str, language: Language) -> Right:
    """Give the table of mergers, or of zones, as it should be."""
    words = labels(language)
    asked = next(level for level in record.scenario.levels if level.level == f"{called}s")
    units = {term.name: term.unit for term in Scorer(instance, asked).terms}
    expected = expected_parts(record, instance, called)
    keys = list(expected.columns)
    columns = [
        *columns_of([key for key in keys if key not in units], language),
        *term_columns(units, language),
    ]
    heading = {column.key: column.heading for column in columns}
    rows = []
    for row in expected.rows:
        names = filter(None, str(row["functions"]).split("; "))
        cells = dict(row) | {
            "functions": "; ".join(function_text(name, instance, language) for name in names),
            "standalone": _standalone(str(row["standalone"]), words),
        }
        if "price_status" in row:
            cells["price_status"] = words["price_statuses"][str(row["price_status"])]
        rows.append({heading[key]: cells[key] for key in keys})
    return Right(words["sheets"][f"{called}s"], list(heading.values()), rows, [heading["seat_nis"]])


def _standalone(rule: str, words: Labels) -> str:
    return words["standalone"].get(rule, rule)


def _regions(record: PlanRecord, language: Language) -> Right:
    rows = [_region(region, language) for region in record.regions]
    return _right("regions", rows, region_keys(record.scenario), ["region"], language)


def _region(region: RegionRecord, language: Language) -> Row:
    return {
        "region": told(region.name, language),
        "status": labels(language)["statuses"][region.status],
        "population": region.inhabitants,
        "municipalities": region.municipalities,
        "after": region.counts.after,
        "mergers": region.counts.mergers,
        "unchanged": region.counts.unchanged,
        "alone_by_rule": region.counts.alone_by_rule,
        "zones": region.zones,
        "score": _points(region.score_nano),
        "bound": _points(region.bound_nano),
        "gap": region.gap,
        "reason": told(region.reason, language) if region.reason else "",
    }


def _points(nano: int | None) -> float | None:
    return None if nano is None else nano / 1e9


def _terms(record: PlanRecord, language: Language) -> Right:
    """Every term of the plan, and of each region."""
    inner, around = record.scenario.levels[0].level, record.scenario.levels[-1].level
    rows: list[Row] = []
    if len(record.regions) > 1:
        rows += _term_rows("all regions", inner, record.terms, language)
        rows += _term_rows("all regions", around, record.zone_terms, language)
    for region in record.regions:
        rows += _term_rows(region.name, inner, region.terms, language)
        rows += _term_rows(region.name, around, region.zone_terms, language)
    return _right("terms", rows, TERM_KEYS, ["region", "level", "term"], language)


def _term_rows(region: str, level: str, terms: Mapping[str, TermRecord], language: Language) -> Iterator[Row]:
    words = labels(language)
    for name, term in terms.items():
        yield {
            "region": told(region, language),
            "level": words["levels"][level],
            "term": term_label(name, language),
            "value": term.value,
            "unit": told(term.unit, language),
            "better": words["better"][term.better],
            "weight": term.weight,
            "points": term.points,
            "divided_by": words["divided_by"][term.divided_by],
            "divisor": term.divisor,
            "share": term.share,
        }


def _right(
    sheet: str, rows: Sequence[Row], keys: Sequence[str], by: Sequence[str], language: Language
) -> Right:
    """Give a table by the headings of its columns, and those that tell its rows apart."""
    heading = {column.key: column.heading for column in columns_of(keys, language)}
    cells: list[Cells] = [{heading[key]: row[key] for key in keys} for row in rows]
    return Right(
        labels(language)["sheets"][sheet], list(heading.values()), cells, [heading[key] for key in by]
    )


def _texts(sheet: Sheet, key: int) -> Right:
    """Take a sheet whose words can be said in one way only; the first columns tell its rows apart."""
    headings = [column.heading for column in sheet.columns]
    rows = [dict(zip(headings, map(plain, row), strict=True)) for row in sheet.rows]
    return Right(sheet.name, headings, rows, headings[:key])
