"""What is drawn beside a search is what is drawn here."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from refzones.app.beside import asking
from refzones.app.beside.asking import process_beside
from refzones.app.files.drawn_beside import DrawnBeside
from refzones.app.files.map_image import MAP
from refzones.app.files.run_file import Run
from refzones.app.maps.shapes import Shapes, generalised_shapes
from refzones.instances import load
from refzones.models.scenario.scenario import Scenario
from refzones.solver.regions.solving import solve


def test_the_map_is_the_same_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flanders = load("flanders-2025")
    result = solve(flanders, Scenario.named("mergers"), regions=["Waasland"], decided=False)
    here = Run(result, generalised_shapes(flanders))
    MAP.write(tmp_path / "here.png", here)
    monkeypatch.setattr(asking, "is_own_process", lambda: True)
    monkeypatch.setattr(asking, "processors", lambda: 2)
    with process_beside() as process:
        drawn = DrawnBeside(process)
        drawn.begin_shapes(flanders, None)
        image = drawn.begin_map(result, (), "en")
        assert image is not None
        assert drawn.shapes == here.shapes
        files, left_out = image.result(60)
    assert files == [(tmp_path / "here.png").read_bytes()]
    assert left_out == ""


def test_without_a_process_shapes_are_drawn_here_and_the_map_is_left() -> None:
    flanders = load("flanders-2025")
    result = solve(flanders, Scenario.named("mergers"), regions=["Waasland"], decided=False)
    drawn = DrawnBeside(None)
    drawn.begin_shapes(flanders, None)
    assert drawn.begin_map(result, (), "en") is None
    assert drawn.shapes == generalised_shapes(flanders)
    own = generalised_shapes(flanders)
    drawn.begin_shapes(flanders, own)
    assert drawn.shapes is own


class Asked:
    """Stands for a process: notes what it is asked, and gives shapes at once."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes, self.asked = shapes, list[str]()

    def ask(self, where: str, *given: Any, **more: Any) -> Future[Any]:
        """Note the question; see `Beside.ask`."""
        self.asked.append(where.rpartition(":")[2])
        answer: Future[Any] = Future()
        answer.set_result(self.shapes)
        return answer


def test_a_map_begins_when_all_regions_are_answered_and_is_drawn_once() -> None:
    """Another one is drawn where the result shows something else after all."""
    flanders, scenario = load("flanders-2025"), Scenario.named("mergers")
    process, told = Asked(generalised_shapes(flanders)), list[str]()
    drawn = DrawnBeside(process)  # type: ignore[arg-type]
    drawn.begin_shapes(flanders, None)
    note = drawn.when_answered(lambda step: told.append(step.name), scenario, (), "en")
    regions = ["Waasland", "Midwest"]
    result = solve(flanders, scenario, regions=regions, decided=True, progress=note)
    assert sorted(told) == sorted(regions)
    assert process.asked == ["warm_up", "generalised_shapes", "map_bytes"]
    image = drawn.begin_map(result, (), "en")
    assert drawn.begin_map(result, (), "en") is image
    assert len(process.asked) == 3
    assert drawn.begin_map(result, ("map.svg",), "en") is not image
    assert len(process.asked) == 4
