"""What is given, works and their answers, asked of a server as the page asks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.served import Served

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones import Scenario, load, solve

FLANDERS = load("flanders-2025")


@pytest.fixture
def client(page_server: Served) -> Any:
    return page_server.client()


def events(client: Any, path: str) -> list[tuple[str, Any]]:
    """Hear a stream to its end."""
    with client.stream("GET", path) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"].startswith("text/event-stream")
        told = "".join(answer.iter_text())
    pairs = [block.split("\n") for block in told.split("\n\n") if block]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in pairs]


def act(client: Any, work: dict[str, Any], status: int = 200, **action: Any) -> dict[str, Any]:
    body = {"base": work["revision"], "action": action}
    answer = client.post(f"/api/works/{work['id']}/actions", json=body)
    assert answer.status_code == status, answer.text
    return dict(answer.json())


def begun(client: Any, **body: Any) -> dict[str, Any]:
    answer = client.post("/api/works", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_what_is_given(client: Any) -> None:
    given = client.get("/api/instance").json()
    assert [one["name"] for one in given["municipalities"]] == list(FLANDERS.names)
    assert [one["inhabitants"] for one in given["municipalities"]] == FLANDERS.population.tolist()
    assert given["regions"] == list(FLANDERS.regions)
    assert len(given["borders"]) == len(FLANDERS.borders.pairs)
    assert {one["key"] for one in given["layers"]} == set(FLANDERS.layers)
    voeren = given["municipalities"][FLANDERS.find("Voeren")]
    assert voeren["facility"]
    terms = {one["name"]: one for one in given["terms"]}
    mergers = Scenario.preset("mergers")
    assert {name: terms[name]["weights"]["mergers"] for name in mergers.weights} == mergers.weights


def test_the_map(client: Any) -> None:
    geometry = client.get("/api/map").json()
    assert len(geometry["municipalities"]) == len(FLANDERS)
    assert geometry["generalised"]
    sides = {(arc["left"], arc["right"]) for arc in geometry["arcs"]}
    assert all(-1 <= side < len(FLANDERS) for pair in sides for side in pair)


def test_an_answer_is_that_of_solve(client: Any) -> None:
    told = events(client, f"/api/works/{begun(client)['id']}/answer")
    result = solve(FLANDERS, Scenario.preset("mergers"))
    regions = {data["name"]: data for name, data in told if name == "region"}
    answer = dict(told)["answer"]
    assert told[-1] == ("end", None)
    assert answer["score_nano"] == result.score_nano
    assert answer["bound_nano"] == result.bound_nano
    for region in result.by_region:
        told_mergers = [
            (one["members"], one["seat"], one["score_nano"]) for one in regions[region.name]["mergers"]
        ]
        assert told_mergers == [(list(one.members), one.seat, one.score_nano) for one in region.mergers]


def test_undo_gives_the_answer_before(client: Any) -> None:
    work = begun(client)
    before = events(client, f"/api/works/{work['id']}/answer")
    work = act(client, work, kind="lock", lock="together", municipalities=["Aarschot", "Rotselaar"])
    locked = events(client, f"/api/works/{work['id']}/answer")
    assert dict(locked)["answer"]["score_nano"] <= dict(before)["answer"]["score_nano"]
    work = act(client, work, kind="undo")
    after = events(client, f"/api/works/{work['id']}/answer")
    assert [d for n, d in after if n == "region"] == [d for n, d in before if n == "region"]


def test_two_tabs_do_not_overwrite_each_other(client: Any) -> None:
    work = begun(client)
    act(client, work, kind="lock", lock="alone", municipalities=["Gent"])
    refusal = act(client, work, 409, kind="lock", lock="alone", municipalities=["Aalst"])
    assert refusal["kind"] == "stale"
    now = client.get(f"/api/works/{work['id']}").json()
    assert now["locks"]["alone"] == [FLANDERS.find("Gent")]


def test_works_are_begun_copied_renamed_and_listed(client: Any) -> None:
    work = begun(client, scenario="zones", title="Zones")
    assert work["scenario"]["level"] == "zones"
    work = act(client, work, kind="lock", lock="alone", municipalities=["Gent"])
    copy = begun(client, copy_of=work["id"], title="Copy")
    assert copy["locks"] == work["locks"]
    assert copy["id"] != work["id"]
    act(client, copy, kind="undo")
    assert client.get(f"/api/works/{work['id']}").json()["locks"] == work["locks"]
    renamed = client.put(f"/api/works/{work['id']}", json={"title": "Other"}).json()
    titles = {line["id"]: line["title"] for line in client.get("/api/works").json()["works"]}
    assert titles[work["id"]] == renamed["title"] == "Other"
    assert titles[copy["id"]] == "Copy"
    own = begun(client, scenario=Scenario.preset("nested").model_dump(mode="json"))
    assert own["scenario"]["zones"] is not None


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "kind"),
    [
        ("GET", "/api/works/000000000000", None, 404, "unknown"),
        ("GET", "/api/works/000000000000/answer", None, 404, "unknown"),
        ("POST", "/api/works/000000000000/actions", {"base": 0, "action": {"kind": "undo"}}, 404, "unknown"),
        ("GET", "/api/nothing", None, 404, "unknown"),
        ("POST", "/api/works", {"scenario": "nix"}, 422, "input"),
        ("POST", "/api/works", {"scenario": {"population": {"min": -1}}}, 422, "input"),
        ("POST", "/api/works", {"colour": 1}, 422, "input"),
        ("POST", "/api/works", [], 422, "input"),
        ("POST", "/api/works", {"copy_of": "nix"}, 404, "unknown"),
    ],
)
def test_what_is_refused(client: Any, method: str, path: str, body: Any, status: int, kind: str) -> None:
    answer = client.request(method, path, json=body) if body is not None else client.request(method, path)
    assert (answer.status_code, answer.json()["kind"]) == (status, kind)
    assert answer.json()["text"]["en"]


def test_two_towns_that_no_merger_can_hold_are_explained_with_remedies(client: Any) -> None:
    work = begun(client)
    work = act(client, work, kind="lock", lock="together", municipalities=["Hasselt", "Genk"])
    told = events(client, f"/api/works/{work['id']}/answer")
    answer = dict(told)["answer"]
    assert answer["status"] == "infeasible"
    (clash,) = [data for name, data in told if name == "clash"]
    assert clash["region"] == "Limburg"
    assert clash["remedies"]
    for remedy in clash["remedies"]:
        mended = act(client, work, kind="replace", scenario=remedy["scenario"], said="remedy")
        assert dict(events(client, f"/api/works/{work['id']}/answer"))["answer"]["status"] == "optimal"
        work = act(client, mended, kind="undo")


def test_an_answer_that_takes_too_long_is_the_best_so_far(client: Any) -> None:
    wide = Scenario.preset("mergers").overlaid({"population": {"min": 60_000, "max": 250_000}})
    work = begun(client, scenario=wide.model_dump(mode="json", exclude_unset=True))
    told = events(client, f"/api/works/{work['id']}/answer?seconds=1")
    (whole,) = [data for name, data in told if name == "answer"]
    assert whole["status"] in ("feasible", "no plan within limit")
    assert client.get(f"/api/works/{work['id']}/answer?seconds=soon").status_code == 422
