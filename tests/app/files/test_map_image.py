"""Maps of a run in three formats: which are asked for, and what their checks find."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.app.files.map_image import check_map, check_pdf, check_svg, map_extras
from refzones.app.maps.output import WRITERS
from refzones.app.maps.style import Pen
from refzones.instances import InputError

CHECKS: dict[str, Callable[..., object]] = {".png": check_map, ".svg": check_svg, ".pdf": check_pdf}


def found(check: Callable[..., object], path: Path) -> list[str]:
    return list(check(path, None))  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize(
    ("given", "files"),
    [
        (None, set()),
        (["png"], set()),
        (["svg"], {"map.svg"}),
        (["svg", "PDF"], {"map.svg", "map.pdf"}),
        (["svg, pdf"], {"map.svg", "map.pdf"}),
        (["all"], {"map.svg", "map.pdf"}),
    ],
)
def test_formats_that_are_asked_for(given: list[str] | None, files: set[str]) -> None:
    assert map_extras(given) == files


@pytest.mark.parametrize("given", ["bmp", "", "svg,", "svg;pdf"])
def test_other_formats_are_refused(given: str) -> None:
    with pytest.raises(InputError, match="--format"):
        map_extras([given])


@pytest.mark.parametrize("ending", list(CHECKS))
def test_a_drawing_passes_its_check_and_nothing_else_does(ending: str, tmp_path: Path) -> None:
    pen = Pen(size=(60, 40))
    pen.line([(5, 5), (50, 30)], "black", 1.0)
    pen.text(10, 20, "Geel", 9, halo=1.8)
    path = tmp_path / f"map{ending}"
    assert found(CHECKS[ending], path) == [f"{path.name}: the file is missing"]
    data = WRITERS[ending](pen.figure, 50)
    path.write_bytes(data)
    assert found(CHECKS[ending], path) == []
    assert data == WRITERS[ending](pen.figure, 50)
    others = [WRITERS[other](pen.figure, 50) for other in CHECKS if other != ending]
    for wrong in (data[: len(data) // 2], b"", b"<svg/>", *others):
        path.write_bytes(wrong)
        assert len(found(CHECKS[ending], path)) == 1


def test_an_svg_that_declares_entities_is_none(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    path.write_text(
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"><path d="&a;"/></svg>'
    )
    assert found(check_svg, path) == ["map.svg: it is no SVG, but begins with an entity"]
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')
    assert found(check_svg, path) == ["map.svg: nothing is drawn in it"]
