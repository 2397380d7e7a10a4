from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import Borders, Instance, load
from refzones.models import Scenario, ask

Complaints = Callable[..., list[str]]


def test_size_and_totals(toy: Instance) -> None:
    assert len(toy) == 4
    assert toy.total_population == 1000
    assert toy.index["1003"] == 2
    assert toy.members(1).tolist() == [2, 3]
    assert repr(toy) == "<Instance toy: 4 municipalities, 3 borders, 2 regions, 1,000 inhabitants>"


def test_nothing_can_be_changed(toy: Instance) -> None:
    with pytest.raises(ValueError, match="read-only"):
        toy.population[0] = 5
    with pytest.raises(TypeError):
        toy.layers["x"] = toy.layers["police"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        toy.name = "other"  # type: ignore[misc]


@pytest.mark.parametrize("text", ["1002", "Bee", " bee ", "BEE"])
def test_find_by_code_or_name(toy: Instance, text: str) -> None:
    assert toy.find(text) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1009", "no municipality has this code; those here are like 1001"),
        ("Beee", "no municipality has this name; did you mean 'Bee'?"),
    ],
)
def test_find_suggests_names_but_never_codes(toy: Instance, text: str, message: str) -> None:
    with pytest.raises(KeyError) as caught:
        toy.find(text)
    assert caught.value.args == (message,)


def test_find_refuses_to_choose_between_namesakes(toy: Instance) -> None:
    twins = replace(toy, names=("Aa", "Bee", "aa", "Dee"))
    with pytest.raises(KeyError, match=r"use the code: Aa \(1001\), aa \(1003\)"):
        twins.find("AA")


def test_the_hash_sees_what_can_change_an_answer(toy: Instance) -> None:
    assert len(toy.hash) == 64
    assert replace(toy, title="Other", name="other").hash == toy.hash
    layers = {"police": toy.layers["fire"]}
    functions = {"rail": replace(toy.functions["rail"], at_least=50)}
    changed = [
        replace(toy, population=np.array([101, 200, 300, 400])),
        replace(toy, borders=Borders(toy.borders.pairs, toy.borders.length + 1)),
        replace(toy, facility=np.zeros(4, dtype=np.bool_)),
        replace(toy, layers=layers),
        replace(toy, functions=functions),
        replace(toy, attributes={"income": np.ones(4)}),
    ]
    assert len({toy.hash, *(instance.hash for instance in changed)}) == len(changed) + 1


def test_restricted_keeps_what_concerns_the_region(toy: Instance) -> None:
    south = toy.restricted(["South"])
    assert south.codes == ("1003", "1004")
    assert south.regions == ("South",)
    assert south.total_population == 700
    assert south.borders.pairs.tolist() == [[0, 1]]
    assert south.borders.length.tolist() == [300]
    assert south.layers["police"].zones == ("P2",)
    assert [south.layers["fire"].name_of(i) for i in range(2)] == ["", "F1"]
    assert south.functions["rail"].amount.tolist() == [0, 80]
    assert south.attributes["income"].tolist() == [9, 10]
    assert south.villages is not None
    assert south.villages.codes == ("1003A", "1004A", "2001")
    assert south.villages.municipality.tolist() == [0, 1, -1]


def test_a_point_outside_stays_only_with_the_municipality_it_is_nearest_to(toy: Instance) -> None:
    north = toy.restricted(["North"])
    assert north.villages is not None
    assert north.villages.codes == ("1001A", "1001B", "1002A")
    assert toy.villages is not None
    moved = replace(toy.villages, x=toy.villages.x - [0, 0, 0, 0, 0, 45])  # now nearest to Cee
    cee = replace(toy, villages=moved).subset(np.array([0, 2]))
    dee = replace(toy, villages=moved).subset(np.array([0, 3]))
    assert cee.villages is not None
    assert dee.villages is not None
    assert cee.villages.codes == ("1001A", "1001B", "1003A", "2001")
    assert cee.villages.municipality.tolist() == [0, 0, 1, -1]
    assert dee.villages.codes == ("1001A", "1001B", "1004A")


def test_points_outside_stay_where_no_village_is_known(toy: Instance) -> None:
    assert toy.villages is not None
    lost = replace(toy.villages, municipality=np.full(6, -1))
    part = replace(toy, villages=lost).subset(np.array([0]))
    assert part.villages is not None
    assert part.villages.codes == toy.villages.codes


