"""The shapes of a run: `plan.geojson`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...models.scoring.reported_values import base_of, reported_value
from ...models.scoring.scorer import NANO, Scorer
from ...solver.results.mergers import placed
from ...solver.results.plan import Plan
from ...solver.results.rows import name_and_seat
from ..maps.shapes import Shapes
from .features_check import FEATURES_FILE, check_features
from .run_file import Run, RunFile

TERM_DIGITS = 6
"""Decimals of terms, as in the tables of a run."""


def write_features(path: Path, run: Run) -> str:
    """Write the parts of a plan as features, with what the plan says of them."""
    result = run.result
    plan = Plan(result.mergers, result.zones, result.instance, result.scenario)
    path.write_text(features_text(plan, run.shapes), encoding="utf-8")
    return ""


def features_text(plan: Plan, shapes: Shapes) -> str:
    """Write a plan as GeoJSON: one feature a merger, or a zone where a plan has zones alone.

    Parameters
    ----------
    plan : Plan
        Which knows its instance and its scenario, whether it keeps the rules or not.
    shapes : Shapes
        One geometry a municipality.
    """
    from ..maps.features import plan_features

    assert plan.instance is not None
    members = [merger.members for merger in plan.mergers]
    collection = plan_features(plan.instance, shapes, _properties(plan, shapes.source), members)
    return json.dumps(collection, ensure_ascii=False) + "\n"


def _properties(plan: Plan, source: str) -> list[dict[str, Any]]:
    """What each feature says: facts of its merger, its terms, and where its shape is from."""
    instance, scenario = plan.instance, plan.scenario
    assert instance is not None
    assert scenario is not None
    zone_of = placed(plan.zones)
    terms = Scorer(instance, scenario.levels[0]).terms
    properties = []
    for part in plan.mergers:
        row: dict[str, Any] = {
            "name": part.name(instance),
            "region": instance.regions[instance.region[part.seat]],
            "seat": instance.codes[part.seat],
            "members": [instance.codes[i] for i in part.members],
            "member_names": [instance.names[i] for i in part.members],
            "population": part.population(instance),
            "standalone": part.standalone,
            "score": part.score_nano / NANO,
        }
        for term, value in zip(terms, part.values, strict=True):
            row[term.name] = round(reported_value(term, value, base_of(term, part.members)), TERM_DIGITS)
        if zone_of:
            names = name_and_seat(instance, zone_of[part.seat])
            row |= dict(zip(("zone", "zone_nis"), names, strict=True))
        properties.append(row | {"boundaries": source})
    return properties


FEATURES = RunFile(FEATURES_FILE, write_features, check_features, sealed=True)
