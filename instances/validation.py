"""Pydantic's complaints in the words of this project."""

from __future__ import annotations

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
}
"""What pydantic says in the words of Python, by the type of its error."""


def note_validation_errors(
    error: ValidationError, model: type[BaseModel], file: str, problems: Problems
) -> None:
    """Note every validation error of a file, unknown keys with the nearest known one.

    Parameters
    ----------
    error : ValidationError
        What pydantic found.
    model : type of BaseModel
        The model that was validated against.
    file : str
        Name of the file, for the message.
    problems : Problems
        Receives one problem an error.
    """
    for item in error.errors(include_url=False):
        location = [str(part) for part in item["loc"]]
        key = ".".join(location)
        if item["type"] == "extra_forbidden":
            known = _keys_at(model, location[:-1])
            problems.add(f"unknown key '{key}'", suggest(location[-1], known), file=file)
        elif item["type"] == "missing":
            problems.add(f"the key '{key}' is missing", "add it", file=file)
        else:
            what = _IN_PLAIN_WORDS.get(item["type"]) or item["msg"].removeprefix("Value error, ")
            value = item["input"]
            shown = "" if isinstance(value, dict | list) else str(value)
            problems.add(f"{key}: {what}" if key else what, file=file, value=shown)


def _keys_at(model: type[BaseModel], location: list[str]) -> list[str]:
    """Keys that a nested model knows, walking down a location."""
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
        return [field.alias or name for name, field in current.model_fields.items()]
    return []


def _without_none(annotation: Any) -> Any:
    """Take the first real type of an optional one."""
    if get_origin(annotation) in (Union, UnionType):
        return next(kind for kind in get_args(annotation) if kind is not type(None))
    return annotation
