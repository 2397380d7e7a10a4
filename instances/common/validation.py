"""Validation errors of pydantic, in the words of this project."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from .problems import Problems, suggest

_IN_PLAIN_WORDS = {
    "tuple_type": "must be a list, in square brackets",
    "list_type": "must be a list, in square brackets",
    "dict_type": "must be a table of keys and values",
    "model_type": "must be a table of keys and values",
    "model_attributes_type": "must be a table of keys and values",
    "string_type": "must be text, in quotes",
    "string_too_short": "must not be empty",
    "int_type": "must be a whole number, without quotes",
    "int_parsing": "must be a whole number, without quotes",
    "int_parsing_size": "is far too large",
    "float_type": "must be a number, without quotes",
    "float_parsing": "must be a number, without quotes",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false, without quotes",
    "bool_parsing": "must be true or false, without quotes",
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be at most {le}",
    "less_than": "must be less than {lt}",
    "too_short": "needs at least {min_length}; these are {actual_length}",
    "too_long": "holds at most {max_length}; these are {actual_length}",
    "literal_error": "must be {expected}",
}
"""Plain words for pydantic's types of errors."""

_LONGEST = 80
"""Characters of a value that a message shows at most."""


def note_validation_errors(
    error: ValidationError, model: type[BaseModel], file: str, problems: Problems
) -> None:
    """Note every validation error of a file, unknown keys with the nearest known one.

    Parameters
    ----------
    error : ValidationError
        The errors, as pydantic raised them.
    model : type of BaseModel
        The model that was validated against.
    file : str
        Name of the file, for the message.
    problems : Problems
        Receives one problem an error.
    """
    errors = error.errors(include_url=False)
    for item in errors:
        if item["type"] == "too_short" and _has_wrong_entries(item["loc"], errors):
            continue  # those that are wrong were not counted
        location = list(item["loc"])
        key = _place(location)
        if item["type"] == "extra_forbidden":
            known = _keys_at(model, [str(part) for part in location[:-1]])
            problems.add(f"unknown key '{key}'", suggest(str(location[-1]), known), file=file)
        elif item["type"] == "missing" and isinstance(location[-1], int):
            what = f"{_place(location[:-1])}: entry {location[-1] + 1} is missing"
            problems.add(what, "add it", file=file)
        elif item["type"] == "missing":
            problems.add(f"the key '{key}' is missing", "add it", file=file)
        else:
            what, remedy = _in_words(item["type"], item["msg"], item["input"], item.get("ctx", {}))
            value = item["input"]
            shown = "" if isinstance(value, dict | list | tuple) else str(value)
            shown = shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "..."
            problems.add(f"{key}: {what}" if key else what, remedy, file=file, value=shown)


def _has_wrong_entries(place: tuple[int | str, ...], errors: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether an entry of the list at a place is wrong."""
    return any(len(item["loc"]) > len(place) and item["loc"][: len(place)] == place for item in errors)


def _place(location: Sequence[int | str]) -> str:
    """Name a place in a file: keys with points between them, places in lists counted from one."""
    text = ""
    for before, part in zip(("", *location), location, strict=False):
        if part == "[key]":
            continue
        if isinstance(part, int):
            text += f", entry {part + 1}"
        else:
            text += f", {part}" if isinstance(before, int) else f".{part}"
    return text.removeprefix(".").removeprefix(", ")


def _in_words(kind: str, message: str, value: object, context: Mapping[str, Any]) -> tuple[str, str]:
    """Say what is wrong with a value, and what to write instead."""
    if kind in ("int_type", "int_from_float") and isinstance(value, float):
        return "must be a whole number, without a decimal point", _whole(value)
    words = _IN_PLAIN_WORDS.get(kind)
    if words is None:
        return message.removeprefix("Value error, "), ""
    return words.format(**{key: _shown(number) for key, number in context.items()}), ""


def _shown(value: object) -> object:
    """Write a bound with separators between thousands."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}" if isinstance(value, int) else value


def _whole(value: float) -> str:
    """Suggest what a number with a decimal point may mean where a whole one is needed.

    Many countries write thousands as three digits behind a point, which TOML reads as a fraction.
    """
    if not abs(value) < 1e15:  # more than any limit, infinite, or no number
        return "write digits only"
    thousands = round(value * 1000)
    if thousands and abs(value) < 1000 and math.isclose(thousands, value * 1000):
        either = f"write {thousands} or {thousands:_} if thousands are meant"
        return f"{either}, {value:.0f} if not" if value.is_integer() else either
    return f"write {value:.0f}"


def _keys_at(model: type[BaseModel], location: list[str]) -> list[str]:
    """List the keys that a nested model knows at a location.

    A model may name further keys in `FILE_KEYS`, which are read before it is validated.
    """
    current: Any = model
    for part in location:
        current = _without_none(current)
        if isinstance(current, type) and issubclass(current, BaseModel):
            fields = {(field.alias or name): field for name, field in current.model_fields.items()}
            current = fields[part].annotation if part in fields else None
        else:
            # a list item or a mapping entry: go on with the type of its values
            arguments = get_args(current) if get_origin(current) in (dict, list, tuple) else ()
            kinds = [kind for kind in arguments if kind is not Ellipsis]
            current = kinds[-1] if kinds else None
    current = _without_none(current)
    if isinstance(current, type) and issubclass(current, BaseModel):
        keys = [field.alias or name for name, field in current.model_fields.items()]
        return [*getattr(current, "FILE_KEYS", ()), *keys]
    return []


def _without_none(annotation: Any) -> Any:
    """Take the first real type of an optional one."""
    if get_origin(annotation) in (Union, UnionType):
        return next(kind for kind in get_args(annotation) if kind is not type(None))
    return annotation
