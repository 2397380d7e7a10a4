"""A small world of official files: four squares, a neighbour left open, and tables about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

CONFIG = """
name = "squares"
title = "Four squares"
vintage = "2030"
keep = ["11-12"]
outside = ["21"]

[sources.map]
title = "Map"
publisher = "Office"
year = "2030"
licence = "CC0"

[sources.tables]
title = "Tables"
publisher = "Office"
year = "2029"
licence = "CC BY 4.0"

[boundaries]
source = "map"
file = "map.geojson"
code = "code"
name = "label"

[population]
source = "tables"
file = "people.csv"
code = "nis"
name = "naam"
value = "p2030"

[regions]
source = "tables"
file = "regions.xlsx"
code = "gemeente"
value = "region"

[classes]
source = "tables"
file = "classes.csv"
code = "nis"
value = "class"

[facility]
source = "tables"
file = "facility.csv"
code = "nis"

[mergers]
source = "tables"

[[mergers.lists]]
year = 2025
file = "mergers.csv"
before = "old"
after = "new"

[[mergers.lists]]
year = 2019
codes = ["11001", "12001", "99999"]

[zones.police]
source = "tables"
file = "zones.csv"
code = "nis"
value = "police"
empty = ["None at all"]
note = "police zone"

[functions.centre]
label = "centre"
classes = ["a0", "a1"]

[functions.hospital]
label = "hospital"
unit = "beds"
source = "tables"
file = "sites.csv"
code = "nis"
amount = "beds"
where = { emergency = "yes" }

[[functions.hospital.corrections]]
code = "12002"
amount = 40
source = "the hospital itself"

[attributes.income]
source = "tables"
file = "income.csv"
code = "nis"
columns = ["declarations", "mean"]
round = 0
unit = "euro"

[villages]
source = "tables"
file = "villages.csv"
code = "code"
name = "name"
municipality = "nis"
x = "x"
y = "y"
"""

FILES = {
    "people.csv": (
        "nis;naam;p2030\n12001;Cee;300\n11001;Aa;100\n11002;Bee;200\n12002;Dee;400\n99991;Unknown;\n"
    ),
    "classes.csv": "nis,class\n11001,A0\n11002,b1\n12001,C3\n12002,a1\n",
    "facility.csv": "nis\n11002\n",
    "mergers.csv": "old,new\n12001,12001\n12009,12001\n11002,11002\n82003,82039\n82005,82039\n",
    "zones.csv": "nis,police\n11001,P1\n11002,P1\n12001,None at all\n12002,P2 \n21001,P9\n99991,P9\n",
    "sites.csv": (
        "site,nis,beds,emergency\na,11001,100,yes\nb,11001,20.5,yes\nc,11002,80,no\nd,21001,900,yes\n"
    ),
    "income.csv": "nis,declarations,mean\n11001,10,5.26\n11002,20,6\n12001,30,7\n12002,40,8\n",
    "villages.csv": (
        "code,name,nis,x,y\n11001B,Old Aa,11001,100.4,100.6\n11001A,Aa,11001,500,500\n"
        "11002A,Bee,11002,1500,500\n12002A,Dee,12002,1500,1500\n21001A,Capital,21001,2500,500\n"
    ),
}


def _write_map(path: Path) -> None:
    import geopandas
    from shapely import box

    squares = [
        ("11001", "aa", box(0, 0, 1000, 1000)),
        ("11002", "bee", box(1000, 0, 2000, 1000)),
        ("12001", "cee", box(0, 1000, 1000, 2000)),
        # two records that together are one municipality
        ("12002", "dee", box(1000, 1000, 2000, 1500)),
        ("12002", "dee", box(1000, 1500, 2000, 2000)),
        ("21001", "Capital", box(2000, 0, 3000, 1000)),
        ("99991", "unknown", box(5000, 5000, 6000, 6000)),
    ]
    codes, labels, shapes = zip(*squares, strict=True)
    frame = geopandas.GeoDataFrame(
        {"code": list(codes), "label": list(labels)}, geometry=list(shapes), crs="EPSG:31370"
    )
    frame.to_file(path, driver="GeoJSON")


def _write_workbook(path: Path) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["gemeente", "name", "region", None, None])
    for code, region in ((11001, "North"), (11002, "North"), (12001, "South"), (12002, "South")):
        sheet.append([code, None, region, None, "a remark"])
    sheet.append([])
    sheet.append([99991, "unknown", "Nowhere"])
    workbook.save(path)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that are slow to write, once."""
    folder = tmp_path_factory.mktemp("world")
    _write_map(folder / "map.geojson")
    _write_workbook(folder / "regions.xlsx")
    return folder


@pytest.fixture
def config(world: Path, tmp_path: Path) -> Path:
    """A configuration in the folder of its correct files."""
    for name in ("map.geojson", "regions.xlsx"):
        (tmp_path / name).write_bytes((world / name).read_bytes())
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "squares.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path / "squares.toml"


@pytest.fixture
def edit(config: Path) -> Callable[[str, str, str], Path]:
    """Replace a text that stands exactly once in one of the files; give the configuration."""

    def replace(file: str, old: str, new: str) -> Path:
        path = config.parent / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return config

    return replace
