"""What a plan does, as the page asks for it."""

from __future__ import annotations

import json
from typing import Any

from refzones.app.web.contract.effects import EffectsData
from refzones.instances import load
from support.served import Served

INSTANCE = load()


def asked(server: Served, shown: Any) -> Any:
    client = server.client(timeout=120.0)
    work = client.post("/api/works", json={"scenario": "mergers"}).json()
    return client.post(f"/api/works/{work['id']}/effects", json={"shown": shown})


def test_values_are_told_of_the_plan_that_is_shown(page_server: Served) -> None:
    pair = sorted(INSTANCE.find(name) for name in ("Izegem", "Ingelmunster"))
    answer = asked(page_server, [pair])
    assert answer.status_code == 200
    first = answer.text.split("\n\n")[0].split("\n")
    assert first[0] == "event: effects"
    told = EffectsData.model_validate(json.loads(first[1].removeprefix("data: ")))
    (merger,) = (one for one in told.groups if one.level == "merger")
    assert merger.members == pair
    at = [one.name for one in told.indicators].index("executives(later)")
    assert (merger.before[at], merger.after[at]) == (7.0 + 6.0, 8.0)  # 29,000 and 11,000 inhabitants


def test_groups_that_are_none_are_refused(page_server: Served) -> None:
    assert asked(page_server, [[-1]]).status_code == 422
    assert asked(page_server, "all").status_code == 422
