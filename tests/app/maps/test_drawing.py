import dataclasses
import re
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from matplotlib.image import imread
from matplotlib.text import Text
from refzones.app.maps import drawing
from refzones.app.maps.drawing import draw_map, lay_out_page, map_bytes
from refzones.app.maps.labels import overlaps
from refzones.app.maps.merger import MapMerger
from refzones.app.maps.output import measured_text
from refzones.app.maps.page import HEIGHT, WIDTH, Page
from refzones.app.maps.panel import Row, _columns, wrapped
from refzones.app.maps.shapes import Shapes, generalised_shapes
from refzones.app.maps.style import Pen
from refzones.app.maps.window import held_by, regions_of
from refzones.instances import InputError, Instance
from refzones.models.question.each_lock import Lock
from refzones.solver.deadline import Deadline
from support.build import build_instance


def alone(instance: Instance) -> list[MapMerger]:
    return [
        MapMerger((i,), i, instance.names[i], i % 2 == 0, int(instance.population[i]))
        for i in range(len(instance))
    ]


def test_a_plan_of_flanders(flanders, cells: Shapes, plan: list[MapMerger], tmp_path: Path) -> None:
    start = time.perf_counter()
    draw_map(tmp_path / "map.png", flanders, cells, plan, title="A title", subtitle="More", source_line="Us")
    seconds = time.perf_counter() - start
    image = imread(tmp_path / "map.png")
    assert image.shape[:2] == (2338, 3307)
    colours = np.unique((255 * image[::7, ::7, :3]).round().astype(int).reshape(-1, 3), axis=0)
    assert len(colours) > 20
    assert (tmp_path / "map.png").stat().st_size < 3_000_000
    assert seconds < 20  # two or three seconds on a slow machine


def test_the_same_plan_gives_the_same_picture(grid: Instance, squares: Shapes, tmp_path: Path) -> None:
    plan = [MapMerger((i, i + 1), i, f"M{i} +1", False, 40_000) for i in range(0, 12, 2)]
    for name in ("a.png", "b.png"):
        draw_map(tmp_path / name, grid, squares, plan, title="Twice", dpi=50)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


@pytest.mark.parametrize("count", [1, 2, 3])
def test_small_instances(count: int, tmp_path: Path) -> None:
    instance = build_instance([9000] * count, [(i, i + 1) for i in range(count - 1)])
    draw_map(
        tmp_path / "m.png", instance, generalised_shapes(instance), alone(instance), title="$mall", dpi=40
    )
    assert imread(tmp_path / "m.png").shape[:2] == (467, 661)


def test_a_plan_that_leaves_municipalities_out(grid: Instance, squares: Shapes, tmp_path: Path) -> None:
    for plan in ([], alone(grid)[:3]):
        draw_map(tmp_path / "map.png", grid, squares, plan, title="", dpi=40)
        assert (tmp_path / "map.png").exists()


@pytest.mark.parametrize("bounds", [(0, 0, 100_000, 40_000), (0, 0, 50_000, 50_000), (0, 0, 1, 90_000)])
def test_the_map_stays_on_its_part_of_the_page(bounds: tuple[float, float, float, float]) -> None:
    page = Page.around(bounds)
    on_page = page.shape(shapely.box(*bounds)).bounds
    assert page.map.left <= on_page[0] + 1e-6
    assert page.map.bottom <= on_page[1] + 1e-6
    assert on_page[2] <= page.map.right + 1e-6
    assert on_page[3] <= page.map.top + 1e-6
    for part in (page.map, page.legend, page.index):
        assert part.left >= 0
        assert part.bottom >= 0
        assert part.right <= WIDTH
        assert part.top <= HEIGHT
    assert page.index.top <= page.legend.bottom or page.index.left >= page.map.right


def test_index_columns_keep_headings_with_what_follows() -> None:
    rows = []
    for region in range(6):
        rows.append(Row(((0.0, f"R{region}", "bold", "black"),), "1", keep=True, gap=0.8, heading=True))
        rows += [Row(((0.0, f"m{k}", "normal", "black"),), "1", k) for k in range(7)]
    columns = _columns(rows, 7.0, 60.0, 4)
    assert columns is not None
    assert all(column[0].heading and not column[-1].heading for column in columns)
    texts = [row.pieces[0][1] for column in columns for row in column if "continued" not in row.pieces[0][1]]
    assert texts == [row.pieces[0][1] for row in rows]
    assert _columns(rows, 7.0, 20.0, 4) is None


def test_wrapping_loses_no_word() -> None:
    text = "Bocholt, Hamont-Achel, Hechtel-Eksel, Houthalen-Helchteren, Kinrooi"
    lines = wrapped(text, 30.0, 7.0, first=5.0)
    assert lines[0] == ""
    assert " ".join(lines).split() == text.split()


def test_a_map_is_simpler_where_there_is_no_time(tmp_path: Path, grid: Instance, squares: Shapes) -> None:
    assert draw_map(tmp_path / "full.png", grid, squares, alone(grid), title="T") == ""
    late = Deadline(0.0)
    found = draw_map(tmp_path / "short.png", grid, squares, alone(grid), title="T", deadline=late)
    assert found == "the map has no names and no index and a low resolution: the time limit left no more"
    assert [imread(tmp_path / f"{name}.png").shape[1] for name in ("full", "short")] == [3307, 1653]


