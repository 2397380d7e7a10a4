"""Endpoints of drawing by hand: what can be done with a selection, doing it, and completing the rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from starlette.requests import Request

from ...instances.common.problems import reject
from ...instances.instance import Instance
from ...models.question.unchecked import Unchecked
from .contract.actions import DrawAction
from .contract.drawing import Choice, Choices, CompleteRequest, CompletionData, Drawing, DrawRequest
from .contract.wishes import Selected, WhyNot, why_not_data
from .desk import Desk
from .endpoints import Endpoint
from .states import State
from .wish_routes import indices
from .workers import Message

if TYPE_CHECKING:
    from ...solver import Reason
    from ...solver.drawing.editing import Edit

Groups = list[tuple[int, ...]]


def endpoints(desk: Desk) -> list[Endpoint]:
    """Give the endpoints."""

    async def choices(request: Request, body: Selected) -> Choices:
        state = desk.work(request).state
        who = indices(desk.instance, body.municipalities)
        return await asyncio.to_thread(choices_of, desk.instance, state, who)

    async def draw(request: Request, body: DrawRequest) -> Drawing:
        history = desk.work(request)
        instance = desk.instance
        edit = await asyncio.to_thread(edited, instance, history.state, body)
        possible = bool(edit.changed)
        if not possible or (edit.reason is not None and not body.anyway):
            return Drawing(work=None, reason=_why_not(edit.reason), possible=possible)
        action = DrawAction(
            kind="draw",
            groups=[[instance.codes[i] for i in group] for group in edit.groups],
            said=f"draw.{body.change}",
            municipalities=body.municipalities,
        )
        after = await asyncio.to_thread(desk.works.act, history.id, body.base, action)
        return Drawing(work=after.shown(instance), reason=_why_not(edit.reason), possible=True)

    async def complete(request: Request, body: CompleteRequest) -> AsyncIterator[Message]:
        history = desk.work(request)
        drawn = history.state.drawn
        if drawn is None:
            reject("nothing is drawn by hand", "begin to draw first")
        return desk.stream(
            "answers",
            f"complete {history.id}",
            "complete",
            scenario=history.state.scenario,
            drawn=[list(group) for group in drawn],
            exactly=body.exactly,
        )

    return [
        Endpoint(
            "POST",
            "/api/works/{id}/choices",
            choices,
            "what can be drawn with a selection, and what speaks against it",
            body=Selected,
            answer=Choices,
        ),
        Endpoint(
            "POST",
            "/api/works/{id}/draw",
            draw,
            "change the plan that is drawn by hand",
            body=DrawRequest,
            answer=Drawing,
        ),
        Endpoint(
            "POST",
            "/api/works/{id}/complete",
            complete,
            "the best plan with what is drawn",
            body=CompleteRequest,
            events={"completion": CompletionData},
        ),
    ]


def _groups(instance: Instance, state: State) -> Groups:
    if state.drawn is None:
        reject("nothing is drawn by hand", "begin to draw first")
    return [tuple(sorted(instance.find(code) for code in group)) for group in state.drawn]


def edited(instance: Instance, state: State, body: DrawRequest) -> Edit:
    """Change what is drawn."""
    from ...solver.drawing.editing import join_drawn, move_drawn, split_drawn

    groups, who, asked = _groups(instance, state), indices(instance, body.municipalities), state.asked
    if body.change == "move":
        to = None if body.to is None else indices(instance, [body.to])[0]
        return move_drawn(instance, asked, groups, who, to)
    if body.change == "merge":
        more = [] if body.to is None else indices(instance, [body.to])
        return join_drawn(instance, asked, groups, [*who, *more])
    return split_drawn(instance, asked, groups, who, best=body.best)


def choices_of(instance: Instance, state: State, who: list[int]) -> Choices:
    """List what can be done: with each merger next to the selection, and with its own."""
    from ...solver.drawing.editing import join_drawn, move_drawn, split_drawn

    if not who or state.drawn is None:
        return Choices(choices=[])  # the page may ask while another step ends drawing
    groups, asked = _groups(instance, state), state.asked
    found = []
    held = {i: group for group in groups for i in group}
    own = {held.get(i, (i,)) for i in who}
    neighbours = Unchecked.of(instance, asked).neighbours
    around = sorted({j for i in who for j in neighbours[i]} - set(who))
    near = dict.fromkeys(group for j in around if set(group := held.get(j, (j,))) - set(who))
    for group in near:
        to = next(j for j in group if j not in who)
        found.append(_choice("move", to, group, move_drawn(instance, asked, groups, who, to)))
        if group not in own and any(len(one) > 1 and not set(one) <= set(who) for one in own):
            found.append(_choice("merge", to, group, join_drawn(instance, asked, groups, [*who, to])))
    if len(own) > 1:
        all_of = tuple(sorted(i for group in own for i in group))
        found.append(_choice("merge", None, all_of, join_drawn(instance, asked, groups, who)))
    found.append(_choice("alone", None, tuple(who), move_drawn(instance, asked, groups, who, None)))
    if len(own) == 1 and len(merger := next(iter(own))) > 1:
        if 1 < len(who) < len(merger):
            found.append(_choice("split", None, tuple(who), split_drawn(instance, asked, groups, who)))
        found.append(_choice("best", None, merger, split_drawn(instance, asked, groups, who, best=True)))
    return Choices(choices=[one for one in found if one is not None])


def _choice(change: str, to: int | None, members: tuple[int, ...], edit: Edit) -> Choice | None:
    """Give a choice; None where it would change nothing, and that is plain."""
    if edit.reason is not None and edit.reason.kind in ("there already", "stands alone already"):
        return None
    return Choice.model_validate(
        {
            "change": change,
            "to": to,
            "members": list(members),
            "reason": _why_not(edit.reason),
            "possible": bool(edit.changed),
        }
    )


def _why_not(reason: Reason | None) -> WhyNot | None:
    return None if reason is None else why_not_data(reason)
