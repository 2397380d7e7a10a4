"""Scheme files: what laws and decrees say in numbers, with their source."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ...instances.common.field_types import Number, Whole
from ...instances.common.problems import Problems, reject, suggest
from ...instances.common.toml import parse_toml
from ...instances.common.validation import note_validation_errors
from ..scenario.demands import Demands

_FOLDER = Path(__file__).parent / "schemes"


class SchemePart(BaseModel):
    """Base of all parts of a scheme file: frozen, and without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Scheme(SchemePart):
    """Base of what a scheme file holds.

    Attributes
    ----------
    title : str
    source : str
        Law, decree or publication that the numbers come from.
    note : str
        What is not certain about them.
    """

    KIND: ClassVar[str] = ""
    """What the names of the files of such schemes begin with, followed by a hyphen."""

    title: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    note: str = ""


_Scheme = TypeVar("_Scheme", bound=Scheme)


class Steps(SchemePart):
    """A number that depends on inhabitants by steps.

    Attributes
    ----------
    below : tuple of int
        Ascending: a step ends below its number of inhabitants. The last step has no end.
    values : tuple of float
        One more than ends.
    """

    below: tuple[Annotated[Whole, Field(gt=0)], ...]
    values: tuple[Annotated[Number, Field(ge=0)], ...]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_steps(self.below, self.values)
        return self


def check_steps(below: Sequence[int], values: Sequence[object]) -> None:
    """Make sure that steps are in order, and that each has one value.

    Raises
    ------
    ValueError
        They are not.
    """
    for one, next_one in pairwise(below):
        if one >= next_one:
            raise ValueError(f"the steps are out of order: {next_one:,} follows {one:,}")
    if len(values) != len(below) + 1:
        raise ValueError(
            f"{len(below)} ends of steps need {len(below) + 1} values, not {len(values)}: "
            "the last step has no end"
        )


def read_scheme(path: Path, model: type[_Scheme]) -> _Scheme:
    """Read a scheme file.

    Raises
    ------
    InputError
        Lists everything that is wrong with the file.
    """
    from ...instances.tables.table import read_text

    problems = Problems()
    text = read_text(path, problems)
    problems.raise_if_any()
    return checked_scheme(parse_toml(text or "", path.name), model, path.name)


def checked_scheme(data: dict[str, Any], model: type[_Scheme], file: str) -> _Scheme:
    """Validate a scheme that is given as nested mappings.

    Parameters
    ----------
    data : dict
    model : type of Scheme
    file : str
        Stands in the messages.

    Raises
    ------
    InputError
        Lists everything that is wrong with it.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = Problems()
        note_validation_errors(error, model, file, problems)
        problems.raise_if_any()
        raise


def scheme_names(model: type[Scheme]) -> tuple[str, ...]:
    """List the schemes of the project of a kind, by name, sorted."""
    before = f"{model.KIND}-" if model.KIND else ""
    return tuple(sorted(path.stem.removeprefix(before) for path in _FOLDER.glob(f"{before}*.toml")))


def known_scheme(name: str, model: type[_Scheme]) -> _Scheme:
    """Give a scheme of the project by its name: that of its file, without the kind."""
    found: _Scheme = _cached(name, model)
    return found


@cache
def _cached(name: str, model: type[_Scheme]) -> _Scheme:
    if name not in scheme_names(model):
        reject("there is no such scheme", suggest(name, scheme_names(model)), value=name)
    return read_scheme(_FOLDER / f"{model.KIND}-{name}.toml".removeprefix("-"), model)


def find_scheme(name: str, demands: Demands, model: type[_Scheme]) -> _Scheme:
    """Give the scheme that a name means: of the scenario, of the project, or the path of a file.

    Parameters
    ----------
    name : str
        A name in the table `schemes` of the scenario; otherwise the name of a scheme of the project, or a
        path that ends in ``.toml``.
    demands : Demands
    model : type of Scheme
        Which kind of scheme is meant.

    Raises
    ------
    InputError
        There is no such scheme, or something is wrong with it.
    """
    if name in demands.schemes:
        return checked_scheme(demands.schemes[name], model, f"schemes.{name}")
    if name.endswith(".toml"):
        return read_scheme(Path(name), model)
    known = (*demands.schemes, *scheme_names(model))
    if name not in known:
        reject(
            "there is no such scheme",
            f"{suggest(name, known)}; or give the path of a file that ends in .toml",
            value=name,
        )
    return known_scheme(name, model)
