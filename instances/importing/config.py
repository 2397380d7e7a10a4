"""The import configuration: which official file and column feeds which part of an instance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ..common.field_types import Flag, Municipality, Number, Whole
from ..common.problems import InputError, Problems, reject, suggest
from ..common.text import plain_code
from ..common.toml import parse_toml
from ..common.validation import note_validation_errors
from ..tables.form import TableForm, form_of
from ..tables.table import read_text
from ..vectors.crs import REMEDY, is_known, normal_crs, wrong_with_crs
from ..yearly import column_of, year_of
from .gaps_overlaps import LARGEST_TOLERANCE
from .shared_borders import TOLERANCE

_SHIPPED = Path(__file__).parent / "configs"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Described(_Strict):
    """Metadata of a column: the key of its source, its unit, how it was made."""

    source: str
    unit: str = ""
    note: str = ""


class _Written(_Strict):
    """The form of a delimited file (see `TableForm`)."""

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    thousands: str | None = None

    @model_validator(mode="after")
    def _sound_form(self) -> Self:
        _ = self.form
        return self

    @property
    def form(self) -> TableForm:
        """What is declared about the file."""
        return form_of(self)


class _InTable(_Written):
    """The form of a table, with its sheet and header row."""

    sheet: str | Whole | None = None
    header_row: Whole | None = None


class SourceConfig(_Strict):
    """A source of files."""

    title: str
    publisher: str
    year: str
    licence: str


class BoundaryConfig(_Described):
    """The boundary file and its code column; the geometries of one code are united. `unit` names the codes.

    Attributes
    ----------
    layer : str, optional
        Needed where the file has several.
    crs : str, optional
        Coordinate system of the file, where it names none or a wrong one.
    tolerance : float
        Metres; narrower gaps and overlaps between neighbours are closed, wider ones refused.
    gaps : {'refuse', 'keep'}
        Whether wider gaps are mistakes, or really exist as water does.
    """

    file: str
    code: str
    name: str | None = None
    layer: str | None = None
    crs: str | None = None
    tolerance: Number = Field(TOLERANCE, gt=0, le=LARGEST_TOLERANCE)
    gaps: Literal["refuse", "keep"] = "refuse"

    @field_validator("crs")
    @classmethod
    def _exists(cls, crs: str | None) -> str | None:
        if crs is not None and not is_known(crs):
            raise ValueError(f"there is no coordinate system '{crs}'; give one such as 'EPSG:31370'")
        return crs if crs is None else normal_crs(crs)


class PopulationConfig(_Described, _InTable):
    """Table of inhabitants, and of the names as the instance spells them."""

    file: str
    code: str
    name: str
    value: str


class TableConfig(_Described, _InTable):
    """A table with one row a municipality and one column of interest."""

    file: str
    code: str
    value: str
    empty: list[str] = []
    """Values that mean 'none', such as "Geen IGS"; "" where a blank cell means it."""


class FacilityConfig(_Described, _InTable):
    """List of the codes of the facility municipalities; codes outside the instance are an error."""

    file: str
    code: str


class MergerList(_InTable):
    """Mergers of one year: codes, or a table from old codes to new ones."""

    year: Whole
    codes: list[Municipality] = []
    file: str | None = None
    before: str | None = None
    after: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        table = (self.file, self.before, self.after)
        if bool(self.codes) == (None not in table) or (self.codes and any(table)):
            raise ValueError("give either 'codes', or 'file', 'before' and 'after'")
        return self


class MergersConfig(_Described):
    """Mergers of the past that the instance knows."""

    lists: list[MergerList]


class Correction(_Strict):
    """An amount added by hand to one municipality, with its source."""

    code: Municipality
    amount: Number
    source: str


class FunctionConfig(_InTable):
    """A centre function: derived from the class, or summed from a table of sites."""

    label: str
    unit: str = "yes/no"
    at_least: Number = 1.0
    note: str = ""
    classes: list[str] | None = None
    source: str | None = None
    file: str | None = None
    code: str | None = None
    amount: str | None = None
    where: dict[str, str] = {}
    round: Whole | None = None
    corrections: list[Correction] = []

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        table = (self.file, self.code, self.amount, self.source)
        if (self.classes is None) != (None not in table) or (self.classes is not None and any(table)):
            raise ValueError("give either 'classes', or 'file', 'code', 'amount' and 'source'")
        return self


class AttributeConfig(_Described, _InTable):
    """A number for each municipality: a column, or the product of several."""

    file: str
    code: str
    columns: list[str]
    round: Whole | None = None


class YearlyConfig(_Described, _InTable):
    """Inhabitants of other years; a blank cell, like a municipality without a row, is not known.

    Attributes
    ----------
    columns : dict of str to str
        Column of the file by the name that it gets, such as ``inhabitants_2026``.
    unknown : list of municipalities
        Their figures are left out, because the file means another area by their code.
    """

    file: str
    code: str
    columns: dict[str, str]
    unknown: list[Municipality] = []

    @field_validator("columns")
    @classmethod
    def _named_by_year(cls, columns: dict[str, str]) -> dict[str, str]:
        for name in columns:
            if year_of(name) is None:
                raise ValueError(f"'{name}' is no name of a year such as '{column_of(2026)}'")
        return columns


class FigureConfig(_Described, _InTable):
    """A number that need not be known of all municipalities; a blank cell is not known.

    Attributes
    ----------
    where : dict of str to list of str
        Rows that are meant: those with one of the texts in a column.
    rows : int
        Rows of a municipality, of which the mean is taken; of one with fewer rows the figure is not known.
    filled : bool
        The figure is 1 where the cell holds a text, and 0 where it is blank.
    unknown : list of municipalities
        Their figures are left out, because the file means another area by their code.
    """

    file: str
    code: str
    value: str
    where: dict[str, list[str]] = {}
    rows: Whole = Field(1, ge=1)
    filled: Flag = False
    unknown: list[Municipality] = []


class VillagesConfig(_Described, _InTable):
    """Points of the former municipalities, in the instance's coordinate reference system."""

    file: str
    code: str
    name: str
    municipality: str
    x: str
    y: str


