"""Endpoint of changes: who moves between two plans."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.requests import Request

from ...instances.common.problems import reject
from ...instances.instance import Instance
from .contract.changes import ChangesData, PartGiven, TwoPlans, changes_data
from .desk import Desk
from .endpoints import Endpoint

if TYPE_CHECKING:
    from ...solver import Merger


def endpoints(desk: Desk) -> list[Endpoint]:
    """Give the endpoints."""

    async def changes(request: Request, body: TwoPlans) -> ChangesData:
        return await asyncio.to_thread(changes_between, desk.instance, body)

    return [
        Endpoint(
            "POST",
            "/api/changes",
            changes,
            "who moves between two plans of the same municipalities",
            body=TwoPlans,
            answer=ChangesData,
        )
    ]


def changes_between(instance: Instance, plans: TwoPlans) -> ChangesData:
    """Say who moves between two plans.

    Raises
    ------
    InputError
        One of them is no plan, or the two do not hold the same municipalities.
    """
    from ...solver import moves_between  # not before it is needed: the server starts without it

    before, after = (_parts(instance, parts) for parts in (plans.before, plans.after))
    return changes_data(moves_between(instance, before, after))


def _parts(instance: Instance, given: Sequence[PartGiven]) -> list[Merger]:
    from ...solver import Merger

    seen: set[int] = set()
    parts = []
    for part in given:
        members = tuple(sorted(part.members))
        if members[-1] >= len(instance):
            reject("there is no such municipality", f"their numbers end at {len(instance) - 1}")
        if seen.intersection(members) or len(set(members)) < len(members):
            reject("a municipality is in two mergers of one plan", "give each of them once")
        if part.seat not in members:
            reject("the seat of a merger is not one of its members", "name a member", value=str(part.seat))
        seen.update(members)
        parts.append(Merger(members, part.seat, "", (), 0))
    return parts
