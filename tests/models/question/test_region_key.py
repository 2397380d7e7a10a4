"""What a question asks of one region: what changes its key there, and what does not."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from refzones.instances import load
from refzones.models import Scenario, ask
from refzones.models.question.question import Question
from refzones.models.question.region_key import region_key

FLANDERS = load("flanders-2025")
MERGERS = Scenario.preset("mergers")
HERE, ELSEWHERE = FLANDERS.region[FLANDERS.find("Aalst")], FLANDERS.region[FLANDERS.find("Diest")]


def key(changes: dict[str, Any], region: int = HERE, *, locks: bool = True) -> bytes:
    return region_key(ask(FLANDERS, MERGERS.overlaid(changes)), region, locks=locks)


def test_every_field_of_a_question_is_thought_of() -> None:
    """A new one may have to stand in the key."""
    assert [one.name for one in fields(Question)] == [
        *("instance", "scenario", "standalone", "neighbours", "together", "apart", "required", "kept"),
        *("seats", "unenclosed", "also", "budgets", "each"),
    ]


CHANGES: list[dict[str, Any]] = [
    {"locks": {"together": [["Aalst", "Lede"]]}},
    {"locks": {"apart": [["Aalst", "Lede"]]}},
    {"locks": {"alone": ["Lede"]}},
    {"locks": {"seat": ["Lede"]}},
    {"existing": {"mergers": [["Aalst", "Lede"]]}},
    {"existing": {"mergers": [["Aalst", "Lede"]], "mode": "keep"}},
    {"borders": {"removed": [["Aalst", "Lede"]]}},
    {"borders": {"added": [["Aalst", "Ninove"]]}},
]


@pytest.mark.parametrize("changes", CHANGES)
def test_what_is_said_of_a_region_changes_its_key_alone(changes: dict[str, Any]) -> None:
    assert key(changes) != key({})
    assert key(changes, ELSEWHERE) == key({}, ELSEWHERE)


def test_each_change_has_a_key_of_its_own() -> None:
    keys = [key(changes) for changes in [{}, *CHANGES]]
    # to keep together what exists already is the same as to lock it
    assert len(set(keys)) == len(keys) - 1
    assert keys[1] == keys[5]


@pytest.mark.parametrize(
    "changes",
    [
        {"population": {"max": 131_000}},
        {"rules": {"seat": "central"}},
        {"size": {"target": 61_000}},
        {"count": {"max": 20}},
        {"requires": {"functions": ["hospital"]}},
        {"orientation": {"distance": -2.0}},
    ],
)
def test_what_is_said_of_all_changes_every_key(changes: dict[str, Any]) -> None:
    assert key(changes) != key({})
    assert key(changes, ELSEWHERE) != key({}, ELSEWHERE)


def test_names_and_order_do_not_matter() -> None:
    codes = [FLANDERS.codes[FLANDERS.find(name)] for name in ("Lede", "Aalst")]
    assert key({"locks": {"together": [codes]}}) == key(CHANGES[0])
    assert key({"name": "other", "description": "text", "weights": {"distance": 9.0}}) == key({})


def test_numbers_of_one_region() -> None:
    changes = {"count": {"regions": {FLANDERS.regions[HERE]: [1, 9]}}}
    assert key(changes) != key({})
    assert key(changes, ELSEWHERE) == key({}, ELSEWHERE)


def test_locks_may_be_left_out() -> None:
    assert key(CHANGES[0], locks=False) == key(CHANGES[1], locks=False) == key({}, locks=False)
    assert key(CHANGES[2], locks=False) != key({}, locks=False)


def test_regions_and_levels_have_keys_of_their_own() -> None:
    assert key({}) != key({}, ELSEWHERE)
    zones = MERGERS.model_copy(update={"level": "zones"})
    assert region_key(ask(FLANDERS, zones), HERE) != key({})
