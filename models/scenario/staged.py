"""Two maps in one question: that of an earlier date and the target, in which what was merged stays whole."""

from __future__ import annotations

import datetime
from fractions import Fraction
from itertools import pairwise
from math import gcd
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from ...instances.common.field_types import Number
from ...instances.common.path_names import as_text
from ...instances.common.problems import Problems, reject
from ...instances.common.toml import render_toml
from ...instances.common.validation import note_validation_errors
from .demands import Demands
from .overlay import overlay, without_lost_prices
from .reading import fetch_files, read_toml
from .scenario import Scenario, preset_below
from .tables import Part

STAGED = "staged"
"""Level of a scenario file that asks for the maps of two dates."""

STAGES = ("earlier", "target")
"""Tables of such a file, in the order of time; also what the two maps are called in programs."""

_MONTHS = 12


class Stage(Demands):
    """What is asked of the map of one date.

    Attributes
    ----------
    date : date
        When its mergers take effect: the first day of a month.

    See Also
    --------
    Demands : The other attributes.
    """

    date: datetime.date

    @field_validator("date")
    @classmethod
    def _first_of_a_month(cls, date: datetime.date) -> datetime.date:
        return _first_day(date)


class Years(Part):
    """How many years the map of each date counts for, in hundredths at the finest.

    Attributes
    ----------
    earlier, target : float
        From 0.01 to 100.
    """

    earlier: Annotated[Number, Field(ge=0.01, le=100)]
    target: Annotated[Number, Field(ge=0.01, le=100)]


