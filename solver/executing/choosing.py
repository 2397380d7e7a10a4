"""Which executor is meant."""

from __future__ import annotations

from .executor import Executor


def executor_of(cluster: Executor | str | None) -> Executor | None:
    """Give the executor that is meant: itself, or the Dask cluster at an address; None for this process."""
    if not isinstance(cluster, str):
        return cluster
    from .dask_cluster import Cluster

    return Cluster(cluster)


__all__ = ["executor_of"]
