"""Endpoints of what is given, of works, and of their answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request

from ...models.scenario.scenario import Scenario
from .contract.actions import ActionRequest
from .contract.answers import AnswerData, Decisions, RegionData
from .contract.clashes import Clash
from .contract.drawing import EvaluationData
from .contract.given import InstanceData
from .contract.scenarios import scenario_of
from .contract.works import NewWork, Rename, Work, WorkList
from .desk import Desk
from .endpoints import Endpoint, number
from .states import State
from .workers import Message

SECONDS = 60
"""After which what is not proved is the best so far, with its bound: nobody waits longer at a table."""

MOST_SECONDS = 3600


def endpoints(desk: Desk) -> list[Endpoint]:
    """Give the endpoints."""

    async def given(request: Request, body: None) -> Any:
        return await desk.given()

    async def drawn(request: Request, body: None) -> Any:
        return await desk.map()

    async def works(request: Request, body: None) -> WorkList:
        return WorkList(works=await asyncio.to_thread(desk.works.lines))

    async def begin(request: Request, body: NewWork) -> Work:
        return await asyncio.to_thread(_begun, desk, body)

    async def work(request: Request, body: None) -> Work:
        return desk.work(request).shown(desk.instance)

    async def rename(request: Request, body: Rename) -> Work:
        return desk.works.rename(request.path_params["id"], body.title).shown(desk.instance)

    async def act(request: Request, body: ActionRequest) -> Work:
        id = request.path_params["id"]
        history = await asyncio.to_thread(desk.works.act, id, body.base, body.action)
        return history.shown(desk.instance)

    async def answer(request: Request, body: None) -> AsyncIterator[Message]:
        history = desk.work(request)
        drawn = history.state.drawn
        groups = None if drawn is None else [list(group) for group in drawn]
        seconds = number(request, "seconds") or SECONDS
        return desk.stream(
            "answers",
            history.id,
            "answer",
            scenario=history.state.scenario,
            drawn=groups,
            decided=drawn is None,  # each step of drawing asks again; what does not change is known by then
            seconds=min(seconds, MOST_SECONDS),
        )

    return [
        Endpoint("GET", "/api/instance", given, "what is given", answer=InstanceData),
        Endpoint("GET", "/api/map", drawn, "the geometry of the map"),
        Endpoint("GET", "/api/works", works, "all works", answer=WorkList),
        Endpoint("POST", "/api/works", begin, "begin a work", body=NewWork, answer=Work),
        Endpoint("GET", "/api/works/{id}", work, "a work", answer=Work),
        Endpoint("PUT", "/api/works/{id}", rename, "give a work another title", body=Rename, answer=Work),
        Endpoint(
            "POST", "/api/works/{id}/actions", act, "carry out an action", body=ActionRequest, answer=Work
        ),
        Endpoint(
            "GET",
            "/api/works/{id}/answer",
            answer,
            "the best plan of the present state, region by region",
            query={
                "seconds": (
                    int,
                    f"after which the best plan so far is given; {SECONDS} where nothing is said",
                )
            },
            events={
                "region": RegionData,
                "incumbent": RegionData,
                "answer": AnswerData,
                "evaluation": EvaluationData,
                "clash": Clash,
                "decisions": Decisions,
            },
        ),
    ]


def _begun(desk: Desk, body: NewWork) -> Work:
    """Begin a work from what it says: a copy, a preset, a scenario, or what the server was started with."""
    states: tuple[State, ...] = ()
    scenario = desk.scenario
    if body.copy_of is not None:
        history = desk.works.get(body.copy_of)
        states, scenario = history.states[: history.position + 1], history.state.asked
    elif isinstance(body.scenario, str):
        scenario = Scenario.preset(body.scenario)
    elif body.scenario is not None:
        scenario = scenario_of(body.scenario)
    return desk.works.begin(scenario, body.title, states).shown(desk.instance)
