"""Strict JSON: no key twice, no number that is not finite."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from .problems import Problems, reject


def strict_json(text: str, file: str) -> Any:
    """Read a JSON text in which no key stands twice.

    Parameters
    ----------
    text : str
    file : str
        For messages.

    Returns
    -------
    object
        As `json.loads` gives it.

    Raises
    ------
    InputError
        It is not JSON, an object has a key twice, or a number is not finite; all of them are listed.
    """
    problems = Problems()

    def once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        for key, value in pairs:
            if key in entries:
                problems.add(f"the key '{key}' stands twice in one place", "keep it once", file=file)
            entries[key] = value
        return entries

    def finite(text: str) -> float:
        number = float(text)
        if not math.isfinite(number):
            problems.add("this is no finite number", "correct the figure", file=file, value=text[:40])
        return number

    try:
        data = json.loads(text, object_pairs_hook=once, parse_float=finite, parse_constant=finite)
    except RecursionError:
        reject("the file is nested too deeply to be one that this program wrote", file=file)
    except json.JSONDecodeError as error:
        reject(f"Invalid JSON: {error.msg}, column {error.colno}", file=file, row=error.lineno)
    except ValueError:  # a whole number of thousands of digits
        reject("a number is too long to be one that this program wrote", file=file)
    problems.raise_if_any()
    return data


def json_object(
    text: str, file: str, problems: Problems, *, unlike: str, remedy: str, holding: str
) -> dict[str, Any]:
    """Read a JSON text of others, which must hold an object; NaN is a value.

    Parameters
    ----------
    text : str
    file : str
    problems : Problems
        Receives what is wrong; the object is then empty.
    unlike, remedy : str
        What is wrong with a text that cannot be such a file, and what to do.
    holding : str
        What the object should hold.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"this is not valid JSON ({error.msg}, column {error.colno})"
        problems.add(what, "the file may be cut off; fetch it again", file=file, row=error.lineno)
        return {}
    except (RecursionError, ValueError):  # brackets in thousands, or a number of thousands of digits
        problems.add(unlike, remedy, file=file)
        return {}
    if not isinstance(data, dict):
        problems.add("the file must hold an object", holding, file=file)
        return {}
    return data
