"""Building an instance from official files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..common.activity import doing
from ..common.problems import Problems
from ..entities import Source
from ..instance import Instance
from ..tables.sheets import Tables
from .boundaries import Boundaries, read_boundaries
from .columns import columns_of
from .config import ImportConfig, config_path, read_config
from .facts import Facts
from .villages import read_villages


@dataclass(frozen=True)
class Imported:
    """An instance, and what in its files deserves a second look.

    Attributes
    ----------
    instance : Instance
    notes : tuple of str
        One sentence each: what was closed, repaired or left open in the boundaries.
    """

    instance: Instance
    notes: tuple[str, ...]


def import_instance(config: str | Path, data: str | Path | None = None) -> Instance:
    """Build an instance from official files.

    Parameters
    ----------
    config : str or Path
        A TOML file (see `ImportConfig`), or the name of one that comes with the package.
    data : str or Path, optional
        The folder that the paths in the configuration are relative to; by default its own folder.

    Returns
    -------
    Instance
        Facts only: the boundaries are used for areas, points and neighbours, and not kept.

    Raises
    ------
    InputError
        Lists every problem of the configuration, else of the boundaries, else of all tables.

    Examples
    --------
    >>> import_instance("flanders-2025", "../shared/data")  # doctest: +SKIP
    <Instance flanders-2025: 285 municipalities, 754 borders, 15 regions, 6,864,766 inhabitants>
    """
    return import_with_notes(config, data).instance


@doing("importing")
def import_with_notes(config: str | Path, data: str | Path | None = None) -> Imported:
    """Build an instance as `import_instance` does, and report what deserves a second look."""
    path = config_path(config)
    settings = read_config(path)
    folder = Path(data) if data is not None else path.parent
    problems = Problems()
    boundaries = read_boundaries(folder / settings.boundaries.file, settings, problems)
    problems.raise_if_any()  # without sound boundaries the tables would all seem wrong
    if boundaries is None:
        raise AssertionError("a missing part is always a problem")
    return Imported(
        _build(settings, boundaries, Tables(folder, problems, settings.form), problems), boundaries.notes
    )


def _build(config: ImportConfig, boundaries: Boundaries, tables: Tables, problems: Problems) -> Instance:
    codes = tuple(boundaries.kept)
    facts = Facts(config, codes, tables, problems)
    names, population = facts.population(config.population, boundaries.names)
    regions = facts.regions(config.regions)
    classes = facts.classes(config.classes) if config.classes else ("",) * len(codes)
    facility = np.zeros(len(codes), dtype=np.bool_)
    if config.facility:
        facility[facts.facility(config.facility)] = True
    merged_in = facts.merged_in(config.mergers) if config.mergers else np.zeros(len(codes), dtype=np.int64)
    layers = {key: facts.layer(entry) for key, entry in config.zones.items()}
    functions = {key: facts.function(key, entry, classes) for key, entry in config.functions.items()}
    attributes = {key: facts.attribute(entry) for key, entry in config.attributes.items()}
    yearly = facts.yearly(config.yearly)
    figures = {key: facts.figure(entry) for key, entry in config.figures.items()}
    villages = None
    if config.villages:
        villages = read_villages(config.villages, config, boundaries, names, tables)
    problems.raise_if_any()
    return Instance(
        name=config.name,
        title=config.title,
        vintage=config.vintage,
        crs=config.crs,
        uninhabited=config.uninhabited,
        codes=codes,
        names=names,
        population=population,
        area=boundaries.area,
        x=boundaries.x,
        y=boundaries.y,
        regions=regions.zones,
        region=regions.zone,
        classes=classes,
        facility=facility,
        merged_in=merged_in,
        borders=boundaries.borders,
        layers=layers,
        functions=functions,
        attributes=attributes,
        yearly=yearly,
        figures=figures,
        villages=villages,
        sources={key: Source(**entry.model_dump()) for key, entry in config.sources.items()},
        columns=columns_of(config, boundaries.closed),
    )
