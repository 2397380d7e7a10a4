"""One check for each rule; each goes through the whole plan and yields all that is wrong."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator

from .figures import (
    READINGS,
    commuters_of,
    income_of,
    inhabitants_of,
    score_nano,
    seat,
    split_name,
    term_value,
)
from .level import Level
from .rules import borders_that_count, check_frames, check_requirements
from .violation import Violation
from .words import listed, named

_TOLERANCE = 1e-12  # relative, on term values; scores must agree exactly

# Cover, frame, contiguity, bounds


def _check_cover(level: Level) -> Iterator[Violation]:
    """Every municipality of the scope exactly once, and nobody else."""
    instance = level.instance
    held = Counter(i for merger in level.plan.mergers for i in merger.members)
    for i in sorted(level.scope - held.keys()):
        yield Violation("missing", f"{instance.label(i)} is in no merger", (i,))
    for i, times in sorted(held.items()):
        if not 0 <= i < len(instance):
            text = f"the plan holds number {i}; the municipalities are numbered 0 to {len(instance) - 1}"
            yield Violation("unknown", text, (i,))
        elif i not in level.scope:
            region = instance.regions[instance.region[i]]
            text = f"{instance.label(i)} is in {region}, which is no region of this plan"
            yield Violation("region", text, (i,))
        if times > 1 and 0 <= i < len(instance):
            yield Violation("twice", f"{instance.label(i)} is in the plan {times} times", (i,))
    for place, merger in enumerate(level.plan.mergers, 1):
        if not merger.members:
            yield Violation("missing", f"merger {place} of the plan has no members")


def _check_regions(level: Level) -> Iterator[Violation]:
    """No merger crosses a reference region."""
    instance = level.instance
    for part in level.parts:
        regions = sorted({instance.regions[instance.region[i]] for i in part})
        if len(regions) > 1:
            text = f"{named(instance, part)} lies in {len(regions)} regions: {', '.join(regions)}"
            yield Violation("region", text, part)


def _check_contiguity(level: Level) -> Iterator[Violation]:
    """Every merger is connected in the graph of borders."""
    import networkx as nx

    borders: nx.Graph[int] = nx.Graph()
    borders.add_nodes_from(range(len(level.instance)))
    borders.add_edges_from(borders_that_count(level.instance, level.scenario))
    for part in level.parts:
        pieces = sorted(sorted(piece) for piece in nx.connected_components(borders.subgraph(part)))
        if len(pieces) > 1:
            pieced = " | ".join(listed(level.instance, piece) for piece in pieces)
            text = f"{named(level.instance, part)} falls apart into {len(pieces)} pieces: {pieced}"
            yield Violation("disconnected", text, part)


def _check_bounds(level: Level) -> Iterator[Violation]:
    """Inhabitants within the bounds, except of municipalities that stand alone by rule."""
    for part in level.parts:
        if not part or (len(part) == 1 and part[0] in level.standalone):
            continue
        inhabitants = inhabitants_of(level.instance, part)
        has = f"{named(level.instance, part)} has {inhabitants:,} inhabitants"
        if inhabitants < level.smallest:
            yield Violation("too_small", f"{has}, fewer than the minimum of {level.smallest:,}", part)
        if inhabitants > level.largest:
            yield from _check_absorbed(level, part, has)


def _check_absorbed(level: Level, part: tuple[int, ...], has: str) -> Iterator[Violation]:
    """Only one municipality above the maximum may take a part above it, absorbing no more than it may."""
    rules = level.scenario.rules
    cities = [i for i in part if level.instance.population[i] > level.largest]
    if rules.above_max != "absorb" or len(cities) != 1:
        yield Violation("too_large", f"{has}, more than the maximum of {level.largest:,}", part)
        return
    absorbed = inhabitants_of(level.instance, tuple(i for i in part if i not in cities))
    if absorbed > rules.absorb_up_to:
        city = level.instance.label(cities[0])
        text = f"{has}; {city} absorbs {absorbed:,}, more than {rules.absorb_up_to:,}"
        yield Violation("too_large", text, part)


# Rules and locks

_BECAUSE = {
    "locked": "locks.alone names it",
    "above_max": "it has more inhabitants than the maximum",
    "facility": "it is a facility municipality",
}


def _check_standalone(level: Level) -> Iterator[Violation]:
    """Those that stand alone by rule do so, and the plan says who they are and why."""
    for merger, part in zip(level.plan.mergers, level.parts, strict=True):
        reason = level.standalone.get(part[0], "") if len(part) == 1 else ""
        if merger.standalone != reason:
            text = (
                f"{named(level.instance, part)} is marked as standing alone by rule "
                f"'{merger.standalone}'; it should be '{reason}' (empty: by no rule)"
            )
            yield Violation("standalone", text, part)
        for i in part:
            if len(part) > 1 and i in level.standalone:
                because = level.standalone[i]
                text = (
                    f"{level.instance.label(i)} is merged with others but stands alone: {_BECAUSE[because]}"
                )
                yield Violation("lock" if because == "locked" else "standalone", text, (i,))


def _check_locks(level: Level) -> Iterator[Violation]:
    """Groups locked together are in one merger, groups locked apart in as many as they have members."""
    for text in level.locks.unclear:
        yield Violation("lock", text)
    for group in level.locks.together:
        # A group outside the regions asked for is not this plan's business.
        if group & level.scope and not any(group <= set(part) for part in level.parts):
            text = f"{listed(level.instance, group)} are locked together but are not in one merger"
            yield Violation("lock", text, tuple(sorted(group)))
    for group in level.locks.apart:
        for part in level.parts:
            both = tuple(sorted(group.intersection(part)))
            if len(both) > 1:
                text = f"{listed(level.instance, both)} are locked apart but are in one merger"
                yield Violation("lock", text, both)


# Figures


def _check_seats(level: Level) -> Iterator[Violation]:
    """The seat of each merger is the member nearest to all its inhabitants."""
    instance = level.instance
    for merger, part in zip(level.plan.mergers, level.parts, strict=True):
        if part and merger.seat != seat(instance, part):
            known = 0 <= merger.seat < len(instance)
            stated = instance.label(merger.seat) if known else f"number {merger.seat}"
            text = (
                f"the seat of {named(instance, part)} is stated as {stated}; "
                f"it should be {instance.label(seat(instance, part))}"
            )
            yield Violation("seat", text, part)


def _check_terms(level: Level) -> Iterator[Violation]:
    """Each merger states its value in each term of the scenario."""
    unclear = unclear_terms(level)
    if unclear:
        yield from unclear
        return
    names = list(level.scenario.weights)
    for merger, part in zip(level.plan.mergers, level.parts, strict=True):
        of = named(level.instance, part)
        if len(merger.values) != len(names):
            text = f"{of} states {len(merger.values)} term values; the scenario has {len(names)} terms"
            yield Violation("term", text, part)
            continue
        for name, stated in zip(names, merger.values, strict=True):
            value = term_value(name, level.instance, level.scenario, part)
            if not math.isclose(stated, value, rel_tol=_TOLERANCE):
                yield Violation("term", f"{of} states {stated!r} for {name}; it is {value!r}", part)


def _check_scores(level: Level) -> Iterator[Violation]:
    """Each merger's score, and their sum, to the last nano-point."""
    if unclear_terms(level):
        return  # what cannot be computed is reported with the terms
    total = 0
    for merger, part in zip(level.plan.mergers, level.parts, strict=True):
        score = score_nano(level.instance, level.scenario, part)
        total += score
        if merger.score_nano != score:
            text = (
                f"{named(level.instance, part)} states a score of {merger.score_nano} nano-points; "
                f"it is {score}"
            )
            yield Violation("score", text, part)
    if level.plan.score_nano != total:
        text = f"the plan states a score of {level.plan.score_nano} nano-points; its mergers have {total}"
        yield Violation("score", text)


