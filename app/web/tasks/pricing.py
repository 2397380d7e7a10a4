"""Prices: what each lock costs, and what a wish would cost before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ....instances.common.problems import InputError
from ....models.question.each_lock import Lock, LockKind, locks_of, with_lock
from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ....solver import LockPrice, RegionResult, diagnose, price_locks, wished_locks
from ....solver.progress import Step
from ..contract.saying import said
from ..contract.scenarios import scenario_of
from ..contract.wishes import PriceData
from .clashing import NO_PLAN, clash_of
from .room import Room

_WITHOUT_PLAN = ("no plan with it", "no plan", "contradiction")


def price_each(room: Room, scenario: dict[str, Any]) -> None:
    """Tell what each lock of a scenario costs, one after the other."""
    asked = scenario_of(scenario)
    instance = framed(room.instance, asked)

    def tell(step: Step) -> None:
        room.say("price", price_data(step.answer))

    touched = {name for lock in locks_of(instance, asked) for name in lock.regions(instance)}
    regions = [name for name in instance.regions if name in touched]
    held = room.resolver.solve(asked, regions=regions, limits=room.limits) if regions else None
    price_locks(room.instance, asked, held, workers=1, limits=room.limits, progress=tell)


def price_wish(
    room: Room, scenario: dict[str, Any], lock: LockKind, municipalities: Sequence[int], level: str = ""
) -> None:
    """Tell what a lock would cost; where no plan can have it, what clashes with it and what is enough."""
    asked = scenario_of(scenario)
    instance = framed(room.instance, asked)
    wish, wished = Lock(lock, tuple(sorted(set(municipalities))), level), asked
    locks = wished_locks(lock, municipalities, level)
    for each in locks:
        wished = with_lock(instance, wished, each)
    regions = wish.regions(instance)
    free = _answers(room, asked, regions)
    try:
        price = price_data(LockPrice(instance, asked, wish, regions, _answers(room, wished, regions), free))
    except InputError as error:
        price = _contradictory(wish, error)
    room.say("price", price)
    for found in diagnose(room.instance, wished, regions) if price.status in _WITHOUT_PLAN else ():
        if found.verdict in NO_PLAN:
            room.say("clash", clash_of(wished, found, locks))


def _answers(room: Room, scenario: Scenario, regions: Sequence[str]) -> tuple[RegionResult, ...]:
    if not regions:
        return ()
    return room.resolver.solve(scenario, regions=regions, limits=room.limits).by_region


def _contradictory(wish: Lock, error: InputError) -> PriceData:
    return PriceData(
        lock=wish.kind,
        municipalities=list(wish.municipalities),
        level=wish.level,
        status="contradiction",
        cost_nano=None,
        proved=True,
        text=said("; ".join(problem.what for problem in error.problems)),
        words=None,
    )


def price_data(price: LockPrice) -> PriceData:
    """Give a price as the page takes it."""
    return PriceData(
        lock=price.lock.kind,
        municipalities=list(price.lock.municipalities),
        level=price.lock.level,
        status=price.status,
        cost_nano=price.cost_nano,
        proved=price.proved,
        text=said(price.text),
        words=said(price.words) if price.words else None,
    )
