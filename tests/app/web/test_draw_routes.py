"""Drawing by hand, as the page asks for it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import evaluate, solve
from refzones.solver.results.plan import Plan
from support.served import Served

INSTANCE = load()
SCENARIO = Scenario.preset("mergers")
REGION = "Oost-Brabant"
BEST = solve(INSTANCE, SCENARIO, regions=[REGION])
GROUPS = [[INSTANCE.codes[i] for i in merger.members] for merger in BEST.mergers]


@pytest.fixture
def client(page_server: Served) -> Any:
    return page_server.client(timeout=120.0)


@pytest.fixture
def work(client: Any) -> Any:
    begun = client.post("/api/works", json={"title": "Drawing", "scenario": "mergers"}).json()
    return act(client, begun, {"kind": "draw", "groups": GROUPS, "said": "draw.begin"})


def act(client: Any, work: Any, action: Any) -> Any:
    answer = client.post(
        f"/api/works/{work['id']}/actions", json={"base": work["revision"], "action": action}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def events(answer: Any) -> list[tuple[str, Any]]:
    blocks = [block.split("\n") for block in answer.text.split("\n\n") if block]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def evaluations(client: Any, work: Any) -> list[Any]:
    said = events(client.get(f"/api/works/{work['id']}/answer"))
    assert said[-1][0] == "end"
    return [data for name, data in said if name == "evaluation"]


def choices(client: Any, work: Any, code: str) -> list[Any]:
    answer = client.post(f"/api/works/{work['id']}/choices", json={"municipalities": [code]})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["choices"])


def draw(client: Any, work: Any, **body: Any) -> Any:
    answer = client.post(f"/api/works/{work['id']}/draw", json={"base": work["revision"], **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_best_plan_drawn_lacks_nothing(client: Any, work: Any) -> None:
    at_once, at_last = evaluations(client, work)
    assert at_once["loss_nano"] is None
    assert at_once["mergers"] == at_last["mergers"]
    assert at_last["loss_nano"] == 0
    assert at_last["broken"] == []
    assert [region["name"] for region in at_last["regions"]] == [REGION]
    assert at_last["terms"] == at_last["best_terms"]


def test_a_drawn_plan_is_judged_as_evaluate_does(client: Any, work: Any) -> None:
    moves = {
        code: one
        for group in GROUPS
        for code in group
        for one in choices(client, work, code)
        if one["change"] == "move" and one["reason"] is None
    }
    code, move = next(iter(moves.items()))
    told = draw(client, work, change="move", municipalities=[code], to=INSTANCE.codes[move["to"]])
    groups = told["work"]["groups"]
    assert any({INSTANCE.find(code), move["to"]} <= set(group) for group in groups)
    judged = evaluations(client, told["work"])[-1]
    right = evaluate(INSTANCE, SCENARIO, Plan.of(INSTANCE, SCENARIO, groups))
    assert judged["score_nano"] == right.plan.score_nano
    assert judged["loss_nano"] == right.loss_nano
    assert bool(judged["broken"]) == bool(right.violations)
    assert right.loss_nano


def test_what_speaks_against_a_change_is_told_and_it_is_not_made(client: Any, work: Any) -> None:
    far = next(i for i in range(len(INSTANCE)) if INSTANCE.regions[INSTANCE.region[i]] != REGION)
    body = {"change": "move", "municipalities": [GROUPS[0][0]], "to": INSTANCE.codes[far]}
    told = draw(client, work, **body)
    assert told["work"] is None
    assert told["reason"]["kind"] == "different regions"
    assert client.get(f"/api/works/{work['id']}").json()["revision"] == work["revision"]
    assert draw(client, work, anyway=True, **body)["work"]["revision"] == work["revision"] + 1


def test_every_change_is_a_step_that_can_be_undone(client: Any, work: Any) -> None:
    big = max(GROUPS, key=len)
    split = draw(client, work, change="split", municipalities=[big[0]], best=True)["work"]
    assert len(split["groups"]) == len(GROUPS) + 1
    merged = draw(client, split, change="merge", municipalities=big)["work"]
    assert sorted(map(sorted, merged["groups"])) == sorted(map(sorted, work["groups"]))
    back = act(client, act(client, merged, {"kind": "undo"}), {"kind": "undo"})
    assert back["groups"] == work["groups"]
    assert [step["said"] for step in merged["steps"][-2:]] == ["draw.split", "draw.merge"]


def test_what_is_drawn_is_completed_to_the_best_plan(client: Any, work: Any) -> None:
    """One merger of the best plan is drawn: the plan that completes it is as good."""
    begun = act(client, work, {"kind": "draw", "groups": [GROUPS[0]], "said": "draw.begin"})
    (name, told), *_ = events(client.post(f"/api/works/{work['id']}/complete", json={}))
    assert name == "completion"
    assert told["unkept"] == []
    assert [[INSTANCE.codes[i] for i in one["members"]] for one in told["kept"]] == [GROUPS[0]]
    replace = {"kind": "replace", "scenario": told["scenario"], "said": "complete", "stop": True}
    after = act(client, begun, replace)
    assert after["groups"] is None
    said = events(client.get(f"/api/works/{work['id']}/answer"))
    region = next(data for name, data in said if name == "region" and data["name"] == REGION)
    assert region["score_nano"] == BEST.score_nano
    assert region["status"] == "optimal"


def test_nothing_drawn_is_told(client: Any) -> None:
    begun = client.post("/api/works", json={"scenario": "mergers"}).json()
    move = {"base": 0, "change": "move", "municipalities": [GROUPS[0][0]]}
    for path, body in (("complete", {}), ("draw", move)):
        answer = client.post(f"/api/works/{begun['id']}/{path}", json=body)
        assert answer.status_code == 422, answer.text
        assert "begin to draw" in answer.json()["text"]["en"]
    assert choices(client, begun, GROUPS[0][0]) == []
