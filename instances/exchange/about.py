"""What the program says of an instance in a graph that it wrote, read with all checks: files are edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from ..common.problems import Problems
from ..common.validation import note_validation_errors
from ..header import CORE, OPTIONAL, Header
from .dual_graph import ABOUT
from .roles import NAMED, SINGLE, Roles
from .values import text_of

_ROLES = "roles"


def header_of(about: Mapping[str, Any], file: str, problems: Problems) -> Header | None:
    """Read what is said of an instance as a whole; None where nothing is, or where it cannot be used."""
    if not about:
        return None
    try:
        return Header.model_validate({key: _written(said) for key, said in about.items() if key != _ROLES})
    except ValidationError as error:
        note_validation_errors(error, Header, file or ABOUT, problems)
    return None


def _written(said: Any) -> Any:
    """Give what files can hold of texts, however deep they stand."""
    if isinstance(said, Mapping):
        return {text_of(key): _written(value) for key, value in said.items()}
    return text_of(said) if isinstance(said, str) else said


def roles_of(about: Mapping[str, Any], file: str, problems: Problems) -> Mapping[str, Any]:
    """Read which attribute is what, by role; empty where nothing says it."""
    given = about.get(_ROLES, {})
    said: Mapping[str, Any] = given if isinstance(given, Mapping) else {"": given}
    for key, value in said.items():
        if key in NAMED:
            is_sound = isinstance(value, Mapping) and all(
                isinstance(one, str) and one for pair in value.items() for one in pair
            )
        else:
            is_sound = key in (*SINGLE, "length") and isinstance(value, str)
        if not is_sound:
            what = "this does not say which attribute is what"
            problems.add(
                what, "remove it, and name the attributes", file=file, column=f"{ABOUT}.{_ROLES}.{key}"
            )
    return said


def check_own_names(roles: Roles, file: str, problems: Problems) -> None:
    """Note names of columns that an instance folder could not tell apart."""
    taken = {"attributes": {*CORE, *OPTIONAL}, "texts": {*CORE, *OPTIONAL, *roles.attributes}}
    for key in NAMED:
        for name in getattr(roles, key):
            if name in taken.get(key, {"nis"}):
                what, remedy = "every instance has a column of this name", "give it another: NAME=ATTRIBUTE"
                problems.add(what, remedy, file=file, column=key, value=name)
