"""Each kind of rule in an infeasible subset, and what is said when it is not told in time."""

from __future__ import annotations

import pytest
from refzones.models import Scenario
from refzones.solver.deadline import Limits
from refzones.solver.infeasibility.explanation import explain
from refzones.solver.infeasibility.params import ExplanationParams
from support.build import build_instance
from support.explained import check_explanation, has_plan

# a row of five: 20, 50, 15, 60, 25 thousand inhabitants
ROW = build_instance(
    [20_000, 50_000, 15_000, 60_000, 25_000],
    [(0, 1), (1, 2), (2, 3), (3, 4)],
    facility=[1],
    merged_in={3: 2019, 4: 2025},
    layers={"police": ["A", "A", "B", "B", "B"]},
    functions={"rail": [0, 1, 0, 0, 0]},
    classes=["c3", "a1", "c3", "c3", "c3"],
)
KINDS = {
    "population.min": {"population": {"min": 86_000, "max": 130_000}, "rules": {"facility": "free"}},
    "population.max": {
        "population": {"min": 0, "max": 61_000},
        "rules": {"facility": "free"},
        "locks": {"together": [["M0", "M1"]]},
    },
    "rules.facility": {"population": {"min": 30_000, "max": 130_000}},
    "rules.above_max": {
        "population": {"min": 20_000, "max": 55_000},
        "rules": {"facility": "free"},
    },
    'rules.merged = "alone"': {
        "population": {"min": 90_000, "max": 200_000},
        "rules": {"facility": "free", "merged": "alone"},
    },
    'rules.merged = "kept"': {
        "population": {"min": 30_000, "max": 90_000},
        "rules": {"facility": "free", "merged": "kept"},
    },
    "borders.removed": {
        "population": {"min": 80_000, "max": 130_000},
        "rules": {"facility": "free"},
        "borders": {"removed": [["M1", "M2"]]},
    },
    "borders.min_length": {
        "population": {"min": 10_000, "max": 200_000},
        "rules": {"facility": "free"},
        "requires": {"functions": ["rail"]},
        "borders": {"min_length": 2000},
    },
    "frames.within": {
        "population": {"min": 80_000, "max": 130_000},
        "rules": {"facility": "free"},
        "frames": {"within": ["police"]},
    },
    "frames.unsplit": {
        "population": {"min": 20_000, "max": 90_000},
        "rules": {"facility": "free"},
        "frames": {"unsplit": ["police"]},
    },
    "requires.classes": {
        "rules": {"facility": "free"},
        "requires": {"classes": ["a1"]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "requires.functions": {
        "rules": {"facility": "free"},
        "requires": {"functions": ["rail"]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "locks.together": {
        "rules": {"facility": "free"},
        "locks": {"together": [["M0", "M4"]]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "locks.apart": {
        "rules": {"facility": "free"},
        "locks": {"apart": [["M0", "M1"]]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "locks.seat": {
        "rules": {"facility": "free"},
        "locks": {"seat": ["M0"]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "locks.alone": {
        "rules": {"facility": "free"},
        "locks": {"alone": ["M1"]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "existing.mergers (keep)": {
        "rules": {"facility": "free"},
        "existing": {"mode": "keep", "mergers": [["M1", "M2"]]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "existing.mergers (extend)": {
        "rules": {"facility": "free"},
        "existing": {"mergers": [["M0", "M1", "M2"], ["M3", "M4"]]},
        "population": {"min": 20_000, "max": 80_000},
    },
    "count: at least": {
        "rules": {"facility": "free"},
        "count": {"min": 4},
        "population": {"min": 30_000, "max": 130_000},
    },
    "count.regions": {
        "rules": {"facility": "free"},
        "count": {"regions": {"R0": [1, 1]}},
        "population": {"min": 30_000, "max": 130_000},
    },
    "frames.zones": {
        "rules": {"facility": "free"},
        "frames": {"zones": [["M0"], ["M1", "M2", "M3", "M4"]]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "population.floor": {
        "rules": {"facility": "free"},
        "population": {"min": 90_000, "floor": 86_000, "max": 130_000},
        "weights": {"shortfall": 0.001},
    },
    "population.ceiling": {
        "population": {"min": 0, "max": 61_000, "ceiling": 65_000},
        "rules": {"facility": "free"},
        "locks": {"together": [["M0", "M1"]]},
        "weights": {"shortfall": 0.001},
    },
    "zones.population.min": {
        "level": "nested",
        "rules": {"facility": "free"},
        "zones": {"rules": {"facility": "free"}, "population": {"min": 120_000, "max": 130_000}},
    },
    "zones.count": {
        "level": "nested",
        "rules": {"facility": "free"},
        "zones": {
            "rules": {"facility": "free"},
            "population": {"min": 30_000, "max": 200_000},
            "count": {"min": 4},
        },
    },
    "zones.requires.classes": {
        "level": "nested",
        "rules": {"facility": "free"},
        "zones": {
            "rules": {"facility": "free"},
            "population": {"min": 30_000, "max": 130_000},
            "requires": {"classes": ["a1"]},
        },
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_rule(kind: str) -> None:
    scenario = Scenario.from_dict(KINDS[kind])
    check_explanation(ROW, scenario)
    found = explain(ROW, scenario, "R0")
    assert found is not None
    assert any(rule.text.startswith(kind) for rule in found.rules), [rule.text for rule in found.rules]


def test_small_recent_mergers_may_merge_again_first() -> None:
    """All of them is said too, and is more than is needed."""
    row = build_instance([20_000, 15_000, 60_000], [(0, 1), (1, 2)], merged_in={1: 2019, 2: 2025})
    scenario = Scenario.from_dict({"rules": {"merged": "alone"}, "population": {"min": 30_000}})
    check_explanation(row, scenario)
    found = explain(row, scenario, "R0")
    assert found is not None
    texts = [repair.text for repair in found.repairs]
    assert 'let recent mergers that are too small merge again (rules.merged = "kept")' in texts
    assert 'let recent mergers merge again (rules.merged = "free")' in texts
    # a minimum that goes down keeps more of them
    assert any("population.min = 20000" in text for text in texts)


def test_a_lower_minimum_keeps_more_recent_mergers() -> None:
    """Less is enough until one of them becomes large enough to stand alone, and then no longer."""
    row = build_instance([20_000, 25_000, 60_000], [(0, 1), (1, 2)], merged_in={1: 2019, 2: 2025})
    scenario = Scenario.from_dict({"rules": {"merged": "kept"}, "population": {"min": 50_000}})
    check_explanation(row, scenario)
    found = explain(row, scenario, "R0")
    assert found is not None
    assert any("population.min = 45000" in repair.text for repair in found.repairs)


def test_what_is_not_told_in_time_is_said_by_name() -> None:
    scenario = Scenario.from_dict(KINDS["population.max"])
    found = explain(ROW, scenario, "R0", Limits(1e-6), known=True)
    assert found is not None
    assert not found.repairs
    assert set(found.unsure) <= set(found.rules)
    assert "drop the lock together: M0, M1" in found.undecided


def test_a_lock_that_stands_twice_is_one_rule() -> None:
    """However it is written; to drop it drops all of it."""
    scenario = Scenario.from_dict(
        {
            **KINDS["population.max"],
            "locks": {"together": [["M0", "M1"], ["10001", "10000"]]},
        }
    )
    check_explanation(ROW, scenario)
    found = explain(ROW, scenario, "R0")
    assert found is not None
    dropped = next(change for change in found.repairs if change.text.startswith("drop the lock"))
    assert dropped.scenario.locks.together == ()


@pytest.mark.parametrize("kind", ["count: at least", "population.max", "locks.together", "zones.count"])
def test_too_many_sets_to_list_leave_it_open(kind: str) -> None:
    """Nothing is claimed then, and nothing is raised."""
    scenario = Scenario.from_dict(KINDS[kind])
    found = explain(ROW, scenario, "R0", known=True, params=ExplanationParams(most_candidates=0))
    assert found is not None
    assert all(has_plan(ROW, change.scenario) for change in found.repairs)
    assert found.undecided or found.repairs
