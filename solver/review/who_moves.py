"""Who moves from one plan to another: municipalities that leave their merger for another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..results.mergers import Merger
from ..results.plan import Plan
from ..results.term_text import listed
from .similarity import contingency
from .transfers import counterparts

MoveKind = Literal["moves", "joins", "leaves", "founds"]
"""'moves': from a merger to another; 'joins': from standing alone to a merger; 'leaves': from a merger to
standing alone; 'founds': to a merger that continues none of the first plan."""


@dataclass(frozen=True)
class Move:
    """Municipalities that leave one merger together for another.

    Attributes
    ----------
    municipalities : tuple of int
        Ascending.
    kind : MoveKind
    before, after : tuple of int
        Members of the merger that they leave, in the first plan, and of the one that they are in then.
    from_seat, to_seat : int
        The seats of these, after which they are named.
    inhabitants : int
        Of those who move.
    text : str
        Such as "Lubbeek from Leuven to Aarschot".
    """

    municipalities: tuple[int, ...]
    kind: MoveKind
    before: tuple[int, ...]
    after: tuple[int, ...]
    from_seat: int
    to_seat: int
    inhabitants: int
    text: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Moves:
    """What differs between two plans of the same municipalities.

    Attributes
    ----------
    moves : tuple of Move
        Most inhabitants first.
    municipalities, inhabitants : int
        How many move, and who live there: as few inhabitants as turn one plan into the other.
    partners : int
        Municipalities that have other partners than before, those that stay included.
    mergers : int
        Mergers of two or more, of the second plan, that the first does not have.
    seats : tuple of (int, int)
        Mergers that both have, with another seat: the seat before and after.
    """

    moves: tuple[Move, ...]
    municipalities: int
    inhabitants: int
    partners: int
    mergers: int
    seats: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.moves or self.seats)

    def __str__(self) -> str:
        return "; ".join(move.text for move in self.moves)


def moves_between(
    instance: Instance,
    before: Plan | Sequence[Merger],
    after: Plan | Sequence[Merger],
    *,
    level: Literal["mergers", "zones"] = "mergers",
) -> Moves:
    """Say who moves between two plans: from one alternative to another, or since the last answer.

    A merger continues the one with which it shares most, all mergers together: those who move are as few
    inhabitants as turn one plan into the other; see `transfers`.

    Parameters
    ----------
    instance : Instance
    before, after : Plan, or sequence of Merger
        Of the same municipalities.
    level : {'mergers', 'zones'}
        Which parts of a plan of two levels.

    Raises
    ------
    InputError
        The two do not hold the same municipalities.

    Examples
    --------
    >>> [move.text for move in moves_between(instance, first.plan, second.plan).moves]
    """
    old, new = (_parts(plan, level) for plan in (before, after))
    if sorted(i for part in old for i in part.members) != sorted(i for part in new for i in part.members):
        reject("the two plans do not hold the same municipalities", "compare plans of the same regions")
    found = sorted(_found(instance, old, new), key=lambda move: (-move.inhabitants, move.municipalities))
    had = {part.members: part.seat for part in old}
    changed = [part for part in new if part.members not in had]
    has = {part.members for part in new}
    gone = [part for part in old if part.members not in has]
    reseated = ((had[p.members], p.seat) for p in new if had.get(p.members, p.seat) != p.seat)
    return Moves(
        tuple(found),
        sum(len(move.municipalities) for move in found),
        sum(move.inhabitants for move in found),
        sum(len(part.members) for part in gone),
        sum(len(part.members) > 1 for part in changed),
        tuple(reseated),
    )


def _parts(plan: Plan | Sequence[Merger], level: str) -> Sequence[Merger]:
    if isinstance(plan, Plan):
        return plan.zones if level == "zones" and plan.zones else plan.mergers
    return plan


def _found(instance: Instance, old: Sequence[Merger], new: Sequence[Merger]) -> Iterator[Move]:
    people = instance.population
    shared = contingency([part.members for part in old], [part.members for part in new], people)
    same = counterparts(shared)
    continued = set(same.values())
    for a, b in shared:
        if same.get(a) == b:
            continue
        source, target = old[a], new[b]
        who = tuple(sorted(set(source.members) & set(target.members)))
        kind = _kind(source, target, is_continued=b in continued)
        yield Move(
            who,
            kind,
            source.members,
            target.members,
            source.seat,
            target.seat,
            int(people[list(who)].sum()),
            _text(instance, who, kind, source, target),
        )


def _kind(source: Merger, target: Merger, *, is_continued: bool) -> MoveKind:
    if len(target.members) == 1:
        return "leaves"
    if not is_continued:
        return "founds"
    return "joins" if len(source.members) == 1 else "moves"


def _text(instance: Instance, who: Sequence[int], kind: MoveKind, source: Merger, target: Merger) -> str:
    names = listed([instance.names[i] for i in who])
    home, goal = (_called(instance, part, who) for part in (source, target))
    origin = f" from {home}" if home else ""
    if kind == "leaves":
        return f"{names}{origin}, to stand alone"
    if not goal:
        return f"{names}{origin} to a merger of their own"
    return f"{names}{origin} to {'a new merger with ' if kind == 'founds' else ''}{goal}"


def _called(instance: Instance, part: Merger, who: Sequence[int]) -> str:
    """Name a merger without those who move: after its seat, else after its largest other member."""
    others = [i for i in part.members if i not in who]
    if not others:
        return ""
    seat = part.seat if part.seat in others else max(others, key=lambda i: (int(instance.population[i]), -i))
    return instance.names[seat]
