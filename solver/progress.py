"""How far a long calculation is: one callback for all of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ..instances.common.deprecated import warn_renamed


@dataclass(frozen=True)
class Step:
    """One part of a long calculation that is done: a region, a merger that is priced, answers of a sweep.

    Attributes
    ----------
    name : str
        What is done; empty where it has no name.
    done, total : int
        How many parts are done, this one included, and how many there are.
    seconds : float
        Wall time of this part.
    answer : object
        What came out, as far as it is known: the `RegionResult` of `solve`, the front of `pareto_front`, the
        ranked plans of `best_plans` and `diverse_plans`, the `RegionCensus` of `census`, the `MergerPrice` of
        `price_mergers`, the weights of `stability`; None in sweeps.
    """

    name: str
    done: int
    total: int
    seconds: float = 0.0
    answer: Any = field(default=None, repr=False)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not hasattr(self.answer, name):
            raise AttributeError(f"a step has no attribute {name!r}")
        warn_renamed(f"{name} of what a progress callback is given", f"step.answer.{name}")
        return getattr(self.answer, name)


Progress: TypeAlias = Callable[[Step], object]
"""Called after each part, in the thread that did it."""


def telling(
    progress: Callable[..., object] | None, before: Callable[[Step], tuple[object, ...]] | None = None
) -> Progress:
    """Make a callback that can always be called.

    Parameters
    ----------
    progress : callable, optional
        What a user gave.
    before : callable, optional
        What callbacks of two arguments and more are called with, as they were before there was `Step`.
    """
    if progress is None:
        return lambda step: None
    if before is None or _arguments(progress) < 2:
        return progress
    warn_renamed("a progress callback of several arguments", "one of a single Step", depth=3)
    return lambda step: progress(*before(step))


def _arguments(function: Callable[..., object]) -> int:
    """How many arguments a function must be given."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):  # some that are not written in Python do not say
        return 1
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(one.kind in kinds and one.default is inspect.Parameter.empty for one in parameters)
