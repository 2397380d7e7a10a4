"""Endpoints of other good plans: alternatives, and what good plans agree on."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.requests import Request

from ...instances.common.problems import reject
from .contract.alternatives import RegionAgreement, RegionAlternatives
from .desk import Desk
from .endpoints import Endpoint, number
from .workers import Message

LOSS = "0.5"
"""Points that a good plan may lack, where nothing is said."""

NUMBER = 5
MOST = 12


def endpoints(desk: Desk) -> list[Endpoint]:
    """Give the endpoints."""

    async def alternatives(request: Request, body: None) -> AsyncIterator[Message]:
        history = desk.work(request)
        wanted = number(request, "number") or NUMBER
        if not 1 <= wanted <= MOST:
            reject(f"the number of plans must be from 1 to {MOST}", value=wanted, column="number")
        return desk.stream(
            "studies",
            f"alternatives {history.id}",
            "alternatives",
            scenario=history.state.scenario,
            region=request.query_params.get("region", ""),
            loss=request.query_params.get("loss", LOSS),
            number=wanted,
        )

    async def agreement(request: Request, body: None) -> AsyncIterator[Message]:
        history = desk.work(request)
        return desk.stream(
            "studies",
            f"agreement {history.id}",
            "agreement",
            scenario=history.state.scenario,
            region=request.query_params.get("region", ""),
            loss=request.query_params.get("loss", LOSS),
        )

    about = {
        "region": (str, "a reference region; all, one after the other, where none is named"),
        "loss": (str, "what a good plan may lack: points such as 0.5, or a share such as 1%"),
    }
    return [
        Endpoint(
            "GET",
            "/api/works/{id}/alternatives",
            alternatives,
            "plans of a region that differ most, within a loss",
            query=about | {"number": (int, f"how many, at most {MOST}; {NUMBER} where nothing is said")},
            events={"alternatives": RegionAlternatives},
        ),
        Endpoint(
            "GET",
            "/api/works/{id}/agreement",
            agreement,
            "how many good plans merge two neighbours",
            query=about,
            events={"agreement": RegionAgreement},
        ),
    ]
