"""What varies in a sweep: lists of values, single settings, ranges to draw from."""

from __future__ import annotations

from math import comb
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field, field_validator, model_validator

from ...instances.common import field_types
from ...instances.common.field_types import Number, People
from .demands import HEAVIEST
from .tables import Part
from .term_names import check_term_name

Whole = People
Weight = Annotated[Number, Field(ge=0, le=HEAVIEST)]
Seed = Annotated[field_types.Whole, Field(ge=0, le=2**31 - 2)]
_Several = Annotated[field_types.Whole, Field(ge=1)]
_N = TypeVar("_N")
_R = TypeVar("_R")


class Bounds(Part, Generic[_N]):
    """Bounds on the inhabitants of a part of a plan; see `tables.Population`."""

    min: _N | None = None
    max: _N | None = None
    floor: _N | None = None
    ceiling: _N | None = None


class Numbers(Part, Generic[_N]):
    """Bounds on the number of parts of each region; see `tables.Count`."""

    min: _N | None = None
    max: _N | None = None


class Target(Part, Generic[_N]):
    """The size that the size term aims at; see `tables.Size`."""

    target: _N | None = None


class Axes(Part, Generic[_N, _R]):
    """What may vary; `_N` is how a whole number is given, `_R` how a weight is.

    Attributes
    ----------
    weights : dict
        By term, which need not be one of the scenario's.
    population, count, size
        As in a scenario.
    """

    weights: dict[str, _R] = Field(default_factory=dict)
    population: Bounds[_N] | None = None
    count: Numbers[_N] | None = None
    size: Target[_N] | None = None

    @field_validator("weights")
    @classmethod
    def _known_terms(cls, weights: dict[str, _R]) -> dict[str, _R]:
        for name in weights:
            check_term_name(name)
        return weights

    def varied(self) -> dict[str, Any]:
        """Give what varies, by the key that it has in a scenario."""
        varied: dict[str, Any] = {f"weights.{term}": value for term, value in self.weights.items()}
        for table in ("population", "count", "size"):
            part = getattr(self, table)
            if part is not None:
                varied |= {f"{table}.{key}": value for key, value in part if value is not None}
        for key in ("locks", "seed"):
            if (value := getattr(self, key, None)) is not None:
                varied[key] = value
        return varied


_Wholes = Annotated[tuple[Whole, ...], Field(min_length=1)]
_Weights = Annotated[tuple[Weight, ...], Field(min_length=1)]


class Grid(Axes[_Wholes, _Weights]):
    """Lists of values; every combination of them is a point.

    Attributes
    ----------
    locks : tuple of str or None
        Names of variants.
    seed : tuple of int or None
    """

    locks: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    seed: Annotated[tuple[Seed, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _something_once(self) -> Grid:
        if not self.varied():
            raise ValueError("the grid is empty; give at least one key a list of values")
        for key, values in self.varied().items():
            if len(set(values)) < len(values):
                raise ValueError(f"{key} has a value twice; remove one of them")
        return self


class Item(Axes[Whole, Weight]):
    """One setting of a list.

    Attributes
    ----------
    locks : str or None
        Name of a variant.
    seed : int or None
    """

    locks: str | None = None
    seed: Seed | None = None


_Wholes2 = tuple[Whole, Whole]
_Weights2 = tuple[Weight, Weight]


class Sample(Axes[_Wholes2, _Weights2]):
    """Points drawn in ranges, or spread evenly over the mixtures of some terms.

    Attributes
    ----------
    method : {'latin', 'lattice'}
        'latin': a Latin hypercube (McKay, Beckman and Conover 1979) in the ranges of weights and bounds.
        'lattice': every way to divide a total among terms in equal steps, the simplex lattice of Scheffé
        (1958).
    points : int or None
        Number of points of a Latin hypercube.
    draw : int
        Seed of the drawing.
    terms : tuple of str
        Among which a lattice divides.
    steps : int or None
        Into which it divides the total.
    total : float or None
        Points that the weights of a lattice sum to; 100 when it is not given.
    """

    method: Literal["latin", "lattice"] = "latin"
    points: _Several | None = None
    draw: Seed = 0
    terms: tuple[str, ...] = ()
    steps: _Several | None = None
    total: Annotated[Number, Field(gt=0, le=HEAVIEST)] | None = None

    @field_validator("terms")
    @classmethod
    def _different_terms(cls, terms: tuple[str, ...]) -> tuple[str, ...]:
        for name in terms:
            check_term_name(name)
        if len(set(terms)) < len(terms):
            raise ValueError("a term is named twice; remove one of them")
        return terms

    @model_validator(mode="after")
    def _fits_its_method(self) -> Sample:
        wrong = self._wrong_for_latin() if self.method == "latin" else self._wrong_for_lattice()
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def _wrong_for_latin(self) -> list[str]:
        wrong = [
            f"{key} belongs to method 'lattice'; remove it" for key in ("terms", "steps", "total")
            if getattr(self, key)
        ]  # fmt: skip
        if self.points is None:
            wrong.append("a Latin hypercube needs the number of its points; add points = 100")
        if not self.varied():
            wrong.append("the sample is empty; give at least one range, as in weights.distance = [0, 10]")
        for key, (low, high) in self.varied().items():
            if low > high:
                wrong.append(f"{key}: the range is upside down ({low:g} is above {high:g}); exchange them")
        return wrong

    def _wrong_for_lattice(self) -> list[str]:
        wrong = []
        if self.varied():
            given = ", ".join(self.varied())
            wrong.append(f"a lattice takes no ranges ({given}); name its terms in terms = [...]")
        if self.points is not None:
            wrong.append("points belongs to method 'latin'; a lattice has as many as steps and terms make")
        if len(self.terms) < 2:
            wrong.append("a lattice divides points among two terms or more; name them in terms = [...]")
        if self.steps is None:
            wrong.append("a lattice needs the number of its steps; add steps = 10")
        return wrong

    @property
    def number(self) -> int:
        """Number of points."""
        if self.method == "latin":
            return self.points or 0
        return comb((self.steps or 0) + len(self.terms) - 1, len(self.terms) - 1)

    @property
    def keys(self) -> list[str]:
        """What varies, by the key that it has in a scenario."""
        return [*self.varied(), *(f"weights.{term}" for term in self.terms)]
