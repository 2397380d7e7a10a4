"""A Dask cluster that answers chunks; a worker that is lost has its chunks answered by others."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ....instances.common.optional import require
from ....instances.common.problems import reject
from .answering import answer_chunk
from .plan import Chunk, Setup
from .records import ChunkRecord

if TYPE_CHECKING:
    from distributed import Future

CONNECTING = 10.0
"""Seconds in which a scheduler must answer."""

ALONE = 60.0
"""Seconds without any worker after which a sweep ends; what is done is kept."""

_LOOK = 1.0  # seconds between two looks at the cluster while nothing comes in


def answer_on_cluster(setup: Setup, chunks: Sequence[Chunk], address: str) -> Iterator[ChunkRecord]:
    """Answer chunks on a cluster; give them as they are done.

    Raises
    ------
    InputError
        No scheduler answers, it has no workers, or loses them all.
    """
    client = _connect(address)
    futures: list[Future[Any]] = []
    try:
        # a task like any other, so that the cluster can make it again when a worker is lost with it
        shared = client.submit(_same, setup, pure=False)
        done: queue.SimpleQueue[Future[Any]] = queue.SimpleQueue()
        for chunk in chunks:
            future: Any = client.submit(answer_chunk, shared, chunk, pure=False)
            future.add_done_callback(done.put)
            futures.append(future)
        for _ in chunks:
            yield _result(_next(done, client, address), address)
    finally:
        with suppress(Exception):
            client.cancel(futures)
        with suppress(Exception):
            client.close(timeout=CONNECTING)


def _same(setup: Setup) -> Setup:
    return setup


def _connect(address: str) -> Any:
    require("distributed", "cluster", "clusters")
    import distributed

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


def _next(done: queue.SimpleQueue[Future[Any]], client: Any, address: str) -> Future[Any]:
    """Wait for a chunk, as long as there is a worker that could answer it."""
    since = time.monotonic()
    while True:
        try:
            return done.get(timeout=_LOOK)
        except queue.Empty:
            if _workers(client):
                since = time.monotonic()
            elif time.monotonic() - since > ALONE:
                reject(
                    f"--cluster: the cluster has had no workers for {ALONE:.0f} seconds",
                    f"start some with 'dask worker {address}'; then start again, what is done is kept",
                    value=address,
                )


def _workers(client: Any) -> int:
    """Number of workers; none when the scheduler does not answer."""
    with suppress(Exception):
        return len(client.nthreads()) if client.status == "running" else 0
    return 0


def _result(future: Future[Any], address: str) -> ChunkRecord:
    from distributed import KilledWorker

    try:
        record: ChunkRecord = future.result()
    except (KilledWorker, CancelledError) as error:
        reject(
            f"--cluster: the cluster lost some of the work ({_first_line(error)})",
            "look at the memory of its workers; then start again, what is done is kept",
            value=address,
        )
    return record
