"""The map of a run: `map.png`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ...solver.results.counts import count_parts, count_text
from ...solver.results.mergers import part_name
from ...solver.results.result import Result
from ..maps.merger import map_mergers, source_line
from .run_file import Run, RunFile, Stated


def write_map(path: Path, run: Run) -> str:
    """Draw the plan; say what was left out for want of time."""
    from ..maps.drawing import draw_map

    result = run.result
    instance = result.instance
    return draw_map(
        path,
        instance,
        run.shapes,
        map_mergers(instance, result.mergers),
        title=result.scenario.description or f"Scenario '{result.scenario.name}'",
        subtitle=subtitle(result),
        source_line=source_line(instance),
        part=part_name(result.scenario.level),
        zones=[zone.members for zone in result.zones],
        deadline=run.deadline,
    )


def subtitle(result: Result) -> str:
    """Say what the map shows, of what, and whether it is proved."""
    sizes = [merger.population(result.instance) for merger in result.mergers]
    text = f"{result.instance.title or result.instance.name}. "
    text += count_text(count_parts(result.mergers), result.scenario.level, len(result.zones))
    text += f"; median {int(np.median(sizes)):,} inhabitants" if sizes else ""
    proof = {
        "optimal": "proved optimal",
        "feasible": "not proved" if result.gap is None else f"gap at most {_up(100 * result.gap)} %",
    }.get(result.status, "some regions have no plan")
    points = "" if result.score is None else f"; {result.score:.3f} points"
    return f"{text}{points}; {proof}"


def _up(share: float) -> str:
    """Write a number in two digits that is not below it."""
    text = f"{share:.2g}"
    if float(text) < share:
        text = f"{float(text) + 10.0 ** (math.floor(math.log10(share)) - 1):.2g}"
    return text


def check_map(path: Path, stated: Stated) -> Iterator[str]:
    """Make sure that the map is there, and an image that can be read to its end."""
    from PIL import Image

    if not path.is_file():
        yield f"{path.name}: the file is missing"
        return
    try:
        with Image.open(path) as image:
            kind = image.format
            image.verify()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        yield f"{path.name}: it cannot be read as an image ({error})"
        return
    if kind != "PNG":
        yield f"{path.name}: it is {kind}, not PNG"


MAP = RunFile("map.png", write_map, check_map, sealed=True)
