"""A scenario on the embedded instances that stays when presets change."""

from __future__ import annotations

from pathlib import Path

from refzones.models import Scenario

FUNCTIONS_NEARBY = Scenario.read(Path(__file__).parents[2] / "benchmarks" / "scenarios" / "mergers.toml")
"""Functions in the own municipality, near seats and whole zones, within 30,000 to 130,000 inhabitants."""
