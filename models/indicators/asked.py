"""Indicators that a scenario weighs or bounds, and the data on which its answer rests because of them."""

from __future__ import annotations

from collections.abc import Iterator

from ...instances.instance import Instance
from ..scenario.demands import Demands
from ..scenario.scenario import Scenario
from ..scenario.term_names import check_term_name
from . import build_indicator


def asked_indicators(demands: Demands) -> Iterator[str]:
    """Name the indicators that are weighed as terms or have a budget, at one level."""
    for name in demands.weights:
        key, argument = check_term_name(name)
        if key == "effect":
            yield argument
    yield from demands.budgets


def data_columns(instance: Instance, scenario: Scenario) -> tuple[str, ...]:
    """Name the columns on which an answer rests beside those that `Instance.hash` always covers.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario

    Returns
    -------
    tuple of str
        Columns of inhabitants under which bounds hold, and all that the indicators read which are weighed
        or bounded; each once. Those of an indicator for which the instance lacks something are left out,
        since there is no answer then.
    """
    columns = list(scenario.columns)
    for level in scenario.levels:
        for name in asked_indicators(level):
            try:
                indicator = build_indicator(name, instance, level)
            except ValueError:
                continue
            columns += [column.partition(".")[2] for column in indicator.columns]
    return tuple(dict.fromkeys(columns))


def data_hash(instance: Instance, scenario: Scenario) -> str:
    """SHA-256 of all data that can change the answer to a scenario; see `Instance.hash_with`."""
    return instance.hash_with(data_columns(instance, scenario))
