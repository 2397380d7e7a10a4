from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances.importing import import_instance


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "11002A,Bee,11002,1500,500",
            "11002A,Bee,11002,500,500",
            "villages.csv, row 4, column 'code', value '11002A': the point lies outside municipality 11002; "
            "correct 'x', 'y' or 'nis'",
            id="outside",
        ),
        pytest.param(
            "11002A,Bee,11002",
            "11002A,Bee,11092",
            "villages.csv, row 4, column 'nis', value '11092': the boundaries have no municipality with this "
            "code; take files of the same moment",
            id="unknown municipality",
        ),
        pytest.param(
            "11001A,Aa",
            "11001B,Aa",
            "villages.csv, row 3, column 'code', value '11001B': the village stands twice; "
            "keep one of the two",
            id="twice",
        ),
        pytest.param(
            "1500,1500",
            "east,1500",
            "villages.csv, row 5, column 'x', value 'east': this is not a number; "
            "write digits, without thousands separators",
            id="not a number",
        ),
    ],
)
def test_mistakes(
    edit: Callable[[str, str, str], Path],
    complaints: Callable[..., list[str]],
    *,
    old: str,
    new: str,
    message: str,
) -> None:
    assert complaints(import_instance, edit("villages.csv", old, new)) == [message]


def test_a_point_on_the_border_belongs(edit: Callable[[str, str, str], Path]) -> None:
    made = import_instance(edit("villages.csv", "11002A,Bee,11002,1500,500", "11002A,Bee,11002,1000,500"))
    assert made.villages is not None
    assert made.villages.x[made.villages.codes.index("11002A")] == 1000


def test_points_in_another_system_have_one_cause(config: Path, complaints: Callable[..., list[str]]) -> None:
    rows = [f"{i:05d},Village {i},11001,{650_000 + i},{690_000 + i}" for i in range(30)]
    path = config.parent / "villages.csv"
    path.write_text("\n".join(["code,name,nis,x,y", *rows, ""]), encoding="utf-8")
    assert complaints(import_instance, config) == [
        "villages.csv, row 2, column 'x', value '650000': 30 of 30 points lie outside their municipality, "
        "this one first; 'x' and 'y' must be metres in EPSG:31370, x to the east and y to the north"
    ]
