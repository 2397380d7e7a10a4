"""Borders, layers and requirements as a scenario wants them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from refzones.instances import InputError, Instance
from refzones.models import Scenario, ask
from support.build import build_instance


@pytest.fixture(scope="module")
def instance() -> Instance:
    """A row of six: R0 is 0-1-2-3, R1 is 4-5; police zones A A B - B B."""
    return build_instance(
        [20_000] * 6,
        pairwise(range(6)),
        region=[0, 0, 0, 0, 1, 1],
        layers={"police": ["A", "A", "B", "", "B", "B"]},
        functions={"rail": [0, 1, 0, 0, 1, 0]},
        classes=["a1", "", "c0", "", "", "a1"],
    )


def scenario(**parts: Any) -> Scenario:
    return Scenario.from_dict({"population": {"min": 10_000, "max": 60_000}, **parts})


def refused(instance: Instance, **parts: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        ask(instance, scenario(**parts))
    return [str(problem) for problem in caught.value.problems]


def test_added_and_removed_borders(instance: Instance) -> None:
    question = ask(instance, scenario(borders={"added": [["M3", "10000"]], "removed": [["M1", "M0"]]}))
    assert question.neighbours == ((3,), (2,), (1, 3), (0, 2), (5,), (4,))


def test_shortest_border_that_counts(instance: Instance) -> None:
    assert ask(instance, scenario(borders={"min_length": 1000})).neighbours[0] == (1,)
    assert ask(instance, scenario(borders={"min_length": 1001})).neighbours == ((),) * 6


def test_island_by_a_removed_border_is_refused() -> None:
    small = build_instance([20_000, 5_000], [(0, 1)])
    assert ask(small, scenario()).neighbours == ((1,), (0,))
    (message,) = refused(small, borders={"removed": [["M0", "M1"]]})
    assert message.startswith("M1 (10001) has 5000 inhabitants, fewer than population.min, and no neighbour")


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        (["M0", "M0"], "value 'M0': borders.added: a municipality cannot border itself; remove the pair"),
        (
            ["M0", "M44"],
            "value 'M0 - M44': borders.added: no municipality has this name; did you mean 'M4'?",
        ),
        (
            ["M3", "M4"],
            "borders.added: M3 (10003) and M4 (10004) are in different regions, and nothing crosses one; "
            "remove the pair, or let mergers cross regions: frames.regions = false",
        ),
    ],
)
def test_bad_border_is_named(instance: Instance, pair: list[str], message: str) -> None:
    assert refused(instance, borders={"added": [pair]}) == [message]


def test_borders_end_at_the_zones_of_a_frame(instance: Instance) -> None:
    """A municipality without a zone is a zone of its own."""
    question = ask(instance, scenario(frames={"within": ["police"]}))
    assert question.neighbours == ((1,), (0,), (), (), (5,), (4,))


def test_zones_that_stay_whole_are_groups_inside_a_region(instance: Instance) -> None:
    assert ask(instance, scenario(frames={"unsplit": ["police"]})).together == ((0, 1), (4, 5))


def test_who_stands_alone_is_exempt_from_a_frame(instance: Instance) -> None:
    question = ask(instance, scenario(frames={"unsplit": ["police"]}, locks={"alone": ["M1"]}))
    assert question.together == ((4, 5),)


@pytest.mark.parametrize("frame", ["within", "unsplit"])
def test_unknown_layer_is_named(instance: Instance, frame: str) -> None:
    assert refused(instance, frames={frame: ["polce"]}) == [
        "frames: the instance has no layer 'polce'; did you mean 'police'?"
    ]


def test_apart_within_a_zone_that_stays_whole(instance: Instance) -> None:
    assert refused(instance, frames={"unsplit": ["police"]}, locks={"apart": [["M0", "M1"]]}) == [
        "locks.apart: M0 (10000) and M1 (10001) are both in zone 'A', which frames.unsplit keeps whole; "
        "remove the lock, or 'police' from frames.unsplit"
    ]


def test_together_across_the_zones_of_a_frame(instance: Instance) -> None:
    assert refused(instance, frames={"within": ["police"]}, locks={"together": [["M1", "M2"]]}) == [
        "M1 (10001) and M2 (10002) are held together by locks.together or existing.mergers, but are in "
        "different zones of layer 'police', which frames.within keeps apart; remove the lock or the merger, "
        "or what keeps the zones apart"
    ]


def test_requirements_in_words_and_flags(instance: Instance) -> None:
    question = ask(instance, scenario(requires={"classes": ["a1", "c0"], "functions": ["rail"]}))
    assert [(what, has.tolist()) for what, has in question.required] == [
        ("a municipality of class a1, c0", [True, False, True, False, False, True]),
        ("a municipality with the function 'rail'", [False, True, False, False, True, False]),
    ]


def test_unknown_function_is_named(instance: Instance) -> None:
    assert refused(instance, requires={"functions": ["rial"]}) == [
        "requires.functions: the instance has no function 'rial'; did you mean 'rail'?"
    ]


def test_city_that_absorbs_counts_as_the_maximum_less_that() -> None:
    city = build_instance([100_000, 20_000], [(0, 1)])
    question = ask(city, scenario(rules={"above_max": "absorb", "absorb_up_to": 25_000}))
    assert question.standalone == {}
    assert question.bounded.tolist() == [35_000, 20_000]


def test_borders_that_a_preset_adds_are_those_of_flanders(instance: Instance) -> None:
    """On an instance with neither of the two they say nothing; with one of them they are a mistake."""
    assert ("Voeren", "Riemst") in Scenario.preset("zones").borders.added
    assert ask(instance, Scenario.preset("zones")).neighbours == ((1,), (0, 2), (1, 3), (2,), (5,), (4,))
    one = replace(instance, names=("Riemst", *instance.names[1:]))
    with pytest.raises(InputError, match=r"value 'Voeren - Riemst': borders\.added: no municipality"):
        ask(one, Scenario.preset("zones"))
    (message,) = refused(instance, borders={"added": [["Voeren", "Riemts"]]})
    assert message.startswith("value 'Voeren - Riemts': borders.added: no municipality has this name")


# Zones of one's own


def test_borders_end_at_own_zones(instance: Instance) -> None:
    """R1 is not named, and so is one zone."""
    zones = [["M0", "10001"], ["m2", "M3"]]
    assert ask(instance, scenario(frames={"zones": zones})).neighbours == ((1,), (0,), (3,), (2,), (5,), (4,))


def test_own_zones_are_seen_as_far_as_they_lie_in_one_region(instance: Instance) -> None:
    zones = [["M0"], ["M1", "M2", "M3", "M4", "M5"]]
    question = ask(instance, scenario(frames={"zones": zones}))
    assert question.neighbours == ((), (2,), (1, 3), (2,), (5,), (4,))


OWN_ZONES = [
    (
        [["M0", "M1"], ["M3"]],
        [
            "plan.csv: frames.zones is not complete: its regions also hold M2 (10002); "
            "put each of them in a zone"
        ],
    ),
    (
        [["M0", "M1"], ["M1", "M2", "M3"]],
        ["plan.csv: frames.zones: M1 (10001) is in two of the zones; keep it in one of them"],
    ),
    (
        [["M0", "M1", "M1"], ["M2", "M3"]],
        ["plan.csv: frames.zones: M1 (10001) stands twice in one group; keep it once"],
    ),
    # who is missing is not told as long as somebody is not known
    (
        [["M0", "M11"]],
        ["plan.csv, value 'M11': frames.zones: no municipality has this name; did you mean 'M1'?"],
    ),
]


@pytest.mark.parametrize(("zones", "messages"), OWN_ZONES)
def test_own_zones_that_cannot_be(instance: Instance, zones: list[list[str]], messages: list[str]) -> None:
    assert refused(instance, frames={"zones": zones, "source": "plan.csv"}) == messages


def test_many_who_are_missing_are_not_all_named() -> None:
    row = build_instance([20_000] * 30, pairwise(range(30)))
    (message,) = refused(row, frames={"zones": [["M0"]]})
    assert message.endswith("M20 (10020) and others; put each of them in a zone")


def test_together_across_own_zones(instance: Instance) -> None:
    zones = [["M0", "M1"], ["M2", "M3"]]
    assert refused(instance, frames={"zones": zones}, locks={"together": [["M1", "M2"]]}) == [
        "M1 (10001) and M2 (10002) are held together by locks.together or existing.mergers, but are in "
        "different zones of frames.zones, which no merger may cross; remove the lock or the merger, "
        "or what keeps the zones apart"
    ]


def test_lonely_in_its_frame() -> None:
    small = build_instance([20_000, 5_000], [(0, 1)])
    (message,) = refused(small, frames={"zones": [["M0"], ["M1"]]})
    assert message == (
        "M1 (10001) has 5000 inhabitants, fewer than population.min, and no neighbour in its region and "
        "zone; no rule lets it stand alone; add a border, name it in locks.alone, or "
        'let all such municipalities stand alone: rules.isolated = "alone"'
    )


def test_city_that_absorbs_under_a_soft_maximum() -> None:
    """It counts as the hard maximum less what it may absorb."""
    city = build_instance([100_000, 20_000], [(0, 1)])
    question = ask(
        city,
        scenario(
            population={"min": 10_000, "max": 60_000, "ceiling": 80_000},
            rules={"above_max": "absorb", "absorb_up_to": 25_000},
            weights={"shortfall": 1},
        ),
    )
    assert question.bounded.tolist() == [55_000, 20_000]
