"""The folder of a comparison: record, tables, maps of differences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...instances.common.atomic import staged_folder
from ...instances.tables.table import write_table
from ...models.scorer import NANO
from ...solver.results.part_names import part_name
from ...solver.review.comparison import Comparison, LevelComparison
from ...solver.review.comparison_record import comparison_record
from ...solver.review.comparison_tables import similarity_table, terms_table, transfers_table
from ...solver.review.comparison_text import moving_text
from ..maps.merger import map_mergers, source_line

if TYPE_CHECKING:
    from ..maps.shapes import Shapes

COMPARISON_FILE = "comparison.json"


def write_comparison(found: Comparison, folder: Path, shapes: Shapes) -> list[str]:
    """Write everything that a comparison leaves, and remove the maps of an earlier one in the same folder.

    Parameters
    ----------
    found : Comparison
    folder : Path
        Made when it does not exist.
    shapes : Shapes
        One geometry a municipality.

    Returns
    -------
    list of str
        Names of the files.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    maps = map_names(found)
    stale = [file.name for file in folder.glob("difference*.png")] if folder.is_dir() else []
    with staged_folder(folder, replaces=stale, last=COMPARISON_FILE) as staging:
        record = comparison_record(found).model_dump_json(indent=1)
        (staging / COMPARISON_FILE).write_text(record + "\n", encoding="utf-8")
        tables = {"terms": terms_table, "changes": transfers_table, "similarity": similarity_table}
        for name, make in tables.items():
            write_table(staging / f"{name}.csv", *make(found))
        for name, (level, k) in maps.items():
            _write_map(found, level, k, staging / name, shapes)
    return [COMPARISON_FILE, *(f"{name}.csv" for name in tables), *maps]


def map_names(found: Comparison) -> dict[str, tuple[LevelComparison, int]]:
    """Name the maps: one for each plan but the first, and for each level."""
    names = {}
    for level in found.levels:
        stem = "difference-zones" if len(found.levels) > 1 and level.level == "zones" else "difference"
        for k in range(1, len(found.plans)):
            names[f"{stem}.png" if k == 1 else f"{stem}-{k}.png"] = (level, k)
    return names


def _write_map(found: Comparison, level: LevelComparison, k: int, path: Path, shapes: Shapes) -> None:
    from ..maps.difference import draw_difference
    from ..maps.two_plans import TwoPlans

    instance, first, other = found.instance, found.plans[0], found.plans[k]
    plans = TwoPlans(
        (first.name, other.name),
        tuple(map_mergers(instance, first.parts(level.level))),
        tuple(map_mergers(instance, other.parts(level.level))),
        level.transfers[k],
        part_name(level.level),
    )
    zones = ": reference zones" if len(found.levels) > 1 and level.level == "zones" else ""
    draw_difference(
        path,
        instance,
        shapes,
        plans,
        title=f"{other.name} compared with {first.name}{zones}",
        subtitle=_subtitle(found, level, k),
        source_line=source_line(instance),
    )


def _subtitle(found: Comparison, level: LevelComparison, k: int) -> str:
    """Say how much differs, and what both plans score."""
    first, other = found.plans[0], found.plans[k]
    scores = f"{first.plan.score_nano / NANO:.3f} → {other.plan.score_nano / NANO:.3f} points"
    return f"{moving_text(found, level, k)}. Score under '{found.scenario.name}': {scores}"
