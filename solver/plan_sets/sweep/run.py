"""Running a sweep: plan, work that is left, store, result."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ....instances.common.optional import require
from ....instances.common.problems import reject
from ....instances.common.temporary import temporary_folder
from ....instances.instance import Instance
from ....models.scenario.sweep import SweepSpec
from ...engines import engine
from ...executing.choosing import executor_of
from ...executing.executor import Executor
from ...progress import Progress, Step, telling
from .params import SweepParams
from .plan import Chunk, Work, plan_work
from .records import ChunkRecord, record_of
from .result import SweepResult
from .store import Store


def sweep(
    spec: SweepSpec | Mapping[str, Any] | str | Path,
    out: str | Path | None = None,
    *,
    instances: Sequence[Instance] | None = None,
    workers: int | None = 1,
    cluster: Executor | str | None = None,
    params: SweepParams = SweepParams(),
    progress: Progress | None = None,
) -> SweepResult:
    """Answer a scenario in many settings, each with its proof.

    Candidates and their term values are worked out once for all weights under the same bounds and locks. Each
    answer is what `solve` gives for the same scenario, value by value, unless a time limit ends it. Every
    plan is verified. What a setting costs, beyond the first ones: one matrix-vector product, a few
    pivots of a linear programme, and a search among some tens of candidates.

    Parameters
    ----------
    spec : SweepSpec, mapping, str or Path
        Or the file that holds it.
    out : str or Path, optional
        Folder of the sweep. Where an earlier run of the same sweep was ended, it is gone on with. Without a
        folder nothing is kept but the result.
    instances : sequence of Instance, optional
        In place of those that the spec names.
    workers : int, optional
        Processes; None for one a processor. Does not change the result. More than one need the guard of
        `multiprocessing` in a script: ``if __name__ == "__main__"``.
    cluster : Executor or str, optional
        What answers in place of local processes: the Dask scheduler at an address, or an executor.
    params : SweepParams
    progress : callable, optional

    Returns
    -------
    SweepResult

    Raises
    ------
    InputError
        Something is wrong with spec, instances, folder or cluster; everything that can be told at once is.
    EngineError
        The engine broke down.

    Examples
    --------
    >>> result = sweep({"regions": ["Waasland"], "grid": {"weights": {"distance": [0, 5]}}})
    >>> result.answers["status"].tolist()
    ['optimal', 'optimal']
    """
    if not isinstance(spec, SweepSpec):
        spec = SweepSpec.from_dict(spec) if isinstance(spec, Mapping) else SweepSpec.read(spec)
    workers = workers if workers is not None else os.cpu_count() or 1
    if workers < 1:
        reject("there must be at least one worker", value=workers)
    for package in ("pandas", "pyarrow"):  # before any work: without them its result cannot be written
        require(package, "research", "sweeps")
    work = plan_work(spec, instances, params)
    if out is not None:
        return _into(Path(out), work, workers, cluster, progress)
    with temporary_folder() as folder:
        return _into(folder, work, workers, cluster, progress)


def _into(
    folder: Path, work: Work, workers: int, cluster: Executor | str | None, progress: Progress | None
) -> SweepResult:
    store = Store(folder, record_of(work, _versions(work.setup.engine)))
    if not store.finished:
        records = store.done(work)
        for record in _answered(work, records, workers, cluster, progress):
            store.add(record)
            records[record.key] = record
        store.finish(work, records)
    return SweepResult.read(folder)


def _answered(
    work: Work,
    records: Mapping[str, ChunkRecord],
    workers: int,
    cluster: Executor | str | None,
    progress: Progress | None,
) -> Iterator[ChunkRecord]:
    """Answer the chunks that are left, and tell how far it is."""
    left = [chunk for chunk in work.chunks() if chunk.key not in records]
    sizes = {chunk.key: len(chunk.settings) for chunk in left}
    answered = work.answers - sum(sizes.values())
    tell = telling(progress, lambda step: (step.done, step.total))
    tell(Step("", answered, work.answers))
    if not left:
        return
    for record in _found(work, left, workers, cluster):
        yield record
        answered += sizes[record.key]
        tell(Step("", answered, work.answers))


def _found(
    work: Work, left: Sequence[Chunk], workers: int, cluster: Executor | str | None
) -> Iterator[ChunkRecord]:
    executor = executor_of(cluster)
    if executor is not None:
        from .cluster import answer_on_cluster

        return answer_on_cluster(work.setup, left, executor)
    from .workers import answer_locally

    return answer_locally(work.setup, left, workers)


def _versions(engine_name: str) -> dict[str, str]:
    by = engine(engine_name)
    versions = {name: version(name) for name in ("refzones", "ortools", "numpy", "pandas", "pyarrow")}
    return versions | {by.name: by.version()}