class ImportConfig(_Written):
    """Everything that makes an instance from official files.

    Attributes
    ----------
    keep, outside : list of str
        Ranges of leading digits or letters, such as "11-13", "21" or "GM": codes of the instance, and of
        areas where maps stay open.
    uninhabited : bool
        Units may have no inhabitants.
    encoding, delimiter, decimal, thousands : str or None
        Declared for all delimited files; the declaration of a single table overrides it.
    """

    name: str
    title: str
    vintage: str
    crs: str = "EPSG:31370"
    keep: list[str]
    outside: list[str] = []
    uninhabited: Flag = False
    sources: dict[str, SourceConfig]
    boundaries: BoundaryConfig
    population: PopulationConfig
    regions: TableConfig
    classes: TableConfig | None = None
    facility: FacilityConfig | None = None
    mergers: MergersConfig | None = None
    zones: dict[str, TableConfig] = {}
    functions: dict[str, FunctionConfig] = {}
    attributes: dict[str, AttributeConfig] = {}
    yearly: list[YearlyConfig] = []
    figures: dict[str, FigureConfig] = {}
    villages: VillagesConfig | None = None

    @field_validator("crs")
    @classmethod
    def _metric(cls, crs: str) -> str:
        if what := wrong_with_crs(crs):
            raise ValueError(f"{what}: {REMEDY}")
        return normal_crs(crs)

    @field_validator("keep", "outside")
    @classmethod
    def _ranges(cls, ranges: list[str]) -> list[str]:
        for text in ranges:
            low, _, high = text.partition("-")
            if not (low.isalnum() and (not high or (high.isalnum() and len(high) == len(low)))):
                raise ValueError(f"'{text}' is not a range of leading digits such as '11-13', '21' or 'GM'")
        return ranges

    @model_validator(mode="after")
    def _known_sources(self) -> Self:
        unknown = sorted({key for key in self._used_sources() if key not in self.sources})
        if unknown:
            hints = [f"'{key}' ({suggest(key, self.sources)})" for key in unknown]
            raise ValueError("no entry in [sources] for " + ", ".join(hints))
        if self.classes is None and any(f.classes is not None for f in self.functions.values()):
            raise ValueError("functions that come from classes need a [classes] table")
        return self

    def _used_sources(self) -> Iterator[str]:
        parts: list[_Described | None] = [self.boundaries, self.population, self.regions]
        parts += [self.classes, self.facility, self.mergers, self.villages]
        parts += [*self.zones.values(), *self.attributes.values(), *self.yearly, *self.figures.values()]
        yield from (part.source for part in parts if part is not None)
        yield from (f.source for f in self.functions.values() if f.source is not None)

    def keeps(self, code: str) -> bool:
        """Tell whether a code is one of the instance."""
        return _within(code, self.keep)

    def opens(self, code: str) -> bool:
        """Tell whether a code is that of an area where maps stay open."""
        return _within(code, self.outside)


def _within(code: str, ranges: list[str]) -> bool:
    code = plain_code(code)
    for text in ranges:
        low, _, high = text.casefold().partition("-")
        if low <= code[: len(low)] <= (high or low):
            return True
    return False


def configurations() -> list[str]:
    """List the configurations that come with the package."""
    return sorted(path.stem for path in _SHIPPED.glob("*.toml"))


def config_path(name_or_file: str | Path) -> Path:
    """Find a configuration: a file, or the name of one that comes with the package."""
    if str(name_or_file) in configurations():
        return _SHIPPED / f"{name_or_file}.toml"
    path = Path(name_or_file)
    if not path.is_file():
        reject(
            "there is no such configuration file, and none of this name comes with the package",
            suggest(str(name_or_file), configurations()),
            value=name_or_file,
        )
    return path


def read_config(path: Path) -> ImportConfig:
    """Read and check an import configuration.

    Parameters
    ----------
    path : Path
        A TOML file.

    Returns
    -------
    ImportConfig

    Raises
    ------
    InputError
        Lists every unknown or missing key and every value that is not allowed.
    """
    problems = Problems()
    try:
        if (tables := _tables_of(path, problems)) is not None:
            return ImportConfig.model_validate(tables)
    except InputError as error:
        problems.take(error)
    except ValidationError as error:
        note_validation_errors(error, ImportConfig, path.name, problems)
    problems.raise_if_any()
    raise AssertionError("a missing part is always a problem")


def _tables_of(path: Path, problems: Problems) -> Mapping[str, Any] | None:
    """Read the tables of a configuration, laid over those of the one that it extends."""
    text = read_text(path, problems)
    if text is None:
        return None
    own = dict(parse_toml(text, path.name))
    extended = own.pop("extends", None)
    if extended is None:
        return own
    if extended not in configurations():
        known = suggest(str(extended), configurations())
        reject("extends: no configuration of this name comes with the package", known, value=extended)
    base = _tables_of(_SHIPPED / f"{extended}.toml", problems)
    return own if base is None else _laid_over(base, own)


def _laid_over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Let keys replace keys in every table; lists are values."""
    both = dict(base)
    for key, value in own.items():
        if isinstance(old := base.get(key), Mapping) and isinstance(value, Mapping):
            both[key] = _laid_over(old, value)
        else:
            both[key] = value
    return both
