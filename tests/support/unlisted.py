"""Components that are answered without a list of their candidates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from refzones.solver.methods.heuristic import Heuristic
from refzones.solver.methods.heuristic.params import HeuristicParams
from refzones.solver.methods.listed import Listed
from refzones.solver.methods.portfolio import Portfolio
from refzones.solver.methods.registry import chain

from support.regions import UNLISTED


@contextmanager
def unlisted(searching: HeuristicParams | None = None) -> Iterator[None]:
    """Let no component be listed; search alone, in some windows, where these are given."""
    methods = (Listed(UNLISTED), *chain()[1:])
    if searching is not None:
        methods = (Listed(UNLISTED), Portfolio((lambda: Heuristic(searching),)))
    with patch("refzones.solver.regions.answering.chain", lambda _: methods):
        yield
