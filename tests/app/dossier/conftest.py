"""Programs that show a dossier, where they are there."""

from __future__ import annotations

import os

import pytest
from support import browsing, office


def _need(missing: str, variable: str) -> None:
    if missing and os.environ.get(variable):
        pytest.fail(f"{variable} is set, but {missing}")
    if missing:
        pytest.skip(missing)


@pytest.fixture(scope="module")
def need_browser() -> None:
    """Skip without a browser, or fail where one must be."""
    _need(browsing.missing(), "REFZONES_REQUIRE_BROWSER")


@pytest.fixture(scope="module")
def need_office() -> None:
    """Skip without a word processor, or fail where one must be."""
    _need(office.missing(), office.REQUIRED)
