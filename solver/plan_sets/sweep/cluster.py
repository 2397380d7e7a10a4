"""A cluster that answers chunks; a worker that is lost has its chunks answered by others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....instances.common.problems import reject
from ...executing.executor import Executor, Here, Lost
from .answering import answer_chunk
from .plan import Chunk, Setup
from .records import ChunkRecord


def answer_on_cluster(setup: Setup, chunks: Sequence[Chunk], executor: Executor) -> Iterator[ChunkRecord]:
    """Answer chunks on a cluster; give them as they are done.

    Raises
    ------
    InputError
        No scheduler answers, or the cluster lost some of the work.
    """
    lost = ""
    for place, record in executor.each(_answer, setup, chunks):
        if isinstance(record, Lost):
            region = setup.instances[chunks[place].instance].regions[chunks[place].region]
            lost = lost or f"{region}: {record.reason}"
        else:
            yield record
    if lost:
        reject(
            f"--cluster: the cluster lost some of the work ({lost})",
            "start again when it is back, what is done is kept",
        )


def _answer(setup: Setup, chunk: Chunk, here: Here) -> ChunkRecord:
    return answer_chunk(setup, chunk)
