"""A Dask cluster that works out tasks; a worker that is lost has its tasks worked out by others."""

from __future__ import annotations

import pickle
import queue
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from ...instances.common.activity import doing
from ...instances.common.optional import require
from ...instances.common.problems import InputError, reject
from ..deadline import Deadline
from ..memory import asked_memory
from . import on_worker
from .executor import Lost, Work

CONNECTING = 10.0
"""Seconds in which a scheduler must answer."""

ALONE = 60.0
"""Seconds without any worker after which the run ends; what is done is kept."""

AWAY = 30.0
"""Seconds in which a scheduler that was lost may come back; then the run ends, and what is done is kept."""

GRACE = 20.0
"""Seconds after the time limit in which tasks may give what they know."""

_LOOK = 0.2  # seconds between two looks at the cluster while nothing comes in
_AHEAD = 2  # tasks a thread of the cluster that are sent before they can be begun
_GATHERING = 5.0  # seconds for an answer to come over; twice as many each time that it did not
_PATIENCE = 3  # times that a task is sent again when it was lost on the way


@dataclass(frozen=True)
class Cluster:
    """The workers of a Dask scheduler, as an `Executor`.

    Attributes
    ----------
    address : str
        Of the scheduler, such as ``tcp://10.0.0.1:8786``, or ``tls://...`` with the certificates in the
        configuration of Dask.
    """

    address: str

    def each(
        self,
        work: Work,
        common: object,
        tasks: Sequence[object],
        *,
        deadline: Deadline = Deadline(),
        heard: Callable[[Any], object] | None = None,
    ) -> Iterator[tuple[int, Any]]:
        """Work out tasks on the cluster; see `Executor.each`.

        Raises
        ------
        InputError
            No scheduler answers, or its workers have other versions of the program.
        """
        run = _Run(self.address, work, common, tasks, deadline, heard)
        try:
            run.connect()
            yield from run.answers()
        finally:
            run.close()


