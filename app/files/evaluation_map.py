"""The map of an evaluated plan: what `refzones evaluate --map` writes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ...instances.common.atomic import check_file, write_file
from ...instances.common.path_names import as_text
from ...instances.common.problems import reject
from ...solver.results.counts import count_parts, count_text
from ...solver.results.mergers import part_name
from ...solver.results.term_text import listed
from ...solver.review.evaluation import Evaluation
from ..dutch import Language, told
from .map_image import MAP_FILES, write_plan_map

if TYPE_CHECKING:
    from ..maps.shapes import Shapes

_NAMED = 3
"""How many mergers that break a rule are named above the map."""


def check_map_file(path: Path) -> None:
    """Make sure, before any work, that a map can be written to a file.

    Raises
    ------
    InputError
        It cannot, or its ending is none of a map.
    """
    if path.suffix.lower().removeprefix(".") not in MAP_FILES:
        what = "--map: a map has a name that ends in .png, .svg or .pdf"
        reject(what, "give it such a name", value=as_text(path))
    check_file(path, option="--map")


def write_evaluation_map(
    path: Path, evaluation: Evaluation, shapes: Shapes, *, name: str, language: Language
) -> None:
    """Draw an evaluated plan; mergers that break a rule are marked.

    Parameters
    ----------
    path : Path
        Replaced as a whole, or left as it was.
    evaluation : Evaluation
    shapes : Shapes
    name : str
        Of the plan, for the title.
    language : {'en', 'nl'}

    Raises
    ------
    InputError
        The file cannot be written.
    """
    with TemporaryDirectory() as folder:
        drawn = Path(folder) / f"map{path.suffix.lower()}"
        write_plan_map(
            drawn,
            evaluation.instance,
            shapes,
            evaluation.plan.mergers,
            scenario=evaluation.scenario,
            title=name,
            subtitle=subtitle(evaluation, language),
            zones=evaluation.plan.zones,
            regions=evaluation.regions,
            broken=[place for place, one in enumerate(evaluation.by_merger) if one.broken],
            language=language,
        )
        write_file(path, drawn.read_bytes(), option="--map")


def subtitle(evaluation: Evaluation, language: Language) -> str:
    """Say what the plan makes of the municipalities, and which mergers break a rule."""
    plan, scenario = evaluation.plan, evaluation.scenario
    counts = count_text(count_parts(plan.mergers), scenario.level, len(plan.zones))
    broken = [one.name for one in evaluation.by_merger if one.broken]
    words = "all rules are kept"
    if broken:
        part = part_name(scenario.level)
        named = listed(broken) if len(broken) <= _NAMED else f"{len(broken)} {part}s"
        words = f"{named} {'breaks' if len(broken) == 1 else 'break'} a rule"
    elif evaluation.violations:
        words = "the plan as a whole breaks a rule"
    return f"{told(counts, language)}; {told(words, language)}"
