"""The budget of memory: what is refused, what is ended, and what answers then."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from refzones.instances import load
from refzones.instances.common.problems import InputError
from refzones.models.scenario.scenario import Scenario
from refzones.solver import memory
from refzones.solver.deadline import Deadline, Limits, TimeUpError
from refzones.solver.limit_errors import OutOfMemoryError
from refzones.solver.memory import (
    Budget,
    budget,
    counted,
    filled,
    limit_memory,
    memory_limited,
    process_budget,
    share_memory,
    shares,
    size_of,
)
from refzones.solver.regions.solving import solve


@dataclass
class Machine:
    """A machine whose readings are said."""

    filled: float = 1e9
    free: float | None = 8e9

    def resident(self, pid: int | None = None) -> float:
        return self.filled if pid is None else 5e8


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """Say what is filled and free; nothing can be given back."""
    said = Machine()
    monkeypatch.setattr(memory, "resident_memory", said.resident)
    monkeypatch.setattr(memory, "free_memory", lambda: said.free)
    monkeypatch.setattr(memory, "give_back", lambda: None)
    monkeypatch.setattr(memory, "_AGAIN", -1.0)
    with memory_limited(None):
        yield said


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("2GB", 2e9),
        ("2gb", 2e9),
        ("500MB", 5e8),
        ("500 mb", 5e8),
        ("1.5G", 1.5e9),
        ("1GiB", 2**30),
        ("3tb", 3e12),
        ("6", 6e9),
        ("1e9B", 1e9),
        (5e8, 5e8),
        ("50%", 1e9 + 4e9),
        ("100%", 9e9),
    ],
)
def test_sizes(machine: Machine, text: str | float, size: float) -> None:
    assert size_of(text) == size


@pytest.mark.parametrize(
    "text",
    ["0", "-1GB", "abc", "", "GB", "1..5GB", "0%", "101%", "-5%", "inf", "nan", "2 PB", math.inf, 0, -1],
)
def test_what_is_no_size(machine: Machine, text: str | float) -> None:
    with pytest.raises(InputError, match="the memory must be a size above zero; write a size such as 2GB"):
        size_of(text)


def test_a_share_of_what_cannot_be_known(machine: Machine) -> None:
    machine.free = None
    with pytest.raises(InputError, match="how much memory is free cannot be known here"):
        size_of("50%")
    assert limit_memory(None).most == math.inf
    assert process_budget().left == math.inf
    assert Deadline().passed is False


def test_the_default_is_half_of_what_is_free_when_work_begins(machine: Machine) -> None:
    assert process_budget().most == 1e9 + 4e9
    machine.free = 1e9
    assert process_budget().most == 5e9
    assert limit_memory(None).most == 1e9 + 0.5e9


def test_the_program_itself_must_fit(machine: Machine) -> None:
    with pytest.raises(InputError, match="at least the 1,000 MB that the program and its libraries take"):
        limit_memory("900MB")
    machine.filled = 4e7
    with pytest.raises(InputError, match="at least the 200 MB"):
        limit_memory("199MB")
    assert limit_memory("200MB").most == 2e8


def test_a_budget_holds_for_a_while(machine: Machine) -> None:
    before = process_budget().most
    with memory_limited("2GB") as held:
        assert process_budget() is held
        assert budget().most == 2e9
    assert process_budget().most == before


def test_what_is_left_is_shared(machine: Machine) -> None:
    whole = Budget(5e9)
    assert whole.left == 4e9
    assert whole.among(4).left == 1e9
    assert whole.within(1e8).left == 1e8
    assert whole.within(None) is whole
    assert whole.room(1e3, 12) == 12
    assert whole.room(1e9, 12) == 4
    assert whole.room(1e12, 12) == 1
    machine.filled = 7e9
    assert whole.left == 0


def test_processes_that_work_for_this_one_count(machine: Machine) -> None:
    assert filled() == 1e9
    with counted(77):
        assert filled() == 1.5e9
    assert filled() == 1e9


def test_shares_of_processes(machine: Machine) -> None:
    limit_memory("3GB")
    assert shares(2) == (2, 1e9)
    assert shares(100) == (6, 2e9 / 6)
    machine.filled = 2.9e9
    number, _ = shares(4)
    assert number == 1
    share_memory(1.5e9)
    assert process_budget().most == 1.5e9


def test_what_does_not_fit_is_refused_with_its_reason(machine: Machine) -> None:
    with Budget(2e9).at_work() as own:
        own.need(1e9, memory.PRICES)
        with pytest.raises(OutOfMemoryError):
            own.need(1.1e9, memory.PRICES)
        assert own.lacked == (memory.PRICES,)
        assert budget() is own
    assert budget() is not own


def test_work_that_fills_its_budget_ends_as_if_time_were_up(machine: Machine) -> None:
    limit_memory("2GB")
    with budget().attempt() as tried:
        Deadline().check()
        machine.filled = 2.1e9
        with pytest.raises(TimeUpError):
            Deadline().check()
        assert Deadline.after(50).remaining == 0
        machine.filled = 1e9
        assert Deadline().passed  # what has begun to end does end
    assert tried.lacked == (memory.ENDED,)
    assert not Deadline().passed
    with budget().attempt() as other:
        assert not Deadline().passed
    assert other.lacked == ()


def test_what_is_lacked_inside_is_known_outside(machine: Machine) -> None:
    with budget().attempt() as outer:
        with pytest.raises(OutOfMemoryError), budget().attempt() as inner:
            raise MemoryError
        assert inner.lacked == (memory.ALLOCATION,)
    assert outer.lacked == (memory.ALLOCATION,)


def test_arrays_that_the_system_refuses_count_as_refused() -> None:
    with pytest.raises(OutOfMemoryError), budget().attempt():
        np.zeros(1 << 55)


def test_threads_have_the_budget_of_the_process() -> None:
    seen: list[Budget] = []
    with Budget(5e12).at_work():
        thread = threading.Thread(target=lambda: seen.append(budget()))
        thread.start()
        thread.join()
    assert seen == [process_budget()]


def test_room_within_limits(machine: Machine) -> None:
    limit_memory("2GB")
    assert Limits().room(1e3, 12) == 12
    assert Limits().room(1e9, 12) == 1
    assert Limits(memory=1e12).room(1e8, 12) == 10


LITTLE = Limits(120, memory=1e4)  # bytes that a list, a table or a programme may fill


def numbered(number: int) -> Scenario:
    """Ask for a number of mergers, with terms that compact formulations know."""
    asked = {"population": {"min": 20_000, "max": 150_000}, "count": {"min": number, "max": number}}
    return Scenario.model_validate(asked | {"weights": {"cut_edges": 1.0}})


@pytest.mark.parametrize("formulation", ["flow", "multiflow", "cut", "cpsat"])
def test_formulations_that_would_not_fit_say_so(formulation: str) -> None:
    asked = load("flanders-2025"), numbered(4)
    given = {"regions": ["Westhoek"], "formulation": formulation}
    (region,) = solve(*asked, **given, limits=LITTLE).by_region
    assert (region.status, region.reason) == ("no plan within limit", memory.FORMULATION)
    (region,) = solve(*asked, **given, limits=Limits(60, memory=1e9)).by_region
    assert region.score_nano is not None
    assert memory.FORMULATION not in region.reason


def test_programmes_are_given_up_as_they_are_written() -> None:
    """Tables of pairs fit, and the rows do not."""
    size = 17  # municipalities of Westhoek; some stand alone
    (region,) = solve(
        load("flanders-2025"),
        numbered(4),
        regions=["Westhoek"],
        formulation="flow",
        limits=Limits(120, memory=61.0 * size**2),
    ).by_region
    assert (region.status, region.reason) == ("no plan within limit", memory.FORMULATION)


def test_a_search_answers_where_lists_and_programmes_do_not_fit() -> None:
    asked = load("flanders-2025"), numbered(4)
    (best,) = solve(*asked, regions=["Westhoek"]).by_region
    (found,) = solve(*asked, regions=["Westhoek"], limits=Limits(120, memory=1e3)).by_region
    assert best.status == "optimal"
    assert found.candidates == 0 < best.candidates
    assert best.score_nano is not None
    assert found.score_nano is not None
    assert found.score_nano <= best.score_nano
    assert found.bound_nano is None or found.bound_nano >= best.score_nano
    # where nothing is proved, what was given up is told
    assert (found.status == "optimal") == (memory.FORMULATION not in found.reason)


def test_zones_with_mergers_inside_are_given_up_in_words() -> None:
    nested = load("flanders-2025"), Scenario.preset("nested")
    (region,) = solve(*nested, regions=["Westhoek"], limits=Limits(60, memory=1e3)).by_region
    assert region.status == "feasible"  # searched for without lists
    assert region.bound_nano is not None
    assert memory.LISTING in region.reason


def test_a_full_budget_ends_in_plain_words(machine: Machine) -> None:
    """Nothing can be found then, and no plan is claimed, nor that there is none."""
    question = load("flanders-2025"), Scenario.preset("mergers")
    limit_memory("2GB")
    machine.filled = 3e9
    (region,) = solve(*question, regions=["Westhoek"], limits=Limits(20)).by_region
    assert region.status == "no plan within limit"
    assert memory.ENDED in region.reason
    machine.filled = 1e9
    (region,) = solve(*question, regions=["Westhoek"]).by_region
    assert region.status == "optimal"
    assert region.reason == ""
