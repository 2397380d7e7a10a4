"""The folder of trade-offs: tables of points and of weights, plans."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ...instances.common.activity import doing
from ...instances.common.atomic import staged_folder
from ...solver.deadline import Deadline
from ...solver.plan_sets.pareto import Front, ParetoFront, Stability
from ...solver.plan_sets.pareto.result import STABILITY_COLUMNS
from ...solver.results.mergers import part_key
from ..dutch import Language
from .belgian import belgian_name
from .both_ways import with_belgian, write_both
from .naming import earlier, picture_name
from .plan_sets import Pictures, Written, about, coded, write_json

PARETO_FILE = "pareto.csv"
STABILITY_FILE = "stability.csv"
PLANS_FILE = "plans.json"
PICTURE = "pareto-"


@doing("writing tables")
def write_pareto(
    pareto: ParetoFront,
    moves: Stability | None,
    folder: Path,
    deadline: Deadline = Deadline(),
    *,
    language: Language = "en",
    belgian: Language | None = None,
) -> Written:
    """Write points, plans and ends of weights into a folder.

    Parameters
    ----------
    pareto : ParetoFront
    moves : Stability or None
        None where it was not asked for.
    folder : Path
    deadline : Deadline
        Pictures for which there is no time are left out.
    language : {'en', 'nl'}
        Of the pictures.
    belgian : {'en', 'nl'} or None
        Language of tables in the Belgian way; None for none.

    Returns
    -------
    Written

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    tables = [PARETO_FILE] if moves is None else [PARETO_FILE, STABILITY_FILE]
    names = [PLANS_FILE, *(tables if belgian is None else with_belgian(tables))]
    replaces = [
        belgian_name(PARETO_FILE),
        *with_belgian([STABILITY_FILE]),
        *earlier(folder, f"{PICTURE}*.png"),
    ]
    with staged_folder(folder, replaces, last=PLANS_FILE) as staging:
        write_both(staging / PARETO_FILE, pareto.columns, pareto.rows(), belgian)
        write_json(staging / PLANS_FILE, _record(pareto))
        if moves is not None:
            write_both(staging / STABILITY_FILE, STABILITY_COLUMNS, moves.rows(), belgian)
        pictures = Pictures(staging, deadline)
        _draw(pareto, pictures, language)
    return Written(names + pictures.listed(3), pictures.left_out)


def _draw(pareto: ParetoFront, pictures: Pictures, language: Language) -> None:
    """Draw each front, with the best plan under the scenario's weights marked, into `pareto-REGION.png`."""
    from ..pictures.of_front import best_plan, plot_pareto

    fronts = [front for front in pareto.fronts if len(front)]
    best = best_plan(pareto) or False if fronts else False

    def write(region: str, path: Path) -> None:
        plot_pareto(pareto, region, optimum=best, language=language).write(path)

    for front in fronts:
        pictures.draw(picture_name(PICTURE, front.region), partial(write, front.region))


def _record(pareto: ParetoFront) -> dict[str, object]:
    """Plans as `plans.json` holds them: values in whole nano-units, parts by code; of all regions, points."""
    return about(pareto.instance, pareto.scenario) | {
        "terms": list(pareto.terms),
        "fronts": [_front(pareto, front) for front in pareto.fronts],
    }


def _front(pareto: ParetoFront, front: Front) -> dict[str, object]:
    points = []
    for place, nano in enumerate(front.nano.tolist()):
        point: dict[str, object] = {"point": place + 1, "nano": nano}
        if front.plans:
            point[f"{part_key(pareto.scenario.level)}s"] = coded(pareto.instance, front.plans[place])
        else:
            chosen = front.parents[place].tolist()
            point["points"] = {one.region: k + 1 for one, k in zip(pareto.by_region, chosen, strict=True)}
        points.append(point)
    return {
        "region": front.region,
        "proved": front.is_proved,
        "precision": list(front.precision),
        "points": points,
    }
