"""Fixtures of the instances room: a small folder to break, and a strategy for small instances."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from refzones.instances import (
    Borders,
    Column,
    Flows,
    Function,
    InputError,
    Instance,
    Layer,
    Source,
    Villages,
    read_folder,
)
from refzones.instances.common.text import fold, is_placeholder

FILES = {
    "instance.toml": """schema_version = 1
name = "toy"
title = "Four villages"

[functions.hospital]
unit = "beds"

[sources.census]
title = "Census"

[columns."municipalities.population"]
source = "census"
""",
    "municipalities.csv": """nis,name,population,area_km2,x,y,region,class,facility,merged_in,income
1001,Aa,100,1.5,10,20,North,a0,0,,7.5
1002,Bee,200,2,30,20,North,b1,1,,8
1003,Cee,300,3.25,10,40,South,c3,0,2019,9
1004,Dee,400,4,30,40,South,,0,,10
""",
    "borders.csv": """nis,neighbour,length_m
1001,1002,150.5
1002,1001,150.5
1002,1004,20
1004,1002,20
1003,1004,300
1004,1003,300
""",
    "zones.csv": """nis,police,fire
1001,P1,F1
1002,P1,F1
1003,P2,
1004,P2,F1
""",
    "functions.csv": """nis,hospital,rail
1001,250,0
1002,0,12.5
1003,0,0
1004,0,80
""",
    "villages.csv": """code,name,nis,x,y
1001A,Aa,1001,10,20
1001B,Old Aa,1001,12,22
1002A,Bee,1002,30,20
1003A,Cee,1003,10,40
1004A,Dee,1004,30,40
2001,Capital,,50,60
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A correct instance folder of four municipalities."""
    target = tmp_path / "toy"
    target.mkdir()
    for name, text in FILES.items():
        (target / name).write_text(text, encoding="utf-8")
    return target


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], Path]:
    """Replace a text that stands exactly once in one of the folder's files."""

    def replace(file: str, old: str, new: str) -> Path:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return replace


@pytest.fixture
def complaints() -> Callable[..., list[str]]:
    """Call something that must be refused; give the problems as people see them."""

    def call(function: Callable[..., object], *arguments: Any, **named: Any) -> list[str]:
        with pytest.raises(InputError) as caught:
            function(*arguments, **named)
        assert str(caught.value).splitlines() == list(caught.value.told)
        return [str(problem) for problem in caught.value.problems]

    return call


@pytest.fixture
def toy(folder: Path) -> Instance:
    """The instance of that folder."""
    return read_folder(folder)


_words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
_composed = _words.map(lambda text: unicodedata.normalize("NFC", text))
_labels = _words.map(fold).filter(lambda text: bool(text) and not is_placeholder(text))  # each is one zone
_keys = st.from_regex(r"[a-z][a-z_]{0,6}", fullmatch=True).filter(
    lambda key: key not in ("nis", "name", "population", "x", "y", "region", "class", "facility")
)
_floats = st.floats(-1e7, 1e7, allow_nan=False).map(lambda number: number + 0.0)  # no minus zero
_metres = st.floats(0, 250_000).map(lambda number: number + 0.0)  # in Belgium, in Lambert 72
_amounts = st.floats(0, 1e9).map(lambda number: number + 0.0)


@st.composite
def _instances(draw: st.DrawFn) -> Instance:
    n = draw(st.integers(1, 6))
    codes = sorted(draw(st.sets(st.integers(10000, 99999), min_size=n, max_size=n)))

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=n, max_size=n))

    def numbers(values: st.SearchStrategy[float]) -> np.ndarray[Any, np.dtype[np.float64]]:
        return np.array(column(values), dtype=np.float64)

    pairs = [(a, b) for a in range(n) for b in range(a + 1, n)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    some_pair = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))
    regions = Layer.from_names(column(_labels))
    keys = st.lists(_keys, max_size=2, unique=True)
    villages = draw(
        st.lists(st.tuples(_composed, _composed, st.integers(-1, n - 1), _floats, _floats), max_size=5)
    )
    return Instance(
        name="drawn",
        title=draw(_words),
        codes=tuple(str(code) for code in codes),
        names=tuple(column(_composed)),
        population=np.array(column(st.integers(1, 10**7)), dtype=np.int64),
        area=numbers(_amounts),
        x=numbers(_metres),
        y=numbers(_metres),
        regions=regions.zones,
        region=regions.zone,
        classes=tuple(column(st.sampled_from(["", "a0", "b1", "c3"]))),
        facility=np.array(column(st.booleans()), dtype=np.bool_),
        merged_in=np.array(column(st.sampled_from([0, 2019, 2025])), dtype=np.int64),
        borders=Borders.from_dict({pair: draw(_amounts) for pair in chosen}),
        layers={key: Layer.from_names(column(st.just("") | _labels)) for key in draw(keys)},
        functions={
            key: Function(key, numbers(_amounts), draw(_words), "beds", draw(_amounts)) for key in draw(keys)
        },
        attributes={key: numbers(_floats) for key in draw(keys)},
        yearly={
            year: numbers(st.just(np.nan) | st.integers(0, 10**7).map(float))
            for year in sorted(draw(st.sets(st.integers(1900, 2100), max_size=2)))
        },
        texts={f"{key}_text": tuple(column(st.just("") | _composed)) for key in draw(keys)},
        flows=draw(st.none() | st.dictionaries(some_pair, _amounts, max_size=6).map(Flows.from_dict)),
        villages=Villages(
            tuple(village[0] for village in villages),
            tuple(village[1] for village in villages),
            np.array([village[2] for village in villages], dtype=np.int64),
            np.array([village[3] for village in villages], dtype=np.float64),
            np.array([village[4] for village in villages], dtype=np.float64),
        ),
        sources={"s": Source("Title", "Publisher", "2025", "CC0")},
        columns={"municipalities.name": Column("s", "text", draw(_words))},
    )


@pytest.fixture(scope="session")
def small_instances() -> st.SearchStrategy[Instance]:
    """Strategy for instances of up to six municipalities with everything an instance can have."""
    return _instances()
