"""The official boundaries as people get them: moved, rounded, simplified, through another system."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from refzones.instances import load
from refzones.instances.common.problems import InputError, Problems
from refzones.instances.importing import read_config
from refzones.instances.importing.config import config_path
from refzones.instances.importing.shared_borders import SharedBorders, find_borders
from shapely.affinity import translate

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("REFZONES_DATA", ROOT.parent / "shared" / "data"))

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the official files are not in {DATA} (set REFZONES_DATA)"
)


@dataclass(frozen=True)
class Official:
    """Polygons of the municipalities, their names, and what lies beside them."""

    shapes: Any
    names: list[str]
    beside: list[Any]
    truth: dict[tuple[int, ...], float]


@pytest.fixture(scope="module")
def official() -> Official:
    import geopandas

    config = read_config(config_path("flanders-2025"))
    frame = geopandas.read_file(DATA / config.boundaries.file).sort_values("geoitem")
    kept = np.array([config.keeps(str(code)) for code in frame["geoitem"]])
    instance = load("flanders-2025")
    assert frame["geoitem"][kept].astype(str).tolist() == list(instance.codes)
    pairs = map(tuple, instance.borders.pairs.tolist())
    return Official(
        np.array(frame.geometry[kept], dtype=object),
        frame["naam"][kept].tolist(),
        list(frame.geometry[~kept]),
        dict(zip(pairs, instance.borders.length.tolist(), strict=True)),
    )


def lengths(shared: SharedBorders) -> dict[tuple[int, ...], float]:
    pairs = map(tuple, shared.borders.pairs.tolist())
    return dict(zip(pairs, shared.borders.length.tolist(), strict=True))


def found(official: Official, shapes: Any, **options: Any) -> SharedBorders:
    problems = Problems()
    shared = find_borders(list(shapes), official.names, official.beside, problems=problems, **options)
    problems.raise_if_any()
    return shared


def moved(shapes: Any, metres: float) -> Any:
    angles = np.random.default_rng(1).uniform(0, 2 * np.pi, len(shapes))
    steps = metres * np.column_stack((np.cos(angles), np.sin(angles)))
    return [translate(shape, *step) for shape, step in zip(shapes, steps, strict=True)]


def in_degrees(shapes: Any, decimals: int) -> Any:
    import geopandas

    there = geopandas.GeoSeries(list(shapes), crs=31370).to_crs(4326)
    rounded = shapely.transform(there.values, lambda points: np.round(points, decimals))
    return list(geopandas.GeoSeries(rounded, crs=4326).to_crs(31370))


def with_more_vertices(shapes: Any, metres: float) -> Any:
    return [shapely.segmentize(shape, metres) if i % 2 else shape for i, shape in enumerate(shapes)]


WAYS: dict[str, tuple[Callable[[Any], Any], float]] = {
    "as it is": (list, 0.0),
    "moved by 1 cm": (lambda shapes: moved(shapes, 0.01), 0.2),
    "moved by 50 cm": (lambda shapes: moved(shapes, 0.5), 3),
    "in degrees and back": (lambda shapes: in_degrees(shapes, 12), 0.1),
    "in degrees of five decimals": (lambda shapes: in_degrees(shapes, 5), 8),
    "in whole metres": (lambda shapes: shapely.transform(shapes, np.round), 8),
    "with other vertices, in degrees": (lambda shapes: in_degrees(with_more_vertices(shapes, 150), 12), 0.1),
    "simplified by 1 m": (lambda shapes: [shape.simplify(1) for shape in shapes], 2),
}


@pytest.mark.parametrize("way", WAYS)
def test_neighbours_and_lengths_stay(official: Official, way: str) -> None:
    change, most = WAYS[way]
    shared = found(official, change(official.shapes))
    now = lengths(shared)
    assert now.keys() == official.truth.keys()
    assert max(abs(now[pair] - official.truth[pair]) for pair in now) <= most
    if way == "as it is":
        assert (now, shared.closed, shared.notes) == (official.truth, 0, ())


def test_simplified_by_20_m_each_on_its_own(official: Official) -> None:
    simplified = [shape.simplify(20) for shape in official.shapes]
    with pytest.raises(InputError) as error:
        found(official, simplified)
    told = str(error.value).splitlines()
    assert any("overlap" in text for text in told)
    assert any("more pairs almost touch" in text for text in told)
    assert all("boundaries.tolerance" in text for text in told if " overlap:" in text)
    shared = found(official, simplified, tolerance=40)
    now = lengths(shared)
    assert now.keys() <= official.truth.keys()
    for i, j in official.truth.keys() - now.keys():  # of 12 and 23 metres
        start = f"{official.names[i]} and {official.names[j]} face each other along"
        assert any(note.startswith(start) for note in shared.notes)
    assert len(official.truth.keys() - now.keys()) <= 2
    long = [pair for pair in now if official.truth[pair] > 1000]
    change = np.array([abs(now[pair] / official.truth[pair] - 1) for pair in long])
    assert np.quantile(change, 0.95) < 0.02


def test_a_municipality_too_many_or_too_few(official: Official) -> None:
    names = official.names
    gent, lier = names.index("Gent"), names.index("Lier")
    shapes = list(official.shapes)
    shapes[gent] = shapes[gent].buffer(200)
    with pytest.raises(InputError) as error:
        found(official, shapes)
    told = str(error.value)
    around = [names[i + j - gent] for i, j in official.truth if gent in (i, j)]
    assert all(f"{name} and Gent overlap" in told or f"Gent and {name} overlap" in told for name in around)
    kept = [i for i in range(len(names)) if i != lier]
    shared = find_borders(list(official.shapes[kept]), [names[i] for i in kept], official.beside)
    beside = [names[i + j - lier] for i, j in official.truth if lier in (i, j)]
    assert len(shared.borders.pairs) == len(official.truth) - len(beside)
    (note,) = shared.notes
    assert note.startswith("no polygon covers a hole of 49.")
    assert sorted(note.partition(" beside ")[2].split(", ")) == sorted(beside)
