"""A reason against a lock or a change of a drawn plan: what it is about, and a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ...models.question.each_lock import Lock
from ...models.question.unchecked import Group

ReasonKind = Literal[
    "nothing selected",
    "one selected",
    "not two selected",
    "different regions",
    "apart by region",
    "stands alone by rule",
    "stands alone already",
    "above the maximum",
    "not connected",
    "frame",
    "locked already",
    "lock",
    "no facility municipality",
    "takes part already",
    "no border",
    "border already",
    "there already",
    "no common border",
    "falls apart",
    "not in one merger",
    "too many ways",
    "contradiction",
]
"""Why not, in the order in which it is looked at, with what `Reason` says of each:

- 'nothing selected', 'one selected', 'not two selected';
- 'different regions': `municipalities` in two or more regions, and no merger crosses one; 'apart by region';
- 'stands alone by rule': `municipalities` that do, by the rule `name`; 'stands alone already';
- 'above the maximum': together, by `number` inhabitants;
- 'not connected': the `pieces`, and `between`, which would join them;
- 'frame': a layer `name` that keeps `municipalities` apart;
- 'locked already': by `lock`; 'lock': `lock` says otherwise;
- 'no facility municipality', 'takes part already': for the facility rule;
- 'no border', 'border already': between the two;
- of plans that are drawn: 'there already'; 'no common border' with `municipalities`; 'falls apart' into
  `pieces`, what is left of a merger or one side of it; 'not in one merger'; 'too many ways' to split it;
- 'contradiction': something else, which the text says."""


@dataclass(frozen=True)
class Reason:
    """Why a lock cannot be asked for.

    Attributes
    ----------
    kind : ReasonKind
    text : str
        A sentence without a full stop.
    municipalities : tuple of int
        Those that it is about, ascending.
    number : int or None
        Inhabitants too many.
    name : str
        Of a rule ('facility', 'above_max', 'merged', 'isolated') or a layer.
    lock : Lock or None
        The lock that it is about.
    pieces : tuple of tuple of int
        Connected pieces of the selection.
    between : tuple of int
        Municipalities that would join the pieces.
    """

    kind: ReasonKind
    text: str
    municipalities: Group = ()
    number: int | None = None
    name: str = ""
    lock: Lock | None = field(default=None)
    pieces: tuple[Group, ...] = ()
    between: Group = ()

    def __str__(self) -> str:
        return self.text
