"""Worker processes: jobs in turn, cancelled at once, and replaced when they die."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones.app.web.contract.scenarios import plain_scenario
from refzones.app.web.tasks.room import Setup
from refzones.app.web.workers import CancelledJobError, JobError, Lane
from refzones.models import Scenario

MERGERS = plain_scenario(Scenario.preset("mergers"))
LONG = MERGERS | {"frames": {"regions": False}}
"""All of Flanders as one frame, which takes half a minute."""


def alone(test: Callable[[Lane], Awaitable[None]]) -> None:
    """Run a test with a lane of its own."""

    async def run() -> None:
        async with warm() as lane:
            await test(lane)

    asyncio.run(run())


@asynccontextmanager
async def warm() -> AsyncIterator[Lane]:
    lane = Lane(Setup("flanders-2025"))
    lane.start()
    try:
        yield lane
    finally:
        await lane.stop()


async def heard(lane: Lane, key: str, scenario: dict[str, Any]) -> list[tuple[str, Any]]:
    return [message async for message in lane.stream(key, "answer", {"scenario": scenario})]


def test_an_answer_comes_region_by_region() -> None:
    async def test(lane: Lane) -> None:
        messages = await heard(lane, "a", MERGERS)
        names = [name for name, _ in messages]
        assert names.count("region") == 15
        assert names.index("answer") == 15
        answer = dict(messages)["answer"]
        regions = [data for name, data in messages if name == "region"]
        assert answer["status"] == "optimal"
        assert answer["score_nano"] == answer["bound_nano"] == sum(one["score_nano"] for one in regions)
        assert names.count("decisions") == 15

    alone(test)


def test_a_newer_job_takes_the_place_of_an_older_one() -> None:
    async def test(lane: Lane) -> None:
        older = asyncio.create_task(heard(lane, "a", LONG))
        await asyncio.sleep(1.0)
        newer = asyncio.create_task(heard(lane, "a", MERGERS))
        await asyncio.wait({older, newer}, return_when=asyncio.FIRST_COMPLETED)
        assert older.done()
        with pytest.raises(CancelledJobError):
            await older
        assert "answer" in dict(await newer)

    alone(test)


def test_who_asks_the_same_hears_the_same() -> None:
    """As the tabs of one work do; each hears all, whenever it comes in."""

    async def test(lane: Lane) -> None:
        first, second = (asyncio.create_task(heard(lane, "a", MERGERS)) for _ in range(2))
        while not first.done() and not second.done():
            await asyncio.sleep(0.05)
        late = await heard(lane, "a", MERGERS)
        assert await first == await second
        assert [name for name, _ in late] == [name for name, _ in await first]

    alone(test)


def test_a_tab_that_is_closed_leaves_the_others_their_answer() -> None:
    async def test(lane: Lane) -> None:
        one, other = (asyncio.create_task(heard(lane, "a", LONG)) for _ in range(2))
        await asyncio.sleep(1.0)
        one.cancel()
        await asyncio.sleep(0.5)
        assert not other.done()
        newer = await heard(lane, "a", MERGERS)
        assert "answer" in dict(newer)
        with pytest.raises(CancelledJobError):
            await other

    alone(test)


def test_whoever_no_longer_listens_stops_the_work() -> None:
    async def test(lane: Lane) -> None:
        long = asyncio.create_task(heard(lane, "a", LONG))
        await asyncio.sleep(1.0)
        long.cancel()
        with pytest.raises(asyncio.CancelledError):
            await long
        assert "answer" in dict(await asyncio.wait_for(heard(lane, "b", MERGERS), 30))

    alone(test)


def test_jobs_of_others_wait_their_turn() -> None:
    async def test(lane: Lane) -> None:
        answers = await asyncio.gather(*(heard(lane, key, MERGERS) for key in "abcdefghij"))
        scores = {dict(messages)["answer"]["score_nano"] for messages in answers}
        assert len(scores) == 1

    alone(test)


def test_a_process_that_dies_is_told_and_replaced() -> None:
    async def test(lane: Lane) -> None:
        await heard(lane, "a", MERGERS)
        pid = lane.pid
        assert pid is not None
        long = asyncio.create_task(heard(lane, "a", LONG))
        await asyncio.sleep(1.0)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(JobError, match="has ended"):
            await long
        assert "answer" in dict(await heard(lane, "a", MERGERS))
        assert lane.pid != pid

    alone(test)


def test_a_defect_is_told_and_the_process_goes_on() -> None:
    async def test(lane: Lane) -> None:
        await heard(lane, "a", MERGERS)
        pid = lane.pid
        with pytest.raises(JobError, match="KeyError"):
            _ = [message async for message in lane.stream("a", "no such task", {})]
        assert "answer" in dict(await heard(lane, "a", MERGERS))
        assert lane.pid == pid

    alone(test)


def test_what_cannot_be_asked_is_refused() -> None:
    async def test(lane: Lane) -> None:
        contradiction = MERGERS | {"locks": {"together": [["Oostende", "Hasselt"]]}}
        messages = await heard(lane, "a", contradiction)
        assert [name for name, _ in messages] == ["refused", "clash"]  # why, and what is enough
        assert messages[0][1]["kind"] == "input"
        assert messages[0][1]["faults"]

    alone(test)


def test_a_worker_that_rests_is_replaced_when_it_is_needed_and_works_on_when_it_is_at_work() -> None:
    async def test(lane: Lane) -> None:
        first = (await heard(lane, "a", MERGERS), lane.pid)[1]
        lane.rest()
        assert lane.pid is None
        assert (await heard(lane, "a", MERGERS))[-1][0] == "decisions"
        second = lane.pid
        assert second not in (None, first)
        working = asyncio.create_task(heard(lane, "a", MERGERS))
        await asyncio.sleep(0)
        lane.rest()
        assert lane.pid == second
        assert (await working)[-1][0] == "decisions"

    alone(test)
