"""Small instances in few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from refzones.instances import Borders, Flows, Function, Instance, Layer


def build_instance(
    population: Sequence[int],
    borders: Iterable[tuple[int, int]] | Mapping[tuple[int, int], float],
    *,
    points: Sequence[tuple[float, float]] | None = None,
    region: Sequence[int] | None = None,
    facility: Iterable[int] = (),
    merged_in: Mapping[int, int] | None = None,
    layers: Mapping[str, Sequence[str]] | None = None,
    functions: Mapping[str, Sequence[float]] | None = None,
    classes: Sequence[str] = (),
    attributes: Mapping[str, Sequence[float]] | None = None,
    yearly: Mapping[int, Sequence[float]] | None = None,
    flows: Mapping[tuple[int, int], float] | None = None,
) -> Instance:
    """Build an instance with municipalities M0, M1, ... (codes 10000, 10001, ...) in regions R0, R1, ...

    Borders have a length of 1000 m where none is given.
    """
    n = len(population)
    places = points if points is not None else [(1000.0 * i, 0.0) for i in range(n)]
    region_of = list(region) if region is not None else [0] * n
    used = sorted(set(region_of))
    lengths = borders if isinstance(borders, Mapping) else dict.fromkeys(borders, 1000.0)
    return Instance(
        name="small",
        codes=tuple(str(10_000 + i) for i in range(n)),
        names=tuple(f"M{i}" for i in range(n)),
        population=np.array(population, dtype=np.int64),
        uninhabited=0 in population,
        area=np.ones(n),
        x=np.array([x for x, _ in places], dtype=np.float64),
        y=np.array([y for _, y in places], dtype=np.float64),
        regions=tuple(f"R{r}" for r in used),
        region=np.array([used.index(r) for r in region_of], dtype=np.int64),
        borders=Borders.from_dict({(min(pair), max(pair)): length for pair, length in lengths.items()}),
        classes=tuple(classes),
        facility=np.isin(np.arange(n), list(facility)),
        merged_in=np.array([(merged_in or {}).get(i, 0) for i in range(n)], dtype=np.int64),
        attributes={key: np.array(column, dtype=np.float64) for key, column in (attributes or {}).items()},
        yearly={year: np.array(column, dtype=np.float64) for year, column in (yearly or {}).items()},
        flows=None if flows is None else Flows.from_dict(flows),
        layers={key: Layer.from_names(names) for key, names in (layers or {}).items()},
        functions={
            key: Function(key, np.array(amounts, dtype=np.float64))
            for key, amounts in (functions or {}).items()
        },
    )