def _texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what is written on maps from now on."""
    written: list[str] = []
    write = Pen.text

    def collecting(pen: Pen, x: float, y: float, text: str, points: float, **more: Any) -> None:
        written.append(text)
        write(pen, x, y, text, points, **more)

    monkeypatch.setattr(Pen, "text", collecting)
    return written


def _boxes(figure: Any) -> list[tuple[str, Any]]:
    """Boxes of all texts as they are drawn, in millimetres, with what they say."""
    found = []
    figure.dpi = 200
    with measured_text():
        figure.draw_without_rendering()
        for text in figure.findobj(Text):
            if text.get_text().strip():
                box = text.get_window_extent().transformed(figure.dpi_scale_trans.inverted())
                found.append((text.get_text(), 25.4 * np.array([box.x0, box.y0, box.x1, box.y1])))
    return found


def _drawn(monkeypatch: pytest.MonkeyPatch, *given: Any, **more: Any) -> Any:
    """Draw a map; give its figure."""
    figures: list[Any] = []
    monkeypatch.setattr(drawing, "written", lambda figure, *_: figures.append(figure))
    map_bytes(["map.png"], *given, **more)
    return figures[0]


LOCKS = ("together", "apart", "alone", "seat", "existing", "added", "removed")


@pytest.mark.parametrize("wording", ["usual", "long"])
def test_no_text_is_cut_or_overlaps_another(
    wording: str,
    flanders: Instance,
    cells: Shapes,
    plan: list[MapMerger],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of each region and of all, in Dutch, with every kind of lock: texts keep off each other and edges."""
    names = [f"{name}-aan-de-Verre-Oever" if wording == "long" else name for name in flanders.names]
    instance = dataclasses.replace(flanders, names=tuple(names))
    mergers = [dataclasses.replace(m, name=names[m.seat]) for m in plan]
    for region in [*(instance.regions if wording == "usual" else instance.regions[3:5]), None]:
        inside = [m for m in mergers if region in (None, instance.regions[instance.region[m.seat]])]
        held = [i for m in inside for i in m.members]
        locks = [Lock(kind, tuple(sorted(held[2 * k : 2 * k + 2]))) for k, kind in enumerate(LOCKS)]
        figure = _drawn(
            monkeypatch, instance, cells, inside,
            title="Een titel " * 12, subtitle="Wat er te zien is, in welke regio en hoe zeker. " * 5,
            source_line="Gegevens: " + "iemand, " * 30, zones=[inside[0].members], locks=locks, language="nl",
        )  # fmt: skip
        boxes = np.array([box for _, box in _boxes(figure)])
        texts = [text for text, _ in _boxes(figure)]
        assert (boxes[:, :2] >= 2).all(), region
        assert (boxes[:, 2] <= WIDTH - 5).all(), (region, [t for t, b in _boxes(figure) if b[2] > WIDTH - 5])
        assert (boxes[:, 3] <= HEIGHT - 2).all(), region
        inner = boxes + np.array([0.3, 0.45, -0.3, -0.45])  # lines of a text stand closer than their boxes
        hits = np.argwhere(np.triu(overlaps(inner, inner), 1))
        assert [(texts[a], texts[b]) for a, b in hits] == [], region


def test_a_region_fills_the_page(flanders: Instance, cells: Shapes, plan: list[MapMerger]) -> None:
    inside = [m for m in plan if flanders.regions[flanders.region[m.seat]] == "Kempen"]
    held, _ = held_by(flanders, regions_of(flanders, inside), inside)
    page = lay_out_page(cells, held, [], whole=False)
    whole = lay_out_page(cells, range(len(flanders)), [], whole=True)
    assert page.scale > 2.3 * whole.scale
    assert page.locator is not None
    assert whole.locator is None
    assert page.locator.bottom + page.locator.height <= page.index.bottom


def test_a_dutch_map_has_no_english(
    grid: Instance, squares: Shapes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = _texts(monkeypatch)
    mergers = [MapMerger((i, i + 1), i, f"M{i} +1", i == 4, 40_000, kept=i == 4) for i in range(0, 12, 2)]
    locks = [Lock(kind, (0, 1), level) for kind in LOCKS if kind != "existing" for level in ("", "zones")]
    for part in ("merger", "reference zone"):
        draw_map(
            tmp_path / "map.png", grid, squares, mergers,
            title="T", part=part, zones=[(0, 1)], locks=locks, language="nl", dpi=30,
        )  # fmt: skip
    text = " | ".join(written)
    assert "40.000" in text
    english = r"\b(the|and|of|by|merger|region|inside|seat|agreed|border|boundaries|bounds|zone that)\b"
    assert not re.search(english, text), text


def test_formats_by_the_ending(grid: Instance, squares: Shapes, tmp_path: Path) -> None:
    paths = [tmp_path / f"map.{ending}" for ending in ("png", "svg", "pdf")]
    plan = [MapMerger((i, i + 1), i, f"M{i} +1", False, 40_000) for i in range(0, 12, 2)]
    draw_map(paths, grid, squares, plan, title="T", dpi=30)
    first = [path.read_bytes() for path in paths]
    assert [data[:5] for data in first] == [b"\x89PNG\r", b"<?xml", b"%PDF-"]
    for path in paths:
        draw_map(path, grid, squares, plan, title="T", dpi=30)
    assert [path.read_bytes() for path in paths] == first
    with pytest.raises(InputError, match="PNG, an SVG or a PDF"):
        draw_map(tmp_path / "map.bmp", grid, squares, plan, title="T", dpi=30)
