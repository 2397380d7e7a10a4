from __future__ import annotations

import pytest
from refzones.instances import Instance
from refzones.models.lacking import lacks, remedy_for_lack
from support.build import build_instance


@pytest.fixture(scope="module")
def instance() -> Instance:
    return build_instance([1_000], [])


def test_a_near_name_is_suggested(instance: Instance) -> None:
    assert remedy_for_lack("polise", ["police", "fire"], instance, "layer") == "did you mean 'police'?"


def test_what_is_lacking_can_be_added(instance: Instance) -> None:
    command = f"leave it out, or add it with: refzones instance add-layer {instance.name} FILE --out FOLDER"
    assert remedy_for_lack("water", ["police"], instance, "layer") == f"known: police; {command}"
    assert remedy_for_lack("water", [], instance, "layer") == command


def test_all_that_is_lacking_is_named_at_once(instance: Instance) -> None:
    known = ["police", "fire"]
    found = list(lacks(["water", "fire", "polise", "school"], known, instance, "layer"))
    assert [names for names, _ in found] == ["'polise'", "'water', 'school'"]
    assert found[0][1] == "did you mean 'police'?"
    assert found[1][1].startswith(
        "known: police, fire; leave it out, or add it with: refzones instance add-layer"
    )
