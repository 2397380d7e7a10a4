"""The map of a run: `map.png`, and on request `map.svg` and `map.pdf`."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Final

import numpy as np

from ...instances.common.activity import doing
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ...models.question.each_lock import locks_of
from ...models.scenario.scenario import Scenario
from ...solver.deadline import Deadline
from ...solver.results.counts import count_parts, count_text
from ...solver.results.mergers import Merger, part_name
from ...solver.results.result import Result
from ...solver.results.staged import TOGETHER
from ..beside.asking import Beside, given_by
from ..dutch import Language, told
from ..maps.merger import map_mergers, source_line
from ..maps.shapes import Shapes
from .run_file import Run, RunFile, Stated

MAP_FILES: Final = {"png": "map.png", "svg": "map.svg", "pdf": "map.pdf"}
"""Names of the map of a run, by format."""

_FEW: Final = 3
"""Most regions that the map names above it."""

_DRAWN_BY: Final = "refzones.app.maps.drawing:map_bytes"
"""What is asked beside; to name it loads nothing here."""

_SVG: Final = "http://www.w3.org/2000/svg"


def write_plan_map(
    path: Path | Sequence[Path],
    instance: Instance,
    shapes: Shapes,
    mergers: Sequence[Merger],
    *,
    scenario: Scenario,
    title: str | None = None,
    subtitle: str = "",
    zones: Sequence[Merger] = (),
    regions: Collection[str] | None = None,
    broken: Collection[int] = (),
    language: Language = "en",
    deadline: Deadline = Deadline(),
) -> str:
    """Draw the printed map of a plan, as PNG, SVG or PDF by the ending of the file.

    Parameters
    ----------
    path : Path or sequence of Path
        Several files hold the same map.
    instance : Instance
    shapes : Shapes
        One geometry a municipality.
    mergers : sequence of Merger
        Of the plan; zones where there is nothing inside them.
    scenario : Scenario
        What was asked; its locks are drawn.
    title : str, optional
        In the language of the map; the description of the scenario without it.
    subtitle : str
        In the language of the map.
    zones : sequence of Merger
        That the mergers are nested in.
    regions : collection of str, optional
        Names of those that fill the page; those of the mergers without it.
    broken : collection of int
        Places of the mergers that break a rule, which are marked.
    language : {'en', 'nl'}
    deadline : Deadline
        The map is simpler where there is too little time.

    Returns
    -------
    str
        What was left out for want of time, in English; empty for nothing.

    Raises
    ------
    InputError
        The ending of a file is none of a map.
    """
    from ..maps.drawing import draw_map

    page = _page_of(
        instance,
        mergers,
        scenario=scenario,
        title=title,
        subtitle=subtitle,
        zones=zones,
        regions=regions,
        broken=broken,
        language=language,
    )
    return draw_map(path, instance, shapes, **page, deadline=deadline)


def _page_of(
    instance: Instance,
    mergers: Sequence[Merger],
    *,
    scenario: Scenario,
    title: str | None = None,
    subtitle: str = "",
    zones: Sequence[Merger] = (),
    regions: Collection[str] | None = None,
    broken: Collection[int] = (),
    language: Language = "en",
) -> dict[str, Any]:
    """Say of a plan what `map_bytes` asks."""
    return {
        "mergers": map_mergers(instance, mergers, broken),
        "title": title_of(scenario, language) if title is None else title,
        "subtitle": subtitle,
        "source_line": source_line(instance, language),
        "part": part_name(scenario.level),
        "zones": [zone.members for zone in zones],
        "regions": regions,
        "locks": locks_of(instance, scenario),
        "language": language,
    }


def map_formats(formats: Sequence[str] | None) -> tuple[str, ...]:
    """Give the formats of a map that a user names: png, svg, pdf or all.

    Parameters
    ----------
    formats : sequence of str or None
        Each may hold several, with commas between them. The PNG is always written.

    Returns
    -------
    tuple of str
        In the order of `MAP_FILES`.

    Raises
    ------
    InputError
        There is no such format.
    """
    asked = [word.strip().lower() for given in formats or () for word in given.split(",")]
    for word in asked:
        if word not in (*MAP_FILES, "all"):
            reject("--format: a map is a PNG, an SVG or a PDF", "write png, svg, pdf or all", value=word)
    wanted = MAP_FILES if "all" in asked else {"png", *asked}
    return tuple(word for word in MAP_FILES if word in wanted)


def map_extras(formats: Sequence[str] | None) -> frozenset[str]:
    """Name the files on request for the formats of a map that a user names; see `map_formats`."""
    return frozenset(MAP_FILES[word] for word in map_formats(formats) if word != "png")


def ask_for_map(beside: Beside, run: Run, page: dict[str, Any]) -> Future[tuple[list[bytes], str]]:
    """Have the map of a run drawn beside, while others go on; its page is that of `page_of_run`."""
    return beside.ask(_DRAWN_BY, _names_of(run), run.result.instance, run.shapes, **page)


def page_of_run(run: Run) -> dict[str, Any]:
    """Say all that the map of a run shows, beside its shapes."""
    return _page_of(run.result.instance, run.result.mergers, **_page(run))


def _names_of(run: Run) -> list[str]:
    """Name the files that hold the map, the PNG first."""
    return [MAP_FILES["png"], *(name for name in MAP_FILES.values() if name in run.extras)]


def _page(run: Run) -> dict[str, Any]:
    """Say what the map of a run shows."""
    result = run.result
    return {
        "scenario": result.scenario,
        "subtitle": subtitle(result, run.language),
        "zones": result.zones,
        "regions": [region.name for region in result.by_region],
        "language": run.language,
    }


def write_map(path: Path, run: Run) -> str:
    """Draw the plan, in all formats that are asked for; say what was left out for want of time."""
    result = run.result
    paths = [path.with_name(name) for name in _names_of(run)]
    drawn = _awaited(run)
    if drawn is None:
        return write_plan_map(
            paths if len(paths) > 1 else path,
            result.instance,
            run.shapes,
            result.mergers,
            **_page(run),
            deadline=run.deadline,
        )
    for one, content in zip(paths, drawn[0], strict=True):
        one.write_bytes(content)
    return drawn[1]


@doing("drawing the map")
def _awaited(run: Run) -> tuple[list[bytes], str] | None:
    """Wait for a map that is drawn beside; None where there is none."""
    return None if run.image is None else given_by(run.image, lambda: None)


def _write_other(path: Path, run: Run) -> str:
    """Draw the plan in another format, unless that was done with the PNG."""
    return "" if path.exists() else write_map(path, run)


def title_of(scenario: Scenario, language: Language) -> str:
    """Say what was asked in a line."""
    return told(scenario.description or f"Scenario '{scenario.name}'", language)


def subtitle(result: Result, language: Language = "en") -> str:
    """Say what the map shows, of what, and whether it is proved."""
    sizes = [merger.population(result.instance) for merger in result.mergers]
    together = {region.reason for region in result.by_region} == {TOGETHER}
    unproved = TOGETHER if together else "not proved"
    proof = {
        "optimal": "proved optimal",
        "feasible": unproved if result.gap is None else f"gap at most {_up(100 * result.gap)} %",
    }.get(result.status, "some regions have no plan")
    said = [
        count_text(count_parts(result.mergers), result.scenario.level, len(result.zones)),
        f"median {int(np.median(sizes)):,} inhabitants" if sizes else "",
        "" if result.score is None else f"{result.score:,.3f} points",
        proof,
    ]
    return f"{_land(result, language)}. {'; '.join(told(text, language) for text in said if text)}"


def _land(result: Result, language: Language) -> str:
    """Name the regions that were asked for, where they are few, and the instance."""
    instance = result.instance
    title = told(instance.title or instance.name, language)
    regions = [region.name for region in result.by_region]
    few = len(regions) <= _FEW and len(regions) < len(instance.regions)
    return f"{', '.join(regions)} ({title})" if few else title


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


def check_svg(path: Path, stated: Stated) -> Iterator[str]:
    """Make sure that the map is there: well-formed XML whose outermost element is an SVG with shapes in it.

    No entities are read, and nothing that they name.
    """
    from xml.parsers.expat import ExpatError, ParserCreate

    if not path.is_file():
        yield f"{path.name}: the file is missing"
        return
    names: list[str] = []
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: names.append(name)
    parser.EntityDeclHandler = lambda *declared: names.insert(0, "an entity")
    try:
        parser.Parse(path.read_bytes(), True)
    except ExpatError as error:
        yield f"{path.name}: it cannot be read as XML ({error})"
        return
    if names[0] != f"{_SVG} svg":
        yield f"{path.name}: it is no SVG, but begins with {names[0]}"
    elif f"{_SVG} path" not in names:
        yield f"{path.name}: nothing is drawn in it"


def check_pdf(path: Path, stated: Stated) -> Iterator[str]:
    """Make sure that the map is there: a PDF of one page that was written to its end."""
    if not path.is_file():
        yield f"{path.name}: the file is missing"
        return
    data = path.read_bytes()
    if not data.startswith(b"%PDF-"):
        yield f"{path.name}: it is no PDF"
    elif not data.rstrip().endswith(b"%%EOF"):
        yield f"{path.name}: the end of the PDF is missing"
    elif (pages := len(re.findall(rb"/Type\s*/Page\b", data))) != 1:
        yield f"{path.name}: it has {pages} pages, not 1"


MAP = RunFile("map.png", write_map, check_map, sealed=True)
MAP_SVG = RunFile("map.svg", _write_other, check_svg, sealed=True, extra=True)
MAP_PDF = RunFile("map.pdf", _write_other, check_pdf, sealed=True, extra=True)
MAPS: Final = (MAP, MAP_SVG, MAP_PDF)
"""All that hold the map, the one first with which the others are drawn."""
