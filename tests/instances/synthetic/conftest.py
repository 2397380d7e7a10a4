"""A few synthetic instances, drawn once."""

from __future__ import annotations

import pytest
from refzones.instances import Instance, synthesise


@pytest.fixture(scope="session")
def usual() -> Instance:
    """As large as Flanders."""
    return synthesise(300, seed=4)


@pytest.fixture(scope="session")
def thick() -> Instance:
    """Many small municipalities a merger, and commuters."""
    return synthesise(600, per_merger=15, seed=1, flows=True)


@pytest.fixture(scope="session", params=["usual", "thick"])
def drawn(request: pytest.FixtureRequest) -> Instance:
    """One after the other."""
    instance: Instance = request.getfixturevalue(request.param)
    return instance
