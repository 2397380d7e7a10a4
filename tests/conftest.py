"""What holds for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.vendor import pretty
from refzones.models import Scenario

os.environ["REFZONES_LANG"] = "en"  # whatever the language of the system: tests of Dutch ask for it


def _in_full(scenario: Scenario, printer: Any, cycle: bool) -> None:
    printer.text(f"Scenario.from_dict({scenario.model_dump(exclude_defaults=True)})")


# where a property fails, what failed can be copied; for users a scenario is one line
pretty.for_type_by_name(Scenario.__module__, Scenario.__name__, _in_full)


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Draw the share of the examples that `REFZONES_DRAWS` says: a second system need not draw all again."""
    share = float(os.environ.get("REFZONES_DRAWS", "1"))
    for item in items:
        test = getattr(item, "function", None)
        own = getattr(test, "_hypothesis_internal_use_settings", None)  # no public way leads to it
        if own is not None and share < 1:
            drawn = max(1, round(share * own.max_examples))
            test._hypothesis_internal_use_settings = settings(own, max_examples=drawn)
