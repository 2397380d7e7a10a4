"""Two plans side by side, as the page asks for them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import compare, moves_between, solve
from refzones.solver.results.plan import Plan
from support.served import Served

INSTANCE = load()
SCENARIO = Scenario.preset("mergers")
REGION = "Oost-Brabant"
BEST = solve(INSTANCE, SCENARIO, regions=[REGION]).plan
MEMBERS = [int(i) for i in INSTANCE.members(INSTANCE.regions.index(REGION))]


@pytest.fixture
def client(page_server: Served) -> Any:
    return page_server.client(timeout=120.0)


def begun(client: Any, groups: Any = None, scenario: Any = "mergers") -> Any:
    work = client.post("/api/works", json={"scenario": scenario}).json()
    if groups is None:
        return work
    codes = [[INSTANCE.codes[i] for i in group] for group in groups]
    body = {"base": work["revision"], "action": {"kind": "draw", "groups": codes}}
    return client.post(f"/api/works/{work['id']}/actions", json=body).json()


def compared(client: Any, work: Any, other: Any, **more: Any) -> Any:
    answer = client.post(f"/api/works/{work['id']}/comparison", json={"other": other} | more)
    assert answer.status_code == 200, answer.text
    name, data = answer.text.split("\n\n")[0].split("\n")
    assert name == "event: comparison", answer.text
    return json.loads(data.removeprefix("data: "))


def test_both_sides_are_what_compare_says(client: Any) -> None:
    assert BEST is not None
    mine = [MEMBERS[k : k + 5] for k in range(0, len(MEMBERS), 5)]
    work = begun(client, [merger.members for merger in BEST.mergers])
    told = compared(client, work, {"kind": "groups", "groups": mine})
    other = Plan.of(INSTANCE, SCENARIO, mine)
    right = compare(INSTANCE, SCENARIO, {"a": BEST, "b": other})
    assert told["regions"] == [REGION]
    assert [one["score_nano"] for one in told["plans"]] == [BEST.score_nano, other.score_nano]
    assert told["alike"] == right.levels[0].similarity[0][1].rand
    assert [len(one["broken"]) for one in told["plans"]] == [len(one.violations) for one in right.plans]
    moves = moves_between(INSTANCE, BEST, other)
    told_moves = [tuple(one["municipalities"]) for one in told["changes"]["moves"]]
    assert told_moves == [move.municipalities for move in moves.moves]
    assert told["changes"]["municipalities"] == moves.municipalities


def test_a_plan_beside_itself_differs_in_nothing(client: Any) -> None:
    work = begun(client)
    told = compared(client, work, {"kind": "step", "step": 0})
    assert told["changes"]["moves"] == []
    assert told["alike"] == 1
    assert len(told["regions"]) == len(INSTANCE.regions)
    same = compared(client, work, {"kind": "work", "id": begun(client)["id"]})
    assert same["plans"] == told["plans"]


def test_the_municipalities_as_they_are_and_the_best_plan_of_two_levels(client: Any) -> None:
    told = compared(client, begun(client, scenario="nested"), {"kind": "known", "key": "as-is"})
    assert len(told["plans"][1]["mergers"]) == len(INSTANCE)
    assert told["changes"]["municipalities"] > 0


def test_the_page_may_say_itself_what_it_shows(client: Any) -> None:
    assert BEST is not None
    shown = [list(merger.members) for merger in BEST.mergers]
    told = compared(client, begun(client, [MEMBERS]), {"kind": "step", "step": 1}, shown=shown)
    assert told["plans"][0]["score_nano"] == BEST.score_nano
    assert [one["members"] for one in told["plans"][1]["mergers"]] == [MEMBERS]


def test_whoever_a_plan_leaves_out_stands_alone_which_is_told(client: Any) -> None:
    told = compared(client, begun(client), {"kind": "groups", "groups": [MEMBERS[:2]]})
    assert told["regions"] == [REGION]
    assert str(len(MEMBERS) - 2) in told["notes"][0]["en"]


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({"kind": "step", "step": 9}, 422),
        ({"kind": "known", "key": "mergers-2025"}, 422),
        ({"kind": "work", "id": "000000000000"}, 404),
        ({"kind": "groups", "groups": [[-1]]}, 422),
        ({"kind": "file", "path": "/etc/passwd"}, 422),
    ],
)
def test_what_there_is_not_is_refused(client: Any, other: Any, status: int) -> None:
    work = begun(client)
    assert client.post(f"/api/works/{work['id']}/comparison", json={"other": other}).status_code == status


def test_groups_that_are_none_are_refused_in_the_stream(client: Any) -> None:
    work = begun(client)
    for groups in ([[9999]], [[1], [1]], []):
        answer = client.post(
            f"/api/works/{work['id']}/comparison", json={"other": {"kind": "groups", "groups": groups}}
        )
        assert answer.text.startswith("event: refused"), answer.text
