"""Published districting instances: units to be divided into k contiguous districts of L to U inhabitants."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..common.activity import doing
from ..common.problems import Problems
from ..common.toml import render_toml
from ..entities import Borders, Column, Source
from ..instance import Instance
from ..vectors.crs import check_coordinates
from .districting_file import DistrictingFile, read_districting

WEIGHT = 1e-6
"""Weight of the term `moment` that makes scores the negated published objective values."""

NOMINAL_BORDER = 1000.0
"""Metres; the files give the pairs of neighbours, not the lengths of their borders."""

_REGION = "all"
_SOURCE = "file"


@dataclass(frozen=True)
class Districting:
    """An instance with the question of its file.

    Attributes
    ----------
    instance : Instance
        One region; borders of `NOMINAL_BORDER` metres and areas of 0, as the file has neither.
    scenario : str
        A scenario file: exactly k mergers of L to U inhabitants, and the least `moment`.
    """

    instance: Instance
    scenario: str


@doing("importing")
def import_districting(path: Path, name: str = "") -> Districting:
    """Make an instance and a scenario of a districting file.

    Parameters
    ----------
    path : Path
        As `read_districting` reads it.
    name : str, optional
        Name of the instance; by default that in the file.

    Returns
    -------
    Districting

    Raises
    ------
    InputError
        Lists every problem of the file.
    """
    given = read_districting(path)
    problems = Problems()
    area = np.full(1, 1.0)  # the file has none; no district is smaller than that
    check_coordinates(f"EPSG:{given.epsg}", given.x, given.y, area, problems, file=path.name, key="epsg")
    problems.raise_if_any()
    return Districting(_instance(given, name or given.name, path.name), _scenario(given))


def _instance(given: DistrictingFile, name: str, file: str) -> Instance:
    n = len(given.codes)
    order = sorted(range(n), key=given.codes.__getitem__)
    place = {old: new for new, old in enumerate(order)}
    return Instance(
        name=name,
        title=f"{given.name}: {n:,} units, {given.k} districts",
        crs=f"EPSG:{given.epsg}",
        codes=tuple(given.codes[i] for i in order),
        names=tuple(given.names[i] for i in order),
        population=np.array(given.population, dtype=np.int64)[order],
        uninhabited=min(given.population) == 0,
        area=np.zeros(n),
        x=np.array(given.x, dtype=np.float64)[order],
        y=np.array(given.y, dtype=np.float64)[order],
        regions=(_REGION,),
        region=np.zeros(n, dtype=np.int64),
        borders=Borders.from_dict({(place[a], place[b]): NOMINAL_BORDER for a, b in given.edges}),
        sources={_SOURCE: Source(file, "", "", "that of the file")},
        columns={
            "municipalities.population": Column(_SOURCE, "inhabitants"),
            "municipalities.area_km2": Column(_SOURCE, "km2", "not in the file"),
            "municipalities.x": Column(_SOURCE, "m"),
            "municipalities.y": Column(_SOURCE, "m"),
            "borders.length_m": Column(_SOURCE, "m", f"not in the file; {NOMINAL_BORDER:g} everywhere"),
        },
    )


def _scenario(given: DistrictingFile) -> str:
    """Write the scenario: every unit is in one of the k districts, and none is exempt by rule."""
    return render_toml(
        {
            "name": given.name,
            "description": f"{given.k} districts of {given.least:,} to {given.most:,} inhabitants",
            "level": "mergers",
            "population": {"min": given.least, "max": given.most},
            "count": {"min": given.k, "max": given.k},
            "rules": {"facility": "free", "above_max": "alone"},
            "weights": {"moment": WEIGHT},
        }
    )
