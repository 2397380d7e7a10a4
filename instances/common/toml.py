"""TOML: read with messages that show the line, and written, which the standard library does not do."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any, NoReturn

from .problems import reject

_DEEPEST = 50  # tables within tables; a scenario has four
_LONGEST = 80  # characters of a line that a message shows
_BARE = re.compile(r"[A-Za-z0-9_-]+")

_WHERE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_GROUPED = re.compile(r"=\s*[+-]?\d{1,3}(?:[ .,']\d{3})+(?!\d)")
_LEADING_ZERO = re.compile(r"[=\[,]\s*0\d")
_IN_PLAIN_WORDS = (
    (
        re.compile(r"Cannot overwrite|Duplicate inline table key"),
        "a key stands twice",
        "keep one of them",
    ),
    (re.compile(r"Cannot declare .* twice"), "a table stands twice", "put its keys into one"),
)


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """Read TOML.

    Parameters
    ----------
    text : str
    file : str
        Stands in the message.

    Raises
    ------
    InputError
        It is not valid; the message shows the line.
    """
    try:
        data = tomllib.loads(text)
        _check_depth(data, file)
        return data
    except tomllib.TOMLDecodeError as error:
        _refuse(str(error), text, file)
    except (RecursionError, ValueError):  # brackets in thousands, or a number of thousands of digits
        reject("this is not valid TOML", "name another file", file=file)


def _check_depth(data: dict[str, Any], file: str) -> None:
    """Refuse tables nested by the thousand, which would exhaust the stack of whatever walks them."""
    level: list[object] = [data]
    for _ in range(_DEEPEST):
        level = [
            value
            for table in level
            for value in (
                table.values() if isinstance(table, dict) else table if isinstance(table, list) else ()
            )
        ]
        if not level:
            return
    reject(f"keys and lists are nested more than {_DEEPEST} deep", "name another file", file=file)


def _refuse(message: str, text: str, file: str) -> NoReturn:
    where = _WHERE.search(message)
    row = int(where.group(1)) if where and where.group(1) else 0
    lines = text.split("\n")
    line = lines[row - 1].strip() if 0 < row <= len(lines) else ""
    for pattern, what, remedy in _IN_PLAIN_WORDS:
        if pattern.search(message):
            reject(what, remedy, file=file, row=row, value=line[:_LONGEST])
    remedy = ""
    if _GROUPED.search(line):
        remedy = "write numbers without signs between the digits, as 25000 or 25_000"
    elif _LEADING_ZERO.search(line):
        remedy = "write numbers without zeros in front, and codes that have them in quotes"
    reject(f"this is not valid TOML ({message})", remedy, file=file, row=row, value=line[:_LONGEST])


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
