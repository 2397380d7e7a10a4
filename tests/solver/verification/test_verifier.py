from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import refzones.solver
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models.scenario.scenario import Scenario
from refzones.models.scoring.scorer import Scorer
from refzones.models.terms import term_classes
from refzones.solver.results.mergers import Merger
from refzones.solver.results.plan import Plan
from refzones.solver.verification.figures import score_nano, term_value
from refzones.solver.verification.readings import READINGS
from refzones.solver.verification.seats import seat
from refzones.solver.verification.verifier import Violation, verify
from support.build import build_instance
from support.imports import imports_of
from support.strategies import connected_sets, instances, questions

SCENARIO = Scenario.from_dict(
    {
        "population": {"min": 20_000, "max": 50_000},
        "coverage": {"shares": {"hospital": 0.6, "rail": 0.4}},
        "weights": {"coverage": 40, "distance": 5, "straddle(police)": 20, "stacking": 20},
    }
)


@pytest.fixture(scope="module")
def instance() -> Instance:
    """Two regions in a row of eight: R0 is 0-1-2-3, R1 is 4-5-6-7; 6 is a facility municipality, 7 a city."""
    return build_instance(
        [12_000, 10_000, 20_000, 15_000, 18_000, 14_000, 2_000, 140_000],
        pairwise(range(8)),
        points=[(0, 0), (3e3, 4e3), (1e4, 0), (1e4, 6e3), (2e4, 0), (2e4, 5e3), (26e3, 5e3), (3e4, 0)],
        region=[0, 0, 0, 0, 1, 1, 1, 1],
        facility=[6],
        merged_in={0: 2019, 3: 2025, 6: 2025},
        layers={"police": ["A", "B", "C", "C", "D", "", "E", "F"]},
        functions={"hospital": [0, 1, 300, 0, 0, 0, 0, 1], "rail": [0, 0, 1, 0, 0, 50, 0, 0]},
    )


BY_HAND = (
    # 0 has the seat: 10,000 inhabitants of 1 travel 5 km; 1 has the hospital; 0 is merged again.
    Merger((0, 1), 0, "", (13_200.0, 50_000.0, 10_000.0, 12_000.0), -701_298_701),
    Merger((2, 3), 2, "", (35_000.0, 90_000.0, 0.0, 15_000.0), 2_813_852_814),
    # 5 is in no police zone and so in one of its own.
    Merger((4, 5), 4, "", (12_800.0, 70_000.0, 14_000.0, 0.0), -510_822_511),
    Merger((6,), 6, "facility", (0.0, 0.0, 0.0, 0.0), 0),
    Merger((7,), 7, "above_max", (84_000.0, 0.0, 0.0, 0.0), 14_545_454_545),
)
PLAN = Plan(BY_HAND)


def scored(instance: Instance, scenario: Scenario, parts: Sequence[Sequence[int]]) -> Plan:
    """A plan of given mergers with all its figures right, by the search's own scorer."""
    of = np.arange(len(instance))
    members = np.array([np.isin(of, part) for part in parts], dtype=np.float64)
    scorer = Scorer(instance, scenario)
    scores = scorer.score(members, of)
    seats = scorer.seats(members, of).tolist()
    rules = {6: "facility", 7: "above_max"}
    return Plan(
        tuple(
            Merger(
                tuple(part),
                seats[k],
                rules.get(part[0], "") if len(part) == 1 else "",
                tuple(scores.values[k].tolist()),
                int(scores.nano[k]),
            )
            for k, part in enumerate(parts)
        )
    )


def with_merger(place: int, **changes: object) -> Plan:
    """The plan by hand with one merger altered."""
    mergers = list(PLAN.mergers)
    mergers[place] = replace(mergers[place], **changes)  # type: ignore[arg-type]
    return Plan(tuple(mergers))


def with_locks(**locks: list[list[str]] | list[str]) -> Scenario:
    return Scenario.from_dict({**SCENARIO.model_dump(), "locks": locks})


def kinds(violations: Sequence[Violation]) -> set[str]:
    return {violation.kind for violation in violations}


