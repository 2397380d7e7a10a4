"""Endpoints of two plans side by side."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request

from ...instances.common.problems import reject
from ..input.known_plans import known_plans
from .contract.comparing import ComparisonData, ComparisonRequest, KnownPlan, OtherGroups, OtherStep
from .desk import Desk
from .endpoints import Endpoint
from .states import State
from .workers import Message
from .works import History


def endpoints(desk: Desk) -> list[Endpoint]:
    """Give the endpoints."""

    async def compare(request: Request, body: ComparisonRequest) -> AsyncIterator[Message]:
        history = desk.work(request)
        shown = history.state
        return desk.stream(
            "studies",
            f"compare {history.id}",
            "compare_plans",
            scenario=shown.scenario,
            first=_named(desk, shown) if body.shown is None else {"groups": body.shown},
            other=_other(desk, history, body),
        )

    return [
        Endpoint(
            "POST",
            "/api/works/{id}/comparison",
            compare,
            "what differs between the plan that is shown and another one",
            body=ComparisonRequest,
            events={"comparison": ComparisonData},
        )
    ]


def _other(desk: Desk, history: History, body: ComparisonRequest) -> dict[str, Any]:
    other = body.other
    if isinstance(other, OtherGroups):
        return {"groups": other.groups}
    if isinstance(other, OtherStep):
        if other.step >= len(history.states):
            reject("there is no such step", value=other.step)
        return _named(desk, history.states[other.step])
    if isinstance(other, KnownPlan):
        plans = known_plans(desk.instance)
        if other.key not in plans:
            reject("there is no such plan", f"name one of {', '.join(plans)}", value=other.key)
        return {"groups": [list(group) for group in plans[other.key]]}
    return _named(desk, desk.works.get(other.id).state)


def _named(desk: Desk, state: State) -> dict[str, Any]:
    """Name what a state shows: the plan that is drawn, or the best one of its scenario."""
    if state.drawn is None:
        return {"scenario": state.scenario}
    return {"groups": [[desk.instance.find(code) for code in group] for group in state.drawn]}
