"""How a scenario file is laid over the preset that it names: one rule for all tables."""

from __future__ import annotations

from typing import Any

from ...instances.common.problems import Problems

REPLACE = "replace"
"""Key of any table that takes nothing over from below."""

_NAMED = ("regions", "shares", "classes", "functions", "layers")
"""Tables whose keys are names, which may be that of the key above."""


def overlay(
    base: dict[str, Any], over: dict[str, Any], file: str, problems: Problems, under: str = ""
) -> dict[str, Any]:
    """Lay the keys of a file on those of a preset, table by table.

    A key of the file goes before that of the preset, a list as a whole. Tables are laid over each other in
    the same way, unless one says ``replace = true``: nothing below it then counts.

    Parameters
    ----------
    base, over : dict
        Nested mappings; not changed.
    file : str
        For messages.
    problems : Problems
        Receives `replace` that is neither true nor false, and tables of weights that change nothing.
    under : str
        What stands before the keys in messages.

    Returns
    -------
    dict
        Without `replace`.
    """
    merged = dict(base)
    for key, value in over.items():
        if not isinstance(value, dict):
            merged[key] = value
            continue
        table, name = dict(value), f"{under}{key}"
        below = merged.get(key)
        known = below if isinstance(below, dict) else {}
        if isinstance(table.get(REPLACE), bool):
            known = {} if table.pop(REPLACE) else known
        elif REPLACE in table and key not in _NAMED:
            problems.add(f"{name}.{REPLACE} must be true or false", file=file, value=table.pop(REPLACE))
        elif key == "weights" and not table and known:
            problems.add(
                f"{name} is empty, which leaves the weights of the preset as they are",
                f"write {REPLACE} = true in it to weigh nothing, or remove it",
                file=file,
            )
        merged[key] = overlay(known, table, file, problems, f"{name}.")
    return merged
