"""Metadata of the columns in `instance.toml`: source, unit and how each was made."""

from __future__ import annotations

from ..entities import Column
from .config import FunctionConfig, ImportConfig


def columns_of(config: ImportConfig, closed: float = 0.0) -> dict[str, Column]:
    """Describe every column of every file that an import writes.

    Parameters
    ----------
    config : ImportConfig
    closed : float
        Metres; the widest gap or overlap between neighbours that was closed.

    Returns
    -------
    dict of str to Column
        By ``file.column``.
    """
    shape = config.boundaries.source
    people = config.population
    code = _code_unit(config)
    mended = f"gaps and overlaps of up to {closed:.2g} m are closed" if closed else ""
    columns = {
        "municipalities.nis": Column(shape, code, config.boundaries.note),
        "municipalities.name": Column(people.source, "text"),
        "municipalities.population": Column(people.source, people.unit or "inhabitants", people.note),
        "municipalities.area_km2": Column(shape, "km2", "area of the polygon"),
        "municipalities.x": Column(shape, "m", "a point inside the polygon"),
        "municipalities.y": Column(shape, "m", "a point inside the polygon"),
        "municipalities.region": Column(config.regions.source, "text", config.regions.note),
    }
    optional = {"class": config.classes, "facility": config.facility, "merged_in": config.mergers}
    units = {"class": "a0-c3", "facility": "1 or 0", "merged_in": "year"}
    for key, part in optional.items():
        # the file has the column even when the configuration says nothing about it: it is then empty
        source, unit, note = (part.source, part.unit, part.note) if part else (shape, "", "not known")
        columns[f"municipalities.{key}"] = Column(source, unit or units[key], note)
    for key, attribute in config.attributes.items():
        columns[f"municipalities.{key}"] = Column(attribute.source, attribute.unit, attribute.note)
    if config.yearly:
        columns["years.nis"] = Column(shape, code)
    for table in config.yearly:
        for key in table.columns:
            columns[f"years.{key}"] = Column(table.source, table.unit or "inhabitants", table.note)
    if config.figures:
        columns["figures.nis"] = Column(shape, code)
    for key, figure in config.figures.items():
        columns[f"figures.{key}"] = Column(figure.source, figure.unit, figure.note)
    columns |= {
        "borders.nis": Column(shape, code),
        "borders.neighbour": Column(shape, code, "municipalities that share a line; a point is not enough"),
        "borders.length_m": Column(shape, "m", _sentences("length of the shared line, to 0.1 m", mended)),
    }
    if config.zones:
        columns["zones.nis"] = Column(shape, code)
    for key, zone in config.zones.items():
        columns[f"zones.{key}"] = Column(zone.source, zone.unit or "text", zone.note)
    if config.functions:
        columns["functions.nis"] = Column(shape, code)
    for key, function in config.functions.items():
        columns[f"functions.{key}"] = _function_column(function, config)
    return columns | _village_columns(config)


def _function_column(function: FunctionConfig, config: ImportConfig) -> Column:
    if function.classes is not None:
        assert config.classes is not None
        derived = "yes where the class is " + ", ".join(function.classes)
        return Column(config.classes.source, function.unit, _sentences(derived, function.note))
    notes = [function.note]
    notes += [f"{c.code}: {c.amount:g} {function.unit} added ({c.source})" for c in function.corrections]
    return Column(function.source or "", function.unit, _sentences(*notes))


def _village_columns(config: ImportConfig) -> dict[str, Column]:
    villages = config.villages
    if villages is None:
        return {}
    opened = ""
    if config.outside:
        opened = "empty for areas where maps stay open: a point inside the polygon, from the boundaries"
    return {
        "villages.code": Column(villages.source, "text", villages.note),
        "villages.name": Column(villages.source, "text"),
        "villages.nis": Column(villages.source, _code_unit(config), opened),
        "villages.x": Column(villages.source, "m", "rounded to whole metres"),
        "villages.y": Column(villages.source, "m", "rounded to whole metres"),
    }


def _code_unit(config: ImportConfig) -> str:
    """Say what the codes of municipalities are, in Belgium NIS codes."""
    return config.boundaries.unit or "code"


def _sentences(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
