"""Who answers scenarios one after the other: a resolver that knows earlier answers, or each afresh."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..results.result import Result
from .resolver import Resolver
from .solving import solve


def solver_of(
    instance: Instance, resolver: Resolver | None, engine_name: str, workers: int | None
) -> Callable[..., Result]:
    """Give a function of a scenario, with the other options of `solve`.

    Raises
    ------
    InputError
        The resolver is for another instance.
    """
    if resolver is None:
        return partial(solve, instance, engine_name=engine_name, workers=workers)
    given = instance if instance.given is None else instance.given
    if resolver.instance is not given and resolver.instance.hash_with(()) != given.hash_with(()):
        reject("the resolver is for another instance", "give it the one that it was made for")
    return partial(resolver.solve, engine_name=engine_name, workers=workers or 1)
