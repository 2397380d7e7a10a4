"""What a plan does as a workbook: what `refzones effects --xlsx` writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ...solver.results.counts import count_parts
from ...solver.review.effects import Effect, Effects, GroupEffects
from ...solver.review.effects_record import effects_record
from ..dutch import Language, labels, list_text, told
from ..dutch.indicators import group_label, indicator_label, indicator_sources, level_label
from ..dutch.problems import told_problems_in
from .both_ways import table_sheet
from .effect_lists import effect_lists
from .effects import codes_text
from .headings import columns_of
from .workbook import Kind, Sheet, Shown, write_workbook

_NO_NAME = re.compile(r"[\[\]:*?/\\]")
"""What no sheet may be called."""
_LONGEST = 31  # signs in the name of a sheet

_VALUES = ("value_before", "value_after", "change")
GROUP_KEYS = ("of_what", "member_nis", "family", "indicator", *_VALUES, "unit")
SOURCE_KEYS = ("indicator", "unit", "source", "used_for", "note")
MISSING_KEYS = ("indicator", "reason")


def write_effects_workbook(
    path: Path, effects: Effects, plan: str, levels: Sequence[str], language: Language
) -> None:
    """Write what a plan does: as a whole, by region, degree of equipment and merger, with sources.

    Parameters
    ----------
    path : Path
        Replaced as a whole, or left as it was.
    effects : Effects
    plan : str
        What the user called the plan.
    levels : sequence of str
        What mergers are grouped by besides: layers.
    language : {'en', 'nl'}

    Raises
    ------
    InputError
        The package openpyxl is not installed, or the file cannot be written.
    """
    instance, scenario = effects.instance, effects.scenario
    write_workbook(
        path,
        effect_sheets(effects, plan, levels, language),
        title=told(scenario.description or scenario.name, language),
        subject=told(instance.title or instance.name, language),
        option="--xlsx",
    )


def effect_sheets(effects: Effects, plan: str, levels: Sequence[str], language: Language) -> list[Sheet]:
    """Give the sheets: about, the whole, a sheet for each kind of group, what is not known, sources."""
    words = labels(language)["sheets"]
    kinds = [
        "region",
        "class",
        *(one for one in levels if one not in ("region", "class", "merger")),
        "merger",
    ]
    named = {"region": words["regions"], "class": level_label("class", language), "merger": words["mergers"]}
    sheets = [
        _about(effects, plan, language),
        _groups(effects, words["effects"], effects.wholes, language),
        *(
            _groups(effects, named.get(kind) or _layer(kind, language), effects.by(kind), language)
            for kind in kinds
        ),
        *(
            replace(table_sheet(one.file, one.header, one.rows, language), name=words[one.sheet])
            for one in effect_lists(effects)
        ),
        *([_missing(effects, language)] if effects.missing else []),
        _sources(effects, language),
    ]
    return _apart(sheets)


def _groups(effects: Effects, name: str, groups: Iterable[GroupEffects], language: Language) -> Sheet:
    """Give a row for each group and indicator; what is not known is empty."""
    families, groups = labels(language)["families"], list(groups)
    is_coded = any(group.level == "merger" for group in groups)
    rows = [
        [
            group_label(effects.instance, group.level, group.name, language),
            *([codes_text(effects, group)] if is_coded else []),
            families[effect.indicator.family],
            indicator_label(effect.indicator.name, language),
            *_cells(effect),
            told(effect.indicator.unit, language),
        ]
        for group in groups
        for effect in group.effects
    ]
    keys = [key for key in GROUP_KEYS if is_coded or key != "member_nis"]
    return Sheet(name, columns_of(keys, language), rows)


def _cells(effect: Effect) -> list[Shown | None]:
    kind: Kind = "decimal" if effect.indicator.digits else "whole"
    digits = effect.indicator.digits
    values = (effect.before, effect.after, effect.change)
    return [None if value is None else Shown(_plain(value, digits), kind, digits) for value in values]


def _plain(value: float, digits: int) -> float | int:
    """Give a whole number where the indicator counts."""
    return int(value) if not digits and value.is_integer() else value


def _layer(layer: str, language: Language) -> str:
    known = labels(language)["layers"].get(layer, layer.replace("_", " "))
    return known[:1].upper() + known[1:]


def _missing(effects: Effects, language: Language) -> Sheet:
    """Give a row for each problem of an indicator that is not known."""
    rows = [
        [indicator_label(name, language), problem]
        for name, error in effects.missing
        for problem in told_problems_in(error, language)
    ]
    return Sheet(labels(language)["sheets"]["not_known"], columns_of(MISSING_KEYS, language), rows)


def _sources(effects: Effects, language: Language) -> Sheet:
    """Give a row for each indicator and source: what was read of it, and what a reader must know."""
    rows = []
    for one in effects.measured:
        indicator = one.indicator
        sources = indicator_sources(effects.instance, indicator, language)
        rows.append(
            [
                indicator_label(indicator.name, language),
                told(indicator.unit, language),
                "; ".join(sources),
                "; ".join(indicator.columns),
                " ".join(f"{told(remark, language).rstrip('.')}." for remark in one.remarks),
            ]
        )
    return Sheet(labels(language)["sheets"]["sources"], columns_of(SOURCE_KEYS, language), rows)


def _about(effects: Effects, plan: str, language: Language) -> Sheet:
    """Say which plan it is, on which data and under which scenario."""
    words, counts = labels(language)["about"], count_parts(effects.plan.mergers)
    record = effects_record(effects, plan)
    instance, scenario = effects.instance, effects.scenario
    cells: dict[str, object] = {
        "title": plan,
        "scenario": told(scenario.description or scenario.name, language),
        "data": f"{told(instance.title or instance.name, language)} ({instance.name})",
        "regions": list_text([told(name, language) for name in effects.plan.regions], language),
        "municipalities": counts.municipalities,
        "after": counts.after,
        "mergers": counts.mergers,
        "unchanged": counts.unchanged,
        "data_hash": record.instance.hash,
        "scenario_hash": record.scenario_digest,
    }
    rows = [(words[key], value) for key, value in cells.items()]
    return Sheet(labels(language)["sheets"]["about"], columns_of(("item", "content"), language), rows, False)


def _apart(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Give each sheet a name that a workbook can have, and no two the same."""
    used: set[str] = set()
    named = []
    for sheet in sheets:
        name = _NO_NAME.sub(" ", sheet.name).strip(" '")[:_LONGEST] or "-"
        number = 1
        while name.casefold() in used:
            number += 1
            name = f"{name[: _LONGEST - 4]} {number}"
        used.add(name.casefold())
        named.append(replace(sheet, name=name))
    return named
