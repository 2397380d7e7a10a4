"""How a scenario file is laid over the preset that it names: one rule for all tables."""

from __future__ import annotations

from typing import Any

from ...instances.common.problems import Problems

REPLACE = "replace"
"""Key of any table that takes nothing over from below."""

_SOFTENED = {"floor": "min", "ceiling": "max"}
"""Keys of `population` that make a bound soft, with the bound."""

_PRICED = {"merged": "stacking", "enclosed": "detached"}
"""Rules that may be "priced", with the term that is their price."""

_NAMED = ("regions", "shares", "classes", "functions", "layers", "schemes")
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


def without_lost_prices(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Take out of a preset what makes no sense under the bounds and weights of a file.

    A bound that the file sets is hard unless it says itself how soft. Where it replaces all weights, what the
    preset leaves to their prices goes with them: soft bounds, and rules that are "priced".

    Parameters
    ----------
    base, over : dict
        What one level asks, in nested mappings; not changed.

    Returns
    -------
    dict
        The preset, to be laid below the file.
    """
    population, rules = _copied(base, "population"), _copied(base, "rules")
    own, weights = _copied(over, "population"), _copied(over, "weights")
    unpriced = weights.get(REPLACE) is True
    for soft, bound in _SOFTENED.items():
        if bound in own or (unpriced and "shortfall" not in weights):
            population.pop(soft, None)
    for rule, term in _PRICED.items():
        if unpriced and term not in weights and rules.get(rule) == "priced":
            del rules[rule]
    changed = {"population": population, "rules": rules}
    return {**base, **{key: table for key, table in changed.items() if key in base}}


def _copied(tables: dict[str, Any], key: str) -> dict[str, Any]:
    table = tables.get(key)
    return dict(table) if isinstance(table, dict) else {}
