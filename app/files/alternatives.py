"""The folder of alternatives: tables of plans and of pairs, plans, maps."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ...instances.common.activity import doing
from ...instances.common.atomic import staged_folder
from ...solver.deadline import Deadline
from ...solver.plan_sets.alternatives import Agreement, Alternatives, RankedPlan
from ...solver.plan_sets.alternatives.result import PAIR_COLUMNS
from ...solver.results.mergers import part_key
from ...solver.results.points_in_words import points_in_words, with_words
from ...solver.results.status import points_text
from ..dutch import Language, told
from ..maps.shapes import Shapes
from .belgian import belgian_name
from .both_ways import write_both
from .map_image import write_plan_map
from .naming import earlier, folder_name
from .plan_sets import Pictures, about, coded, write_json

ALTERNATIVES_FILE = "alternatives.csv"
PAIRS_FILE = "pairs.csv"
PAIRS_PICTURE = "pairs.png"
PLANS_FILE = "plans.json"


@doing("writing tables")
def write_alternatives(
    alternatives: Alternatives,
    agreed: Agreement,
    folder: Path,
    maps: int,
    shapes: Shapes,
    deadline: Deadline,
    *,
    language: Language = "en",
    belgian: Language | None = None,
) -> tuple[int, str]:
    """Write tables, plans and maps.

    Parameters
    ----------
    alternatives : Alternatives
    agreed : Agreement
    folder : Path
    maps : int
        How many plans are drawn, from the first of each list on.
    shapes : Shapes
    deadline : Deadline
        Pictures for which there is no time are left out.
    language : {'en', 'nl'}
        Of the maps.
    belgian : {'en', 'nl'} or None
        Language of tables in the Belgian way; None for none.

    Returns
    -------
    drawn : int
        Maps of plans.
    left_out : str
        Which pictures there was no time for; empty for none.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    replaces = [
        PAIRS_PICTURE,
        *map(belgian_name, (ALTERNATIVES_FILE, PAIRS_FILE)),
        *earlier(folder, "plan-*.png"),
    ]
    with staged_folder(folder, replaces, last=PLANS_FILE) as staging:
        write_both(staging / ALTERNATIVES_FILE, alternatives.columns, alternatives.rows(), belgian)
        write_both(staging / PAIRS_FILE, PAIR_COLUMNS, agreed.rows(), belgian)
        write_json(staging / PLANS_FILE, _record(alternatives))
        pictures = Pictures(staging, deadline)
        if agreed.by_region:
            pictures.draw(PAIRS_PICTURE, lambda path: _draw_pairs(agreed, shapes, path, language))
        before = len(pictures.names)
        for plans in alternatives.lists[: 1 if alternatives.whole is not None else None]:
            region = "" if plans is alternatives.whole else f"{folder_name(plans.region)}-"
            for plan in plans.plans[:maps]:
                pictures.draw(
                    f"plan-{region}{plan.rank}.png",
                    partial(_draw, alternatives, plans.region, plan, shapes, language=language),
                )
    return len(pictures.names) - before, pictures.left_out


def _draw_pairs(agreed: Agreement, shapes: Shapes, path: Path, language: Language) -> None:
    from ..pictures.of_agreement import plot_agreement

    plot_agreement(agreed, boundaries=shapes, language=language).write(path)


def _record(alternatives: Alternatives) -> dict[str, object]:
    """Plans as `plans.json` holds them: scores in whole nano-points, parts by code."""
    return about(alternatives.instance, alternatives.scenario) | {
        "k": alternatives.k,
        "loss": alternatives.loss,
        "lists": [
            {
                "region": plans.region,
                "all": plans.is_all,
                "note": plans.note,
                "plans": [
                    {
                        "rank": plan.rank,
                        "score_nano": plan.score_nano,
                        "loss_nano": plan.loss_nano,
                        "distance": plan.distance,
                        f"{part_key(alternatives.scenario.level)}s": coded(alternatives.instance, plan.parts),
                    }
                    for plan in plans.plans
                ],
            }
            for plans in alternatives.lists
        ],
    }


def _draw(
    alternatives: Alternatives,
    region: str,
    plan: RankedPlan,
    shapes: Shapes,
    path: Path,
    *,
    language: Language,
) -> None:
    where = "" if region == "all" else f"{region}: "
    instance, scenario = alternatives.instance, alternatives.scenario
    regions = [one.region for one in alternatives.by_region] if region == "all" else [region]
    lacks = f"{points_text(plan.score_nano)} points, {points_text(plan.loss_nano)} less than the best"
    lacks = with_words(lacks, points_in_words(instance, scenario, regions, plan.loss_nano))
    write_plan_map(
        path,
        instance,
        shapes,
        alternatives.plan_of(plan.parts).mergers,
        scenario=scenario,
        title=told(f"{where}plan {plan.rank} under '{scenario.name}'", language),
        subtitle=told(lacks, language),
        regions=regions,
        language=language,
    )
