"""Which regions a question has: those of the instance, or one."""

from __future__ import annotations

import pickle

import pytest
from refzones.instances import InputError, load
from refzones.instances.instance import ONE_FRAME
from refzones.models import Scenario
from refzones.models.question.builder import ask
from refzones.models.scenario.framing import framed
from support.build import build_instance
from support.refusals import refused

PAIR = build_instance([20_000] * 4, [(0, 1), (1, 2), (2, 3)], region=[0, 0, 1, 1])
BOUNDS = {"population": {"min": 20_000, "max": 60_000}, "weights": {}}
ASKED = Scenario.from_dict(BOUNDS)
UNITED = Scenario.from_dict({**BOUNDS, "frames": {"regions": False}})


def test_regions_are_frames_unless_they_are_not() -> None:
    assert framed(PAIR, ASKED) is PAIR
    one = framed(PAIR, UNITED)
    assert one.regions == (ONE_FRAME,)
    assert one.region.tolist() == [0] * 4
    assert ask(PAIR, UNITED).neighbours == ((1,), (0, 2), (1, 3), (2,))


def test_it_is_the_same_instance() -> None:
    one = framed(PAIR, UNITED)
    assert (one.name, one.hash) == (PAIR.name, PAIR.hash)
    assert framed(one, UNITED) is one
    assert framed(PAIR, UNITED) is one
    assert framed(one, ASKED) is PAIR
    assert pickle.loads(pickle.dumps(one)).hash == PAIR.hash


def test_a_part_of_it_is_another_one() -> None:
    one = framed(PAIR, UNITED)
    some = one.subset(PAIR.members(0))
    assert some.hash == PAIR.subset(PAIR.members(0)).hash
    assert framed(some, ASKED).regions == ("R0",)
    assert one.as_one_region("Land").hash != PAIR.hash
    assert framed(one.as_one_region("Land"), ASKED).regions == ("Land",)


def test_one_region_keeps_its_name() -> None:
    lone = build_instance([20_000, 20_000], [(0, 1)])
    assert framed(lone, UNITED) is lone


def test_a_region_is_not_asked_for() -> None:
    with pytest.raises(InputError) as told:
        ask(PAIR, UNITED, ["R1"])
    assert str(told.value) == (
        "value 'R1': there is no such region: frames.regions = false unites the reference regions; "
        "leave the region out"
    )


def test_refused() -> None:
    count = {**BOUNDS, "frames": {"regions": False}, "count": {"regions": {"R0": [1, 2]}}}
    assert refused(count) == [
        "my.toml: count.regions is about reference regions, which frames.regions = false unites; write "
        "count.min and count.max for all of them"
    ]
    assert refused({"preset": "nested", "frames": {"regions": False}}) == [
        "my.toml: frames.regions and zones.frames.regions differ; mergers lie in zones, so give both "
        "one value"
    ]


def test_flanders_has_185_borders_across_regions() -> None:
    flanders = load("flanders-2025")
    near, all_near = (ask(flanders, asked).neighbours for asked in (ASKED, UNITED))
    assert sum(map(len, all_near)) - sum(map(len, near)) == 2 * 185
