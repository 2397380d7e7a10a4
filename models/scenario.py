"""The question: bounds, rules, locks and weights, read from TOML with every mistake named."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ..instances.parts import CLASSES
from ..instances.problems import Problems, reject, suggest
from ..instances.tables import read_text
from ..instances.toml import render_toml
from ..instances.validation import note_validation_errors
from .terms import check_term_name

_PRESETS = Path(__file__).parent / "presets"

_HEAVIEST = 1_000_000  # points; scores in nano-points then stay far within 64 bits


class _Part(BaseModel):
    """Base of all parts of a scenario: frozen, and no key that nobody knows."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Population(_Part):
    """Bounds on the inhabitants of a merger, both included."""

    min: Annotated[int, Field(ge=0)] = 30_000
    max: Annotated[int, Field(gt=0)] = 130_000

    @model_validator(mode="after")
    def _ordered(self) -> Population:
        if self.min > self.max:
            raise ValueError(f"min ({self.min}) is above max ({self.max}); exchange or correct them")
        return self


class Rules(_Part):
    """Who stands alone by rule, and is then exempt from the population bounds.

    Attributes
    ----------
    facility : {'alone', 'free'}
        Facility municipalities.
    joined : tuple of str
        Facility municipalities that take part all the same, by NIS code or name.
    above_max : {'alone', 'absorb'}
        Municipalities above the maximum: each stands alone, or may absorb neighbours.
    absorb_up_to : int
        Most inhabitants that one of them may absorb.
    """

    facility: Literal["alone", "free"] = "alone"
    joined: tuple[str, ...] = ()
    above_max: Literal["alone", "absorb"] = "alone"
    absorb_up_to: Annotated[int, Field(ge=0)] = 30_000


class Requires(_Part):
    """What each part of a plan must hold, unless it stands alone by rule.

    Attributes
    ----------
    classes : tuple of str
        At least one municipality of one of these degrees of equipment.
    functions : tuple of str
        For each of these, at least one municipality that has it.
    """

    classes: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()

    @field_validator("classes")
    @classmethod
    def _known(cls, classes: tuple[str, ...]) -> tuple[str, ...]:
        for name in classes:
            if name not in CLASSES:
                raise ValueError(f"unknown class '{name}'; {suggest(name, CLASSES)}")
        return classes


class Frames(_Part):
    """Layers as hard frames; what stands alone by rule is exempt.

    Attributes
    ----------
    unsplit : tuple of str
        Layers whose zones are never divided, as far as they lie in one region.
    within : tuple of str
        Layers whose zones no part of a plan may cross.
    """

    unsplit: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


class BorderRules(_Part):
    """Which borders count as such.

    Attributes
    ----------
    min_length : float
        Shortest shared border that counts, metres.
    added, removed : tuple of pairs
        Municipalities that are neighbours, or not, whatever the instance says.
    """

    min_length: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    added: tuple[tuple[str, str], ...] = ()
    removed: tuple[tuple[str, str], ...] = ()


