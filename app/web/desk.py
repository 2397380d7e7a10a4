"""The desk of the server: works on disk, two workers, and what was told once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from .contract.base import Refusal
from .endpoints import refuse
from .tasks.describing import drawn_before, instance_data
from .tasks.room import Setup
from .workers import JobError, Lane, Message
from .works import History, Works

_LONGEST = 180  # seconds that a file may take

LaneName = Literal["answers", "studies"]


@dataclass
class Desk:
    """What the server holds.

    Attributes
    ----------
    works : Works
    scenario : Scenario
        What a new work begins with.
    setup : Setup
        Of the workers: one answers, the other does whatever takes longer.
    """

    works: Works
    scenario: Scenario
    setup: Setup
    lanes: dict[str, Lane] = field(default_factory=dict)
    _told: dict[str, asyncio.Task[Response]] = field(default_factory=dict)
    _apart: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    @property
    def instance(self) -> Instance:
        """The instance that all works are about."""
        return self.works.instance

    @asynccontextmanager
    async def open(self, app: Starlette) -> AsyncIterator[None]:
        """Start the workers, and end them."""
        self.lanes = {"answers": Lane(self.setup), "studies": Lane(self.setup)}
        for lane in self.lanes.values():
            lane.start()
        ready = asyncio.gather(self.given(), self.map(), return_exceptions=True)
        try:
            yield
        finally:
            ready.cancel()
            await asyncio.gather(*(lane.stop() for lane in self.lanes.values()))

    def work(self, request: Request) -> History:
        """Look up the work that a request is about.

        Raises
        ------
        KeyError, InputError
            There is none, or it cannot be read.
        """
        return self.works.get(request.path_params["id"])

    def stream(self, lane: LaneName, key: str, task: str, **arguments: Any) -> AsyncIterator[Message]:
        """Run a task of a worker; a newer one of the same key cancels it."""
        return self.lanes[lane].stream(key, task, arguments)

    async def told(self, lane: LaneName, key: str, task: str, **arguments: Any) -> Response:
        """Give the one message of a task as an answer."""
        async for name, data in self.stream(lane, key, task, **arguments):
            return refuse(Refusal.model_validate(data)) if name == "refused" else JSONResponse(data)
        raise AssertionError(f"the task {task} said nothing")

    async def apart(
        self, task: str, tell: Callable[[dict[str, Any]], object] | None = None, **arguments: Any
    ) -> Message:
        """Run a task in a process of its own, which ends with it; tell how far it is, and give its message.

        So what a file does to its reader, and what drawing takes, is gone afterwards. Meanwhile the worker of
        studies makes room, if it has nothing to do.
        """
        lane = Lane(self.setup)
        async with self._apart:
            try:
                self.lanes["studies"].rest()
                lane.start()
                async with asyncio.timeout(_LONGEST):
                    async for message in lane.stream(task, task, arguments):
                        if message[0] != "progress":
                            return message
                        if tell is not None:
                            tell(message[1])
            except TimeoutError as error:
                raise JobError(f"this took longer than {_LONGEST} seconds") from error
            finally:
                await lane.stop()
        raise AssertionError(f"the task {task} said nothing")

    async def given(self) -> Response:
        """Describe the instance, which takes no worker."""
        return await self._once("given", self._describe)

    async def map(self) -> Response:
        """Give the geometry of the map: as it was drawn at an earlier start, else by a worker."""
        return await self._once("map", self._draw)

    async def _once(self, name: str, make: Callable[[], Coroutine[Any, Any, Response]]) -> Response:
        """Give what is the same each time: made once, also where several ask at the same moment."""
        if name not in self._told:
            self._told[name] = asyncio.create_task(make())
        answer = await asyncio.shield(self._told[name])
        if answer.status_code >= 400:
            self._told.pop(name, None)
        return answer

    async def _describe(self) -> Response:
        data = await asyncio.to_thread(instance_data, self.instance)
        return JSONResponse(data.model_dump(mode="json"))

    async def _draw(self) -> Response:
        known = await asyncio.to_thread(drawn_before, self.setup, self.instance)
        if known is not None:
            return Response(known, media_type="application/json")
        return await self.told("studies", "draw", "draw")
