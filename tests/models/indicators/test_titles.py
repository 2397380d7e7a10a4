from __future__ import annotations

import refzones
from refzones.models.indicators.titles import titles_of


def test_each_source_is_named_once() -> None:
    instance = refzones.load("flanders-2025")
    fire = "Fire zones (hulpverleningszones), compiled from the sites of the zones (compiled, 2025)"
    tables = "Tables from municipality to zone (Data & Analyse of the Flemish provinces, March 2026)"
    assert titles_of(instance, "zones.fire", "zones.police", "zones.primary_care") == (fire, tables)


def test_a_column_without_a_source_adds_nothing() -> None:
    assert titles_of(refzones.load("flanders-2025"), "zones.unheard") == ()
