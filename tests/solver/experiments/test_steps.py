"""Steps of inhabitants and of equipment."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances import InputError, load
from refzones.models.indicators.mandates import mandates
from refzones.solver.experiments.steps import InhabitantSteps, equipment_of, steps_of
from support.build import build_instance

TWO = InhabitantSteps(title="t", source="s", below=(1000, 5000))


def test_steps_by_hand() -> None:
    inhabitants = np.array([999, 1000, 7000, 4999])
    fixed, ranked, equipment = steps_of(inhabitants, np.array([7, 0, 0, 3]), TWO).tolist()
    assert fixed == [0, 1, 2, 1]
    assert ranked == [0, 0, 7, 3]  # one of them on the highest step, one on step 3, two on the lowest
    assert equipment == [7, 0, 0, 3]


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 7)), min_size=1, max_size=20))
def test_ranked_steps_hold_as_many_and_follow_inhabitants(drawn: list[tuple[int, int]]) -> None:
    inhabitants, equipment = (np.array(each) for each in zip(*drawn, strict=True))
    _, ranked, own = steps_of(inhabitants, equipment, TWO)
    assert sorted(ranked.tolist()) == sorted(own.tolist())
    assert (np.diff(ranked[np.argsort(inhabitants, kind="stable")]) >= 0).all()


def test_the_law_has_as_many_steps_as_there_are_of_equipment() -> None:
    law = InhabitantSteps.of_law()
    assert law.below == mandates().aldermen.below
    assert len(law.below) + 1 == len(set(equipment_of(load("flanders-2025"), np.arange(285)).tolist()))


def test_equipment_is_better_the_higher() -> None:
    instance = build_instance([1, 1, 1, 1], [], classes=("c3", "a0", "b1", "c2"))
    assert equipment_of(instance, np.arange(4)).tolist() == [0, 7, 1, 1]


def test_a_municipality_without_a_degree_is_named() -> None:
    instance = build_instance([1, 1, 1], [], classes=("c3", "", "a0"))
    with pytest.raises(InputError, match="1 of 3 municipalities have no degree of equipment: M1"):
        equipment_of(instance, np.arange(3))


def test_a_file_of_steps(tmp_path: Path) -> None:
    file = tmp_path / "steps.toml"
    file.write_text('title = "Three"\nsource = "of our own"\nbelow = [10_000, 20_000]\n', encoding="utf-8")
    assert InhabitantSteps.read(file).below == (10_000, 20_000)


@pytest.mark.parametrize(
    ("below", "words"),
    [("[20_000, 10_000]", "out of order: 10,000 follows 20,000"), ("[]", "below"), ('["x"]', "below")],
)
def test_bad_files_of_steps(tmp_path: Path, below: str, words: str) -> None:
    file = tmp_path / "steps.toml"
    file.write_text(f'title = "T"\nsource = "S"\nbelow = {below}\n', encoding="utf-8")
    with pytest.raises(InputError, match=words):
        InhabitantSteps.read(file)
