"""Endpoint of what a plan does."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.requests import Request

from .contract.effects import EffectsData, EffectsRequest
from .desk import Desk
from .endpoints import Endpoint
from .workers import Message


def endpoints(desk: Desk) -> list[Endpoint]:
    """Give the endpoint."""

    async def effects(request: Request, body: EffectsRequest) -> AsyncIterator[Message]:
        history = desk.work(request)
        return desk.stream(
            "studies",
            f"effects {history.id}",
            "measure_plan",
            scenario=history.state.scenario,
            groups=body.shown,
        )

    return [
        Endpoint(
            "POST",
            "/api/works/{id}/effects",
            effects,
            "what the plan that is shown does: indicators before and after",
            body=EffectsRequest,
            events={"effects": EffectsData},
        )
    ]
