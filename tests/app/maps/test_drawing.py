import time
from pathlib import Path

import numpy as np
import pytest
import shapely
from matplotlib.image import imread
from refzones.app.maps.drawing import draw_map
from refzones.app.maps.merger import MapMerger
from refzones.app.maps.page import HEIGHT, WIDTH, Page
from refzones.app.maps.panel import Row, _columns, wrapped
from refzones.app.maps.shapes import Shapes, generalised_shapes
from refzones.instances import Instance
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