class StagedScenario(Part):
    """What is asked of the maps of two dates, chosen together.

    The mergers of the earlier map stay whole in the target map. The score of both maps together is their mean
    over time: each counts for the years that it lasts.

    Attributes
    ----------
    name, description : str
        For readers.
    level : {'staged'}
    earlier, target : Stage
        What is asked of the map of each date.
    until : date or None
        Until when the target map is counted: the first day of a month. The earlier one lasts until the
        target map takes effect.
    years : Years or None
        In place of `until`: the years that each map counts for.
    unmerged : {'may_stay', 'by_rule'}
        Who is in no merger of the earlier map. 'may_stay': any municipality may stay as it is until the
        target map, whatever its size. 'by_rule': only those that a rule or lock of the earlier map lets
        stand alone.
    merged_again : {'never', 'allowed'}
        'never': a merger of the earlier map is a merger of the target map as it is. 'allowed': others may
        join it there.
    """

    FILE_KEYS: ClassVar[tuple[str, ...]] = ()

    name: str = "scenario"
    description: str = ""
    level: Literal["staged"] = "staged"
    earlier: Stage
    target: Stage
    until: datetime.date | None = None
    years: Years | None = None
    unmerged: Literal["may_stay", "by_rule"] = "may_stay"
    merged_again: Literal["never", "allowed"] = "never"

    @field_validator("until")
    @classmethod
    def _first_of_a_month(cls, until: datetime.date | None) -> datetime.date | None:
        return until if until is None else _first_day(until)

    @model_validator(mode="after")
    def _in_order(self) -> StagedScenario:
        if self.earlier.date >= self.target.date:
            raise ValueError(
                f"earlier.date ({self.earlier.date}) is not before target.date ({self.target.date}); "
                "exchange or correct them"
            )
        if self.until is not None and self.until <= self.target.date:
            raise ValueError(
                f"until ({self.until}) is not after target.date ({self.target.date}); give a later day"
            )
        return self

    @model_validator(mode="after")
    def _years_are_known(self) -> StagedScenario:
        if self.until is None and self.years is None:
            raise ValueError(
                "it is not said for how long the target map counts; add until, for instance "
                f"until = {self.target.date.replace(year=self.target.date.year + 6)}, or [years]"
            )
        if self.until is not None and self.years is not None:
            raise ValueError("until and [years] both say for how long each map counts; keep one of them")
        return self

    @model_validator(mode="after")
    def _one_frame_for_both(self) -> StagedScenario:
        if self.earlier.frames.regions != self.target.frames.regions:
            raise ValueError(
                "earlier.frames.regions and target.frames.regions differ; mergers of the earlier map lie in "
                "those of the target map, so give both one value"
            )
        return self

    @model_validator(mode="after")
    def _no_budgets(self) -> StagedScenario:
        for key, stage in zip(STAGES, (self.earlier, self.target), strict=True):
            for name in stage.budgets:
                raise ValueError(
                    f"maps of two dates know no budgets; leave out {key}.budgets.{name}, "
                    f"or give it a weight: {key}.weights"
                )
        return self

    @model_validator(mode="after")
    def _something_is_weighed(self) -> StagedScenario:
        stages = (self.earlier, self.target)
        said = any("weights" in stage.model_fields_set for stage in stages)
        if not said and not any(weight for stage in stages for weight in stage.weights.values()):
            raise ValueError(
                'neither map weighs anything; add preset = "mergers" or weights to [earlier] and [target], '
                "or weights = {} to ask for any plan"
            )
        return self

    @property
    def lasting(self) -> tuple[Fraction, Fraction]:
        """Years that the earlier map and the target map count for."""
        if self.years is not None:
            return _hundredths(self.years.earlier), _hundredths(self.years.target)
        assert self.until is not None, "one of the two is given"
        dates = (self.earlier.date, self.target.date, self.until)
        earlier, target = (_months(a, b) for a, b in pairwise(dates))
        return Fraction(earlier, _MONTHS), Fraction(target, _MONTHS)

    @property
    def shares(self) -> tuple[int, int]:
        """The same in proportion, as the least whole numbers: scores times these stay whole and exact."""
        earlier, target = (int(years * 100 * _MONTHS) for years in self.lasting)
        common = gcd(earlier, target)
        return earlier // common, target // common

    @property
    def moments(self) -> tuple[str, str]:
        """What the two maps are called: by their year, or by year and month where they are not of January."""
        dates = self.earlier.date, self.target.date
        by_year = dates[0].year != dates[1].year and all(date.month == 1 for date in dates)
        earlier, target = (f"{date:%Y}" if by_year else f"{date:%Y-%m}" for date in dates)
        return earlier, target

    @property
    def stages(self) -> tuple[Scenario, Scenario]:
        """What is asked of the mergers of each map by itself, as scenarios of one level."""
        earlier, target = (
            _alone(stage, f"{self.name}-{moment}", self.description)
            for stage, moment in zip((self.earlier, self.target), self.moments, strict=True)
        )
        return earlier, target

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of inhabitants under which bounds hold in either map, beside the inhabitants themselves."""
        return tuple(dict.fromkeys((*self.earlier.population.also, *self.target.population.also)))

    def __repr__(self) -> str:
        return f"<StagedScenario '{self.name}', maps of {' and '.join(self.moments)}>"

    __str__ = __repr__

    @classmethod
    def read(cls, path: str | Path) -> StagedScenario:
        """Read a scenario file of level 'staged'.

        Each of its two tables may have a key `preset` of its own; see `Scenario.read`.

        Raises
        ------
        InputError
            Lists everything that is wrong with the file.
        """
        path = Path(path)
        data = {"name": as_text(path.stem)} | read_toml(path)
        return cls.from_dict(data, file=path.name, folder=path.parent)

    @classmethod
    def from_dict(cls, data: dict[str, Any], file: str = "scenario", folder: Path = Path()) -> StagedScenario:
        """Validate a scenario of two dates given as nested mappings; see `Scenario.from_dict`."""
        if data.get("level") != STAGED:
            reject(
                "this scenario does not ask for the maps of two dates", 'write level = "staged"', file=file
            )
        problems = Problems()
        complete = dict(data)
        for key in STAGES:
            if isinstance(data.get(key), dict):
                complete[key] = _stage(data[key], key, file, folder, problems)
        try:
            scenario = cls.model_validate(complete)
        except ValidationError as error:
            note_validation_errors(error, cls, file, problems)
            problems.raise_if_any()
            raise
        problems.raise_if_any()
        return scenario

    def to_toml(self) -> str:
        """Write the scenario as TOML that `read` reads back to an equal one."""
        return render_toml(self.model_dump(mode="json"))


def asks_for_two_dates(path: str | Path) -> bool:
    """Whether a file is a scenario of two dates; what cannot be read is none."""
    path = Path(path)
    return path.is_file() and read_toml(path).get("level") == STAGED


def _stage(table: dict[str, Any], key: str, file: str, folder: Path, problems: Problems) -> dict[str, Any]:
    """Put the preset of a stage under what it says itself, and the groups of plans in their place."""
    table = fetch_files(table, file, folder, problems, under=f"{key}.")
    base = preset_below(table, f"{key}.preset", file)
    below = {name: base[name] for name in Demands.model_fields if name in base}
    return overlay(without_lost_prices(below, table), table, file, problems, f"{key}.")


def _alone(stage: Stage, name: str, description: str) -> Scenario:
    demands = {key: getattr(stage, key) for key in Demands.model_fields}
    # its parts are valid already
    return Scenario.model_construct(
        name=name, description=description, level="mergers", zones=None, **demands
    )


def _first_day(date: datetime.date) -> datetime.date:
    if date.day != 1:
        raise ValueError(f"mergers take effect on the first day of a month, not on {date}; correct it")
    return date


def _months(first: datetime.date, second: datetime.date) -> int:
    return _MONTHS * (second.year - first.year) + second.month - first.month


def _hundredths(years: float) -> Fraction:
    return Fraction(round(100 * years), 100)
