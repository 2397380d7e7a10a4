"""Results read back from their records."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.audit.restored import restored
from refzones.solver.results.record import PlanRecord, record_of
from support.build import build_instance
from support.strategies import nested_questions, questions


@given(st.one_of(questions(largest=6, agreed=True), nested_questions(largest=5)))
@settings(max_examples=30, deadline=None)
def test_all_but_times_comes_back(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    try:
        result = solve(instance, scenario, workers=1)
    except InputError:
        return
    record = PlanRecord.model_validate_json(record_of(result).model_dump_json())
    back = restored(record, instance)
    assert record_of(back) == record
    timed = {region.name: (region.seconds, region.stages) for region in result.by_region}
    regions = tuple(
        replace(region, seconds=timed[region.name][0], stages=timed[region.name][1])
        for region in back.by_region
    )
    assert replace(back, seconds=result.seconds, by_region=regions) == result


def test_not_for_other_data() -> None:
    scenario = Scenario.from_dict({"weights": {"distance": 1}})
    record = record_of(solve(build_instance([40_000, 50_000], [(0, 1)]), scenario))
    with pytest.raises(InputError, match="the plan was made for other data"):
        restored(record, build_instance([40_000, 50_001], [(0, 1)]))
