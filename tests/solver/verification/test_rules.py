"""Every rule of a scenario, at each level: a plan that breaks it and nothing else, and one that keeps it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.models.scenario.demands import Demands
from refzones.models.scoring.model import Model
from refzones.solver.results.mergers import Merger, make_parts
from refzones.solver.results.plan import Plan
from refzones.solver.verification.verifier import verify
from support.build import build_instance

Parts = list[tuple[int, ...]]

BASE = {"population": {"min": 10_000, "max": 60_000}, "weights": {"distance": 1.0}}
ANYTHING = {
    "population": {"min": 0, "max": 900_000},
    "rules": {"facility": "free"},
    "weights": {"distance": 1.0},
}
"""Demands that every division into connected parts satisfies."""


@pytest.fixture(scope="module")
def instance() -> Instance:
    """R0 is 0 to 4, R1 is 5 and 6; 3 is a facility municipality, 6 a city; the border of 0 and 2 is short.

    4 came out of a merger.

      1
     / .
    0 . 2 - 3
         .  |
          - 4      5 - 6
    """
    pairs = [(0, 1), (1, 2), (2, 3), (2, 4), (3, 4), (5, 6)]
    return build_instance(
        [20_000, 20_000, 20_000, 9_000, 20_000, 30_000, 90_000],
        {**dict.fromkeys(pairs, 1000.0), (0, 2): 100.0},
        region=[0] * 5 + [1] * 2,
        facility=[3],
        merged_in={4: 2019},
        classes=["a1", "", "a1", "", "", "a1", ""],
        layers={
            "pairs": ["A", "A", "", "", "", "", ""],
            "care": ["A", "A", "A", "", "B", "", ""],
        },
        functions={"hospital": [1, 0, 1, 0, 0, 1, 0]},
        attributes={"later": [20_000.4, 45_000, 20_000, 9_000, 20_000, 30_000, 90_000]},
    )


# Every plan holds 5, a merger by itself, and 6, a city.
PLAN: Parts = [(0, 1), (2, 4), (3,), (5,), (6,)]
WITH_THREE: Parts = [(0, 1), (2, 3, 4), (5,), (6,)]
THREE_AND_ONE: Parts = [(0, 1, 2), (3,), (4,), (5,), (6,)]
ONE_AND_THREE: Parts = [(0,), (1, 2, 4), (3,), (5,), (6,)]
ACROSS: Parts = [(0, 2), (1,), (3,), (4,), (5,), (6,)]
IN_THREE: Parts = [(0,), (1,), (2, 4), (3,), (5,), (6,)]
MIDDLE: Parts = [(0,), (1, 2), (3,), (4,), (5,), (6,)]
WITH_CITY: Parts = [(0, 1), (2, 4), (3,), (5, 6)]

PRICE = {"weights": {"shortfall": 0.01}}
ABSORB = {"rules": {"above_max": "absorb", "absorb_up_to": 29_000}}

# What is asked; a plan that breaks it; a plan that keeps it; the kinds of what is wrong with the first.
BROKEN: dict[str, tuple[dict[str, Any], Parts, Parts, set[str]]] = {
    "population.min": ({"population": {"min": 30_000, "max": 60_000}}, ONE_AND_THREE, PLAN, {"too_small"}),
    "population.max": ({"population": {"min": 10_000, "max": 45_000}}, THREE_AND_ONE, PLAN, {"too_large"}),
    "population.floor": (
        {"population": {"min": 30_000, "max": 60_000, "floor": 20_001}, **PRICE},
        ONE_AND_THREE,
        PLAN,
        {"too_small"},
    ),
    "population.ceiling": (
        {"population": {"min": 10_000, "max": 45_000, "ceiling": 59_999}, **PRICE},
        THREE_AND_ONE,
        PLAN,
        {"too_large"},
    ),
    "population.also": (
        {"population": {"min": 10_000, "max": 60_000, "also": ["later"]}},
        PLAN,
        IN_THREE,
        {"too_large"},
    ),
    "count.min": ({"count": {"min": 3, "regions": {"R1": [0, 9]}}}, PLAN, IN_THREE, {"count"}),
    "count.max": ({"count": {"max": 2}}, IN_THREE, PLAN, {"count"}),
    "count.regions": (
        {"count": {"min": 9, "regions": {"R0": [3, 3], "R1": [1, 1]}}},
        PLAN,
        IN_THREE,
        {"count"},
    ),
    "budgets.": ({"budgets": {"municipalities": {"max": 5}}}, IN_THREE, PLAN, {"budget"}),
    "rules.facility": ({"rules": {"facility": "alone"}}, WITH_THREE, PLAN, {"standalone"}),
    "rules.staying": ({"rules": {"staying": ["M4"]}}, PLAN, THREE_AND_ONE, {"standalone"}),
    "rules.joined": ({"rules": {"joined": ["M3"]}}, PLAN, WITH_THREE, {"too_small"}),
    "rules.above_max": ({}, WITH_CITY, PLAN, {"standalone", "too_large"}),
    "rules.absorb_up_to": (ABSORB, WITH_CITY, PLAN, {"too_large"}),
    "rules.isolated": (
        {
            "population": {"min": 45_000, "max": 60_000},
            "rules": {"isolated": "alone"},
            "borders": {"removed": [["M1", "M2"], ["M2", "M0"]]},
        },
        PLAN,
        [(i,) for i in range(7)],
        {"standalone", "too_small"},
    ),
    "rules.merged": ({"rules": {"merged": "kept"}}, PLAN, THREE_AND_ONE, {"standalone"}),
    "rules.seat": (
        {"rules": {"seat": "best_equipped"}, "locks": {"seat": ["M0", "M1"]}},
        PLAN,
        IN_THREE,
        {"lock"},
    ),
    "rules.enclosed": ({"rules": {"enclosed": "forbidden"}}, ONE_AND_THREE, PLAN, {"enclosed"}),
    "rules.enclosed_parts": (
        {"rules": {"enclosed": "forbidden", "enclosed_parts": "all"}},
        PLAN,
        THREE_AND_ONE,
        {"enclosed"},
    ),
    "requires.classes": (
        {"requires": {"classes": ["a1", "a2"]}},
        [(0, 2, 4), (1,), (3,), (5,), (6,)],
        PLAN,
        {"requirement"},
    ),
    "requires.functions": (
        {"requires": {"functions": ["hospital"]}},
        [(0, 2, 4), (1,), (3,), (5,), (6,)],
        PLAN,
        {"requirement"},
    ),
    "frames.unsplit": ({"frames": {"unsplit": ["pairs"]}}, ONE_AND_THREE, PLAN, {"frame"}),
    "frames.within": ({"frames": {"within": ["care"]}}, PLAN, THREE_AND_ONE, {"frame"}),
    "frames.zones": (
        {"frames": {"zones": [["M0", "M1", "M2", "M3"], ["M4"]]}},
        PLAN,
        THREE_AND_ONE,
        {"frame"},
    ),
    "borders.min_length": ({"borders": {"min_length": 500}}, ACROSS, PLAN, {"disconnected"}),
    "borders.removed": ({"borders": {"removed": [["M4", "M2"]]}}, PLAN, THREE_AND_ONE, {"disconnected"}),
    "locks.together": ({"locks": {"together": [["M1", "M2"]]}}, PLAN, THREE_AND_ONE, {"lock"}),
    "locks.apart": ({"locks": {"apart": [["M1", "M0"]]}}, PLAN, ACROSS, {"lock"}),
    "locks.alone": ({"locks": {"alone": ["M4"]}}, PLAN, THREE_AND_ONE, {"lock"}),
    "locks.seat": ({"locks": {"seat": ["M1"]}}, PLAN, IN_THREE, {"lock"}),
    "existing.mergers": (
        {"existing": {"mergers": [["M1", "M2"], ["M4"]]}},
        PLAN,
        THREE_AND_ONE,
        {"existing"},
    ),
    "existing.mode": (
        {"existing": {"mode": "keep", "mergers": [["M1", "M2"]]}},
        THREE_AND_ONE,
        MIDDLE,
        {"existing"},
    ),
}

# What is allowed that would otherwise be wrong: a plan, and the kinds of what is wrong without it.
ALLOWED: dict[str, tuple[dict[str, Any], Parts, set[str]]] = {
    "borders.added": (
        {"borders": {"added": [["M1", "M4"]]}},
        [(0, 2), (1, 4), (3,), (5,), (6,)],
        {"disconnected"},
    ),
    "rules.facility": ({"rules": {"facility": "free"}}, WITH_THREE, {"standalone"}),
    "rules.joined": ({"rules": {"joined": ["10003"]}}, WITH_THREE, {"standalone"}),
    "rules.absorb_up_to": (
        {
            "population": {"min": 10_000, "max": 80_000},
            "rules": {"above_max": "absorb", "absorb_up_to": 30_000},
        },
        WITH_CITY,
        {"standalone", "too_large"},
    ),
    "population.floor": (
        {
            "population": {"min": 10_000, "max": 60_000, "floor": 9_000},
            "rules": {"facility": "free"},
            **PRICE,
        },
        PLAN,
        set(),
    ),
    "population.ceiling": (
        {"population": {"min": 10_000, "max": 60_000, "ceiling": 80_000}, **PRICE},
        [(0, 1, 2, 4), (3,), (5,), (6,)],
        {"too_large"},
    ),
    "rules.merged": (
        {"rules": {"merged": "alone"}, "population": {"min": 25_000, "max": 60_000}},
        THREE_AND_ONE,
        set(),
    ),
    "rules.merged, of a small one that is not kept": (
        {"rules": {"merged": "kept"}, "population": {"min": 25_000, "max": 60_000, "floor": 20_001}, **PRICE},
        PLAN,
        set(),
    ),
    "rules.seat, and a lock on a lesser member": (
        {"rules": {"seat": "best_equipped"}, "locks": {"seat": ["M1", "M4"]}},
        PLAN,
        set(),
    ),
    "rules.enclosed, of a facility municipality and by a merger that is kept": (
        {"rules": {"enclosed": "forbidden"}, "existing": {"mode": "keep", "mergers": [["M1", "M2", "M4"]]}},
        ONE_AND_THREE,
        set(),
    ),
    "locks.alone, of a small one": (
        {"locks": {"alone": ["M4"]}, "population": {"min": 25_000, "max": 60_000}},
        THREE_AND_ONE,
        set(),
    ),
    "existing.mode, of a large one": (
        {"existing": {"mode": "keep", "mergers": [["M0", "M1", "M2", "M4"]]}},
        [(0, 1, 2, 4), (3,), (5,), (6,)],
        {"too_large"},
    ),
    "existing.mode, of one that holds a facility municipality and one that holds a city": (
        {"existing": {"mode": "keep", "mergers": [["M2", "M3", "M4"], ["M5", "M6"]]}},
        [(0, 1), (2, 3, 4), (5, 6)],
        {"standalone", "too_large"},
    ),
    "existing.mode, against requirements and zones that stay whole": (
        {
            "existing": {"mode": "keep", "mergers": [["M1", "M2", "M4"], ["M0"]]},
            "requires": {"functions": ["hospital"]},
            "frames": {"unsplit": ["pairs"]},
        },
        ONE_AND_THREE,
        set(),
    ),
}

NO_RULES = {
    "name",
    "description",
    "level",  # both levels are gone through below
    "zones",
    "frames.regions",  # a question for the whole plan: see tests/solver/test_one_frame.py
    "frames.source",  # where groups come from
    "existing.source",
    "coverage.shares",  # of terms, of which each has a second reading
    *("orientation", "cooperation"),  # of terms too
    "size.target",
    "weights",
    "schemes",  # of indicators, of which each has a second reading
}


def test_every_rule_of_a_scenario_is_broken_by_some_plan() -> None:
    """Whoever adds a rule to scenarios adds its check to the verifier, and a plan that breaks it here."""
    keys = set()
    for key, field in Scenario.model_fields.items():
        if key not in NO_RULES:
            keys |= {f"{key}.{name}" for name in getattr(field.annotation, "model_fields", {"": None})}
    assert keys - NO_RULES == {*BROKEN, *(key for key in ALLOWED if "," not in key)}
    assert set(Scenario.model_fields) - set(Demands.model_fields) == {"name", "description", "level", "zones"}


def one_level(instance: Instance, demands: dict[str, Any], parts: Parts) -> tuple[Scenario, Plan]:
    scenario = Scenario.from_dict(BASE | demands)
    return scenario, Plan(scored(instance, scenario, parts))


def as_zones(instance: Instance, demands: dict[str, Any], parts: Parts) -> tuple[Scenario, Plan]:
    """Zones that are asked for so; inside them everybody is a merger."""
    scenario = Scenario.from_dict({"level": "nested", **ANYTHING, "zones": BASE | demands})
    alone: Parts = [(i,) for i in range(len(instance))]
    return scenario, Plan(
        scored(instance, scenario.at("mergers"), alone), scored(instance, scenario.at("zones"), parts)
    )


def inside_zones(instance: Instance, demands: dict[str, Any], parts: Parts) -> tuple[Scenario, Plan]:
    """Mergers that are asked for so, in zones that are whole regions."""
    scenario = Scenario.from_dict({"level": "nested", **BASE, **demands, "zones": ANYTHING})
    zones: Parts = [(0, 1, 2, 3, 4), (5, 6)]
    return scenario, Plan(
        scored(instance, scenario.at("mergers"), parts), scored(instance, scenario.at("zones"), zones)
    )


def scored(instance: Instance, scenario: Scenario, parts: Sequence[tuple[int, ...]]) -> tuple[Merger, ...]:
    """Parts with all their figures right."""
    return tuple(make_parts(Model.of(instance, scenario), parts))


Put = Callable[[Instance, dict[str, Any], Parts], tuple[Scenario, Plan]]
LEVELS = pytest.mark.parametrize("put", [one_level, as_zones, inside_zones])


@LEVELS
@pytest.mark.parametrize("key", BROKEN)
def test_broken_rule_is_found(instance: Instance, key: str, put: Put) -> None:
    demands, broken, kept, kinds = BROKEN[key]
    found = verify(instance, *put(instance, demands, broken))
    assert {violation.kind for violation in found} == kinds
    if put is as_zones and not kinds <= {"count", "budget"}:
        assert any("zone" in violation.text for violation in found)
    assert verify(instance, *put(instance, demands, kept)) == ()


@LEVELS
@pytest.mark.parametrize("key", ALLOWED)
def test_what_is_allowed_is_clean(instance: Instance, key: str, put: Put) -> None:
    demands, parts, without = ALLOWED[key]
    assert verify(instance, *put(instance, demands, parts)) == ()
    found = verify(instance, *put(instance, {}, parts))
    assert {violation.kind for violation in found} == without


TEXTS = {
    "count.min": "R0 has 2 mergers that count, fewer than the 3 asked for",
    "count.max": "R0 has 3 mergers that count, more than the 2 allowed",
    "frames.zones": "the merger of M2 (10002) and M4 (10004) crosses zones of frames.zones",
    "locks.seat": "M1 (10001) is to be the seat of its merger; the seat is M0 (10000)",
    "existing.mergers": "the existing merger of M1 (10001) and M2 (10002) is broken up",
    "existing.mode": "the existing merger of M1 (10001) and M2 (10002) is not kept as it is",
    "rules.enclosed": "the merger of M1 (10001), M2 (10002) and M4 (10004) encloses M0 (10000), which may "
    "not be",
    "rules.enclosed_parts": "the merger of M2 (10002) and M4 (10004) encloses the merger of M0 (10000) and "
    "M1 (10001), which may not be",
    "population.floor": "M0 (10000) has 20,000 inhabitants, fewer than the minimum of 20,001",
    "rules.absorb_up_to": "the merger of M5 (10005) and M6 (10006) has 120,000 inhabitants; M6 (10006) "
    "absorbs 30,000, more than 29,000",
}


@pytest.mark.parametrize("key", TEXTS)
def test_words(instance: Instance, key: str) -> None:
    demands, broken, _, _ = BROKEN[key]
    (violation,) = verify(instance, *one_level(instance, demands, broken))
    assert violation.text == TEXTS[key]


def test_source_of_what_is_broken_is_named(instance: Instance) -> None:
    demands = {
        "existing": {"mode": "keep", "mergers": [["M1", "M2"], ["M4"]], "source": "old.csv"},
        "frames": {"zones": [["M0", "M1", "M2"], ["M3", "M4"]], "source": "frame.csv"},
        "rules": {"joined": ["M3"]},
    }
    found = verify(instance, *one_level(instance, demands, WITH_THREE))
    assert [str(violation) for violation in found] == [
        "existing: the existing merger of M1 (10001) and M2 (10002) (from old.csv) is not kept as it is",
        "existing: M4 (10004) shares its merger but is alone in the existing plan (from old.csv), which is "
        "kept",
        "frame: the merger of M2 (10002), M3 (10003) and M4 (10004) crosses zones of frames.zones "
        "(from frame.csv)",
    ]


def test_a_merger_that_is_kept_is_marked(instance: Instance) -> None:
    demands = {"existing": {"mode": "keep", "mergers": [["M1", "M2"]]}}
    scenario, plan = one_level(instance, demands, MIDDLE)
    assert [part.standalone for part in plan.mergers] == ["", "locked", "facility", "", "", "above_max"]
    _, unmarked = one_level(instance, {}, MIDDLE)
    (violation,) = verify(instance, scenario, unmarked)
    assert (violation.kind, violation.municipalities) == ("standalone", (1, 2))


def test_who_stands_alone_does_not_count_but_who_is_locked_does(instance: Instance) -> None:
    """R1 has a city and a merger; R0 a facility municipality, one alone by a lock and two mergers."""
    demands = {"locks": {"alone": ["M4"]}, "count": {"regions": {"R0": [3, 3], "R1": [1, 1]}}}
    parts: Parts = [(0, 1), (2,), (3,), (4,), (5,), (6,)]
    assert verify(instance, *one_level(instance, demands, parts)) == ()
    # a facility municipality is no merger though a lock names it
    demands = {"locks": {"alone": ["M4", "M3"]}, "count": {"regions": {"R0": [3, 3]}}}
    assert verify(instance, *one_level(instance, demands, parts)) == ()


def test_numbers_of_other_regions_do_not_matter(instance: Instance) -> None:
    scenario, plan = one_level(instance, {"count": {"regions": {"R0": [9, 9]}}}, PLAN)
    (violation,) = verify(instance, scenario, plan)
    assert violation.kind == "count"
    assert verify(instance, scenario, Plan(plan.mergers[3:]), regions=["R1"]) == ()


@pytest.mark.parametrize(
    ("demands", "kind", "text"),
    [
        ({"locks": {"seat": ["M9"]}}, "lock", "locks.seat names 'M9'"),
        ({"existing": {"mergers": [["M0", "M9"]]}}, "existing", "existing.mergers names 'M9'"),
        ({"frames": {"zones": [["M9"]]}}, "frame", "frames.zones names 'M9'"),
    ],
)
def test_who_is_nobody_is_reported(instance: Instance, demands: dict[str, Any], kind: str, text: str) -> None:
    _, plan = one_level(instance, {}, PLAN)
    found = verify(instance, Scenario.from_dict(BASE | demands), plan)
    assert [violation.kind for violation in found if text in violation.text] == [kind]


def test_soft_maximum_does_not_let_a_city_absorb_more(instance: Instance) -> None:
    """Both together stay below the ceiling; what the city takes in is too much all the same."""
    demands = {"population": {"min": 10_000, "max": 60_000, "ceiling": 150_000}, **PRICE}
    (violation,) = verify(instance, *one_level(instance, demands | ABSORB, WITH_CITY))
    assert violation.kind == "too_large"
    assert violation.text.endswith("M6 (10006) absorbs 30,000, more than 29,000")


def test_two_cities_below_the_ceiling_are_told_as_two_cities() -> None:
    """Together they keep the hard maximum; only one of them may absorb others."""
    pair = build_instance([70_000, 80_000, 9_000], [(0, 1), (1, 2)])
    demands = {"population": {"min": 9_000, "max": 60_000, "ceiling": 200_000}, **PRICE, **ABSORB}
    (violation,) = verify(pair, *one_level(pair, demands, [(0, 1), (2,)]))
    holds = "holds 2 municipalities with more than 60,000 inhabitants each"
    assert (violation.kind, violation.words) == ("too_large", f"{holds}: M0 and M1")
    assert violation.text == f"the merger of M0 (10000) and M1 (10001) {holds}: M0 (10000) and M1 (10001)"


def test_who_is_in_no_own_zone_is_not_with_somebody_who_is(instance: Instance) -> None:
    _, plan = one_level(instance, {}, PLAN)
    zones = {"zones": [["M0", "M1", "M2", "M3"]]}
    found = verify(instance, Scenario.from_dict(BASE | {"frames": zones}), plan)
    assert [(violation.kind, violation.municipalities) for violation in found] == [("frame", (2, 4))]
