"""The plan of work: what is wrong is told before any work, and every answer is in one chunk."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from refzones.instances import InputError, load
from refzones.models.scenario.sweep import SweepSpec
from refzones.solver.plan_sets.sweep.params import SweepParams
from refzones.solver.plan_sets.sweep.plan import plan_work

GRID = {"grid": {"weights": {"distance": [1, 2]}}}

REFUSED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "instances": (
        {**GRID, "instances": ["belgium-2025", "flandres-2024"]},
        ["value 'belgium-2025': instances: there is no embedded", "did you mean 'flanders-2024'?"],
    ),
    "instance twice": (
        {**GRID, "instances": ["flanders-2025", "flanders-2025"]},
        ["value 'flanders-2025': instances: two have the same name; remove one of them"],
    ),
    "regions": (
        {**GRID, "regions": ["Wasland", "westhoek", "Kempn"]},
        ["regions: there is no such region in instance 'flanders-2025'; did you mean 'Waasland'?", "'Kempn'"],
    ),
    "engine": ({**GRID, "engine": "higs"}, ["unknown engine; present here", "did you mean 'highs'?"]),
    "all weights zero": (
        {"scenario": {"weights": {}}, "grid": {"weights": {"size": [0, 1], "distance": [0, 2]}}},
        ["setting 0: all weights are zero, so that every plan is as good as any other; give a term some"],
    ),
    "bounds upside down": (
        {"grid": {"population": {"min": [20_000, 140_000], "max": [90_000, 150_000]}, "seed": [0, 1]}},
        ["setting 4 (population.min = 140000, population.max = 90000): population: min (140000) is above"],
    ),
    "locks that nobody can keep": (
        {
            "grid": {"locks": ["base", "a", "b"]},
            "locks": {"a": {"together": [["Gent", "Brugge"]]}, "b": {"alone": ["Ghent"]}},
        },
        ["flanders-2025, setting 1 (locks 'a'): ", "setting 2 (locks 'b'): locks.alone: "],
    ),
    "data that a term needs": ({"grid": {"weights": {"commuting": [1]}}}, ["setting 0: ", "flows"]),
    "price of soft bounds": (
        {
            "scenario": {"weights": {"replace": True, "distance": 1}},
            "grid": {"population": {"floor": [20_000]}},
        },
        ["setting 0 (population.floor = 20000): population.floor and population.ceiling make bounds soft"],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    data, messages = REFUSED[case]
    with pytest.raises(InputError) as caught:
        plan_work(SweepSpec.from_dict(data))
    for message in messages:
        assert message in str(caught.value)


def test_the_same_mistake_is_told_once() -> None:
    spec = SweepSpec.from_dict({"grid": {"population": {"min": [140_000]}, "seed": [0, 1, 2]}})
    with pytest.raises(InputError) as caught:
        plan_work(spec)
    assert len(caught.value.problems) == 1


def test_every_answer_is_in_one_chunk() -> None:
    names = ["flanders-2025", "flanders-2024"]
    grid = {"seed": list(range(45)), "population": {"min": [30_000, 25_000]}}
    spec = SweepSpec.from_dict({"instances": names, "regions": ["Westhoek", "Waasland"], "grid": grid})
    work = plan_work(spec)
    assert [setting.number for setting in work.settings] == list(range(180))
    assert len(work.setup.rules) == 2
    chunks = work.chunks()
    assert len({chunk.key for chunk in chunks}) == len(chunks) == 12
    found = [(setting.number, chunk.region) for chunk in chunks for setting in chunk.settings]
    assert len(set(found)) == len(found) == work.answers == 360
    for chunk in chunks:
        assert 0 < len(chunk.settings) <= SweepParams().chunk
        assert {setting.instance for setting in chunk.settings} == {chunk.instance}
        rules = [setting.rules for setting in chunk.settings]
        assert rules == sorted(rules)
    sizes = [len(work.setup.instances[chunk.instance].members(chunk.region)) for chunk in chunks]
    assert sizes == sorted(sizes, reverse=True)


def test_other_instances_than_the_spec_names() -> None:
    small = load("flanders-2025").restricted(["Waasland"])
    work = plan_work(SweepSpec.from_dict(GRID), [small])
    assert work.setup.instances == (small,)
    with pytest.raises(InputError, match="no instance is given"):
        plan_work(SweepSpec.from_dict(GRID), [])


def test_the_setup_travels_and_the_fingerprint_stays() -> None:
    spec = SweepSpec.from_dict({**GRID, "regions": ["Waasland"]})
    work = plan_work(spec)
    copy = pickle.loads(pickle.dumps(work))
    assert copy.fingerprint() == work.fingerprint() == plan_work(spec).fingerprint()
    assert copy.setup.rules == work.setup.rules
    other = plan_work(SweepSpec.from_dict({"grid": {"weights": {"distance": [1, 2.5]}}}))
    assert other.fingerprint() != work.fingerprint()
