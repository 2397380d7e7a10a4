"""Plans with all kinds of agreements."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely
from refzones.app.maps.shapes import Shapes
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.solver import Plan
from support.build import build_instance

AGREED = {
    "together": [["M0", "M1"], ["M4", "M5", "M6"]],
    "apart": [["M1", "M2", "M6"]],
    "alone": ["M3"],
    "seat": ["M5"],
}


@pytest.fixture(scope="session")
def grid() -> Instance:
    """Twelve municipalities of 3 by 3 km on a grid of four by three, in Lambert 72, two regions."""
    places = [(150_000 + 3000.0 * (i % 4), 200_000 + 3000.0 * (i // 4)) for i in range(12)]
    borders = [(i, i + 1) for i in range(12) if i % 4 < 3] + [(i, i + 4) for i in range(8)]
    instance = build_instance(
        [20_000 + i for i in range(12)],
        borders,
        points=places,
        region=[0] * 8 + [1] * 4,
        facility=[7],
        merged_in={8: 2025},
        layers={"police": [*list("AABBAABBCCC"), ""], "fire": ["F"] * 12},
        functions={"hospital": [1, 0, 0, 0] * 3},
        classes=["a1", "c2", "c0", "c3"] * 3,
    )
    return dataclasses.replace(instance, area=np.full(12, 9.0))


@pytest.fixture(scope="session")
def squares(grid: Instance) -> Shapes:
    """The grid's true shapes: squares that share their sides."""
    sides = [shapely.box(x - 1500, y - 1500, x + 1500, y + 1500) for x, y in zip(grid.x, grid.y, strict=True)]
    return Shapes(tuple(sides), False, "boundaries: squares")


@pytest.fixture(scope="session")
def plan(grid: Instance) -> Plan:
    """A plan of both regions, in which what is agreed holds."""
    asked = Scenario.from_dict(
        {
            "weights": {"distance": 1.0, "straddle(police)": 0.5},
            "rules": {"joined": ["M7"]},
            "locks": AGREED,
            "existing": {"mode": "keep", "mergers": [["M8", "M9"]]},
            "borders": {"added": [["M0", "M5"]], "removed": [["M1", "M5"]]},
        }
    )
    return Plan.of(
        grid, asked, [["M0", "M1"], ["M2", "M7"], ["M3"], ["M4", "M5", "M6"], ["M8", "M9"], ["M10", "M11"]]
    )
