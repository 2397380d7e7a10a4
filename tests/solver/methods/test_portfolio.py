"""Frames whose candidates may not be listed: the ways agree with listing; which answer is given."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import networkx as nx
import pytest
from refzones.instances import load, synthesise
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.deadline import Deadline, TimeUpError
from refzones.solver.engines import EngineError
from refzones.solver.methods.compact.method import Cuts
from refzones.solver.methods.contract import Method, Task
from refzones.solver.methods.generation.pricing import is_available
from refzones.solver.methods.portfolio import Portfolio, PortfolioParams, in_order, in_turn
from refzones.solver.methods.registry import chain
from refzones.solver.partition.answer import ComponentAnswer, best_answer
from refzones.solver.verification.verifier import verify
from support.build import build_instance
from support.regions import UNLISTED, answer_region, task_of_region

ROW = build_instance([20_000] * 6, pairwise(range(6)), points=[(1e3 * x, 0.0) for x in (0, 1, 3, 4, 6, 7)])


SEARCH = chain()[-1]
"""The portfolio for components whose candidates cannot be listed."""


def test_given_number_of_parts_is_proved_by_cuts() -> None:
    for k in (1, 2, 3):
        scenario = Scenario.from_dict(
            {
                "population": {"min": 20_000, "max": 120_000},
                "count": {"min": k, "max": k},
                "weights": {"distance": 1},
            }
        )
        found = SEARCH.solve(task_of_region(ROW, scenario), Deadline.after(20))
        listed = solve(ROW, scenario, workers=1)
        assert found.status == listed.status == "optimal"
        assert found.score == found.bound == listed.score_nano


def test_cuts_that_are_cut_off_before_the_last_nano_points_prove_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An engine calls its plan optimal within its tolerance; time runs out before that is closed."""
    monkeypatch.setattr("refzones.solver.methods.compact.cutting.rounds.CutRounds.close", lambda _: None)
    monkeypatch.setattr("refzones.solver.methods.compact.rounding.close_by_rounding", lambda *_: None)
    scenario = Scenario.from_dict(
        {
            "population": {"min": 20_000, "max": 120_000},
            "count": {"min": 2, "max": 3},
            "weights": {"distance": 1, "cut_edges": 0.1},
        }
    )
    found = Cuts().solve(task_of_region(ROW, scenario), Deadline.after(20))
    assert found.score is not None
    assert found.bound is not None
    assert (found.status, found.bound > found.score) == ("feasible", True)
    best = solve(ROW, scenario, workers=1).score_nano
    assert best is not None
    assert found.score <= best <= found.bound


def test_number_that_cannot_be_had_is_infeasible() -> None:
    scenario = Scenario.from_dict(
        {"population": {"min": 50_000, "max": 120_000}, "count": {"min": 3}, "weights": {"distance": 1}}
    )
    assert SEARCH.solve(task_of_region(ROW, scenario), Deadline.after(20)).status == "infeasible"


