"""From sums over mergers to means over those who are answered for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.models.scenario.scenario import Scenario
from refzones.models.scoring.reported_values import Base, base_of, pooled_values, reported_value
from refzones.models.scoring.scorer import Scorer
from refzones.models.terms import Term, term_classes
from support.build import build_instance

INSTANCE = build_instance(
    [100, 200, 0, 700],
    [(0, 1), (1, 2), (2, 3)],
    layers={"police": ["A", "B", "A", "B"]},
    functions={"rail": [1, 0, 0, 1]},
    attributes={"net_taxable_income_eur": [1.0, 2.0, 3.0, 4.0]},
    flows={(0, 1): 3.5, (0, 0): 50.0, (3, 0): 1.5, (1, 2): 5.0},
)
WEIGHTS = {
    "coverage": 1, "distance": 1, "moment": 1e-6, "straddle(police)": 1, "touched(police)": 1, "cut_edges": 1,
    "commuting": 1, "stacking": 1, "fiscal": 1, "size": 1,
}  # fmt: skip


def terms() -> dict[str, Term]:
    asked = Scenario.from_dict({"coverage": {"shares": {"rail": 1.0}}, "weights": WEIGHTS})
    return {term.name: term for term in Scorer(INSTANCE, asked).terms}


def test_bases_of_some_municipalities() -> None:
    for name, term in terms().items():
        base = base_of(term, [0, 2])
        expected = {"inhabitants": (100, 1000), "commuters": (3.5, 10.0), "nothing": (1, 1)}[term.divided_by]
        assert (base.number, base.whole) == expected, name
        assert base.share == pytest.approx(expected[0] / expected[1])
        assert base.share * base.scale == pytest.approx(1)


def test_nobody() -> None:
    for term in terms().values():
        base = base_of(term, [2])
        if term.divided_by == "nothing":
            assert reported_value(term, 2.5, base) == 2.5
        else:
            assert (base.number, base.share, base.scale, reported_value(term, 2.5, base)) == (
                0,
                0.0,
                0.0,
                0.0,
            )
    assert Base(0, 0).share == 0.0


@given(st.lists(st.tuples(st.floats(0, 1e6), st.integers(0, 10_000)), min_size=1, max_size=6))
def test_parts_together_are_the_whole(drawn: list[tuple[float, int]]) -> None:
    """Means of parts, weighed by those who live there, are the mean of all; sums are added up."""
    people = [p for _, p in drawn]
    everybody = sum(people)
    for term in (terms()["distance"], terms()["cut_edges"]):
        counted = term.divided_by == "nothing"
        bases = [Base(1 if counted else p, 1 if counted else 10**6) for p in people]
        kept = [t if counted or p else 0.0 for t, p in drawn]  # where nobody lives there is nothing to sum
        values = np.array([reported_value(term, t, base) for t, base in zip(kept, bases, strict=True)])
        found = float(
            pooled_values(term, values, np.array([base.number for base in bases], dtype=np.float64))
        )
        expected = sum(kept) if counted else sum(kept) / everybody if everybody else 0.0
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_every_term_says_what_divides_it() -> None:
    divided = {term.key: term.divided_by for term in term_classes()}
    assert {key for key, by in divided.items() if by == "nothing"} == {
        "moment", "touched", "cut_edges", "shortfall", "effect",
    }  # fmt: skip
    assert {key for key, by in divided.items() if by == "commuters"} == {"commuting"}


@pytest.mark.parametrize(("level", "noun"), [("mergers", "merger"), ("zones", "reference zone")])
def test_units_speak_of_what_is_decided(level: str, noun: str) -> None:
    asked = Scenario.from_dict({"level": level, "weights": {"straddle(police)": 1, "touched(police)": 1}})
    straddle, touched = Scorer(INSTANCE, asked).terms
    assert straddle.unit == f"share of inhabitants outside the main zone of their {noun}"
    assert touched.unit == f"number of zones touched, summed over {noun}s"
    for term in term_classes():
        assert not {"part", "parts", "frame", "nano"} & set(term.unit.split())