def unclear_terms(level: Level) -> list[Violation]:
    """Terms of the scenario that cannot be computed here: a plan with one is never clean."""
    found = []
    for name in level.scenario.weights:
        key, argument = split_name(name)
        if key not in READINGS:
            found.append(
                f"the verifier does not know the term '{name}'; its values and scores are not checked"
            )
        else:
            found += _lacking(level, key, argument)
    return [Violation("term", text) for text in found]


def _lacking(level: Level, key: str, argument: str) -> list[str]:
    """What a term needs and the instance has not."""
    instance = level.instance
    match key:
        case "straddle" | "touched" if argument not in instance.layers:
            return [f"{key}({argument}): the instance has no layer '{argument}'"]
        case "coverage":
            return [
                f"coverage.shares: the instance has no function '{function}'"
                for function in level.scenario.coverage.shares
                if function not in instance.functions
            ]
        case "commuting" if not commuters_of(instance)[1]:
            return ["commuting: the instance has no flows between different municipalities"]
        case "fiscal" if "net_taxable_income_eur" not in instance.attributes:
            return ["fiscal: the instance has no attribute 'net_taxable_income_eur'"]
        case "fiscal" if income_of(instance, range(len(instance))) <= 0:
            return ["fiscal: the instance has no income to compare"]
    return []


CHECKS: tuple[Callable[[Level], Iterator[Violation]], ...] = (
    _check_cover,
    _check_regions,
    _check_contiguity,
    _check_bounds,
    _check_standalone,
    _check_locks,
    check_frames,
    check_requirements,
    _check_seats,
    _check_terms,
    _check_scores,
)