@pytest.mark.skipif(not is_available(), reason="column generation needs the extra 'large'")
@pytest.mark.parametrize("region", ["Waasland", "Regio Gent"])
def test_generation_proves_what_listing_proves(region: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settled parts included; Gent stands alone by rule."""
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    listed = solve(instance, scenario, regions=[region], workers=1)
    number = instance.regions.index(region)
    found = answer_region(instance, scenario, number, deadline=Deadline.after(300), listing=UNLISTED)
    assert (found.status, found.score_nano, found.bound_nano) == (
        "optimal",
        listed.score_nano,
        listed.score_nano,
    )
    assert listed.plan is not None
    assert found.mergers == listed.plan.mergers
    assert verify(instance, scenario, listed.plan, regions=[region]) == ()


@pytest.mark.skipif(not is_available(), reason="column generation needs the extra 'large'")
@pytest.mark.parametrize(
    ("term", "number", "proofs"),
    [
        ("moment", 8, ["centres", "generation"]),  # ten municipalities a merger
        ("moment", 20, ["generation", "centres"]),  # four
        ("cut_edges", 8, ["edges", "cuts", "generation"]),
        ("cut_edges", 20, ["generation", "edges", "cuts"]),
        ("moment", 6, ["centres"]),  # more than twelve: too large to be priced
    ],
)
def test_many_small_mergers_are_first_proved_by_generation(term: str, number: int, proofs: list[str]) -> None:
    instance = synthesise(80, regions=1, per_merger=80 / number, seed=1)
    people = instance.total_population
    asked = Scenario.from_dict(
        {
            "population": {"min": people // (2 * number), "max": 2 * people // number},
            "weights": {term: 1e-6},
            "count": {"min": number, "max": number},
        }
    )
    (search,) = chain()[-1:]
    assert isinstance(search, Portfolio)
    task = task_of_region(instance, asked)
    order = in_order([one for one in search.methods if one.accepts(task) is None], task)
    names = ["centres" if one.name == "cuts" and one.works_alone(task) else one.name for one in order]
    assert [name for name in names if name not in ("first", "heuristic")] == proofs
    assert names[:2] == (["first", "heuristic"] if proofs[0] == "generation" else ["first", proofs[0]])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((3, 9), (5, 8), ("feasible", 5, 8)),
        ((7, 9), (5, 8), ("feasible", 7, 8)),
        ((3, 5), (5, 8), ("optimal", 5, 5)),
        ((None, 6), (5, 8), ("feasible", 5, 6)),
        ((None, None), (2, 8), ("feasible", 2, 8)),
        ((None, 6), (None, 4), ("no plan within limit", None, 4)),
        ((-3, 0), (-5, 0), ("feasible", -3, 0)),
        ((0, 4), (-5, 4), ("feasible", 0, 4)),
        ((5, 5), (4, 8), ("optimal", 5, 5)),
    ],
)  # fmt: skip
def test_best_plan_and_least_bound(
    one: tuple[int | None, int | None],
    other: tuple[int | None, int | None],
    expected: tuple[str, int | None, int | None],
) -> None:
    best = best_answer(ComponentAnswer((), *one), ComponentAnswer((), *other))
    assert (best.status, best.score, best.bound) == expected


class Says(Method):
    """Answers what it is told to, and notes that it was asked."""

    name = "says"
    doing = "answering"

    def __init__(self, answer: ComponentAnswer | Exception, refusal: str | None = None) -> None:
        self.answer, self.refusal_of_all, self.asked = answer, refusal, 0

    def accepts(self, task: Task) -> str | None:
        return self.refusal_of_all

    def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


PLAN = ComponentAnswer(((0,),), 3, 9, reason="searched", candidates=2, kept=1)


def in_turn_of(*methods: Says, deadline: Deadline = Deadline()) -> ComponentAnswer:
    scenario = Scenario.from_dict({"population": {"min": 20_000}, "weights": {"distance": 1}})
    return in_turn(task_of_region(ROW, scenario), methods, deadline)


def test_the_first_method_with_a_plan_ends_the_chain() -> None:
    last = Says(PLAN)
    none = ComponentAnswer(bound=8, reason="too many", candidates=5)
    known = in_turn_of(Says(none, "refused"), Says(none), Says(PLAN), last)
    assert (known.score, known.bound, known.reason) == (3, 8, "too many; searched")
    assert (known.candidates, known.kept, last.asked) == (7, 1, 0)


def test_bounds_that_meet_need_no_reason() -> None:
    known = in_turn_of(Says(ComponentAnswer(bound=3, reason="too many")), Says(PLAN))
    assert (known.status, known.reason) == ("optimal", "")


def test_a_proof_that_there_is_no_plan_stands_by_itself() -> None:
    nothing = ComponentAnswer(infeasible=True, reason="it cannot be divided")
    known = in_turn_of(Says(ComponentAnswer(bound=8, reason="too many")), Says(nothing), Says(PLAN))
    assert (known.status, known.bound, known.reason) == ("infeasible", None, "it cannot be divided")


def test_an_engine_that_breaks_down_ends_the_chain() -> None:
    last = Says(PLAN)
    known = in_turn_of(Says(ComponentAnswer(reason="too many")), Says(EngineError("no memory")), last)
    assert (known.status, known.reason, last.asked) == ("no plan within limit", "too many; no memory", 0)


def test_a_method_that_was_not_compiled_in_time_is_given_up() -> None:
    late = Says(TimeUpError("it was not compiled"))
    known = in_turn_of(Says(ComponentAnswer(bound=8, reason="too many")), late, Says(PLAN))
    assert (known.score, known.reason) == (3, "too many; it was not compiled; searched")
    assert [(way.outcome, way.why) for way in known.ways][1] == ("nothing", "it was not compiled")
    portfolio = Portfolio((lambda: Says(PLAN), lambda: late))
    answer = portfolio.solve(task_of_region(ROW, Scenario.from_dict({"population": {"min": 20_000}})))
    assert (answer.score, answer.bound) == (3, 9)
    assert ("refused", "it was not compiled") in [(way.outcome, way.why) for way in answer.ways]


def test_no_further_method_is_begun_when_time_is_up() -> None:
    last = Says(PLAN)
    known = in_turn_of(Says(ComponentAnswer(reason="out of time")), last, deadline=Deadline(0.0))
    assert (known.reason, last.asked) == ("out of time", 0)


def test_a_portfolio_keeps_the_best_plan_and_the_lowest_bound() -> None:
    one, other = Says(ComponentAnswer(((0,),), 3, 9)), Says(ComponentAnswer(((1,),), 5, 12))
    scenario = Scenario.from_dict({"population": {"min": 20_000}, "weights": {"distance": 1}})
    portfolio = Portfolio((lambda: one, lambda: other, lambda: Says(PLAN, "refused")))
    answer = portfolio.solve(task_of_region(ROW, scenario))
    assert (answer.mergers, answer.score, answer.bound) == (((1,),), 5, 9)
    assert answer.reason == "the plan was searched for and not proved"


class Begins(Says):
    """Has a plan to start from."""

    def begin(self, task: Task, deadline: Deadline) -> ComponentAnswer:
        return ComponentAnswer(((0, 1), (2, 3, 4, 5)), 2)


def test_a_plan_to_start_from_is_not_lost_where_nothing_else_is_found() -> None:
    nothing = ComponentAnswer(bound=8, reason="too many")
    known = in_turn_of(Says(nothing), Begins(nothing))
    assert (known.score, known.bound, known.mergers) == (2, 8, ((0, 1), (2, 3, 4, 5)))
    assert known.reason == "the plan was searched for and not proved"
    assert in_turn_of(Begins(PLAN)).score == 3
    proved = in_turn_of(Begins(ComponentAnswer(infeasible=True)))
    assert (proved.score, proved.infeasible) == (None, True)


def test_the_search_is_given_the_plan_to_start_from() -> None:
    scenario = Scenario.from_dict(
        {
            "population": {"min": 20_000, "max": 120_000},
            "count": {"min": 2, "max": 2},
            "weights": {"distance": 1},
        }
    )
    task = task_of_region(ROW, scenario)
    asked: list[ComponentAnswer | None] = []

    class Looks(Says):
        def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
            asked.append(task.start)
            return ComponentAnswer(bound=9)

    start = ComponentAnswer(((0, 1), (2, 3, 4, 5)), -5)
    found = Portfolio((lambda: Looks(PLAN),)).solve(replace(task, start=start), Deadline.after(60))
    assert [one.score for one in asked if one is not None] == [-5]
    assert (found.score, found.bound, found.mergers) == (-5, 9, start.mergers)


@pytest.mark.parametrize("count", [None, 4])
def test_a_large_component_has_a_plan_before_anything_is_listed(count: int | None) -> None:
    """A small one has where the number of mergers is given alone: listing takes little."""
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(8, 10))
    points = [(1e3 * (v // 10), 1e3 * (v % 10)) for v in grid]
    instance = build_instance([10_000] * 80, list(grid.edges), points=points)
    asked = {"population": {"min": 180_000, "max": 220_000}, "weights": {"distance": 1}}
    scenario = Scenario.from_dict(asked | ({"count": {"min": count, "max": count}} if count else {}))
    task = task_of_region(instance, scenario)
    begun = SEARCH.begin(task, Deadline.after(20))
    assert (begun.score is not None) == (count is not None)
    assert begun.bound is None
    soon = replace(SEARCH, params=PortfolioParams(begun=60, begun_any=60))
    plan = soon.begin(task, Deadline.after(20))
    assert plan.score is not None
    assert sorted(i for part in plan.mergers for i in part) == list(range(80))
    assert plan.score == task.score_of(plan.mergers)
    late = replace(SEARCH, params=PortfolioParams(begun=90, begun_any=90))
    assert late.begin(task, Deadline.after(20)).score is None
