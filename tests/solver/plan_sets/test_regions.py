"""Regions are listed one after the other; what is not known of one stops none of the others."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from refzones.instances import InputError, load
from refzones.models import Scenario
from refzones.solver import (
    Limits,
    Loss,
    agreement,
    best_plans,
    census,
    diverse_plans,
    pareto_front,
    stability,
)
from refzones.solver.candidates.enumeration import TooManyCandidatesError
from refzones.solver.deadline import Deadline
from refzones.solver.plan_sets import regions as module
from refzones.solver.plan_sets.regions import listed_regions
from support.build import build_instance
from support.executors import Pickling

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


FLANDERS = load("flanders-2025")
MERGERS = Scenario.preset("mergers")
SOME = ["Waasland", "Regio Brugge", "Midwest"]


def _sets(cluster: Pickling | None) -> list[Any]:
    given: dict[str, Any] = {"regions": SOME, "cluster": cluster}
    loss = Loss.read("1%")
    return [
        best_plans(FLANDERS, MERGERS, 20, **given),
        diverse_plans(FLANDERS, MERGERS, 3, loss, **given),
        agreement(FLANDERS, MERGERS, loss, **given),
        census(FLANDERS, MERGERS, **given),
        pareto_front(FLANDERS, MERGERS, ["coverage", "distance"], **given),
        stability(FLANDERS, MERGERS, **given),
    ]


def test_every_set_of_plans_is_the_same_from_elsewhere() -> None:
    cluster = Pickling()
    for there, here in zip(_sets(cluster), _sets(None), strict=True):
        tables = [one.to_frame().drop(columns="seconds", errors="ignore") for one in (there, here)]
        assert tables[0].equals(tables[1]), type(here)
    assert len(cluster.sent) == 6


def test_a_census_from_elsewhere_draws_the_same_plans() -> None:
    there, here = (census(FLANDERS, MERGERS, regions=SOME, cluster=cluster) for cluster in (Pickling(), None))
    assert [plan.mergers for plan in there.draw(5, 1)] == [plan.mergers for plan in here.draw(5, 1)]


def test_what_is_lost_is_said_and_the_others_are_there() -> None:
    """The last task is that of the smallest region."""
    lost = "the cluster lost it"
    best, diverse, agreed, counted, front, moves = _sets(Pickling(loses=[2]))
    (gone,) = (one.region for one in best.by_region if not one.plans)
    assert [one.note == lost and not one.is_all for one in best.by_region] == [
        name == gone for name in best.regions
    ]
    assert best.whole is None
    assert diverse.of(gone).note == lost
    assert gone not in [one.region for one in agreed.by_region]
    assert [one.note == lost for one in counted.by_region] == [name == gone for name in counted.regions]
    assert [one.is_proved for one in front.by_region] == [name != gone for name in front.regions]
    assert gone not in {one.region for one in moves.by_region}
    assert moves.whole == ()


def test_threads_of_a_worker_share_the_memory() -> None:
    """A census whose graphs do not fit is an estimate, and says so."""
    memory = Limits(memory=1e9)
    one, many = (
        census(FLANDERS, MERGERS, regions=["Waasland"], bins=0, limits=memory, cluster=Pickling(threads=n))
        for n in (1, 10_000_000)
    )
    assert one.by_region[0].count is not None
    assert many.by_region[0].count is None
