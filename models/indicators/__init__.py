"""What does a plan do: money, mandates, rates, capacity, access?

One class in one file for each name in `names.py`.
"""

from __future__ import annotations

from importlib import import_module
from typing import get_args

from ...instances.instance import Instance
from ..scenario.demands import Demands
from .base import AdditiveIndicator, Family, Indicator
from .names import INDICATOR_NAMES, check_indicator_name

_CLASSES: dict[str, type[Indicator]] = {}


def add_indicator(indicator: type[Indicator]) -> type[Indicator]:
    """Register the class of an indicator; usable as a decorator.

    The indicators of this package are found by their names and need not be added.
    """
    if indicator.written() not in INDICATOR_NAMES:
        INDICATOR_NAMES.append(indicator.written())
    _CLASSES[indicator.key] = indicator
    return indicator


def indicator_class(name: str) -> type[Indicator]:
    """Give the class of an indicator by its name.

    Raises
    ------
    ValueError
        There is no such indicator, or its argument is missing or too many.
    """
    key, _ = check_indicator_name(name)
    if key not in _CLASSES:
        classes = vars(import_module(f".{key}", __name__)).values()
        _CLASSES[key] = next(c for c in classes if isinstance(c, type) and vars(c).get("key") == key)
    return _CLASSES[key]


def indicator_classes() -> tuple[type[Indicator], ...]:
    """Give the classes of all indicators, in the order of their names."""
    return tuple(indicator_class(name) for name in INDICATOR_NAMES)


def shown_names() -> tuple[str, ...]:
    """Name the indicators that are shown where nobody asks for others, by family."""
    families = get_args(Family)
    kinds = sorted(indicator_classes(), key=lambda kind: families.index(kind.family))
    return tuple(f"{kind.key}({one})" if one else kind.key for kind in kinds for one in kind.arguments)


def build_indicator(name: str, instance: Instance, demands: Demands) -> Indicator:
    """Bind the indicator that a name means to an instance and what is asked of it.

    Raises
    ------
    InputError
        The instance lacks what the indicator needs.
    """
    return indicator_class(name)(instance, demands, check_indicator_name(name)[1])


__all__ = [
    "AdditiveIndicator",
    "Indicator",
    "add_indicator",
    "build_indicator",
    "indicator_class",
    "indicator_classes",
    "shown_names",
]
