"""Regions are listed one after the other; what is not known of one stops none of the others."""

from __future__ import annotations

from itertools import pairwise

import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.solver.candidates.enumeration import TooManyCandidatesError
from refzones.solver.deadline import Deadline
from refzones.solver.plan_sets import regions as module
from refzones.solver.plan_sets.regions import listed_regions
from support.build import build_instance

INSTANCE = build_instance([20_000] * 6, pairwise(range(6)), region=[0, 0, 1, 1, 2, 2])
SCENARIO = Scenario.from_dict({"population": {"min": 20_000, "max": 60_000}, "weights": {"distance": 1}})


def test_in_the_order_of_the_instance_each_once() -> None:
    regions = list(listed_regions(INSTANCE, SCENARIO, ["R2", "R0", "R2"], Deadline()))
    assert [(one.name, one.number, one.total, one.lacks) for one in regions] == [
        ("R0", 1, 2, ""),
        ("R2", 2, 2, ""),
    ]
    assert [one.listing is not None and one.listing.name for one in regions] == ["R0", "R2"]


def test_a_step_reports_what_came_out() -> None:
    (region,) = listed_regions(INSTANCE, SCENARIO, ["R1"], Deadline())
    step = region.step("answer")
    assert (step.name, step.done, step.total, step.answer) == ("R1", 1, 1, "answer")
    assert 0 <= step.seconds <= region.seconds


def test_what_is_too_much_is_said_and_the_next_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = module.list_regions

    def limited(*given: object, regions: list[str], **named: object) -> object:
        if regions == ["R1"]:
            raise TooManyCandidatesError
        return real(*given, regions=regions, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "list_regions", limited)
    regions = list(listed_regions(INSTANCE, SCENARIO, None, Deadline()))
    assert [(one.name, one.lacks, one.listing is None) for one in regions] == [
        ("R0", "", False),
        ("R1", "candidates", True),
        ("R2", "", False),
    ]


def test_time_is_divided_among_those_that_are_left() -> None:
    whole = Deadline.after(60)
    regions = list(listed_regions(INSTANCE, SCENARIO, None, whole, shared=True))
    ends = [one.deadline.at for one in regions]
    assert ends == sorted(ends, key=lambda at: at or 0.0)
    assert ends[0] is not None
    assert whole.at is not None
    assert whole.at - ends[0] == pytest.approx(40, abs=5)
    assert ends[-1] == pytest.approx(whole.at)
    assert {one.deadline for one in listed_regions(INSTANCE, SCENARIO, None, whole)} == {whole}


def test_unknown_regions_are_refused() -> None:
    with pytest.raises(InputError, match="there is no such region; did you mean 'R0'"):
        list(listed_regions(INSTANCE, SCENARIO, ["r0"], Deadline()))
