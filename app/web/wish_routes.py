"""Endpoints of wishes: why a lock cannot be asked for, what it would cost, and what each lock costs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from starlette.requests import Request

from ...instances.common.problems import Problems, reject
from ...instances.instance import Instance
from ...models.question.locks import resolve
from .contract.clashes import Clash
from .contract.scenarios import scenario_of
from .contract.wishes import LOCK_NAMES, PriceData, Reasons, Selected, WhyNot, Wish, why_not_data
from .desk import Desk
from .endpoints import Endpoint
from .workers import Message


def endpoints(desk: Desk) -> list[Endpoint]:
    """Give the endpoints."""

    async def reasons(request: Request, body: Selected) -> Reasons:
        scenario = desk.work(request).state.scenario
        check_level(scenario, body.level)
        selection = indices(desk.instance, body.municipalities)
        return await asyncio.to_thread(reasons_of, desk.instance, scenario, selection, body.level)

    async def price(request: Request, body: Wish) -> AsyncIterator[Message]:
        history = desk.work(request)
        check_level(history.state.scenario, body.level)
        return desk.stream(
            "studies",
            f"price {history.id}",
            "price_wish",
            scenario=history.state.scenario,
            lock=body.lock,
            municipalities=indices(desk.instance, body.municipalities),
            level=body.level,
        )

    async def prices(request: Request, body: None) -> AsyncIterator[Message]:
        history = desk.work(request)
        key = f"prices {history.id}"
        return desk.stream("studies", key, "price_each", scenario=history.state.scenario)

    return [
        Endpoint(
            "POST",
            "/api/works/{id}/reasons",
            reasons,
            "why locks of a selection cannot be asked for",
            body=Selected,
            answer=Reasons,
        ),
        Endpoint(
            "POST",
            "/api/works/{id}/price",
            price,
            "what a lock would cost, and what clashes with it",
            body=Wish,
            events={"price": PriceData, "clash": Clash},
        ),
        Endpoint(
            "GET",
            "/api/works/{id}/prices",
            prices,
            "what each lock of the present state costs",
            events={"price": PriceData},
        ),
    ]


def check_level(scenario: dict[str, object], level: str) -> None:
    """Refuse zones around mergers where none are asked for.

    Raises
    ------
    InputError
    """
    if level and not scenario.get("zones"):
        reject("the scenario does not ask for zones around mergers", "leave the level out", value=level)


def indices(instance: Instance, codes: Sequence[str]) -> list[int]:
    """Look up municipalities.

    Raises
    ------
    InputError
        Some of them are nobody; all of those are listed.
    """
    problems = Problems()
    (found,) = resolve(instance, [codes], "municipalities", problems)
    problems.raise_if_any()
    return list(found)


def reasons_of(
    instance: Instance, scenario: dict[str, object], selection: Sequence[int], level: str = ""
) -> Reasons:
    """Say for each kind of lock why a selection cannot have it."""
    from ...solver import why_not  # not before it is needed: the server starts without it

    asked = scenario_of(scenario)
    told: dict[str, WhyNot | None] = {}
    for kind in LOCK_NAMES:
        reason = why_not(instance, asked, kind, selection, level=level)
        told[kind] = None if reason is None else why_not_data(reason)
    return Reasons(reasons=told)