class Locks(_Part):
    """What is agreed already. Municipalities by NIS code or by name.

    Attributes
    ----------
    together : tuple of groups
        Each group ends up in one merger.
    apart : tuple of groups
        No two of a group end up in one merger.
    alone : tuple of str
        Stand alone, whatever their size.
    """

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    alone: tuple[str, ...] = ()

    @field_validator("together", "apart")
    @classmethod
    def _groups(cls, groups: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        for group in groups:
            if len(group) < 2:
                raise ValueError(f"a group needs at least two municipalities, this one is {list(group)}")
        return groups


class Coverage(_Part):
    """Share of each centre function in the coverage term; the shares sum to one."""

    shares: dict[str, Annotated[float, Field(ge=0)]] = {}

    @field_validator("shares")
    @classmethod
    def _sum_to_one(cls, shares: dict[str, float]) -> dict[str, float]:
        total = sum(shares.values())
        if shares and abs(total - 1) > 1e-9:
            raise ValueError(f"the shares sum to {total:g}; they must sum to 1")
        return shares


class Size(_Part):
    """The size that the size term aims at.

    Attributes
    ----------
    target : int
        Inhabitants of a merger, more than 0. The default is twice the default minimum and about half the
        default maximum: in between in proportion (their geometric mean is 62,450).
    """

    target: Annotated[int, Field(gt=0)] = 60_000


class Scenario(_Part):
    """What is asked of an instance.

    Attributes
    ----------
    name, description : str
        For readers.
    level : {'mergers', 'zones'}
        What the parts of a plan are: mergers, or the reference zones in which mergers are discussed.
    population : Population
        Bounds on a merger, in inhabitants.
    rules : Rules
    requires : Requires
    frames : Frames
    borders : BorderRules
    locks : Locks
    coverage : Coverage
    size : Size
    weights : dict of str to float
        Points for one unit of each term, 0 to a million; terms to be minimised enter with a minus.
    """

    name: str = "scenario"
    description: str = ""
    level: Literal["mergers", "zones"] = "mergers"
    population: Population = Population()
    rules: Rules = Rules()
    requires: Requires = Requires()
    frames: Frames = Frames()
    borders: BorderRules = BorderRules()
    locks: Locks = Locks()
    coverage: Coverage = Coverage()
    size: Size = Size()
    weights: dict[str, Annotated[float, Field(ge=0, le=_HEAVIEST, allow_inf_nan=False)]] = {}

    @field_validator("weights")
    @classmethod
    def _known_terms(cls, weights: dict[str, float]) -> dict[str, float]:
        for name in weights:
            check_term_name(name)
        return weights

    @model_validator(mode="after")
    def _absorbing_within_bounds(self) -> Scenario:
        most = min(self.population.max - self.population.min, (self.population.max - 1) // 2)
        if self.rules.above_max == "absorb" and self.rules.absorb_up_to > most:
            raise ValueError(
                f"rules.absorb_up_to is {self.rules.absorb_up_to}; with these bounds it may be at most {most}"
            )
        return self

    @model_validator(mode="after")
    def _coverage_has_shares(self) -> Scenario:
        if self.weights.get("coverage", 0) > 0 and not self.coverage.shares:
            raise ValueError("the coverage term has a weight but [coverage.shares] names no function")
        return self

    @classmethod
    def preset(cls, name: str) -> Scenario:
        """Give a preset scenario.

        Parameters
        ----------
        name : str
            One of `presets()`.

        Raises
        ------
        InputError
            There is no such preset.
        """
        if name not in presets():
            reject("there is no such preset", suggest(name, presets()), value=name)
        return cls.read(_PRESETS / f"{name}.toml")

    @classmethod
    def read(cls, path: str | Path) -> Scenario:
        """Read a scenario file.

        A key `preset` takes over everything the file does not say itself, table by table.

        Raises
        ------
        InputError
            Lists everything that is wrong with the file.
        """
        path = Path(path)
        problems = Problems()
        text = read_text(path, problems)
        problems.raise_if_any()
        try:
            data = tomllib.loads(text or "")
        except tomllib.TOMLDecodeError as error:
            reject(f"this is not valid TOML ({error})", file=path.name)
        # a file that gives no name is called after itself, not after its preset
        return cls.from_dict({"name": path.stem} | data, file=path.name)

    @classmethod
    def from_dict(cls, data: dict[str, Any], file: str = "scenario") -> Scenario:
        """Validate a scenario given as nested mappings; `file` stands in the messages."""
        data = dict(data)
        base = data.pop("preset", None)
        if base is not None:
            data = _overlay(cls.preset(str(base)).model_dump(), data)
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            problems = Problems()
            note_validation_errors(error, cls, file, problems)
            problems.raise_if_any()
            raise

    @classmethod
    def named(cls, name_or_file: str | Path) -> Scenario:
        """Give a preset by name, or read a file."""
        if str(name_or_file) in presets():
            return cls.preset(str(name_or_file))
        if not Path(name_or_file).exists():
            reject(
                "there is no preset of this name and no such file",
                suggest(str(name_or_file), presets()),
                value=name_or_file,
            )
        return cls.read(name_or_file)

    def to_toml(self) -> str:
        """Write the scenario as TOML that `read` reads back to an equal one."""
        return render_toml(self.model_dump(mode="json"))


def presets() -> list[str]:
    """Names of the preset scenarios."""
    return sorted(path.stem for path in _PRESETS.glob("*.toml"))


_WHOLE = ("weights", "shares")  # a file that names these replaces them as a whole


def _overlay(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Lay the keys of `over` on `base`, table by table."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(value, dict) and isinstance(below, dict) and key not in _WHOLE:
            merged[key] = _overlay(below, value)
        else:
            merged[key] = value
    return merged
