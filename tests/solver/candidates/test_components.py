"""Splitting regions into parts that are answered apart."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from refzones.instances import InputError, Instance
from refzones.models import Scenario, ask
from refzones.solver.candidates.components import split
from support.admissible import is_connected
from support.build import build_instance
from support.strategies import questions

FREE = Scenario.from_dict({"population": {"min": 0, "max": 60_000}})


def parts(instance: Instance, scenario: Scenario, region: int = 0) -> list[list[int]]:
    return [frame.municipalities.tolist() for frame in split(ask(instance, scenario), region)]


def test_connected_region_is_one_frame() -> None:
    assert parts(build_instance([20_000] * 4, pairwise(range(4))), FREE) == [[0, 1, 2, 3]]


def test_who_stands_alone_parts_the_others() -> None:
    row = build_instance([20_000, 20_000, 90_000, 20_000, 20_000], pairwise(range(5)))
    assert parts(row, FREE) == [[0, 1], [3, 4]]


def test_exclave_is_a_frame_of_its_own_and_other_regions_join_nothing() -> None:
    """0 and 2 touch only through 1, which is in the other region."""
    row = build_instance([20_000] * 4, pairwise(range(4)), region=[0, 1, 0, 0])
    assert parts(row, FREE) == [[0], [2, 3]]
    assert parts(row, FREE, 1) == [[1]]


def test_a_region_may_be_all_alone() -> None:
    assert parts(build_instance([70_000, 80_000], [(0, 1)]), FREE) == []


def test_removed_border_parts() -> None:
    row = build_instance([20_000] * 3, pairwise(range(3)))
    scenario = Scenario.from_dict({**FREE.model_dump(), "borders": {"removed": [["M0", "M1"]]}})
    assert parts(row, scenario) == [[0], [1, 2]]


@given(questions())
@settings(max_examples=100, deadline=None)
def test_frames_and_who_stands_alone_make_up_the_region(question: tuple[Instance, Scenario]) -> None:
    try:
        asked = ask(*question)
    except InputError:
        return
    joined = [(a, b) for a, near in enumerate(asked.neighbours) for b in near]
    for region in range(len(asked.instance.regions)):
        frames = [frame.municipalities.tolist() for frame in split(asked, region)]
        assert all(of == sorted(of) and is_connected(asked.instance, tuple(of), joined) for of in frames)
        inside = [i for of in frames for i in of]
        alone = [i for i in asked.instance.members(region).tolist() if i in asked.standalone]
        assert sorted(inside + alone) == asked.instance.members(region).tolist()
        home = {i: number for number, of in enumerate(frames) for i in of}
        assert all(home[a] == home[b] for a, b in joined if a in home and b in home)
