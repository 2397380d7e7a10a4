"""The folder of trade-offs: tables of points and of weights, plans."""

from __future__ import annotations

import json
from pathlib import Path

from ..instances.atomic import staged_folder
from ..instances.tables import write_table
from ..solver.pareto import Front, ParetoFront, Stability
from ..solver.pareto.result import STABILITY_COLUMNS
from .families import about, coded

PARETO_FILE = "pareto.csv"
STABILITY_FILE = "stability.csv"
PLANS_FILE = "plans.json"


def write_pareto(found: ParetoFront, moves: Stability | None, folder: Path) -> list[str]:
    """Write points, plans and ends of weights into a folder.

    Returns
    -------
    list of str
        Names of the files.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    names = [PARETO_FILE, PLANS_FILE]
    with staged_folder(folder, replaces=[STABILITY_FILE]) as staging:
        write_table(staging / PARETO_FILE, found.columns, found.rows())
        text = json.dumps(_record(found), ensure_ascii=False, indent=1)
        (staging / PLANS_FILE).write_text(text + "\n", encoding="utf-8")
        if moves is not None:
            write_table(staging / STABILITY_FILE, STABILITY_COLUMNS, moves.rows())
            names.append(STABILITY_FILE)
    return names


def _record(found: ParetoFront) -> dict[str, object]:
    """Plans as `plans.json` holds them: values in whole nano-units, parts by code; of all regions, points."""
    return about(found.instance, found.scenario) | {
        "terms": list(found.terms),
        "fronts": [_front(found, front) for front in found.fronts],
    }


def _front(found: ParetoFront, front: Front) -> dict[str, object]:
    points = []
    for place, nano in enumerate(front.nano.tolist()):
        point: dict[str, object] = {"point": place + 1, "nano": nano}
        if front.plans:
            point["mergers"] = coded(found.instance, front.plans[place])
        else:
            chosen = front.parents[place].tolist()
            point["points"] = {one.region: k + 1 for one, k in zip(found.by_region, chosen, strict=True)}
        points.append(point)
    return {
        "region": front.region,
        "proved": front.is_proved,
        "precision": list(front.precision),
        "points": points,
    }
