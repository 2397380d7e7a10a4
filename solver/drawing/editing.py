"""A drawn plan changed by hand: municipalities moved, mergers joined and split."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...instances.instance import Instance
from ...models.question.unchecked import Group, Unchecked
from ...models.scenario.scenario import Scenario
from ..results.term_text import listed
from ..review.reason import Reason, ReasonKind
from .drawn_plan import checked_groups
from .splitting import best_side

Groups = tuple[Group, ...]


@dataclass(frozen=True)
class Edit:
    """What a drawn plan becomes.

    Attributes
    ----------
    groups : tuple of tuple of int
        The mergers after the change, by first member, whatever speaks against it; as they were where nothing
        can be meant by it.
    reason : Reason or None
        What speaks against it: it would break a rule that nothing drawn later can mend.
    changed : tuple of tuple of int
        Mergers that were not there before.
    """

    groups: Groups
    reason: Reason | None
    changed: Groups

    @property
    def allowed(self) -> bool:
        """Whether nothing speaks against it."""
        return self.reason is None


def move_drawn(
    instance: Instance,
    scenario: Scenario,
    groups: Iterable[Iterable[int]],
    municipalities: Iterable[int],
    to: int | None,
    *,
    level: str = "",
) -> Edit:
    """Move municipalities to the merger of another one.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Its borders and rules say what may be.
    groups : iterable of iterables of int
        Members of each merger; municipalities may be in none.
    municipalities : iterable of int
        Those that move, out of one merger or several.
    to : int or None
        A municipality of the merger that they move to; None lets them stand alone, each by itself.
    level : {'', 'zones'}
        'zones' for zones of a nested scenario.

    Returns
    -------
    Edit

    Examples
    --------
    >>> edit = move_drawn(instance, scenario, [[3, 4], [7, 8]], [4], to=7)
    >>> edit.groups, edit.reason
    """
    of, before = Unchecked.of(instance, scenario, level), checked_groups(instance, groups)
    who = tuple(sorted(set(municipalities)))
    goal = () if to is None else _group_of(before, to)
    if not who:
        return Edit(before, Reason("nothing selected", "no municipality is selected"), ())
    if set(who) <= set(goal) or (to is None and all((i,) in before for i in who)):
        text = f"{_names(of, who)} {'is' if len(who) == 1 else 'are'} there already"
        return Edit(before, Reason("there already", text, who), ())
    left = [tuple(i for i in group if i not in who) for group in before if group != goal]
    new = [(i,) for i in who] if to is None else [tuple(sorted({*goal, *who}))]
    reason = None if to is None else _against_joining(of, new[0], [goal, *_grouped(before, who)])
    reason = reason or _against_leaving(of, before, who, goal)
    return _edit(before, [*left, *new], reason)


def join_drawn(
    instance: Instance,
    scenario: Scenario,
    groups: Iterable[Iterable[int]],
    municipalities: Iterable[int],
    *,
    level: str = "",
) -> Edit:
    """Join the mergers of some municipalities to one.

    Parameters
    ----------
    instance, scenario, groups, level
        See `move_drawn`.
    municipalities : iterable of int
        One or more of each merger that is joined; one in no merger joins by itself.
    """
    of, before = Unchecked.of(instance, scenario, level), checked_groups(instance, groups)
    joined = sorted({_group_of(before, i) for i in municipalities})
    if len(joined) < 2:
        text = "only one merger is selected" if joined else "no municipality is selected"
        kind: ReasonKind = "one selected" if joined else "nothing selected"
        return Edit(before, Reason(kind, text, joined[0] if joined else ()), ())
    new = tuple(sorted(i for group in joined for i in group))
    others = [group for group in before if group not in joined]
    return _edit(before, [*others, new], _against_joining(of, new, joined))


def split_drawn(
    instance: Instance,
    scenario: Scenario,
    groups: Iterable[Iterable[int]],
    municipalities: Iterable[int],
    *,
    best: bool = False,
    level: str = "",
) -> Edit:
    """Split a merger in two: those that are named, and the others; or as well as can be.

    Parameters
    ----------
    instance, scenario, groups, level
        See `move_drawn`.
    municipalities : iterable of int
        One side; with `best` any members.
    best : bool
        Of all ways to split the merger in two connected sides, take the one that parts the fewest that locks
        hold together, then misses the bounds by the fewest inhabitants, then scores most.
    """
    of, before = Unchecked.of(instance, scenario, level), checked_groups(instance, groups)
    side = tuple(sorted(set(municipalities)))
    if not side:
        return Edit(before, Reason("nothing selected", "no municipality is selected"), ())
    group = _group_of(before, side[0])
    if not set(group).issuperset(side):
        text = f"{_names(of, side)} are not in one merger"
        return Edit(before, Reason("not in one merger", text, side), ())
    if len(group) < 2:
        text = f"{_names(of, group)} stands alone already"
        return Edit(before, Reason("stands alone already", text, group), ())
    if best:
        found = best_side(of, group)
        if isinstance(found, Reason):
            return Edit(before, found, ())
        side = found
    rest = tuple(i for i in group if i not in side)
    if not rest:
        text = f"{_names(of, side)} are the whole merger: select one side of it"
        return Edit(before, Reason("not in one merger", text, side), ())
    reason = _torn(of, side, group) or _torn(of, rest, group)
    return _edit(before, [*(one for one in before if one != group), side, rest], reason)


def _edit(before: Groups, groups: Iterable[Group], reason: Reason | None) -> Edit:
    after = tuple(sorted(group for group in groups if group))
    return Edit(after, reason, tuple(group for group in after if group not in before))


def _group_of(groups: Groups, i: int) -> Group:
    return next((group for group in groups if i in group), (i,))


def _grouped(groups: Groups, who: Sequence[int]) -> list[Group]:
    """Those who move, by the mergers that they come from."""
    inside = [tuple(i for i in group if i in who) for group in groups]
    held = {i for group in groups for i in group}
    return [group for group in inside if group] + [(i,) for i in who if i not in held]


def _against_joining(of: Unchecked, new: Group, joined: Sequence[Group]) -> Reason | None:
    """What speaks against a merger of some groups, whatever else is drawn later."""
    instance = of.instance
    regions = sorted({instance.regions[instance.region[i]] for i in new})
    if len(regions) > 1:
        text = f"{_names(of, new)} are in different regions ({', '.join(regions)}), and no merger crosses one"
        return Reason("different regions", text, new)
    merged = {i for lock in of.kept for i in lock.municipalities if len(lock.municipalities) > 1}
    for i in new:
        if i in of.alone and i not in merged:
            text = f"{instance.names[i]} stands alone by rule"
            return Reason("stands alone by rule", text, (i,), name=of.alone[i])
    pieces = of.pieces(new)
    if len(pieces) > max(len(of.pieces(group)) for group in joined if group):
        told = " | ".join(_names(of, piece) for piece in pieces)
        return Reason("no common border", f"they share no border: {told}", new, pieces=tuple(pieces))
    return None


def _against_leaving(of: Unchecked, before: Groups, who: Sequence[int], goal: Group) -> Reason | None:
    """A merger that those who move would cut apart."""
    for group in before:
        rest = tuple(i for i in group if i not in who)
        if group != goal and rest and rest != group:
            reason = _torn(of, rest, group)
            if reason is not None:
                return reason
    return None


def _torn(of: Unchecked, rest: Group, group: Group) -> Reason | None:
    """What is left of a merger that is in more pieces than it was."""
    pieces = of.pieces(rest)
    if len(pieces) <= max(1, len(of.pieces(group))):
        return None
    told = " | ".join(_names(of, piece) for piece in pieces)
    text = f"{_names(of, rest)} would fall apart into {len(pieces)} pieces: {told}"
    return Reason("falls apart", text, rest, pieces=tuple(pieces))


def _names(of: Unchecked, group: Iterable[int]) -> str:
    return listed([of.instance.names[i] for i in group])
