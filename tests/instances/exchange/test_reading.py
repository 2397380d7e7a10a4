"""Which format a file has, and files that were edited."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, read_folder, write_folder
from refzones.instances.exchange import Roles, read_graph, write_graph

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def _places(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON document."""
    keys = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        yield (*place, key)
        yield from _places(data[key], (*place, key))


@pytest.mark.parametrize("form", ["adjacency", "node-link"])
def test_one_changed_value_is_read_or_refused(form: str, toy: Instance, tmp_path: Path) -> None:
    """Whatever stands anywhere in a file: an instance that its folder holds too, or a message."""
    (file,) = write_graph(toy, tmp_path, form)
    text = file.read_text(encoding="utf-8")
    places = list(_places(json.loads(text)))

    @settings(max_examples=150, deadline=None)
    @given(st.sampled_from(places), JSON)
    def changed(place: tuple[Any, ...], value: object) -> None:
        data = json.loads(text)
        inner = data
        for key in place[:-1]:
            inner = inner[key]
        inner[place[-1]] = value
        with tempfile.TemporaryDirectory() as folder:
            other = Path(folder) / "changed.json"
            other.write_text(json.dumps(data), encoding="utf-8")
            try:
                made = read_graph(other).instance
            except InputError:
                return
            write_folder(made, Path(folder) / "made")
            assert read_folder(Path(folder) / "made").codes == made.codes

    changed()


def _about(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], None]:
    def edit(data: dict[str, Any]) -> None:
        change(data["graph"]["refzones"])

    return edit


def test_texts_that_no_file_can_hold_are_cleaned(toy: Instance, tmp_path: Path) -> None:
    (file,) = write_graph(toy, tmp_path, "node-link")
    data = json.loads(file.read_text(encoding="utf-8"))
    data["graph"]["refzones"]["title"] = "Four\ud800villages"
    data["nodes"][0]["name"] = "A\x00a"
    file.write_text(json.dumps(data), encoding="utf-8")
    made = read_graph(file).instance
    write_folder(made, tmp_path / "made")
    assert (made.title, made.names[0]) == ("Four villages", "A a")
    assert read_folder(tmp_path / "made").hash == made.hash


EDITS: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "unknown key": (_about(lambda about: about.update(titel="x")), "unknown key 'titel'"),
    "source": (_about(lambda about: about["sources"].update(census=3)), "sources.census"),
    "roles": (_about(lambda about: about.update(roles=3)), "this does not say which attribute is what"),
    "role": (_about(lambda about: about["roles"].update(zones=["x"])), "column 'refzones.roles.zones'"),
    "name of a column": (
        _about(lambda about: about["roles"].update(zones={"nis": "police"})),
        "column 'zones', value 'nis': every instance has a column of this name; give it another",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_was_edited_by_hand_is_checked(edit: str, toy: Instance, tmp_path: Path) -> None:
    change, said = EDITS[edit]
    (file,) = write_graph(toy, tmp_path, "node-link")
    data = json.loads(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_graph(file)
    assert said in str(caught.value)


def test_names_of_columns_that_every_instance_has(toy: Instance, tmp_path: Path) -> None:
    (file,) = write_graph(toy, tmp_path, "adjacency")
    for roles in (Roles(attributes={"population": "income"}), Roles(texts={"income": "name"})):
        with pytest.raises(InputError, match="every instance has a column of this name"):
            read_graph(file, Roles(attributes=roles.attributes or {"income": "income"}, texts=roles.texts))


def test_codes_are_cleaned_of_what_programs_add(tmp_path: Path) -> None:
    nodes = [{"id": f"'{k}", "pop": 1, "x": 150_000, "y": 170_000, "GEOID": f"{k}.0"} for k in (11, 12)]
    graph = {"nodes": nodes, "edges": [{"source": "'11", "target": "'12"}], "graph": {"crs": "EPSG:31370"}}
    file = tmp_path / "codes.json"
    file.write_text(json.dumps(graph), encoding="utf-8")
    assert read_graph(file).instance.codes == ("11", "12")
    assert read_graph(file, Roles(code="GEOID")).instance.codes == ("11", "12")
