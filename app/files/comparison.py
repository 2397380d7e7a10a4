"""The folder of a comparison: record, tables, maps of differences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...instances.common.activity import doing
from ...instances.common.atomic import staged_folder
from ...solver.results.mergers import part_name
from ...solver.results.points_in_words import with_words
from ...solver.results.status import points_text
from ...solver.review.comparison import Comparison, LevelComparison
from ...solver.review.comparison_record import comparison_record
from ...solver.review.comparison_tables import rules_table, similarity_table, terms_table, transfers_table
from ...solver.review.comparison_text import moving_text, score_words
from ..dutch import Language, told
from ..maps.merger import map_mergers, source_line
from .both_ways import with_belgian, write_both
from .map_image import MAP_FILES
from .naming import earlier

if TYPE_CHECKING:
    from ..maps.shapes import Shapes

COMPARISON_FILE = "comparison.json"


@doing("writing tables")
def write_comparison(
    comparison: Comparison,
    folder: Path,
    shapes: Shapes,
    *,
    language: Language = "en",
    belgian: Language | None = None,
    formats: Sequence[str] = ("png",),
) -> list[str]:
    """Write everything that a comparison leaves, and remove the maps of an earlier one in the same folder.

    Parameters
    ----------
    comparison : Comparison
    folder : Path
        Made when it does not exist.
    shapes : Shapes
        One geometry a municipality.
    language : {'en', 'nl'}
        Of the maps.
    belgian : {'en', 'nl'} or None
        Language of tables in the Belgian way; None for none.
    formats : sequence of str
        Of the maps: png, svg, pdf.

    Returns
    -------
    list of str
        Names of the files.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    maps = map_names(comparison)
    stale = earlier(folder, *(f"difference*.{ending}" for ending in MAP_FILES), "*-belgian.csv")
    with staged_folder(folder, stale, last=COMPARISON_FILE) as staging:
        record = comparison_record(comparison).model_dump_json(indent=1)
        (staging / COMPARISON_FILE).write_text(record + "\n", encoding="utf-8")
        tables = {
            "terms": terms_table,
            "rules": rules_table,
            "changes": transfers_table,
            "similarity": similarity_table,
        }
        for name, make in tables.items():
            write_both(staging / f"{name}.csv", *make(comparison), belgian)
        for stem, (level, k) in maps.items():
            paths = [staging / f"{stem}.{ending}" for ending in formats]
            _write_map(comparison, level, k, paths, shapes, language)
    names = [f"{name}.csv" for name in tables]
    drawn = [f"{stem}.{ending}" for stem in maps for ending in formats]
    return [COMPARISON_FILE, *(names if belgian is None else with_belgian(names)), *drawn]


def map_names(comparison: Comparison) -> dict[str, tuple[LevelComparison, int]]:
    """Name the maps, without endings: one for each plan but the first, and for each level."""
    names = {}
    for level in comparison.levels:
        stem = "difference-zones" if len(comparison.levels) > 1 and level.level == "zones" else "difference"
        for k in range(1, len(comparison.plans)):
            names[stem if k == 1 else f"{stem}-{k}"] = (level, k)
    return names


def _write_map(
    comparison: Comparison,
    level: LevelComparison,
    k: int,
    paths: Sequence[Path],
    shapes: Shapes,
    language: Language,
) -> None:
    from ..maps.difference import draw_difference
    from ..maps.two_plans import TwoPlans

    instance, first, other = comparison.instance, comparison.plans[0], comparison.plans[k]
    plans = TwoPlans(
        (first.name, other.name),
        tuple(map_mergers(instance, first.parts(level.level))),
        tuple(map_mergers(instance, other.parts(level.level))),
        level.transfers[k],
        part_name(level.level),
    )
    zones = ": reference zones" if len(comparison.levels) > 1 and level.level == "zones" else ""
    draw_difference(
        paths,
        instance,
        shapes,
        plans,
        title=told(f"{other.name} compared with {first.name}{zones}", language),
        subtitle=_subtitle(comparison, level, k, language),
        source_line=source_line(instance, language),
        language=language,
    )


def _subtitle(comparison: Comparison, level: LevelComparison, k: int, language: Language) -> str:
    """Say how much differs, and what both plans score."""
    first, other = comparison.plans[0], comparison.plans[k]
    scores = f"{points_text(first.plan.score_nano)} → {points_text(other.plan.score_nano)} points"
    said = [
        told(moving_text(comparison, level, k), language),
        told(f"Score under '{comparison.scenario.name}': {scores}", language),
    ]
    return with_words(". ".join(said), told(score_words(comparison, k), language))
