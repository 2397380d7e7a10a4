"""Worker processes: they compute, can be cancelled, and are replaced when they do not end."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import signal
import sys
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from .tasks.room import Setup

Message = tuple[str, Any]
"""The name of an event, and what can be written as JSON."""

PATIENCE = 0.3
"""Seconds that a cancelled job has to end before its process is killed."""

_PRELOADED = ["refzones.app.web.tasks.serving"]
_LAST = ("end", "broken", "gone")


class JobError(Exception):
    """A job broke down, or its process did; the message says how."""


class CancelledJobError(Exception):
    """A newer job of the same key has taken the place of this one, or the server is stopping."""


@dataclass(eq=False)
class _Job:
    """A task with its arguments, and all that it has said; several may listen, each from the start."""

    task: str
    arguments: dict[str, Any]
    listeners: int = 0
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    _told: list[Message] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def say(self, name: str, data: Any) -> None:
        """Tell all who listen."""
        self._told.append((name, data))
        self._news.set()
        self._news = asyncio.Event()

    async def said(self) -> AsyncIterator[Message]:
        """Give everything that the job says, without an end."""
        place = 0
        while True:
            while place == len(self._told):
                await self._news.wait()
            yield self._told[place]
            place += 1


@dataclass(eq=False)
class _Process:
    """One process, and what it says."""

    process: Any
    pipe: Connection
    said: asyncio.Queue[Message] = field(default_factory=asyncio.Queue)
    ended: bool = False

    @classmethod
    def start(cls, setup: Setup, loop: asyncio.AbstractEventLoop) -> _Process:
        context = _context()
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, setup), daemon=True)
        process.start()
        theirs.close()
        started = cls(process, ours)
        threading.Thread(target=started._read, args=(loop,), daemon=True).start()
        return started

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hand on what the process says, to its end."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens
            try:
                while True:
                    loop.call_soon_threadsafe(self.said.put_nowait, self.pipe.recv())
            except (EOFError, OSError):
                self.ended = True
                text = "the process that computes has ended"
                loop.call_soon_threadsafe(self.said.put_nowait, ("gone", text))

    def kill(self) -> None:
        self.process.kill()

    @property
    def alive(self) -> bool:
        return not self.ended and bool(self.process.is_alive())


def _work(pipe: Connection, setup: Setup) -> None:
    """Do the work of a process; the solver is loaded there, and never in the server."""
    from .tasks.serving import serve

    serve(pipe, setup)


class Lane:
    """One worker process, which does one job at a time, in the order in which they come.

    Parameters
    ----------
    setup : Setup
        Given to the process when it starts.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._process: _Process | None = None
        self._jobs: asyncio.Queue[_Job] = asyncio.Queue()
        self._wanted: dict[str, _Job] = {}
        self._runner: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to start the process, so that it is warm when the first job comes."""
        if self._runner is None:
            self._runner = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End the process and whatever it does."""
        if self._runner is not None:
            self._runner.cancel()
        if self._process is not None:
            self._process.kill()

    def rest(self) -> None:
        """End the process, with what it holds, if nothing is asked of it; the next job starts another one."""
        if self._process is not None and not self._wanted:
            self._process.kill()
            self._process = None

    @property
    def pid(self) -> int | None:
        """Process id of the worker, where there is one."""
        return None if self._process is None else self._process.process.pid

    async def stream(self, key: str, task: str, arguments: dict[str, Any]) -> AsyncIterator[Message]:
        """Run a task, and give what it says as it says it.

        A newer job of the same key cancels this one, as closing the iterator does; who asks the same of the
        same key meanwhile, such as another tab, hears the same job.

        Raises
        ------
        JobError
            The task broke down.
        CancelledJobError
        """
        job = self._job(key, task, arguments)
        job.listeners += 1
        try:
            async for name, data in job.said():
                if name == "end":
                    return
                if name == "cancelled":
                    raise CancelledJobError
                if name in _LAST:
                    raise JobError(data)
                yield name, data
        finally:
            job.listeners -= 1
            if not job.listeners:
                job.cancelled.set()
                if self._wanted.get(key) is job:
                    del self._wanted[key]

    def _job(self, key: str, task: str, arguments: dict[str, Any]) -> _Job:
        """Give the job that is asked for: the one at work, or a new one in its place."""
        job = self._wanted.get(key)
        if job is not None and not job.cancelled.is_set():
            if (job.task, job.arguments) == (task, arguments):
                return job
            job.cancelled.set()
        self._wanted[key] = job = _Job(task, arguments)
        self._jobs.put_nowait(job)
        return job

    async def _run(self) -> None:
        await self._warm()
        while True:
            job = await self._jobs.get()
            if not job.cancelled.is_set():
                await self._do(job, await self._warm())
            job.say("cancelled", None)  # nobody hears it behind the last word of a job

    async def _warm(self) -> _Process:
        """Give the process; a new one where there is none any more."""
        if self._process is None or not self._process.alive:
            self._process = await asyncio.to_thread(_Process.start, self._setup, asyncio.get_running_loop())
        return self._process

    async def _do(self, job: _Job, process: _Process) -> None:
        """Do a job to its end, or until it is cancelled."""
        try:
            process.pipe.send(("run", job.task, job.arguments))
        except OSError:
            job.say("gone", "the process that computes has ended")
            return
        stop = asyncio.ensure_future(job.cancelled.wait())
        while True:
            heard = asyncio.ensure_future(process.said.get())
            await asyncio.wait({heard, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not heard.done():
                heard.cancel()
                job.say("cancelled", None)
                await self._end(process)
                return
            job.say(*heard.result())
            if heard.result()[0] in _LAST:
                stop.cancel()
                return

    async def _end(self, process: _Process) -> None:
        """Ask the job to end; kill its process when it does not, and start another one."""
        with contextlib.suppress(OSError):
            process.pipe.send(("cancel",))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while (await process.said.get())[0] not in _LAST:
                    pass
                return
        process.kill()
        self._process = None
        await self._warm()


def warm_up() -> None:
    """Begin to load the solver where workers will be forked from, while the server itself starts."""
    if sys.platform != "win32" and "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver, resource_tracker

        _context()
        resource_tracker.ensure_running()  # takes signals off the mask, so it comes first
        # whoever presses Ctrl-C tells this process too, which the server ends by itself
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> Any:
    """Choose how processes start: forked from one that has loaded the solver, where that can be."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOADED)
        return context
    return multiprocessing.get_context("spawn")
