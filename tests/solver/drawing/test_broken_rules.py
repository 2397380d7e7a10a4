"""Broken rules: what the verifier finds in a whole plan; in an unfinished one, what no completion mends."""

from __future__ import annotations

from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario, ask
from refzones.solver import DrawnPlan, Plan, evaluate_drawn, verify
from support.brute import brute_force
from support.build import build_instance
from support.strategies import questions


@st.composite
def drawings(draw: st.DrawFn, *, whole: bool) -> tuple[Instance, Scenario, list[list[int]]]:
    """Draw a question and groups: random ones, or those of a plan that keeps the rules, with changes."""
    instance, scenario = draw(questions(largest=7, agreed=True))
    n = len(instance)
    labels = [draw(st.integers(0, 3)) for _ in range(n)]
    truth = brute_force(instance, scenario.model_copy(update={"weights": {}}))
    if truth is not None and draw(st.booleans()):
        plan = sorted(draw(st.sampled_from(truth.plans)))
        labels = [next(k for k, part in enumerate(plan) if i in part) for i in range(n)]
        for i in draw(st.lists(st.integers(0, n - 1), max_size=2)):
            labels[i] = draw(st.integers(0, 8))
    left_out = set() if whole else draw(st.sets(st.integers(0, n - 1)))
    groups = [[i for i in range(n) if labels[i] == k and i not in left_out] for k in sorted(set(labels))]
    return instance, scenario, [group for group in groups if group]


def is_clear(instance: Instance, scenario: Scenario) -> bool:
    try:
        ask(instance, scenario)
    except InputError:
        return False
    return True


@given(drawings(whole=True))
@settings(max_examples=250, deadline=None)
def test_a_whole_plan_breaks_what_the_verifier_finds(
    drawing: tuple[Instance, Scenario, list[list[int]]],
) -> None:
    instance, scenario, groups = drawing
    if not is_clear(instance, scenario):
        event("a scenario that is refused")
        evaluate_drawn(instance, scenario, groups)
        return
    drawn = evaluate_drawn(instance, scenario, groups, regions=instance.regions)
    plan = Plan.of(instance, scenario, groups)
    found = verify(instance, scenario, plan)
    assert {rule.kind for rule in drawn.broken} == {violation.kind for violation in found}
    for kind in ("region", "disconnected", "too_small", "too_large", "requirement"):
        mine = sorted(rule.municipalities for rule in drawn.broken if rule.kind == kind)
        assert mine == sorted(one.municipalities for one in found if one.kind == kind)
    mine = sorted({i for rule in drawn.broken if rule.kind == "standalone" for i in rule.municipalities})
    assert mine == sorted({i for one in found if one.kind == "standalone" for i in one.municipalities})
    assert not any(rule.is_open for rule in drawn.broken)
    assert (drawn.is_complete, drawn.unassigned, drawn.is_sound) == (True, (), not found)
    assert drawn.mergers == plan.mergers
    assert drawn.score_nano == plan.score_nano
    event("sound" if drawn.is_sound else "broken")


def extends(plan: frozenset[tuple[int, ...]], drawn: DrawnPlan) -> bool:
    """Whether a plan has each drawn merger in one of its own, no two in the same."""
    homes = [next(part for part in plan if merger.members[0] in part) for merger in drawn.mergers]
    whole = all(set(merger.members) <= set(home) for merger, home in zip(drawn.mergers, homes, strict=True))
    return whole and len(set(homes)) == len(homes)


@given(drawings(whole=False))
@settings(max_examples=250, deadline=None)
def test_what_is_not_open_is_broken_in_every_completion(
    drawing: tuple[Instance, Scenario, list[list[int]]],
) -> None:
    instance, scenario, groups = drawing
    drawn = evaluate_drawn(instance, scenario, groups, regions=instance.regions)
    truth = brute_force(instance, scenario.model_copy(update={"weights": {}}))
    completions = [plan for plan in (truth.plans if truth else ()) if extends(plan, drawn)]
    event(f"{'some' if completions else 'no'} completion, {'broken' if drawn.broken else 'sound'}")
    if completions:
        assert [rule for rule in drawn.broken if not rule.is_open] == []


def test_what_is_said() -> None:
    instance = build_instance([10, 20, 30, 5, 60], [(0, 1), (1, 2), (2, 3), (3, 4)])
    scenario = Scenario.from_dict(
        {
            "population": {"min": 30, "max": 70},
            "locks": {"apart": [["M2", "M3"]], "together": [["M3", "M4"]]},
            "weights": {"distance": 1},
        }
    )

    def told(*groups: list[int]) -> list[tuple[str, bool, str]]:
        drawn = evaluate_drawn(instance, scenario, groups, regions=["R0"])
        return [(rule.kind, rule.is_open, rule.text) for rule in drawn.broken]

    assert told([0, 1]) == []
    assert told([1]) == [("too_small", True, "M1 has 20 inhabitants, 10 fewer than the minimum of 30")]
    assert told([0, 1], [2, 3], [4]) == [
        ("lock", False, "the lock is not kept: together: M3, M4"),
        ("lock", False, "M2, M3 are in one merger: apart: M2, M3"),
    ]
    assert told([0, 2]) == [
        (
            "disconnected",
            True,
            "the merger of M0, M2 falls apart into 2 pieces: M0 | M2; between them, in no merger yet: M1",
        )
    ]
    assert told([0, 2], [1]) == [
        ("disconnected", False, "the merger of M0, M2 falls apart into 2 pieces: M0 | M2"),
        ("too_small", False, "M1 has 20 inhabitants, 10 fewer than the minimum of 30"),
    ]
    (torn, *_) = evaluate_drawn(instance, scenario, [[0, 2]], regions=["R0"]).broken
    assert (torn.pieces, torn.between) == (((0,), (2,)), (1,))