def test_regions_are_looked_up_in_the_order_asked_for(toy: Instance, complaints: Complaints) -> None:
    assert toy.region_indices(["South", "North"]) == [1, 0]
    assert toy.region_indices(["sOUTH"], any_case=True) == [1]
    assert complaints(toy.region_indices, ["south", "West"], unknown="--region: nothing") == [
        "value 'south': --region: nothing; did you mean 'South'?",
        "value 'West': --region: nothing; known: North, South",
    ]


def test_restricted_to_an_unknown_region(toy: Instance, complaints: Complaints) -> None:
    assert complaints(toy.restricted, ["Nort", "South"]) == [
        "value 'Nort': there is no such region; did you mean 'North'?"
    ]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_subset_agrees_with_the_whole(
    small_instances: st.SearchStrategy[Instance], data: st.DataObject
) -> None:
    whole = data.draw(small_instances)
    keep = data.draw(st.sets(st.integers(0, len(whole) - 1), min_size=1))
    part = whole.subset(np.array(sorted(keep), dtype=np.int64))
    place = {code: whole.index[code] for code in part.codes}
    assert sorted(place.values()) == sorted(keep)
    for i, code in enumerate(part.codes):
        j = place[code]
        assert part.population[i] == whole.population[j]
        assert part.regions[part.region[i]] == whole.regions[whole.region[j]]
        for key, layer in whole.layers.items():
            assert part.layers[key].name_of(i) == layer.name_of(j)
    lengths = {
        (part.codes[a], part.codes[b]): length
        for (a, b), length in zip(part.borders.pairs, part.borders.length, strict=True)
    }
    expected = {
        (whole.codes[a], whole.codes[b]): length
        for (a, b), length in zip(whole.borders.pairs, whole.borders.length, strict=True)
        if a in keep and b in keep
    }
    assert lengths == expected
    everything = whole.subset(np.arange(len(whole), dtype=np.int64))
    assert everything.hash == whole.hash


def test_travels_between_processes(toy: Instance) -> None:
    copy = pickle.loads(pickle.dumps(toy))
    assert (copy.hash, copy.title, copy.columns, copy.sources) == (
        toy.hash,
        toy.title,
        toy.columns,
        toy.sources,
    )
    with pytest.raises(TypeError):
        copy.layers["x"] = copy.layers["police"]


def test_one_region_has_all_borders_inside(toy: Instance) -> None:
    united = toy.as_one_region()
    assert (united.name, united.regions, united.region.tolist()) == ("toy-all", ("all",), [0, 0, 0, 0])
    assert united.borders is toy.borders
    assert united.layers["police"].zones == toy.layers["police"].zones
    assert (united.codes, united.population.tolist()) == (toy.codes, toy.population.tolist())
    assert "municipalities.population" in united.columns
    assert united.hash != toy.hash
    assert toy.as_one_region("Land").regions == ("Land",)


def test_one_region_needs_a_name(toy: Instance, complaints: Complaints) -> None:
    assert complaints(toy.as_one_region, " ") == ["value ' ': a region needs a name; give one"]


def test_flanders_stores_borders_across_regions() -> None:
    flanders = load("flanders-2025")
    first, second = flanders.borders.pairs.T
    across = flanders.region[first] != flanders.region[second]
    assert (int(across.sum()), len(across)) == (185, 754)
    near = ask(flanders.as_one_region(), Scenario()).neighbours
    apart = ask(flanders, Scenario()).neighbours
    assert sum(map(len, near)) - sum(map(len, apart)) == 2 * 185


def test_nobody_living_somewhere_must_be_said(toy: Instance, complaints: Complaints) -> None:
    empty = np.array([0, 200, 300, 400])
    assert complaints(replace, toy, population=empty) == [
        "value 'Aa (1001)': the population must be more than zero"
    ]
    assert replace(toy, population=empty.copy(), uninhabited=True).total_population == 900
    assert complaints(replace, toy, population=empty - 1, uninhabited=True) == [
        "value 'Aa (1001)': the population must not be negative"
    ]
    assert complaints(replace, toy, population=0 * empty, uninhabited=True) == [
        "somebody must live somewhere; all populations are zero"
    ]