def test_plan_by_hand_is_clean(instance: Instance) -> None:
    assert verify(instance, SCENARIO, PLAN) == ()


def test_plan_by_hand_agrees_with_the_scorer(instance: Instance) -> None:
    parts = [merger.members for merger in PLAN.mergers]
    for mine, theirs in zip(BY_HAND, scored(instance, SCENARIO, parts).mergers, strict=True):
        assert replace(mine, values=()) == replace(theirs, values=())
        assert mine.values == pytest.approx(theirs.values)


# Each row is a plan that is wrong in one way only, all figures being right.
CORRUPTED = {
    "missing": [(0, 1), (2, 3), (4, 5), (7,)],
    "twice": [(0, 1), (1, 2), (2, 3), (4, 5), (6,), (7,)],
    "region": [(0, 1), (2,), (3, 4, 5), (6,), (7,)],
    "disconnected": [(0, 2), (1, 3), (4, 5), (6,), (7,)],
    "too_small": [(0,), (1, 2, 3), (4, 5), (6,), (7,)],
    "too_large": [(0, 1, 2, 3), (4, 5), (6,), (7,)],
    "standalone": [(0, 1), (2, 3), (4, 5, 6), (7,)],
}


@pytest.mark.parametrize("kind", CORRUPTED)
def test_corrupted_parts_are_rejected(instance: Instance, kind: str) -> None:
    plan = scored(instance, SCENARIO, CORRUPTED[kind])
    assert kinds(verify(instance, SCENARIO, plan)) == {kind}


@pytest.mark.parametrize("stranger", [8, -1])
def test_unknown_municipality_is_rejected(instance: Instance, stranger: int) -> None:
    violations = verify(instance, SCENARIO, with_merger(3, members=(6, stranger)))
    assert kinds(violations) == {"unknown"}
    assert violations[0].municipalities == (stranger,)
    assert (
        str(violations[0])
        == f"unknown: the plan holds number {stranger}; the municipalities are numbered 0 to 7"
    )


def test_municipality_twice_in_one_merger_is_rejected(instance: Instance) -> None:
    violations = verify(instance, SCENARIO, with_merger(0, members=(0, 1, 1)))
    assert [str(violation) for violation in violations] == ["twice: M1 (10001) is in the plan 2 times"]


def test_merger_without_members_is_rejected(instance: Instance) -> None:
    plan = Plan((*BY_HAND, Merger((), 0, "", (0.0, 0.0, 0.0, 0.0), 0)))
    assert [str(v) for v in verify(instance, SCENARIO, plan)] == [
        "missing: merger 6 of the plan has no members"
    ]


@pytest.mark.parametrize(
    "values", [(13_200.0, 50_000.0, 10_001.0, 12_000.0), (13_200.0, float("nan"), 1e4, 12e3)]
)
def test_altered_term_is_rejected(instance: Instance, values: tuple[float, ...]) -> None:
    violations = verify(instance, SCENARIO, with_merger(0, values=values))
    assert [violation.kind for violation in violations] == ["term"]
    assert violations[0].municipalities == (0, 1)


def test_altered_term_is_named(instance: Instance) -> None:
    (violation,) = verify(instance, SCENARIO, with_merger(2, values=(12_800.0, 70_000.0, 0.0, 0.0)))
    assert violation.text == (
        "the merger of M4 (10004) and M5 (10005) states 0.0 for straddle(police); it is 14000.0"
    )


def test_term_left_out_is_rejected(instance: Instance) -> None:
    assert kinds(verify(instance, SCENARIO, with_merger(0, values=(13_200.0,)))) == {"term"}


def test_altered_score_is_rejected_with_its_sum(instance: Instance) -> None:
    violations = verify(instance, SCENARIO, with_merger(1, score_nano=2_813_852_815))
    assert [violation.kind for violation in violations] == ["score", "score"]
    assert [violation.municipalities for violation in violations] == [(2, 3), ()]


