"""One check for each rule; each goes through all parts of one level and yields all that is wrong."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from .agreements import check_existing, check_locked_seats, check_locks
from .borders import borders_that_count
from .budgets import check_budgets
from .exempt import is_above_max, stands_by_rule
from .level import Level, Part
from .readings import has_column, inhabitants_of, inhabitants_under
from .rules import check_enclosed, check_frames, check_requirements
from .scores import check_scores, check_seats, check_terms
from .unclear import check_names
from .violation import Violation
from .words import listed, named

# Cover, regions, contiguity


def _check_cover(level: Level) -> Iterator[Violation]:
    """Every municipality of the scope exactly once, and no other."""
    instance = level.instance
    held = Counter(i for part in level.stated for i in part.members)
    for i in sorted(level.scope - held.keys()):
        yield Violation("missing", f"{instance.label(i)} is in no {level.noun}", (i,))
    for i, times in sorted(held.items()):
        if not 0 <= i < len(instance):
            text = f"the plan holds number {i}; the municipalities are numbered 0 to {len(instance) - 1}"
            yield Violation("unknown", text, (i,))
        elif i not in level.scope:
            region = instance.regions[instance.region[i]]
            text = f"{instance.label(i)} is in {region}, which is no region of this plan"
            yield Violation("region", text, (i,))
        if times > 1 and 0 <= i < len(instance):
            where = "the plan" if level.noun == "merger" else f"the {level.noun}s"
            yield Violation("twice", f"{instance.label(i)} is in {where} {times} times", (i,))
    for place, part in enumerate(level.stated, 1):
        if not part.members:
            yield Violation("missing", f"{level.noun} {place} of the plan has no members")


def _check_regions(level: Level) -> Iterator[Violation]:
    """No part crosses a reference region."""
    instance = level.instance
    for part in level.parts:
        regions = sorted({instance.regions[instance.region[i]] for i in part})
        if len(regions) > 1:
            lies = f"lies in {len(regions)} regions: {', '.join(regions)}"
            yield Violation("region", f"{level.named(part)} {lies}", part, lies)


def _check_contiguity(level: Level) -> Iterator[Violation]:
    """Every part is connected in the graph of borders."""
    near: dict[int, set[int]] = {i: set() for part in level.parts for i in part}
    for a, b in borders_that_count(level.instance, level.scenario):
        if a in near and b in near:
            near[a].add(b)
            near[b].add(a)
    for part in level.parts:
        pieces = _pieces(part, near)
        if len(pieces) > 1:
            pieced = " | ".join(listed(level.instance, piece) for piece in pieces)
            text = f"{level.named(part)} falls apart into {len(pieces)} pieces: {pieced}"
            yield Violation("disconnected", text, part, _apart(level, pieces))


def _pieces(part: Sequence[int], near: Mapping[int, set[int]]) -> list[list[int]]:
    """Give the connected pieces of a part, from neighbour to neighbour."""
    left, pieces = set(part), []
    while left:
        reached, edge = set(), {min(left)}
        while edge:
            reached |= edge
            left -= edge
            edge = {b for a in edge for b in near[a]} & left
        pieces.append(sorted(reached))
    return pieces


def _apart(level: Level, pieces: Sequence[Sequence[int]]) -> str:
    """Say which municipalities lie apart from the piece with the most inhabitants, or how all lie."""
    instance = level.instance
    if len(pieces) > 2:
        pieced = " | ".join(named(instance, piece) for piece in pieces)
        return f"not connected, {len(pieces)} pieces: {pieced}"
    smaller = min(pieces, key=lambda piece: inhabitants_of(instance, piece))
    lie = "lies" if len(smaller) == 1 else "lie"
    return f"not connected: {named(instance, smaller)} {lie} apart"


# Inhabitants and numbers


def _check_bounds(level: Level) -> Iterator[Violation]:
    """Inhabitants within the hard bounds, except of parts that stand alone by rule or are kept."""
    instance, scenario = level.instance, level.scenario
    for part in level.parts:
        if not part or level.reason(part):
            continue
        inhabitants = inhabitants_of(instance, part)
        has = f"{level.named(part)} has {inhabitants:,} inhabitants"
        cities = [i for i in part if is_above_max(i, instance, scenario)]
        if inhabitants < level.smallest:
            text = f"{has}, fewer than the minimum of {level.smallest:,}"
            yield Violation("too_small", text, part, _below(level, inhabitants))
        if len(cities) == 1 and scenario.rules.above_max == "absorb":
            yield from _check_absorbed(level, part, cities[0], has)
        elif inhabitants > level.largest:
            text = f"{has}, more than the maximum of {level.largest:,}"
            yield Violation("too_large", text, part, _above(level, inhabitants))
        elif len(cities) > 1:
            most = scenario.population.max
            holds = f"holds {len(cities)} municipalities with more than {most:,} inhabitants each"
            text = f"{level.named(part)} {holds}: {listed(instance, cities)}"
            yield Violation("too_large", text, part, f"{holds}: {named(instance, cities)}")


def _below(level: Level, inhabitants: int) -> str:
    least = level.smallest
    return f"{inhabitants:,} inhabitants: {least - inhabitants:,} below the minimum of {least:,}"


def _above(level: Level, inhabitants: int) -> str:
    most = level.largest
    return f"{inhabitants:,} inhabitants: {inhabitants - most:,} above the maximum of {most:,}"


def _check_columns(level: Level) -> Iterator[Violation]:
    """The same hard bounds under each further column of inhabitants."""
    instance, scenario = level.instance, level.scenario
    known = [name for name in scenario.population.also if has_column(instance, name)]  # others are told
    for column in known:
        for part in level.parts:
            if part and not level.reason(part):
                yield from _check_column(level, part, column)


def _check_column(level: Level, part: Part, column: str) -> Iterator[Violation]:
    instance, scenario = level.instance, level.scenario
    cities = [i for i in part if is_above_max(i, instance, scenario)]
    figures = dict(zip(part, inhabitants_under(instance, column, part), strict=True))
    unknown = [i for i in part if i not in cities and math.isnan(figures[i])]
    if unknown:
        text = f"{level.named(part)}: '{column}' is not known of {listed(instance, unknown)}"
        brief = f"'{column}' is not known of {named(instance, unknown)}"
        yield Violation("column", text, part, brief)
        return
    absorbs = len(cities) == 1 and scenario.rules.above_max == "absorb"
    people = int(sum(figures[i] for i in part if not (absorbs and i in cities)))
    has = f"under {column} {level.named(part)} has {people:,} inhabitants"
    under = f"under {column} "
    if absorbs:  # which one is a city, and how large it is, is told by the inhabitants of today
        most = scenario.rules.absorb_up_to
        if people > most:
            city = instance.label(cities[0])
            text = f"{under}{city} absorbs {people:,} inhabitants, more than {most:,}"
            brief = under + _absorbs(level, cities[0], people)
            yield Violation("too_large", text, part, brief)
    elif people < level.smallest:
        text = f"{has}, fewer than the minimum of {level.smallest:,}"
        yield Violation("too_small", text, part, under + _below(level, people))
    elif people > level.largest:
        text = f"{has}, more than the maximum of {level.largest:,}"
        yield Violation("too_large", text, part, under + _above(level, people))


def _check_absorbed(level: Level, part: Part, city: int, has: str) -> Iterator[Violation]:
    """A municipality above the maximum absorbs no more inhabitants than it may."""
    absorbed = inhabitants_of(level.instance, [i for i in part if i != city])
    most = level.scenario.rules.absorb_up_to
    if absorbed > most:
        text = f"{has}; {level.instance.label(city)} absorbs {absorbed:,}, more than {most:,}"
        yield Violation("too_large", text, part, _absorbs(level, city, absorbed))


def _absorbs(level: Level, city: int, absorbed: int) -> str:
    most, name = level.scenario.rules.absorb_up_to, named(level.instance, [city])
    return f"{name} absorbs {absorbed:,} inhabitants: {absorbed - most:,} above the maximum of {most:,}"


def _check_count(level: Level) -> Iterator[Violation]:
    """The number of parts of each region; those that stand alone by what they are do not count."""
    instance, count = level.instance, level.scenario.count
    for region, name in enumerate(instance.regions):
        if not any(int(instance.region[i]) == region for i in level.scope):
            continue
        least, most = count.regions.get(name, (count.min, count.max))
        inside = [part for part in level.parts if part and int(instance.region[part[0]]) == region]
        number = sum(
            1 for part in inside if len(part) > 1 or not stands_by_rule(part[0], instance, level.scenario)
        )
        if number < least:
            text = f"{name} has {number} {level.noun}s that count, fewer than the {least} asked for"
            yield Violation("count", text)
        if most is not None and number > most:
            text = f"{name} has {number} {level.noun}s that count, more than the {most} allowed"
            yield Violation("count", text)


# Who stands alone

_BECAUSE = {
    "above_max": "it has more inhabitants than the maximum",
    "facility": "it is a facility municipality",
    "merged": "it came out of a recent merger",
    "isolated": "it has nobody to merge with",
    "staying": "it stays as it is for the time being",
}


def _check_standalone(level: Level) -> Iterator[Violation]:
    """Those that stand alone by rule do so, and the plan says which they are and why."""
    instance = level.instance
    for stated, part in zip(level.stated, level.parts, strict=True):
        reason = level.reason(part)
        if stated.standalone != reason:
            text = (
                f"{level.named(part)} is marked as standing alone by rule "
                f"'{stated.standalone}'; it should be '{reason}' (empty: by no rule)"
            )
            yield Violation("standalone", text, part)
        for i in part if len(part) > 1 else ():
            because = _BECAUSE.get(level.standalone.get(i, ""))
            if because is not None:  # what is agreed has a check of its own
                with_others = "is merged" if level.noun == "merger" else "is in a zone"
                text = f"{instance.label(i)} {with_others} with others but stands alone: {because}"
                yield Violation("standalone", text, (i,), f"{named(instance, [i])} stands alone: {because}")


CHECKS: tuple[Callable[[Level], Iterator[Violation]], ...] = (
    check_names,
    _check_cover,
    _check_regions,
    _check_contiguity,
    _check_bounds,
    _check_columns,
    _check_count,
    _check_standalone,
    check_locks,
    check_locked_seats,
    check_existing,
    check_frames,
    check_requirements,
    check_enclosed,
    check_budgets,
    check_seats,
    check_terms,
    check_scores,
)
"""What is checked of each level; `whole` checks what lies between levels."""
