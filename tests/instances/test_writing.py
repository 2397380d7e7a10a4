from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import Instance, read_folder, write_folder


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_written_reads_back_equal(
    small_instances: st.SearchStrategy[Instance], data: st.DataObject
) -> None:
    given_one = data.draw(small_instances)
    with tempfile.TemporaryDirectory() as place:
        write_folder(given_one, Path(place) / "x")
        back = read_folder(Path(place) / "x")
    assert back.hash == given_one.hash
    assert (back.name, back.title, back.crs) == (given_one.name, given_one.title, given_one.crs)
    assert dict(back.sources) == dict(given_one.sources)
    assert dict(back.columns) == dict(given_one.columns)
    assert list(back.layers) == list(given_one.layers)
    asked = [f"inhabitants_{year}" for year in given_one.yearly]
    assert (list(back.yearly), back.hash_with(asked)) == (list(given_one.yearly), given_one.hash_with(asked))
    for key, function in given_one.functions.items():
        assert (back.functions[key].label, back.functions[key].unit) == (function.label, function.unit)
    assert back.villages is not None
    assert given_one.villages is not None
    assert back.villages.codes == given_one.villages.codes
    assert back.villages.names == given_one.villages.names
    for key in ("municipality", "x", "y"):
        assert getattr(back.villages, key).tolist() == getattr(given_one.villages, key).tolist()


def test_writing_twice_gives_the_same_files(toy: Instance, tmp_path: Path) -> None:
    write_folder(toy, tmp_path / "a")
    write_folder(read_folder(tmp_path / "a"), tmp_path / "b")
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert names == [
        "borders.csv",
        "functions.csv",
        "instance.toml",
        "municipalities.csv",
        "villages.csv",
        "zones.csv",
    ]
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_point_outside_has_an_empty_code(toy: Instance, tmp_path: Path) -> None:
    write_folder(toy, tmp_path / "a")
    lines = (tmp_path / "a" / "villages.csv").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "2001,Capital,,50,60"


def test_no_folder_can_be_made_inside_a_file(
    toy: Instance, tmp_path: Path, complaints: Callable[..., list[str]]
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (message,) = complaints(write_folder, toy, tmp_path / "file" / "deeper")
    assert message.startswith(f"{tmp_path / 'file' / 'deeper'}: the folder cannot be written (")
    assert message.endswith("; name another folder with --out")