def test_two_altered_scores_with_the_right_sum_are_rejected(instance: Instance) -> None:
    mergers = [replace(m, score_nano=m.score_nano + d) for m, d in zip(BY_HAND[:2], (1, -1), strict=True)]
    violations = verify(instance, SCENARIO, Plan((*mergers, *BY_HAND[2:])))
    assert [violation.municipalities for violation in violations] == [(0, 1), (2, 3)]


def test_wrong_seat_is_rejected(instance: Instance) -> None:
    (violation,) = verify(instance, SCENARIO, with_merger(1, seat=3))
    assert violation.kind == "seat"
    assert violation.text == (
        "the seat of the merger of M2 (10002) and M3 (10003) is stated as M3 (10003); it should be M2 (10002)"
    )
    assert kinds(verify(instance, SCENARIO, with_merger(1, seat=99))) == {"seat"}


def test_seat_of_equals_has_the_lowest_code() -> None:
    twins = build_instance([5_000, 5_000], [(0, 1)])
    assert seat(twins, SCENARIO, (1, 0)) == 0


@pytest.mark.parametrize(("place", "stated"), [(0, "locked"), (3, ""), (4, "facility")])
def test_wrong_reason_to_stand_alone_is_rejected(instance: Instance, place: int, stated: str) -> None:
    assert kinds(verify(instance, SCENARIO, with_merger(place, standalone=stated))) == {"standalone"}


def test_merged_city_is_rejected(instance: Instance) -> None:
    scenario = Scenario.from_dict({**SCENARIO.model_dump(), "rules": {"facility": "free"}})
    plan = scored(instance, scenario, [(0, 1), (2, 3), (4, 5), (6, 7)])
    violations = verify(instance, scenario, plan)
    assert kinds(violations) == {"standalone", "too_large"}
    assert violations[1].text == (
        "M7 (10007) is merged with others but stands alone: it has more inhabitants than the maximum"
    )


def test_free_facility_municipality_must_be_merged(instance: Instance) -> None:
    scenario = Scenario.from_dict({**SCENARIO.model_dump(), "rules": {"facility": "free"}})
    assert kinds(verify(instance, scenario, PLAN)) == {"too_small", "standalone"}


@pytest.mark.parametrize(
    ("locks", "concerned"),
    [
        ({"together": [["10001", "10002"]]}, (1, 2)),
        ({"together": [["M3", "M4"]]}, (3, 4)),
        ({"apart": [["10004", "10005", "10007"]]}, (4, 5)),
        ({"alone": ["10001"]}, (1,)),
    ],
)
def test_broken_lock_is_rejected(
    instance: Instance, locks: dict[str, list[list[str]]], concerned: tuple[int, ...]
) -> None:
    (violation,) = verify(instance, with_locks(**locks), PLAN)
    assert (violation.kind, violation.municipalities) == ("lock", concerned)


def test_lock_that_names_nobody_is_reported(instance: Instance) -> None:
    (violation,) = verify(instance, with_locks(alone=["10018"]), PLAN)
    assert violation.kind == "lock"
    assert "locks.alone names '10018'" in violation.text


def test_kept_locks_are_clean(instance: Instance) -> None:
    scenario = with_locks(together=[["M0", "M1"]], apart=[["M1", "M2"], ["M0", "M4"]], alone=["M7"])
    assert verify(instance, scenario, with_merger(4, standalone="locked")) == ()


def test_small_municipality_locked_alone_is_clean(instance: Instance) -> None:
    scenario = with_locks(alone=["M0"])
    plan = scored(instance, scenario, [(0,), (1, 2, 3), (4, 5), (6,), (7,)])
    locked = replace(plan.mergers[0], standalone="locked")
    assert verify(instance, scenario, Plan((locked, *plan.mergers[1:]))) == ()


def test_some_regions_only(instance: Instance) -> None:
    assert verify(instance, SCENARIO, Plan(BY_HAND[:2]), regions=["R0"]) == ()
    # A lock in another region is no matter of this plan.
    assert verify(instance, with_locks(together=[["M5", "M4"]]), Plan(BY_HAND[:2]), regions=["R0"]) == ()
    assert kinds(verify(instance, SCENARIO, Plan(BY_HAND[:2]))) == {"missing"}
    violations = verify(instance, SCENARIO, Plan(BY_HAND[:3]), regions=["R0"])
    assert [violation.municipalities for violation in violations] == [(4,), (5,)]
    assert kinds(violations) == {"region"}


