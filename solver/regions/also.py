"""What bounds under further columns cost: the same question asked again without them."""

from __future__ import annotations

from dataclasses import replace

from ...instances.common.activity import doing
from ..deadline import Limits
from ..engines import EngineError
from ..results.also_price import price_of
from ..results.result import Result
from .solving import solve


def with_also_price(result: Result, limits: Limits = Limits()) -> Result:
    """Give a result that says what bounds under further columns cost.

    The regions are answered again without these columns, in the same way. Nothing is asked again where the
    scenario has none, nor where a budget binds regions together, so that no region has a price of its own.

    Parameters
    ----------
    result : Result
    limits : Limits
        For answering again; what is not proved within them is priced as far as it is known.

    Returns
    -------
    Result
        With `also_price`; without it where the engine broke down.
    """
    if not result.scenario.columns or any(region.together for region in result.by_region):
        return result
    with doing("finding what population.also costs:"):
        try:
            free = solve(
                result.instance,
                result.scenario.without_columns(),
                regions=[region.name for region in result.by_region],
                engine_name=result.engine,
                formulation=result.formulation,
                workers=result.workers,
                limits=limits,
                seed=result.seed,
            )
        except EngineError:
            return result
    return replace(result, also_price=price_of(result.scenario.columns, result.by_region, free.by_region))