@dataclass
class _Run:
    """Tasks under way on a cluster."""

    address: str
    work: Work
    given: object
    tasks: Sequence[object]
    deadline: Deadline
    heard: Callable[[Any], object] | None
    name: str = field(default_factory=lambda: f"refzones-{uuid.uuid4().hex}")
    client: Any = None
    common: Any = None
    under_way: dict[Any, int] = field(default_factory=dict)
    done: queue.SimpleQueue[Any] = field(default_factory=queue.SimpleQueue)
    waiting: deque[int] = field(default_factory=deque)
    suspects: deque[int] = field(default_factory=deque)
    lost: dict[int, int] = field(default_factory=dict)
    _threads: int = 0
    _looked: float = 0.0
    _with_workers: float = 0.0
    _ended_at: float | None = None

    def __post_init__(self) -> None:
        self.waiting.extend(range(len(self.tasks)))

    def connect(self) -> None:
        """Connect to the scheduler and send it what all tasks have in common."""
        self.client = _client(self.address)
        here = on_worker.versions_here()
        for worker, there in _versions(self.client).items():
            on_worker.refuse_versions(there, here, worker)
        if self.heard is not None:
            heard = self.heard
            self.client.subscribe_topic(self.name, lambda event: heard(pickle.loads(event[1])))
        common = on_worker.Common(
            self.name, self.work, self.given, here, self.heard is not None, asked_memory()
        )
        self.common = self.client.submit(on_worker.same, common, pure=False)
        self._with_workers = time.monotonic()

    def answers(self) -> Iterator[tuple[int, Any]]:
        """Give the answers as they come."""
        while self.waiting or self.under_way or self.suspects:
            self._fill()
            with suppress(queue.Empty):
                future = self.done.get(timeout=_LOOK)
                yield from self._taken(future)
                continue
            reason = self._trouble()
            if reason:
                left = [*self.under_way.values(), *self.waiting, *self.suspects]
                self.under_way.clear()
                self.waiting.clear()
                self.suspects.clear()
                yield from ((place, Lost(reason)) for place in sorted(left))

    def _taken(self, future: Any) -> Iterator[tuple[int, Any]]:
        """Take the answer of a task that came to its end; send again what was lost on the way."""
        from distributed import KilledWorker

        place = self.under_way.pop(future, None)
        if place is None:
            return  # of an earlier connection
        answer = _gathered(future)
        if not isinstance(answer, Lost):
            yield place, answer
        elif future.status == "error":
            error = future.exception()
            if not isinstance(error, KilledWorker):
                raise error
            # the scheduler suspects all that a worker held when it died: each is tried once more, alone
            self.lost[place] = self.lost.get(place, 0) + _PATIENCE
            if self.lost[place] > _PATIENCE:
                reason = "the workers of the cluster died of it time and again; look at their memory"
                yield place, Lost(reason)
            else:
                self.suspects.append(place)
        else:
            self.lost[place] = self.lost.get(place, 0) + 1
            if self._is_connected() and self.lost[place] > _PATIENCE:
                yield place, Lost("the cluster lost it")
            else:
                self.waiting.appendleft(place)

    def _fill(self) -> None:
        """Send tasks: some more than can be begun, unless each is told how much time is left."""
        if not self._is_connected():
            return
        if self.suspects and not (self.waiting or self.under_way):
            self._send(self.suspects.popleft(), 1.0)
        ahead = _AHEAD if self.deadline.at is None else 1
        while self.waiting and len(self.under_way) < max(1, ahead * self._slots()):
            place = self.waiting.popleft()
            left = len(self.waiting) + len(self.under_way) + 1
            self._send(place, min(1.0, max(1, self._slots()) / left))

    def _send(self, place: int, share: float) -> None:
        seconds, task = self.deadline.remaining, self.tasks[place]
        future: Any = self.client.submit(
            on_worker.answer, self.common, task, seconds, share, pure=False, priority=-place
        )
        self.under_way[future] = place
        future.add_done_callback(self.done.put)

    def _slots(self) -> int:
        """Number of tasks that workers can work on at a time, as of a moment ago."""
        now = time.monotonic()
        if now - self._looked > _LOOK:
            self._looked, self._threads = now, _threads(self.client)
            if self._threads:
                self._with_workers = now
        return self._threads

    def _is_connected(self) -> bool:
        """Whether there is a scheduler that knows what it was sent: one that came back knows nothing."""
        running = self.client is not None and self.client.status == "running"
        return running and (self.common is None or self.common.status not in ("cancelled", "lost"))

    def _trouble(self) -> str:
        """See to it that something comes; say why nothing will, if it does not."""
        now = time.monotonic()
        if not self._is_connected() and not self._again():
            return f"the scheduler of the cluster at {self.address} does not answer any more"
        if not self._slots() and now - self._with_workers > ALONE:
            return f"the cluster has had no workers for {ALONE:.0f} seconds"
        if self.deadline.passed:
            if self._ended_at is None:
                self._ended_at = now
            self._end()
            if now - self._ended_at > GRACE:
                return "it did not come back from the cluster in time"
        return ""

    def _again(self) -> bool:
        """Wait for a scheduler that was lost, and send it what is not answered yet."""
        self._disconnect()
        self.waiting.extendleft(sorted(self.under_way.values(), reverse=True))
        self.under_way.clear()
        until = time.monotonic() + AWAY
        with doing(f"waiting for the scheduler of the cluster, which does not answer; {self._kept}"):
            while not self.deadline.passed:
                with suppress(InputError):
                    self.connect()
                    return True
                if time.monotonic() > until:
                    return False
                time.sleep(_LOOK)
        return False

    @property
    def _kept(self) -> str:
        done = len(self.tasks) - len(self.waiting)
        return f"{done} of {len(self.tasks)} tasks are answered"

    def _end(self) -> None:
        """Tell tasks to give what they know; workers that come later are told again."""
        client = self.client

        def tell() -> None:
            with suppress(Exception):
                client.run(on_worker.end, self.name)

        threading.Thread(target=tell, daemon=True, name="ending").start()

    def _disconnect(self) -> None:
        client, self.client = self.client, None
        with suppress(Exception):
            client.close(timeout=1.0)

    def close(self) -> None:
        """Cancel what is under way, and leave."""
        if self.client is None:
            return
        if self.under_way and self._is_connected():
            with suppress(Exception):
                self.client.cancel(list(self.under_way))
        with suppress(Exception):
            self.client.close(timeout=CONNECTING)


def _gathered(future: Any) -> Any:
    """Fetch the answer of a task that came to its end; `Lost` where it is lost with its worker."""
    seconds = _GATHERING
    while future.status == "finished":
        try:
            return future.result(timeout=seconds)
        except TimeoutError:
            seconds *= 2  # either large, or computed anew because its worker is gone
        except CancelledError:
            break
    return Lost("")


def _client(address: str) -> Any:
    require("distributed", "cluster", "clusters")
    import dask
    import distributed

    # what all tasks have in common is sent once, however large it is
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
    try:
        client: Any = distributed.Client  # its methods have no types
        return client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        reject(
            f"--cluster: no Dask scheduler answers at this address ({_first_line(error)})",
            "start one with 'dask scheduler' and take the address that it prints, as in tcp://10.0.0.1:8786",
            value=address,
        )


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__


def _versions(client: Any) -> dict[str, dict[str, str]]:
    """Versions of each worker; without those of a worker that has no such package."""

    def there(names: tuple[str, ...]) -> dict[str, str]:  # runs where this program may not be installed
        from importlib.metadata import PackageNotFoundError, version

        found = {}
        for name in names:
            try:
                found[name] = version(name)
            except PackageNotFoundError:
                continue
        return found

    versions: dict[str, dict[str, str]] = client.run(there, on_worker.COMPARED, on_error="ignore")
    return versions


def _threads(client: Any) -> int:
    """Threads of all workers; none when the scheduler does not answer."""
    with suppress(Exception):
        return sum(client.nthreads().values()) if client.status == "running" else 0
    return 0


__all__ = ["ALONE", "AWAY", "CONNECTING", "GRACE", "Cluster"]
