"""Local processes that answer chunks; one that dies is replaced."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process

from ....instances.common.problems import reject
from ...memory import share_memory, shares
from .answering import answer_chunk
from .plan import Chunk, Setup
from .records import ChunkRecord

_PATIENCE = 3  # pools in a row that break before they have answered anything

_setup: Setup | None = None


def answer_locally(setup: Setup, chunks: Sequence[Chunk], workers: int) -> Iterator[ChunkRecord]:
    """Answer chunks in so many processes, in this one where it is one; give them as they are done.

    Processes are spawned, not forked: solvers hold threads that a fork would lose. When one dies (the system
    ends those that take too much memory), its chunk and those of the others are answered again.

    Raises
    ------
    InputError
        Processes die again and again without having answered anything.
    """
    if workers == 1:
        for chunk in chunks:
            yield answer_chunk(setup, chunk)
        return
    left = {chunk.key: chunk for chunk in chunks}
    broken = 0
    while left:
        before = len(left)
        try:
            for record in _one_pool(setup, list(left.values()), workers):
                del left[record.key]
                yield record
        except BrokenProcessPool:
            broken = broken + 1 if len(left) == before else 0
            if broken == _PATIENCE:
                reject(
                    f"the worker processes died {_PATIENCE} times in a row, perhaps for want of memory",
                    "start again with fewer --workers; what is done is kept. A script that calls sweep() "
                    "with workers must do so under: if __name__ == '__main__'",
                )


def _one_pool(setup: Setup, chunks: Sequence[Chunk], workers: int) -> Iterator[ChunkRecord]:
    number, memory = shares(min(workers, len(chunks)))
    pool = ProcessPoolExecutor(
        number, mp_context=get_context("spawn"), initializer=_begin, initargs=(setup, memory)
    )
    try:
        for future in as_completed([pool.submit(_answer, chunk) for chunk in chunks]):
            yield future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(setup: Setup, memory: float) -> None:
    """Prepare a worker: it has its share of the memory, leaves interrupts to its parent, and ends with it."""
    global _setup  # noqa: PLW0603
    _setup = setup
    share_memory(memory)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(chunk: Chunk) -> ChunkRecord:
    assert _setup is not None
    return answer_chunk(_setup, chunk)
