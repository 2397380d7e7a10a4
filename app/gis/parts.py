"""Mergers and zones as features: what they hold, what they are worth, and how decided they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...models.question.each_lock import Lock, locks_of
from ...models.scenario.scenario import Scenario
from ...models.scoring.reported_values import base_of, reported_value
from ...models.scoring.scorer import NANO, Scorer
from ...solver.results.mergers import Merger, placed
from ...solver.results.rows import by_level, name_and_seat
from ...solver.results.status import points
from ..dutch import labels, told
from ..dutch.measures import term_label
from .layers import Column, Drawn, FeatureLayer, column_name, names_text

TERM_DIGITS, AREA_DIGITS, POINT_DIGITS = 6, 2, 9
"""Decimals, as in the tables of a run, and of a nano-point."""

STATED = ("together", "apart", "alone", "seat", "joined")
"""Kinds of locks that say something of the municipalities which they name."""


@dataclass(frozen=True)
class Level:
    """Parts of a plan, of one level.

    Attributes
    ----------
    called : {'merger', 'zone'}
    asked : Scenario
        What is asked of them.
    parts : tuple of Merger
    """

    called: str
    asked: Scenario
    parts: tuple[Merger, ...]

    @property
    def layer(self) -> str:
        """Name of their layer."""
        return f"{self.called}s"


def levels_of(drawn: Drawn) -> list[Level]:
    """Give the levels that a plan has: mergers, zones, or both."""
    scenario = drawn.plan.scenario
    assert scenario is not None
    mergers, zones = by_level(scenario, drawn.plan.mergers, drawn.plan.zones)
    levels = [Level("merger", scenario.levels[0], tuple(mergers))] if scenario.level != "zones" else []
    return levels + ([Level("zone", scenario.levels[-1], tuple(zones))] if zones else [])


def part_layer(drawn: Drawn, level: Level, levels: Sequence[Level]) -> FeatureLayer:
    """Make the layer of the mergers of a plan, or of its zones."""
    instance = drawn.instance
    around = placed(levels[-1].parts) if len(levels) > 1 and level.called == "merger" else {}
    scorer = Scorer(instance, level.asked)
    locked, kept = agreed(drawn)
    rows = []
    for part in level.parts:
        members = list(part.members)
        row: dict[str, object] = {
            level.called: part.name(instance),
            "region": instance.regions[instance.region[part.seat]],
            "seat": instance.names[part.seat],
            "seat_nis": instance.codes[part.seat],
            "municipalities": len(members),
            "members": names_text([instance.names[i] for i in members]),
            "member_nis": names_text([instance.codes[i] for i in members]),
            "population": part.population(instance),
            "area_km2": round(float(instance.area[members].sum()), AREA_DIGITS),
            **has_functions(drawn, members),
            **decided_of(part),
            "locked": any(i in locked for i in members),
            "kept": any(i in kept for i in members),
            "score": part.score_nano / NANO,
            **term_values(scorer, part),
            **_term_points(scorer, level.asked, part),
        }
        if around:
            row |= dict(zip(("zone", "zone_nis"), name_and_seat(instance, around[part.seat]), strict=True))
        if level.parts == drawn.plan.mergers:
            row["colour"] = drawn.fills[part.seat]
        rows.append(row)
    columns = _columns(drawn, level, nested=bool(around))
    shapes = tuple(drawn.shapes.merged(part.members) for part in level.parts)
    return FeatureLayer(
        level.layer, drawn.title(level.layer), "MultiPolygon", tuple(columns), tuple(rows), shapes
    )


def _columns(drawn: Drawn, level: Level, *, nested: bool) -> list[Column]:
    is_first = level.parts == drawn.plan.mergers
    scored = [
        *term_columns(drawn, level.asked),
        *term_columns(drawn, level.asked, ending="_points"),
    ]
    return [
        *drawn.columns({level.called: "text", "region": "text", "seat": "text", "seat_nis": "text"}),
        *drawn.columns({"municipalities": "whole", "members": "text", "member_nis": "text"}),
        *drawn.columns({"population": "whole", "area_km2": "number"}),
        *function_columns(drawn),
        *decided_columns(drawn),
        *drawn.columns({"locked": "flag", "kept": "flag", "score": "number"}),
        *scored,
        *(drawn.columns({"zone": "text", "zone_nis": "text"}) if nested else []),
        *(drawn.columns({"colour": "text"}) if is_first else []),
    ]


def agreed(drawn: Drawn) -> tuple[set[int], set[int]]:
    """Give the municipalities that a lock names, and those in a merger that is kept as it is."""
    scenario = drawn.plan.scenario
    assert scenario is not None
    locks = locks_of(drawn.instance, scenario)
    kept = {i for lock in locks if is_kept(scenario, lock) for i in lock.municipalities}
    named = {
        i
        for lock in locks
        if lock.kind in STATED or (lock.kind == "existing" and not is_kept(scenario, lock))
        for i in lock.municipalities
    }
    return named, kept


def is_kept(scenario: Scenario, lock: Lock) -> bool:
    """Tell whether a lock keeps an existing merger as it is; others may join one that is extended."""
    asked = scenario.levels_by_prefix[lock.level]
    return lock.kind == "existing" and asked.existing.mode == "keep"


def has_functions(drawn: Drawn, members: Sequence[int]) -> dict[str, object]:
    """Tell which centre functions some municipalities have."""
    functions = drawn.instance.functions.items()
    return {f"has_{column_name(name)}": bool(one.present[list(members)].any()) for name, one in functions}


def function_columns(drawn: Drawn) -> list[Column]:
    """Make a column for each centre function."""
    known = labels(drawn.language)["functions"]
    return [
        Column(f"has_{column_name(name)}", "flag", known.get(name) or told(one.label or name, drawn.language))
        for name, one in drawn.instance.functions.items()
    ]


def decided_of(part: Merger) -> dict[str, object]:
    """Say how decided a part of a plan is; it is settled where every plan is known to have it."""
    status = part.decided.status
    return {
        "standalone": part.standalone or None,
        "settled": bool(part.standalone) or status in ("rule", "no plan"),
        "price_status": status,
        "price_without": points(part.decided.price_nano),
    }


def decided_columns(drawn: Drawn) -> list[Column]:
    """Make the columns of `decided_of`."""
    return [
        drawn.column("standalone", "text", words="standalone"),
        drawn.column("settled", "flag"),
        drawn.column("price_status", "text", words="price_statuses"),
        drawn.column("price_without", "number"),
    ]


def term_values(scorer: Scorer, part: Merger, start: str = "") -> dict[str, object]:
    """Give the value of a part in each term, over its own inhabitants or commuters."""
    return {
        f"{start}{column_name(term.name)}": round(
            reported_value(term, value, base_of(term, part.members)), TERM_DIGITS
        )
        for term, value in zip(scorer.terms, part.values, strict=True)
    }


def _term_points(scorer: Scorer, asked: Scenario, part: Merger) -> dict[str, object]:
    """Give the points of a part for each term; together they are its score."""
    return {
        f"{column_name(term.name)}_points": round(
            term.sense * asked.weights[term.name] * (value / scorer.divisor(term)), POINT_DIGITS
        )
        + 0.0  # no minus before a zero
        for term, value in zip(scorer.terms, part.values, strict=True)
    }


def term_columns(drawn: Drawn, asked: Scenario, start: str = "", ending: str = "") -> list[Column]:
    """Make a column for each term that is weighed."""
    told = labels(drawn.language)["headings"]
    whose = {"merger_": "merger", "zone_": "zone"}.get(start)
    behind = f", {told['points'].lower()}" if ending else ""

    def said(name: str) -> str:
        text = term_label(name, drawn.language)
        return f"{told[whose]}: {text[:1].lower()}{text[1:]}" if whose else f"{text}{behind}"

    return [Column(f"{start}{column_name(name)}{ending}", "number", said(name)) for name in asked.weights]
