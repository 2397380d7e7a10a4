"""Scheme files: what laws and decrees say in numbers, with their source."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ...instances.common.field_types import Number, Whole
from ...instances.common.problems import Problems, reject, suggest
from ...instances.common.toml import parse_toml
from ...instances.common.validation import note_validation_errors

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

    title: str
    source: str
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
        for one, next_one in pairwise(self.below):
            if one >= next_one:
                raise ValueError(f"the steps are out of order: {next_one:,} follows {one:,}")
        if len(self.values) != len(self.below) + 1:
            raise ValueError(
                f"{len(self.below)} ends of steps need {len(self.below) + 1} values, not {len(self.values)}: "
                "the last step has no end"
            )
        return self


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
    try:
        return model.model_validate(parse_toml(text or "", path.name))
    except ValidationError as error:
        note_validation_errors(error, model, path.name, problems)
        problems.raise_if_any()
        raise


@cache
def known_scheme(name: str, model: type[_Scheme]) -> _Scheme:
    """Give a scheme of the project by the name of its file."""
    names = sorted(path.stem for path in _FOLDER.glob("*.toml"))
    if name not in names:
        reject("there is no such scheme", suggest(name, names), value=name)
    return read_scheme(_FOLDER / f"{name}.toml", model)
