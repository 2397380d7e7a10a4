"""Questions: who stands alone, whom locks and frames hold together, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from refzones.instances import InputError, Instance, load
from refzones.models import Question, Scenario, ask
from support.build import build_instance

ROW = build_instance(
    [40_000, 50_000, 200_000, 45_000, 3_000],
    [(0, 1), (1, 2), (2, 3)],
    facility=[1],
    layers={"police": ["A", "B", "B", "B", ""]},
)


def put(**data: object) -> Question:
    return ask(ROW, Scenario.from_dict({"locks": {"alone": ["M4"]}, **data}))


def test_standalone_reasons() -> None:
    assert put().standalone == {1: "facility", 2: "above_max", 4: "locked"}
    assert put(rules={"facility": "free", "above_max": "absorb"}).standalone == {4: "locked"}
    assert put(rules={"joined": ["M1"]}).standalone == {2: "above_max", 4: "locked"}
    assert put(locks={"alone": ["M4", "10001"]}).standalone[1] == "locked"


def test_absorbing_city_counts_as_the_maximum_less_what_it_may_absorb() -> None:
    question = put(rules={"above_max": "absorb", "absorb_up_to": 20_000})
    assert question.bounded.tolist() == [40_000, 50_000, 110_000, 45_000, 3_000]


def test_lonely_small_municipality() -> None:
    with pytest.raises(InputError, match=r"M4 \(10004\) has 3000 inhabitants, fewer than population.min"):
        ask(ROW, Scenario())
    lonely_but_large = build_instance([40_000, 40_000], [])
    assert ask(lonely_but_large, Scenario()).standalone == {}


def test_overlapping_locks_are_united() -> None:
    assert put(locks={"together": [["M0", "M3"], ["M3", "10000"]], "alone": ["M4"]}).together == ((0, 3),)


def test_frames() -> None:
    assert put(frames={"within": ["police"]}).neighbours == ((), (2,), (1, 3), (2,), ())
    # the facility municipality and the city are exempt, and a zone of one holds nobody together
    assert put(frames={"unsplit": ["police"]}).together == ()
    assert put(frames={"unsplit": ["police"]}, rules={"facility": "free"}).together == ((1, 3),)


def test_borders() -> None:
    changed = put(borders={"added": [["M4", "M0"]], "removed": [["M1", "10002"]]})
    assert changed.neighbours == ((1, 4), (0,), (3,), (2,), (0,))
    assert put(borders={"min_length": 1001}).neighbours == ((),) * 5


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"borders": {"added": [["M0", "M0"]]}}, "a municipality cannot border itself"),
        ({"borders": {"removed": [["M0", "M9"]]}}, "borders.removed: no municipality has this name"),
        ({"frames": {"within": ["polis"]}}, "the instance has no layer 'polis'; did you mean 'police'?"),
        ({"requires": {"functions": ["rail"]}}, "the instance has no function 'rail'"),
        ({"rules": {"joined": ["M0"]}}, "M0 (10000) is no facility municipality"),
        (
            {"locks": {"together": [["M0", "M3"]], "apart": [["M3", "M0"]], "alone": ["M4"]}},
            "M0 (10000) and M3 (10003) are locked both together and apart",
        ),
        (
            {"locks": {"together": [["M0", "M2"]], "alone": ["M4"]}},
            "M2 (10002) has more inhabitants than population.max and stands alone",
        ),
    ],
)
def test_refused(data: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        put(**data)
    assert message in str(caught.value)


# Every message in full


def messages(instance: Instance, **parts: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        ask(instance, Scenario.from_dict({"population": {"min": 10_000, "max": 60_000}, **parts}))
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture(scope="module")
def two_regions() -> Instance:
    """A row of seven: R0 is 0-1-2-3, R1 is 4-5-6; 3 is a facility municipality, 6 a city."""
    return build_instance(
        [20_000, 20_000, 20_000, 9_000, 20_000, 20_000, 90_000],
        [(i, i + 1) for i in range(6)],
        region=[0, 0, 0, 0, 1, 1, 1],
        facility=[3],
    )


LOCKS = [
    (
        {"together": [["10001", "10092"]]},
        "value '10092': locks.together: no municipality has this code; those here are like 10000",
    ),
    (
        {"apart": [["10001", "10092"]]},
        "value '10092': locks.apart: no municipality has this code; those here are like 10000",
    ),
    (
        {"together": [["M0", "M1"]], "apart": [["M1", "M2", "M0"]]},
        "M0 (10000) and M1 (10001) are locked both together and apart; remove one of the two locks",
    ),
    (
        {"together": [["M0", "M1"], ["M1", "M2"]], "apart": [["M0", "M2"]]},
        "M0 (10000) and M2 (10002) are locked both together and apart; remove one of the two locks",
    ),
    (
        {"together": [["M0", "M1"]], "alone": ["M1"]},
        "locks.together: M1 (10001) is in locks.alone; "
        "remove it from the group or remove one of the two locks",
    ),
    (
        {"together": [["M2", "M3"]]},
        "locks.together: M3 (10003) is a facility municipality and stands alone; "
        "remove it from the group or name it in rules.joined",
    ),
    (
        {"together": [["M5", "M6"]]},
        "locks.together: M6 (10006) has more inhabitants than population.max and stands alone; "
        "remove it from the group or raise population.max",
    ),
    (
        {"together": [["M2", "M4"]]},
        "locks.together: M2 (10002), M4 (10004) are in different regions (R0, R1), "
        "and no merger crosses one; remove the lock, or let mergers cross regions: frames.regions = false",
    ),
]


@pytest.mark.parametrize(("locks", "message"), LOCKS)
def test_lock_that_cannot_be(two_regions: Instance, locks: dict[str, Any], message: str) -> None:
    assert messages(two_regions, locks=locks) == [message]


def test_all_clashes_are_listed(two_regions: Instance) -> None:
    locks = {"together": [["M0", "M1"], ["M4", "M6"]], "apart": [["M0", "M1"]]}
    assert len(messages(two_regions, locks=locks)) == 2


def test_unknown_names_of_flanders() -> None:
    scenario = Scenario.from_dict({"preset": "mergers", "locks": {"alone": ["44022", "Alst"]}})
    with pytest.raises(InputError) as caught:
        ask(load("flanders-2025"), scenario)
    assert [str(problem) for problem in caught.value.problems] == [
        "value '44022': locks.alone: no municipality has this code; those here are like 11001",
        "value 'Alst': locks.alone: no municipality has this name; did you mean 'Aalst'?",
    ]


def test_who_stands_alone_limits(two_regions: Instance) -> None:
    """Exactly the maximum may merge; size goes before facility."""
    scenario = Scenario.from_dict({"population": {"min": 1, "max": 20_000}})
    question = ask(build_instance([20_000, 20_001], [(0, 1)], facility=[1]), scenario)
    assert question.standalone == {1: "above_max"}


def test_apart_groups_become_pairs() -> None:
    scenario = Scenario.from_dict({"locks": {"apart": [["M2", "M0", "M1"], ["M1", "M0"]]}})
    row = build_instance([40_000] * 3, [(0, 1), (1, 2)])
    assert ask(row, scenario).apart == ((0, 1), (0, 2), (1, 2))


def test_free_members_and_neighbours_end_at_the_region(two_regions: Instance) -> None:
    question = ask(two_regions, Scenario.from_dict({"population": {"min": 10_000, "max": 60_000}}))
    assert [question.free_members(region).tolist() for region in (0, 1)] == [[0, 1, 2], [4, 5]]
    assert question.neighbours == ((1,), (0, 2), (1, 3), (2,), (5,), (4, 6), (5,))


# A municipality without neighbours in its region


def island(population: int, **kinds: Any) -> Instance:
    return build_instance(
        [20_000, 20_000, population, 20_000], [(0, 1), (2, 3)], region=[0, 0, 0, 1], **kinds
    )


def test_small_island_is_refused() -> None:
    refusal = [
        "M2 (10002) has 9999 inhabitants, fewer than population.min, and no neighbour in its region; "
        "no rule lets it stand alone; add a border, name it in locks.alone, or let all such "
        'municipalities stand alone: rules.isolated = "alone"'
    ]
    assert messages(island(9_999)) == refusal
    assert messages(island(9_999, facility=[2]), rules={"facility": "free"}) == refusal


@pytest.mark.parametrize(
    ("instance", "parts", "standalone"),
    [
        (island(10_000), {}, {}),
        (island(60_001), {}, {2: "above_max"}),
        (island(500, facility=[2]), {}, {2: "facility"}),
        (island(500), {"locks": {"alone": ["M2"]}}, {2: "locked"}),
        (island(500), {"population": {"min": 500, "max": 60_000}}, {}),
    ],
)
def test_island_that_may_stand_alone(
    instance: Instance, parts: dict[str, Any], standalone: dict[int, str]
) -> None:
    scenario = Scenario.from_dict({"population": {"min": 10_000, "max": 60_000}, **parts})
    assert ask(instance, scenario).standalone == standalone


# What is settled, and what counts


def test_parts_that_are_in_every_plan(two_regions: Instance) -> None:
    """A merger that is kept, who stands alone in it, and who stands alone by what it is."""
    scenario = Scenario.from_dict(
        {
            "population": {"min": 10_000, "max": 60_000},
            "existing": {"mode": "keep", "mergers": [["M2", "M3"], ["M0"]]},
        }
    )
    question = ask(two_regions, scenario)
    assert question.kept == ((2, 3),)
    assert question.standalone == {0: "locked", 6: "above_max"}
    assert question.fixed_parts(0) == [((0,), "locked"), ((2, 3), "locked")]
    assert question.fixed_parts(1) == [((6,), "above_max")]
    assert [question.free_members(region).tolist() for region in (0, 1)] == [[1], [4, 5]]


def test_who_is_no_merger_while_alone(two_regions: Instance) -> None:
    """A lock does not make a merger of a city, nor of a facility municipality."""
    scenario = Scenario.from_dict(
        {"population": {"min": 10_000, "max": 60_000}, "locks": {"alone": ["M0", "M3"]}}
    )
    question = ask(two_regions, scenario)
    assert [i for i in range(7) if not question.is_counted((i,))] == [3, 6]
    assert question.is_counted((2, 3))


def test_unknown_regions_are_named(two_regions: Instance) -> None:
    assert messages(two_regions, count={"regions": {"r0": [0, 1], "Kempen": [0, 1], "R1": [0, 1]}}) == [
        "value 'r0': count.regions: there is no such region; did you mean 'R0'?",
        "value 'Kempen': count.regions: there is no such region; known: R0, R1",
    ]


def test_small_island_under_a_soft_minimum() -> None:
    """It may stay alone, for a price."""
    soft = {"population": {"min": 10_000, "max": 60_000, "floor": 9_000}, "weights": {"shortfall": 1}}
    assert ask(island(9_000), Scenario.from_dict(soft)).standalone == {}
    assert len(messages(island(8_999), **soft)) == 1


def test_seats_in_one_group(two_regions: Instance) -> None:
    locks = {"together": [["M0", "M1"], ["M1", "M2"]], "seat": ["M2", "M4", "M0"]}
    assert messages(two_regions, locks=locks) == [
        "locks.seat names M0 (10000), M2 (10002), which are in one merger; keep one of them"
    ]


def test_isolated_municipalities_may_stand_alone() -> None:
    question = ask(
        island(9_999), Scenario.from_dict({"population": {"min": 10_000}, "rules": {"isolated": "alone"}})
    )
    assert question.standalone == {2: "isolated", 3: "isolated"}
    assert not question.is_counted((2,))
    locked = {
        "population": {"min": 10_000},
        "rules": {"isolated": "alone"},
        "locks": {"together": [["M1", "M2"]]},
    }
    assert messages(island(9_999), **locked) == [
        "locks.together: M2 (10002) has nobody to merge with and stands alone; remove it from the group "
        'or add a border, or leave rules.isolated "free"'
    ]


# Two regions, of which the second has everything that can be wrong
WRONG: list[dict[str, Any]] = [
    {},  # M5 is an island of 3,000
    {"locks": {"together": [["M3", "M4"]], "apart": [["M3", "M4"]]}},
    {"locks": {"together": [["M3", "M6"]]}},  # a facility municipality
    {"rules": {"joined": ["M3"]}},
    {"borders": {"added": [["M4", "M7"]]}},
    {"existing": {"mergers": [["M3", "M4"], ["M4", "M3"]]}},
    {"existing": {"mergers": [["M3", "M5"]], "mode": "keep"}},
    {"existing": {"mergers": [["M3", "M7"]]}},
    {"frames": {"zones": [["M3", "M4"], ["M4", "M5"]]}},
    {"frames": {"unsplit": ["police"]}, "locks": {"apart": [["M3", "M4"]]}},
    {"frames": {"within": ["care"]}, "locks": {"together": [["M3", "M4"]]}},
    {"locks": {"seat": ["M3", "M4"], "together": [["M3", "M4"]]}},
]
TWO = build_instance(
    [20_000, 20_000, 20_000, 20_000, 20_000, 3_000, 9_000, 30_000],
    [(0, 1), (1, 2), (3, 4), (4, 6)],
    region=[0, 0, 0, 1, 1, 1, 1, 2],
    facility=[6],
    layers={"police": ["", "", "", "A", "A", "", "", ""], "care": ["X", "X", "X", "A", "B", "", "", "C"]},
)


@pytest.mark.parametrize("parts", WRONG, ids=str)
def test_what_is_wrong_outside_the_regions_asked_for_is_no_problem(parts: dict[str, Any]) -> None:
    scenario = Scenario.from_dict({"population": {"min": 20_000}, **parts})
    with pytest.raises(InputError):
        ask(TWO, scenario)
    with pytest.raises(InputError):
        ask(TWO, scenario, ["R0", "R1"])
    question = ask(TWO, scenario, ["R0"])
    assert (question.together, question.apart, question.kept, question.seats) == ((), (), (), ())
    assert [question.standalone.get(i) for i in range(3)] == [None] * 3


@pytest.mark.parametrize(
    "parts",
    [
        {"locks": {"together": [["M3", "Mx"]]}},
        {"locks": {"together": [["M0", "M3"]]}},  # it concerns R0
        {"count": {"regions": {"R9": [1, 2]}}},
        {"existing": {"mergers": [["M3", "M99"]]}},
        {"frames": {"within": ["fire"]}},
        {"requires": {"functions": ["opera"]}},
        {"borders": {"removed": [["M3", "Mx"]]}},
        {"borders": {"removed": [["M3", "M3"]]}},
        {"borders": {"added": [["M3", "M0"]]}},
    ],
    ids=str,
)
def test_what_means_nothing_is_a_problem_whatever_is_asked_for(parts: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        ask(TWO, Scenario.from_dict({"population": {"min": 20_000}, **parts}), ["R0"])


def test_old_names_of_what_is_fixed() -> None:
    question = ask(load(), Scenario.preset("mergers"))
    with pytest.warns(DeprecationWarning, match="now Question.fixed"):
        assert question.settled == question.fixed
    with pytest.warns(DeprecationWarning, match="now Question.fixed_parts"):
        assert question.settled_parts(0) == question.fixed_parts(0)
