"""A run of each kind, to be forged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.forged_runs import CASES, Forger


@pytest.fixture(scope="module", params=CASES)
def forger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forger]:
    with pytest.MonkeyPatch.context() as patch:
        yield Forger(request.param, tmp_path_factory.mktemp("forged") / "run", patch)
