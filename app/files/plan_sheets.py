"""Sheets of a plan: municipalities, mergers, zones, regions, terms, sources, and what all of it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ...instances.instance import Instance
from ...models.indicators.asked import data_hash
from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import Scorer
from ...solver.results.counts import COUNT_COLUMNS, count_parts
from ...solver.results.mergers import Merger
from ...solver.results.plan import Plan
from ...solver.results.record import PlanRecord
from ...solver.results.rows import MUNICIPALITY_COLUMNS, by_level, municipality_rows, part_rows
from ...solver.results.terms import TermRecord
from ..dutch import Language, labels, told
from ..dutch.measures import term_label
from ..dutch.numbers import list_text
from .headings import columns_of, function_text, shown_as, term_columns
from .workbook import Sheet, Shown

if TYPE_CHECKING:
    from ...solver.results.record import CountRecord

Levels = Mapping[str, Mapping[str, TermRecord]]
"""Values of terms by the level that they are of."""

MUNICIPALITY_KEYS = (
    "nis", "name", "region", "population", "area_km2", "class", "facility", "merger", "merger_nis", "zone",
    "zone_nis", "seat", "is_seat", "standalone",
)  # fmt: skip
PART_KEYS = (
    "region", "municipalities", "members", "member_nis", "population", "area_km2", "seat", "seat_nis",
    "standalone", "functions", "score",
)  # fmt: skip
REGION_KEYS = ("region", "status", "population", *COUNT_COLUMNS, "zones", "score", "bound", "gap", "reason")
TERM_KEYS = (
    "region", "level", "term", "value", "unit", "better", "weight", "points", "divided_by", "divisor",
    "share",
)  # fmt: skip
SOURCE_KEYS = ("source", "publisher", "year", "licence", "used_for")
AREA_DIGITS, TERM_DIGITS = 2, 6
_BEHIND = ("seat_nis", "member_nis")  # for programs more than for people
_FEW = 5  # regions that are named one by one


def municipality_sheet(
    instance: Instance,
    scenario: Scenario,
    mergers: Sequence[Merger],
    zones: Sequence[Merger],
    language: Language,
) -> Sheet:
    """Give one row a municipality.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    mergers, zones : sequence of Merger
        As a plan has them: where zones alone are asked for, the mergers are these.
    language : {'en', 'nl'}
    """
    inner, around = by_level(scenario, mergers, zones)
    rules = labels(language)["standalone"]
    rows = []
    for row in municipality_rows(instance, inner, around):
        cells = dict(zip(MUNICIPALITY_COLUMNS, row, strict=True))
        i = instance.index[str(cells["nis"])]
        cells["area_km2"] = round(float(instance.area[i]), AREA_DIGITS)
        cells["class"] = instance.classes[i]
        cells["facility"] = bool(instance.facility[i])
        cells["is_seat"] = cells["nis"] == cells["seat_nis"]
        cells["standalone"] = rules.get(str(cells["standalone"]), cells["standalone"])
        rows.append(cells)
    return _sheet("municipalities", municipality_keys(scenario), rows, language)


def municipality_keys(scenario: Scenario) -> list[str]:
    """Name the columns of municipalities: those of the levels that are asked for."""
    asked = {level.level for level in scenario.levels}
    lacking = {
        key for level in ("merger", "zone") if f"{level}s" not in asked for key in (level, f"{level}_nis")
    }
    return [key for key in MUNICIPALITY_KEYS if key not in lacking]


def part_sheet(
    instance: Instance,
    asked: Scenario,
    called: str,
    parts: Sequence[Merger],
    zones: Sequence[Merger],
    language: Language,
) -> Sheet:
    """Give one row a merger, or a zone.

    Parameters
    ----------
    instance : Instance
    asked : Scenario
        What is asked of these parts, of one level.
    called : {'merger', 'zone'}
    parts : sequence of Merger
    zones : sequence of Merger
        Around the parts, where there are two levels.
    language : {'en', 'nl'}
    """
    units = {term.name: term.unit for term in Scorer(instance, asked).terms}
    keys, found = part_rows(instance, asked, called, parts, zones)
    behind = [key for key in keys[1 + len(PART_KEYS) :] if key not in units]
    columns = [
        *columns_of((called, *(key for key in PART_KEYS if key not in _BEHIND)), language),
        *term_columns(units, language),
        *columns_of((*behind, *_BEHIND), language),
    ]
    words = labels(language)
    rows = []
    for row in found:
        cells = dict(zip(keys, row, strict=True))
        cells["functions"] = tuple(
            function_text(name, instance, language) for name in _many(cells["functions"])
        )
        cells["standalone"] = words["standalone"].get(str(cells["standalone"]), cells["standalone"])
        cells["price_status"] = words["price_statuses"].get(str(cells.get("price_status")), "")
        digits = dict.fromkeys(units, TERM_DIGITS) | {"area_km2": AREA_DIGITS}
        rows.append([_cell(cells[column.key], digits.get(column.key)) for column in columns])
    return Sheet(words["sheets"][f"{called}s"], columns, rows)


def _many(names: object) -> tuple[str, ...]:
    return names if isinstance(names, tuple) else ()


def _cell(value: object, digits: int | None) -> object:
    if isinstance(value, tuple):
        return "; ".join(value)
    return round(value, digits) if isinstance(value, float) and digits is not None else value


def region_sheet(record: PlanRecord, language: Language) -> Sheet:
    """Give one row a reference region: its proof, its counts, its points."""
    rows: list[Mapping[str, object]] = [
        {
            "region": told(region.name, language),
            "status": labels(language)["statuses"][region.status],
            "population": region.inhabitants,
            **_counts(region.counts),
            "municipalities": region.municipalities,
            "zones": region.zones,
            "score": region.score,
            "bound": region.bound,
            "gap": region.gap,
            "reason": told(region.reason, language) if region.reason else "",
        }
        for region in record.regions
    ]
    return _sheet("regions", region_keys(record.scenario), rows, language)


def region_keys(scenario: Scenario) -> list[str]:
    """Name the columns of regions, which count zones where there are any around mergers."""
    return [key for key in REGION_KEYS if scenario.zones is not None or key != "zones"]


def _counts(counts: CountRecord) -> dict[str, int]:
    return {key: getattr(counts, key) for key in COUNT_COLUMNS}


def term_sheet(blocks: Iterable[tuple[str, Levels]], language: Language) -> Sheet:
    """Give one row a term: of the whole plan, then of each region.

    Parameters
    ----------
    blocks : iterable of (str, mapping of str to mapping of str to TermRecord)
        Of what, and the values of terms by level: ``mergers`` or ``zones``.
    language : {'en', 'nl'}
    """
    words = labels(language)
    rows: list[Mapping[str, object]] = [
        {
            "region": told(region, language),
            "level": words["levels"][level],
            "term": term_label(name, language),
            "value": Shown(term.value, *shown_as(term.unit)),
            "unit": told(term.unit, language),
            "better": words["better"][term.better],
            "weight": term.weight,
            "points": term.points,
            "divided_by": words["divided_by"][term.divided_by],
            "divisor": term.divisor,
            "share": term.share,
        }
        for region, levels in blocks
        for level, terms in levels.items()
        for name, term in terms.items()
    ]
    return _sheet("terms", TERM_KEYS, rows, language)


def term_blocks(record: PlanRecord) -> list[tuple[str, Levels]]:
    """Give the terms of a record for `term_sheet`."""
    inner, *around = [str(level.level) for level in record.scenario.levels]
    wholes = [("all regions", record.terms, record.zone_terms)] if len(record.regions) > 1 else []
    parts = [(region.name, region.terms, region.zone_terms) for region in record.regions]
    return [
        (name, {inner: terms} | ({around[0]: zone_terms} if around else {}))
        for name, terms, zone_terms in (*wholes, *parts)
    ]


def source_sheet(instance: Instance, language: Language) -> Sheet:
    """Give one row a source of the data, with its licence."""
    used: dict[str, list[str]] = {}
    for name, column in instance.columns.items():
        used.setdefault(column.source, []).append(name)
    rows: list[Mapping[str, object]] = [
        {
            "source": told(source.title, language),
            "publisher": told(source.publisher, language),
            "year": told(source.year, language),
            "licence": told(source.licence, language),
            "used_for": "; ".join(used.get(key, [])),
        }
        for key, source in instance.sources.items()
    ]
    return _sheet("sources", SOURCE_KEYS, rows, language)


def about_sheet(record: PlanRecord, instance: Instance, language: Language) -> Sheet:
    """Say what a plan is of, how far it is proved, and how to check it."""
    words = labels(language)["about"]
    scenario, counts = record.scenario, record.counts
    cells: dict[str, object] = {
        "title": told(scenario.description or scenario.name, language),
        "scenario": scenario.name,
        "data": f"{told(instance.title or instance.name, language)} ({instance.name})",
        "regions": _regions_text(record, instance, language),
        "status": labels(language)["statuses"][record.status],
        "score": _points(record.score),
        "bound": _points(record.bound),
        "gap": None if record.gap is None else Shown(record.gap, "share", 3),
        "inhabitants": record.inhabitants,
        "municipalities": counts.municipalities,
    }
    if scenario.level == "zones":
        cells["zones"] = counts.after
    else:
        cells |= {"after": counts.after, "mergers": counts.mergers, "unchanged": counts.unchanged}
        cells |= {"alone_by_rule": counts.alone_by_rule} | (
            {"zones": len(record.zones)} if record.zones else {}
        )
    versions = record.engine.versions
    cells["made_by"] = f"refzones {versions.get('refzones', '')}".strip()
    cells["solver"] = f"{record.engine.name} {versions.get(record.engine.name, '')}".strip()
    cells["data_hash"] = record.instance.hash
    cells["plan_hash"] = record.model_copy(update={"files": {}}).digest_of_content()
    cells["check"] = words["how"]
    rows = [(words[key], value) for key, value in cells.items()]
    return Sheet(labels(language)["sheets"]["about"], columns_of(("item", "content"), language), rows, False)


def drawn_about_sheet(instance: Instance, scenario: Scenario, plan: Plan, language: Language) -> Sheet:
    """Say what a plan is of that somebody drew, of which nothing is proved."""
    words, counts = labels(language)["about"], count_parts(plan.mergers)
    cells: dict[str, object] = {
        "title": told(scenario.description or scenario.name, language),
        "data": f"{told(instance.title or instance.name, language)} ({instance.name})",
        "regions": list_text([told(name, language) for name in plan.regions], language),
        "status": words["drawn"],
        "score": _points(plan.score),
        "municipalities": counts.municipalities,
        "data_hash": data_hash(instance, scenario),
    }
    rows = [(words[key], value) for key, value in cells.items()]
    return Sheet(labels(language)["sheets"]["about"], columns_of(("item", "content"), language), rows, False)


def _points(points: float | None) -> Shown | None:
    return None if points is None else Shown(points, "decimal", 3)


def _regions_text(record: PlanRecord, instance: Instance, language: Language) -> str:
    names = record.region_names
    if len(names) > max(_FEW, 1) and len(names) == len(instance.regions):
        return labels(language)["about"]["all_regions"].format(number=len(names))
    return list_text([told(name, language) for name in names], language)


def _sheet(key: str, keys: Sequence[str], rows: Iterable[Mapping[str, object]], language: Language) -> Sheet:
    return Sheet(
        labels(language)["sheets"][key],
        columns_of(keys, language),
        [[row[column] for column in keys] for row in rows],
    )
