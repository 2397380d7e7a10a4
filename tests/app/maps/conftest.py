import dataclasses

import numpy as np
import pytest
import shapely
from refzones.app.maps.merger import MapMerger
from refzones.app.maps.shapes import Shapes, generalised_shapes
from refzones.instances import Instance, load
from support.build import build_instance


@pytest.fixture(scope="session")
def flanders() -> Instance:
    return load("flanders-2025")


@pytest.fixture(scope="session")
def cells(flanders: Instance) -> Shapes:
    return generalised_shapes(flanders)


@pytest.fixture(scope="session")
def plan(flanders: Instance) -> list[MapMerger]:
    """Pairs of neighbours inside regions; facility municipalities and large cities alone."""
    free = {i for i in range(len(flanders)) if not flanders.facility[i] and flanders.population[i] < 130_000}
    groups = []
    for a, b in flanders.borders.pairs.tolist():
        if {a, b} <= free and flanders.region[a] == flanders.region[b]:
            groups.append((a, b))
            free -= {a, b}
    paired = {i for group in groups for i in group}
    groups += [(i,) for i in range(len(flanders)) if i not in paired]
    return [
        MapMerger(
            group,
            group[0],
            flanders.names[group[0]] + (" +1" if len(group) > 1 else ""),
            group[0] not in free and len(group) == 1,
            int(flanders.population[list(group)].sum()),
        )
        for group in groups
    ]


@pytest.fixture
def grid() -> Instance:
    """Twelve municipalities of 3 by 3 km on a grid of four by three, in Lambert 72, two regions."""
    places = [(150_000 + 3000.0 * (i % 4), 200_000 + 3000.0 * (i // 4)) for i in range(12)]
    borders = [(i, i + 1) for i in range(12) if i % 4 < 3] + [(i, i + 4) for i in range(8)]
    instance = build_instance([20_000] * 12, borders, points=places, region=[0] * 8 + [1] * 4)
    return dataclasses.replace(instance, area=np.full(12, 9.0))


@pytest.fixture
def squares(grid: Instance) -> Shapes:
    """The grid's true shapes: squares that share their sides."""
    sides = [shapely.box(x - 1500, y - 1500, x + 1500, y + 1500) for x, y in zip(grid.x, grid.y, strict=True)]
    return Shapes(tuple(sides), False, "boundaries: squares")
