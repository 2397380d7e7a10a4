"""What is gathered for a dossier."""

from __future__ import annotations

import pytest
from refzones.app.dossier.facts.gather import gather
from refzones.app.dossier.facts.record import DossierRecord
from refzones.app.maps.shapes import generalised_shapes
from refzones.instances.common.problems import InputError
from refzones.models import Scenario
from refzones.solver import record_of, solve
from support.build import build_instance
from support.told import flanders, preset_facts


def test_the_plan_in_the_record_is_that_of_the_run() -> None:
    result = solve(flanders(), Scenario.preset("mergers"), regions=["Midwest"], decided=True)
    record = record_of(result)
    facts = gather(flanders(), record, [], generalised_shapes(flanders()))
    written = DossierRecord.model_validate_json(facts.record.model_dump_json())
    assert written.plan == record
    assert written.plan.digest == record.digest_of_content()
    assert list(written.regions) == ["Midwest"]


def test_a_region_that_the_run_does_not_have() -> None:
    record = preset_facts("mergers", ("Midwest",)).record.plan
    with pytest.raises(InputError, match="no such region"):
        gather(flanders(), record, ["Kempen"], generalised_shapes(flanders()))


def test_a_run_without_a_plan() -> None:
    instance = build_instance([10, 10], [(0, 1)])
    record = record_of(
        solve(
            instance, Scenario.from_dict({"weights": {"distance": 1}, "population": {"min": 50, "max": 60}})
        )
    )
    with pytest.raises(InputError, match="no plan of these regions"):
        gather(instance, record, [], generalised_shapes(instance))


def test_another_instance() -> None:
    record = preset_facts("mergers", ("Midwest",)).record.plan
    with pytest.raises(InputError, match="other data"):
        gather(build_instance([10, 10], [(0, 1)]), record, [], generalised_shapes(flanders()))
