"""A comparison in sentences: what the other plan scores less or more, in points and in words."""

from __future__ import annotations

from refzones.models import Scenario
from refzones.solver.results.plan import Plan
from refzones.solver.review.comparison import compare
from refzones.solver.review.comparison_text import score_text, score_words
from support.build import build_instance

# one, two and four kilometres apart
ROW = build_instance([10_000] * 4, [(0, 1), (1, 2), (2, 3)], points=[(1000.0 * k, 0.0) for k in (0, 1, 3, 7)])
ASKED = Scenario.from_dict({"population": {"min": 10_000, "max": 40_000}, "weights": {"distance": 2.0}})
NEAR, FAR = [(0, 1), (2,), (3,)], [(0,), (1,), (2, 3)]


def test_what_a_plan_scores_less_or_more() -> None:
    """One pair is 1 km apart and the other 4: 3 km for a quarter of the people."""
    plans = {
        "near": Plan.of(ROW, ASKED, NEAR),
        "far": Plan.of(ROW, ASKED, FAR),
        "same": Plan.of(ROW, ASKED, NEAR),
    }
    found = compare(ROW, ASKED, plans)
    assert score_text(found, 1) == (
        "far scores 1.500 points less than near, as if everyone were 0.75 km farther from the seat"
    )
    assert score_text(found, 2) == "same scores the same as near"
    assert score_words(found, 2) == ""
    found = compare(ROW, ASKED, {"far": plans["far"], "near": plans["near"]})
    assert score_text(found, 1) == (
        "near scores 1.500 points more than far, as if everyone were 0.75 km nearer to the seat"
    )