def test_unknown_region_is_refused(instance: Instance) -> None:
    with pytest.raises(InputError, match="did you mean 'R0'"):
        verify(instance, SCENARIO, PLAN, regions=["r0"])


def test_all_violations_are_listed(instance: Instance) -> None:
    plan = scored(instance, SCENARIO, [(0, 2), (1,), (3, 4, 5, 6)])
    assert kinds(verify(instance, SCENARIO, plan)) == {
        "missing", "region", "disconnected", "too_small", "standalone",
    }  # fmt: skip


def test_unknown_term_is_never_clean(instance: Instance) -> None:
    scenario = SCENARIO.model_copy(update={"weights": {"beauty": 1.0}})
    (violation,) = verify(instance, scenario, PLAN)
    assert (
        violation.text
        == "the verifier does not know the term 'beauty'; its values and scores are not checked"
    )


@pytest.mark.parametrize(
    "weights",
    [{"straddle(fire)": 1.0}, {"touched(fire)": 1.0}, {"coverage": 1.0}, {"commuting": 1.0}, {"fiscal": 1.0}],
)
def test_term_that_the_instance_cannot_have_is_never_clean(
    instance: Instance, weights: dict[str, float]
) -> None:
    scenario = Scenario.from_dict({"weights": weights, "coverage": {"shares": {"theatre": 1.0}}})
    found = [violation for violation in verify(instance, scenario, PLAN) if violation.kind == "term"]
    assert len(found) == 1
    assert "the instance has no" in found[0].text


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_figures_agree_with_the_scorer(data: st.DataObject) -> None:
    instance, scenario = data.draw(questions(agreed=True))
    members = data.draw(connected_sets(instance))
    of = np.arange(len(instance))
    row = np.isin(of, members).astype(np.float64)[None, :]
    scorer = Scorer(instance, scenario)
    scores = scorer.score(row, of)
    for name, value in zip(scenario.weights, scores.values[0], strict=True):
        assert term_value(name, instance, scenario, members) == value
        assert value >= 0
    assert score_nano(instance, scenario, members) == scores.nano[0]
    assert seat(instance, scenario, members) == scorer.seats(row, of)[0]


@given(instances(), st.data())
@settings(max_examples=100, deadline=None)
def test_everybody_alone_is_clean_without_bounds(instance: Instance, data: st.DataObject) -> None:
    largest = int(instance.population.max())
    scenario = Scenario.from_dict({"population": {"min": 0, "max": largest}, "rules": {"facility": "free"}})
    plan = Plan(tuple(Merger((i,), i, "", (), 0) for i in range(len(instance))))
    assert verify(instance, scenario, plan) == ()
    left_out = data.draw(st.integers(0, len(instance) - 1))
    short = Plan(plan.mergers[:left_out] + plan.mergers[left_out + 1 :])
    assert kinds(verify(instance, scenario, short)) == {"missing"}


def test_every_term_has_a_second_reading() -> None:
    assert {term.key: (term.sense, term.divided_by) for term in term_classes()} == {
        key: (reading.sense, reading.divided_by) for key, reading in READINGS.items()
    }


def test_verifier_imports_nothing_of_the_search() -> None:
    folder = Path(refzones.solver.__path__[0])
    library = {
        "__future__",
        "math",
        "functools",
        "collections",
        "collections.abc",
        "dataclasses",
        "typing",
        "networkx",
        "importlib.resources",
        "pathlib",
        "datetime",
        "fractions",
        "tomllib",  # laws and schemes are read from their files
    }
    files = list((folder / "verification").glob("*.py"))
    own = {f".{file.stem}" for file in files}
    told = {
        "...instances",
        "...instances.common.activity",  # which only says what goes on
        "...models.scenario.scenario",
        "...models.scenario.staged",
        "..results.mergers",
        "..results.plan",
    }
    for file in files:
        assert imports_of(file) <= library | own | told
