"""Wishes over HTTP: reasons against locks, prices before they are made, and prices of those that are."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from support.served import Served

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones.app.web.contract.wishes import LOCK_NAMES
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import solve

FLANDERS = load("flanders-2025")


def codes(*names: str) -> list[str]:
    return [FLANDERS.codes[FLANDERS.find(name)] for name in names]


def indices(*names: str) -> list[int]:
    return sorted(FLANDERS.find(name) for name in names)


@pytest.fixture
def ask(page_server: Served) -> Callable[..., Any]:
    """Ask about a work of its own."""
    client = page_server.client()
    work = client.post("/api/works", json={}).json()

    def start(method: str, path: str, body: Any = None) -> Any:
        return client.request(method, f"/api/works/{work['id']}/{path}", json=body)

    return start


def told(answer: Any) -> list[tuple[str, Any]]:
    """Read a stream of events."""
    assert answer.status_code == 200, answer.text
    blocks = [block.split("\n") for block in answer.text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_reasons_of_neighbours(ask: Callable[..., Any]) -> None:
    reasons = ask("POST", "reasons", {"municipalities": codes("Aalst", "Lede")}).json()["reasons"]
    assert list(reasons) == list(LOCK_NAMES)
    assert {kind for kind, reason in reasons.items() if reason is None} == {
        "together", "apart", "alone", "seat", "existing", "removed",
    }  # fmt: skip
    assert reasons["added"]["kind"] == "border already"
    assert reasons["joined"]["municipalities"] == indices("Aalst")


def test_reasons_of_nothing(ask: Callable[..., Any]) -> None:
    reasons = ask("POST", "reasons", {"municipalities": []}).json()["reasons"]
    assert reasons["together"]["kind"] == "nothing selected"


@pytest.mark.parametrize(
    ("path", "more"), [("reasons", {}), ("price", {"lock": "together"})], ids=["reasons", "price"]
)
def test_nobody(ask: Callable[..., Any], path: str, more: dict[str, str]) -> None:
    answer = ask("POST", path, {"municipalities": ["nobody"], **more})
    assert answer.status_code == 422
    assert [fault["value"] for fault in answer.json()["faults"]] == ["nobody"]


def test_price_of_a_wish_is_what_the_best_plan_loses(ask: Callable[..., Any]) -> None:
    events = told(ask("POST", "price", {"lock": "alone", "municipalities": codes("Lede", "Haaltert")}))
    assert [name for name, _ in events] == ["price", "end"]
    price, preset = events[0][1], Scenario.preset("mergers")
    wished = preset.overlaid({"locks": {"alone": ["Lede", "Haaltert"]}})
    best, held = (solve(FLANDERS, one, regions=["Denderregio"]).score_nano for one in (preset, wished))
    assert best is not None
    assert held is not None
    assert (price["cost_nano"], price["status"], price["proved"]) == (best - held, "priced", True)
    assert price["municipalities"] == indices("Lede", "Haaltert")
    assert "Denderregio" in price["words"]["en"]


def test_wish_that_no_plan_has_is_told_with_remedies_that_keep_it(ask: Callable[..., Any]) -> None:
    wish = {"lock": "together", "municipalities": codes("Aalst", "Geraardsbergen")}
    events = told(ask("POST", "price", wish))
    assert [name for name, _ in events] == ["price", "clash", "end"]
    assert events[0][1]["status"] == "no plan with it"
    clash = events[1][1]
    assert clash["region"] == "Denderregio"
    assert clash["remedies"]
    for remedy in clash["remedies"]:
        scenario = Scenario.from_dict(remedy["scenario"])
        assert [sorted(FLANDERS.find(name) for name in group) for group in scenario.locks.together] == [
            indices("Aalst", "Geraardsbergen")
        ]
        assert solve(FLANDERS, scenario, regions=["Denderregio"]).status == "optimal"


def test_wish_across_regions_is_told_as_a_contradiction(ask: Callable[..., Any]) -> None:
    events = told(ask("POST", "price", {"lock": "together", "municipalities": codes("Aalst", "Leuven")}))
    assert events[0][1]["status"] == "contradiction"
    assert "different regions" in events[0][1]["text"]["en"]


def test_wishes_of_zones(page_server: Served) -> None:
    client = page_server.client()
    work = client.post("/api/works", json={"scenario": "nested"}).json()
    where = f"/api/works/{work['id']}"
    pair = {"municipalities": codes("Ronse", "Kluisbergen")}
    reasons = client.post(f"{where}/reasons", json=pair).json()["reasons"]
    assert reasons["together"]["kind"] == "stands alone by rule"
    zones = client.post(f"{where}/reasons", json=pair | {"level": "zones"}).json()["reasons"]
    assert zones["together"] is None
    wish = pair | {"lock": "together", "level": "zones"}
    price = told(client.post(f"{where}/price", json=wish))[0][1]
    assert (price["level"], price["status"], price["proved"]) == ("zones", "priced", True)
    assert price["cost_nano"] >= 0


@pytest.mark.parametrize(
    ("path", "more"), [("reasons", {}), ("price", {"lock": "alone"})], ids=["reasons", "price"]
)
def test_zones_that_are_not_asked_for(ask: Callable[..., Any], path: str, more: dict[str, str]) -> None:
    answer = ask("POST", path, {"municipalities": codes("Aalst"), "level": "zones", **more})
    assert answer.status_code == 422
    assert "zones" in answer.json()["text"]["en"]


def test_prices_of_locks(page_server: Served) -> None:
    client = page_server.client()
    work = client.post("/api/works", json={}).json()
    where = f"/api/works/{work['id']}"
    assert [name for name, _ in told(client.get(f"{where}/prices"))] == ["end"]
    for lock, names in (("together", ("Aalst", "Lede")), ("alone", ("Lier",))):
        action = {"kind": "lock", "lock": lock, "municipalities": codes(*names)}
        work = client.post(f"{where}/actions", json={"base": work["revision"], "action": action}).json()
    events = told(client.get(f"{where}/prices"))
    prices = {one["lock"]: one for name, one in events if name == "price"}
    assert prices["together"]["cost_nano"] == 0
    assert prices["together"]["text"]["en"] == "costs nothing"
    assert prices["alone"]["municipalities"] == indices("Lier")
    assert prices["alone"]["cost_nano"] > 0
