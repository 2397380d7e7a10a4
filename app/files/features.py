"""The shapes of a run: `plan.geojson`."""

from __future__ import annotations

import json
from pathlib import Path

from ...solver.results.mergers import placed
from ...solver.results.rows import name_and_seat
from .features_check import FEATURES_FILE, check_features
from .run_file import Run, RunFile

PROPERTIES = {"name", "region", "seat", "members", "population", "standalone", "score"}
"""What a feature says of its merger."""


def write_features(path: Path, run: Run) -> str:
    """Write the parts of a plan as features, with what the plan says of them."""
    from ..maps.features import plan_features

    result = run.result
    zone_of = placed(result.zones)
    properties = [
        written.model_dump(include=PROPERTIES)
        | (
            dict(zip(("zone", "zone_nis"), name_and_seat(result.instance, zone_of[merger.seat]), strict=True))
            if zone_of
            else {}
        )
        | {"boundaries": run.shapes.source}
        for written, merger in zip(run.record.mergers, result.mergers, strict=True)
    ]
    members = [merger.members for merger in result.mergers]
    collection = plan_features(result.instance, run.shapes, properties, members)
    path.write_text(json.dumps(collection, ensure_ascii=False) + "\n", encoding="utf-8")
    return ""


FEATURES = RunFile(FEATURES_FILE, write_features, check_features, sealed=True)
