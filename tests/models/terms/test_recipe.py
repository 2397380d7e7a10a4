"""Two terms made as CONTRIBUTING says, through every way by which a scenario is answered."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.solver import (
    Result,
    best_plans,
    census,
    evaluate,
    pareto_front,
    read_record,
    record_of,
    solve,
    sweep,
    verify,
)
from refzones.solver.deadline import Deadline
from refzones.solver.methods.generation.pricing import is_available
from refzones.solver.verification.readings import READINGS
from support.brute import brute_force
from support.brute_nested import brute_force_nested
from support.build import build_instance
from support.new_terms import read_beyond, register
from support.regions import UNLISTED, answer_region


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch)


INSTANCE = build_instance(
    [12_000, 20_000, 11_000, 18_000, 14_000, 16_000, 13_000, 21_000],
    [*pairwise(range(8)), (0, 2), (1, 3), (4, 6), (5, 7)],
    points=[(0, 0), (3e3, 4e3), (1e4, 0), (1e4, 6e3), (2e4, 0), (2e4, 5e3), (26e3, 5e3), (3e4, 0)],
)
BOUNDS = {"population": {"min": 20_000, "max": 70_000}}
WEIGHTS = [
    {"inner_borders": 2.0},
    {"beyond(30000)": 3.0},
    {"inner_borders": 2.0, "beyond(30000)": 30.0, "distance": 1.0},
]


def scenario(weights: dict[str, float], **others: Any) -> Scenario:
    return Scenario.from_dict(BOUNDS | {"weights": weights} | others)


def best(asked: Scenario) -> int:
    truth = brute_force(INSTANCE, asked)
    assert truth is not None
    return truth.score_nano


@pytest.mark.parametrize("weights", WEIGHTS, ids=["plus", "minus", "both"])
class TestEveryRoute:
    def test_listed(self, weights: dict[str, float]) -> None:
        asked = scenario(weights)
        result = solve(INSTANCE, asked, workers=1)
        truth = brute_force(INSTANCE, asked)
        assert truth is not None
        assert result.plan is not None
        assert (result.status, result.score_nano) == ("optimal", truth.score_nano)
        assert [merger.members for merger in result.plan.mergers] == truth.chosen
        assert verify(INSTANCE, asked, result.plan) == ()

    def test_nested(self, weights: dict[str, float]) -> None:
        zones = {"population": {"min": 40_000, "max": 90_000}, "weights": weights}
        asked = scenario(weights, level="nested", zones=zones)
        truth = brute_force_nested(INSTANCE, asked)
        result = solve(INSTANCE, asked, workers=1)
        assert truth is not None
        assert (result.status, result.score_nano) == ("optimal", truth.score_nano)
        assert result.plan is not None
        assert verify(INSTANCE, asked, result.plan) == ()

    @pytest.mark.parametrize("formulation", ["flow", "multiflow", "cut", "cpsat"])
    def test_compact_formulations(self, weights: dict[str, float], formulation: str) -> None:
        asked = scenario(weights)
        if "beyond(30000)" in weights:
            with pytest.raises(InputError, match=r"beyond\(30000\): this term cannot be written"):
                solve(INSTANCE, asked, formulation=formulation, workers=1)
        else:
            assert solve(INSTANCE, asked, formulation=formulation, workers=1).score_nano == best(asked)

    @pytest.mark.parametrize("count", [{}, {"count": {"min": 3, "max": 4}}], ids=["any", "numbers"])
    def test_too_many_candidates_to_list(self, weights: dict[str, float], count: dict[str, Any]) -> None:
        """The search finds plans; nothing is claimed of a bound that no term gives."""
        asked = scenario(weights, **count)
        found = answer_region(INSTANCE, asked, deadline=Deadline.after(20), listing=UNLISTED)
        truth = best(asked)
        assert found.score_nano is not None
        assert found.score_nano <= truth
        assert found.bound_nano is None or found.bound_nano >= truth
        if "inner_borders" in weights and not count:
            assert (found.status, found.bound_nano, found.gap) == ("feasible", None, None)

    def test_sweep(self, weights: dict[str, float]) -> None:
        name = next(iter(weights))
        spec = {"scenario": BOUNDS | {"weights": weights}, "grid": {"weights": {name: [0.5, 1.0, 5.0]}}}
        found = sweep(spec, instances=[INSTANCE])
        for setting, value in enumerate([0.5, 1.0, 5.0]):
            asked = scenario(weights | {name: value})
            assert found.scenario(setting).weights == asked.weights
            assert found.plan(setting, INSTANCE).score_nano == best(asked)

    def test_alternatives_and_census(self, weights: dict[str, float]) -> None:
        asked = scenario(weights)
        truth = brute_force(INSTANCE, asked)
        assert truth is not None
        assert census(INSTANCE, asked).count == truth.feasible
        ranked = best_plans(INSTANCE, asked, 3)
        assert ranked.plan(1).score_nano == truth.score_nano

    def test_written_and_shown(self, weights: dict[str, float], tmp_path: Any, capsys: Any) -> None:
        from refzones.app.terminal.results import show_result

        asked = scenario(weights)
        result = solve(INSTANCE, asked, workers=1)
        (tmp_path / "plan.json").write_text(record_of(result).model_dump_json(), encoding="utf-8")
        assert read_record(tmp_path / "plan.json") == record_of(result)
        show_result(result)
        assert "inner_borders" in capsys.readouterr().out or "inner_borders" not in weights
        assert all(name in result._repr_html_() for name in weights)
        assert result.plan is not None
        again = evaluate(INSTANCE, asked, result.plan)
        assert again.plan.score_nano == result.score_nano


def test_trade_off() -> None:
    asked = scenario({})
    front = pareto_front(INSTANCE, asked, ["inner_borders", "beyond(30000)"])
    plus, minus = best(scenario({"inner_borders": 1.0})), best(scenario({"beyond(30000)": 1.0}))
    assert front.of("R0").nano.max(axis=0).tolist() == [plus, minus]


@pytest.mark.skipif(not is_available(), reason="column generation needs the extra 'large'")
def test_term_with_a_form_is_priced_and_proved_where_candidates_cannot_be_listed() -> None:
    asked = scenario({"merged": 40.0, "distance": 1.0, "beyond(30000)": 0.0})
    # what is compiled for the first time on a busy machine takes minutes; the proof takes none of them
    found = answer_region(INSTANCE, asked, deadline=Deadline.after(600), listing=UNLISTED)
    assert (found.status, found.score_nano) == ("optimal", best(asked))


def test_indicator_is_a_term_that_weighs_nothing() -> None:
    """It is reported, changes no plan, and needs neither linear form nor bound."""
    weighed, reported = scenario({"distance": 1.0}), scenario({"distance": 1.0, "beyond(30000)": 0.0})
    result = solve(INSTANCE, reported, workers=1)
    assert result.plan is not None
    assert result.score_nano == best(weighed)
    expected = sum(read_beyond(INSTANCE, reported, m.members, "30000") for m in result.plan.mergers)
    term = record_of(result).terms["beyond(30000)"]
    assert term.value == pytest.approx(expected / INSTANCE.total_population)
    assert term.points == 0.0
    by_flow = solve(INSTANCE, reported, formulation="flow", workers=1)
    assert by_flow.score_nano == result.score_nano


def test_term_without_a_reading_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(READINGS, "inner_borders")
    asked = scenario({"inner_borders": 1.0})
    result: Result = solve(INSTANCE, asked, workers=1)
    assert result.plan is not None
    (violation,) = verify(INSTANCE, asked, result.plan)
    assert "the verifier does not know the term 'inner_borders'" in violation.text
