"""The census benchmark: counts beside those of another way of listing, and known answers."""

from __future__ import annotations

import pytest
from given import districting_missing, give
from refzones.models import Scorer, ask
from registry import Case
from specs import census
from specs.sampling import Plans


@pytest.mark.parametrize("region", ["Waasland", "Vlaamse Ardennen"])
def test_as_many_plans_as_are_listed_one_by_one(region: str) -> None:
    out = census.run(Case(f"flanders-2025/{region}", "census", limit=30.0))
    instance, scenario = give(f"flanders-2025/{region}")
    question, scorer = ask(instance, scenario), Scorer(instance, scenario)
    numbers = [len(Plans(question, scorer, number).plans) for number in range(1, 12)]
    assert int(out.facts["plans"]) == sum(numbers)
    assert out.facts["most mergers"] == max(k for k, plans in enumerate(numbers, 1) if plans)


def test_a_published_answer() -> None:
    if districting_missing():
        pytest.skip(districting_missing())
    out = census.run(Case("districting/ME_county", "census", limit=30.0))
    assert (out.facts["plans"], out.verified) == ("1", True)
