"""Who moves between two plans, asked over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from support.served import Served

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones.app.web.change_routes import changes_between
from refzones.app.web.contract.changes import TwoPlans
from refzones.instances import load

FLANDERS = load("flanders-2025")


def i(name: str) -> int:
    return FLANDERS.find(name)


def part(*names: str) -> dict[str, Any]:
    return {"members": [i(name) for name in names], "seat": i(names[0])}


BEFORE = [part("Leuven", "Lubbeek", "Bierbeek"), part("Aarschot", "Begijnendijk"), part("Diest")]
AFTER = [part("Leuven", "Bierbeek"), part("Aarschot", "Begijnendijk", "Lubbeek"), part("Diest")]


def test_one_moves(page_server: Served) -> None:
    answer = page_server.client().post("/api/changes", json={"before": BEFORE, "after": AFTER})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert [(one["kind"], one["municipalities"]) for one in found["moves"]] == [("moves", [i("Lubbeek")])]
    assert found["moves"][0]["from_seat"] == i("Leuven")
    assert found["moves"][0]["to_seat"] == i("Aarschot")
    assert found["inhabitants"] == int(FLANDERS.population[i("Lubbeek")])
    assert found["partners"] == 5


def test_nothing_moves_and_another_seat() -> None:
    other = [{**AFTER[1], "seat": i("Begijnendijk")}, AFTER[0], AFTER[2]]
    found = changes_between(FLANDERS, TwoPlans.model_validate({"before": AFTER, "after": other}))
    assert found.moves == []
    assert found.seats == [(i("Aarschot"), i("Begijnendijk"))]


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ([part("Leuven", "Lubbeek")], "same municipalities"),
        ([*AFTER, part("Diest")], "in two mergers"),
        ([{"members": [9999], "seat": 9999}], "no such municipality"),
        ([{"members": [i("Diest")], "seat": i("Leuven")}], "not one of its members"),
    ],
)
def test_what_is_no_plan_is_refused(page_server: Served, after: list[Any], said: str) -> None:
    answer = page_server.client().post("/api/changes", json={"before": BEFORE, "after": after})
    assert answer.status_code == 422
    assert said in answer.json()["text"]["en"]
