"""Side constraints of a plan: which there are, and what a set adds to each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from refzones.instances import InputError, Instance
from refzones.models import Scenario, ask
from refzones.models.question.constraints import (
    NUMBER,
    beyond_number,
    merger_amounts,
    plan_constraints,
    refuse_beyond_number,
)
from support.build import build_instance
from support.new_constraints import NAME, bounded_merging
from support.strategies import questions

ROW = build_instance([20_000] * 4, [(0, 1), (1, 2), (2, 3)], region=[0, 0, 0, 1], facility=[1])
ASKED = {"population": {"min": 20_000, "max": 60_000}, "weights": {"distance": 1}}


@settings(deadline=None, max_examples=60)
@given(questions(largest=6, agreed=True))
def test_sets_count_as_the_question_says(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    try:
        asked = ask(instance, scenario)
    except InputError:
        return
    sets = [tuple(i for i in range(len(instance)) if mask >> i & 1) for mask in range(1, 1 << len(instance))]
    members = np.array([[float(i in one) for i in range(len(instance))] for one in sets])
    amounts = merger_amounts(asked)(members, np.arange(len(instance)))
    assert amounts.tolist() == [int(asked.is_counted(one)) for one in sets]


def test_number_of_mergers_by_region() -> None:
    """Without a most, no plan has more mergers than the region has municipalities."""
    count = {"min": 1, "regions": {"R1": [0, 1]}}
    question = ask(ROW, Scenario.from_dict({**ASKED, "count": count}))
    bounds = [[(one.name, one.lower, one.upper) for one in plan_constraints(question, r)] for r in (0, 1)]
    assert bounds == [[(NUMBER, 1, 3)], [(NUMBER, 0, 1)]]
    assert plan_constraints(ask(ROW, Scenario.from_dict(ASKED)), 0) == ()


def test_methods_that_know_the_number_alone_name_the_others() -> None:
    question = ask(ROW, Scenario.from_dict({**ASKED, "count": {"max": 2}}))
    assert beyond_number(question, 0) == ()
    refuse_beyond_number(question, [0, 1], "a search")
    with bounded_merging(1, 2):
        assert beyond_number(question, 0) == (NAME,)
        with pytest.raises(InputError, match=f"a search knows no bound on the {NAME}") as caught:
            refuse_beyond_number(question, [0, 1], "a search")
    assert len(caught.value.problems) == 2
