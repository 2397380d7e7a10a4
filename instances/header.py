"""Schema of an instance folder: the keys of `instance.toml` and the columns of its main table."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from .common.field_types import Flag, Number, Whole
from .common.problems import suggest
from .vectors.crs import normal_crs

SCHEMA = 1

CORE = ("nis", "name", "population", "area_km2", "x", "y", "region")
OPTIONAL = ("class", "facility", "merged_in")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class SourceEntry(_Strict):
    """The source of columns."""

    title: str
    publisher: str = ""
    year: str = ""
    licence: str = ""


class ColumnEntry(_Strict):
    """Source, unit and note of a column, and whether its numbers may be summed."""

    source: str
    unit: str = ""
    note: str = ""
    additive: Flag | None = None


class FunctionEntry(_Strict):
    """Label, unit and threshold of a centre function."""

    label: str = ""
    unit: str = "yes/no"
    at_least: Number = 1.0


class Header(_Strict):
    """The keys of `instance.toml`."""

    schema_version: Whole = SCHEMA
    name: str
    title: str = ""
    vintage: str = ""
    crs: str = "EPSG:31370"
    uninhabited: Flag = False
    decimal: Literal[".", ","] | None = None
    thousands: Literal[".", ",", " ", "'", ""] | None = None
    text: list[str] = []
    functions: dict[str, FunctionEntry] = {}
    sources: dict[str, SourceEntry] = {}
    columns: dict[str, ColumnEntry] = {}

    @field_validator("crs")
    @classmethod
    def _one_spelling(cls, crs: str) -> str:
        return normal_crs(crs)

    @model_validator(mode="after")
    def _known_sources(self) -> Self:
        unknown = {
            column: entry.source for column, entry in self.columns.items() if entry.source not in self.sources
        }
        if unknown:
            hints = [f"{column}: '{key}' ({suggest(key, self.sources)})" for column, key in unknown.items()]
            raise ValueError("no entry in [sources] for " + ", ".join(hints))
        return self
