"""The server of the page: works, workers, endpoints, and the files of the page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from .contract import (
    ActionRequest,
    AnswerData,
    Clash,
    InstanceData,
    NewWork,
    Refusal,
    RegionData,
    Rename,
    Work,
    WorkList,
)
from .endpoints import Endpoint, document, refuse
from .room import Setup
from .saying import said
from .security import Guard
from .states import State
from .workers import Lane, Message
from .works import Works

PAGE = Path(__file__).parent / "page"
"""Files of the page."""


@dataclass
class Desk:
    """What the server holds: works on disk, two workers, and what was described once.

    Attributes
    ----------
    works : Works
    scenario : Scenario
        What a new work begins with.
    setup : Setup
    """

    works: Works
    scenario: Scenario
    setup: Setup
    described: dict[str, Any] = field(default_factory=dict)
    lanes: dict[str, Lane] = field(default_factory=dict)

    @property
    def instance(self) -> Instance:
        """The instance that all works are about."""
        return self.works.instance

    @asynccontextmanager
    async def open(self, app: Starlette) -> AsyncIterator[None]:
        """Start the workers, and end them."""
        self.lanes = {"answers": Lane(self.setup), "studies": Lane(self.setup)}
        await asyncio.gather(*(lane.start() for lane in self.lanes.values()))
        try:
            yield
        finally:
            await asyncio.gather(*(lane.stop() for lane in self.lanes.values()))

    def stream(self, lane: str, key: str, task: str, **arguments: Any) -> AsyncIterator[Message]:
        """Run a task of a worker."""
        return self.lanes[lane].stream(key, task, arguments)

    async def once(self, task: str) -> Any:
        """Give what a task tells in one message; asked once."""
        if task not in self.described:
            async for name, data in self.stream("studies", task, task):
                if name == "refused":
                    return refuse(Refusal.model_validate(data))
                self.described[task] = JSONResponse(data)
        return self.described[task]

    # what can be asked

    async def instance_data(self, request: Request, body: None) -> Any:
        """Give the instance."""
        return await self.once("describe")

    async def map(self, request: Request, body: None) -> Any:
        """Give the geometry."""
        return await self.once("draw")

    async def list_works(self, request: Request, body: None) -> WorkList:
        """List the works."""
        return WorkList(works=await asyncio.to_thread(self.works.lines))

    async def begin(self, request: Request, body: NewWork) -> Work:
        """Begin a work."""
        states: tuple[State, ...] = ()
        scenario = self.scenario
        if body.copy_of is not None:
            history = self.works.get(body.copy_of)
            states, scenario = history.states[: history.position + 1], history.state.asked
        elif isinstance(body.scenario, str):
            scenario = Scenario.preset(body.scenario)
        elif body.scenario is not None:
            scenario = Scenario.from_dict(body.scenario, file="the scenario")
        history = await asyncio.to_thread(self.works.begin, scenario, body.title, states)
        return history.shown(self.instance)

    async def work(self, request: Request, body: None) -> Work:
        """Give a work."""
        return self.works.get(request.path_params["id"]).shown(self.instance)

    async def rename(self, request: Request, body: Rename) -> Work:
        """Give a work another title."""
        return self.works.rename(request.path_params["id"], body.title).shown(self.instance)

    async def act(self, request: Request, body: ActionRequest) -> Work:
        """Carry out an action."""
        id = request.path_params["id"]
        history = await asyncio.to_thread(self.works.act, id, body.base, body.action)
        return history.shown(self.instance)

    async def answer(self, request: Request, body: None) -> AsyncIterator[Message]:
        """Answer the present state of a work."""
        history = self.works.get(request.path_params["id"])
        return self.stream("answers", history.id, "answer", scenario=history.state.scenario)

    def endpoints(self) -> list[Endpoint]:
        """Everything that can be asked."""
        return [
            Endpoint("GET", "/api/instance", self.instance_data, "what is given", answer=InstanceData),
            Endpoint("GET", "/api/map", self.map, "the geometry of the map"),
            Endpoint("GET", "/api/works", self.list_works, "all works", answer=WorkList),
            Endpoint("POST", "/api/works", self.begin, "begin a work", body=NewWork, answer=Work),
            Endpoint("GET", "/api/works/{id}", self.work, "a work", answer=Work),
            Endpoint("PUT", "/api/works/{id}", self.rename, "another title", body=Rename, answer=Work),
            Endpoint(
                "POST",
                "/api/works/{id}/actions",
                self.act,
                "carry out an action",
                body=ActionRequest,
                answer=Work,
            ),
            Endpoint(
                "GET",
                "/api/works/{id}/answer",
                self.answer,
                "the best plan, region by region",
                events={"region": RegionData, "answer": AnswerData, "clash": Clash},
            ),
        ]


def application(desk: Desk, token: str, hosts: frozenset[str]) -> Guard:
    """Make the application that a server runs."""
    endpoints = desk.endpoints()
    described = document(endpoints)

    async def openapi(request: Request) -> Response:
        return JSONResponse(described)

    async def nothing(request: Request) -> Response:
        return refuse(Refusal(kind="unknown", text=said("there is nothing at this address")))

    routes = [
        Route("/api/openapi.json", openapi),
        *(endpoint.route() for endpoint in endpoints),
        Route("/api/{path:path}", nothing, methods=["GET", "POST", "PUT", "DELETE", "PATCH"]),
        Mount("/", StaticFiles(directory=PAGE, html=True)),
    ]
    return Guard(Starlette(routes=routes, lifespan=desk.open), token, hosts)
