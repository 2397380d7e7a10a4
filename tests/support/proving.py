"""Proofs whose steps are so small that all of them are taken on small questions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from refzones.solver.methods.listed import Listed, ListingParams, Nested
from refzones.solver.methods.registry import METHODS, Entry
from refzones.solver.partition.params import PartitionParams


@contextmanager
def proving(**changed: int) -> Iterator[None]:
    """Let `solve` prove partitions with some parameters of `PartitionParams` changed."""
    params = ListingParams(partition=replace(PartitionParams(), **changed))
    listed, nested = Entry(lambda: Listed(params), "listing"), Entry(lambda: Nested(params), "listing")
    with patch.dict(METHODS, {"listed": listed, "nested": nested}):
        yield
