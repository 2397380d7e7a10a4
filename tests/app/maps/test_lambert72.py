import csv
from pathlib import Path

import numpy as np
import pytest
from refzones.app.maps.lambert72 import to_wgs84

POINTS = Path(__file__).parents[4] / "shared/data/2025/deelgemeente_points.csv"


def metres(lon, lat, other_lon, other_lat) -> float:
    east = (np.asarray(lon) - other_lon) * 111_320 * np.cos(np.deg2rad(np.asarray(lat)))
    north = (np.asarray(lat) - other_lat) * 111_230
    return float(np.hypot(east, north).max())


def test_agrees_with_proj_to_a_micrometre() -> None:
    pyproj = pytest.importorskip("pyproj")
    x, y = np.meshgrid(np.linspace(20_000, 300_000, 40), np.linspace(20_000, 250_000, 40))
    groups = pyproj.transformer.TransformerGroup("EPSG:31370", "EPSG:4326", always_xy=True)
    same = [t for t in groups.transformers if "BD72 to WGS 84 (3)" in t.description]
    if not same:
        pytest.skip("this PROJ does not know EPSG:15929")
    assert metres(*to_wgs84(x, y), *same[0].transform(x, y)) < 1e-6


def test_agrees_with_published_points() -> None:
    if not POINTS.exists():
        pytest.skip("the points are not at hand")
    with POINTS.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    column = {key: np.array([float(row[key]) for row in rows]) for key in ("x31370", "y31370", "lon", "lat")}
    assert metres(*to_wgs84(column["x31370"], column["y31370"]), column["lon"], column["lat"]) < 0.2


def test_a_known_point() -> None:
    # Aartselaar, from the list of former municipalities (six decimals, a tenth of a metre).
    longitude, latitude = to_wgs84(np.array([151230.1]), np.array([202255.8]))
    assert metres(longitude, latitude, 4.386329, 51.130362) < 0.2


def test_one_point_and_no_points() -> None:
    assert to_wgs84(np.zeros(0), np.zeros(0))[0].shape == (0,)
    assert to_wgs84(np.array(150_000.0), np.array(170_000.0))[0].shape == ()
