"""What holds for all tests."""

from __future__ import annotations

import os
from typing import Any

from hypothesis.vendor import pretty
from refzones.models import Scenario

os.environ["REFZONES_LANG"] = "en"  # whatever the language of the system: tests of Dutch ask for it


def _in_full(scenario: Scenario, printer: Any, cycle: bool) -> None:
    printer.text(f"Scenario.from_dict({scenario.model_dump(exclude_defaults=True)})")


# where a property fails, what failed can be copied; for users a scenario is one line
pretty.for_type_by_name(Scenario.__module__, Scenario.__name__, _in_full)
