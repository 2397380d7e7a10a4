"""Writing TOML; the standard library only reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def render_toml(data: Mapping[str, object]) -> str:
    """Render nested mappings of strings, numbers, booleans and lists as TOML.

    Parameters
    ----------
    data : mapping
        Values are str, bool, int, float, lists of these, or mappings; None is left out.

    Returns
    -------
    str
        Text that `tomllib.loads` reads back to the same data.
    """
    return "\n".join(_table(data, ())).strip() + "\n"


def _table(data: Mapping[str, object], path: tuple[str, ...]) -> list[str]:
    lines = []
    plain = {
        key: value for key, value in data.items() if not isinstance(value, Mapping) and value is not None
    }
    if path and (plain or not data):
        lines += ["", "[" + ".".join(_key(part) for part in path) + "]"]
    lines += [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in data.items():
        if isinstance(value, Mapping):
            lines += _table(value, (*path, key))
    return lines


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case int() | float():
            return repr(value)
        case list() | tuple():
            return "[" + ", ".join(_value(item) for item in value) + "]"
        case _:
            raise TypeError(f"TOML has no form for {type(value).__name__}")
