"""Hypothesis strategies for the demands of a scenario at one level, key by key."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import strategies as st
from refzones.instances import Instance

FUNCTIONS = ("centre", "hospital", "rail")
LAYERS = ("police", "primary_care")
COLUMNS = ("later", "inhabitants_2030")
"""Columns of inhabitants beside those of today."""
INCOME = "net_taxable_income_eur"
TERMS = (
    "coverage",
    "distance",
    "moment",
    "straddle(police)",
    "straddle(primary_care)",
    "touched(police)",
    "touched(primary_care)",
    "cut_edges",
    "commuting",
    "orientation",
    "cooperation",
    "stacking",
    "fiscal",
    "size",
    "shortfall",
    "detached",
    "effect(councillors)",
    "effect(executives(first))",
    "effect(bonus(2019))",
    "effect(memberships(all))",
    "effect(divided(police))",
    "effect(divided_bodies)",
    "effect(beyond(1))",
)
NOT_LINEAR = ("size", "effect(beyond(1))")
"""Terms that compact formulations refuse where they weigh something."""
# Few and round, so that equal optima and equal seats are common, and some that no float holds exactly.
WEIGHTS = (0.0, 0.0, 0.1, 1.0, 1 / 3, 5.0, 7.3, 20.0, 40.0)
LIGHTER = {"moment": 1e-4, "shortfall": 1e-4, "effect(beyond(1))": 1e-4, "effect(bonus(2019))": 1e-6}
"""Factors of weights for terms that count in thousands or millions."""


@st.composite
def demands(draw: st.DrawFn, instance: Instance, *, agreed: bool, gentle: bool = False) -> dict[str, Any]:
    """Draw demands on mergers; if `gentle`, most of them may be small."""
    mean = mean_of(instance)
    harsh = () if gentle else (3 * mean // 2, 2 * mean)
    smallest = draw(st.sampled_from((0, 1, mean // 2, mean, *harsh)))
    # Once in a while so low that many stand alone; mostly room for three or four, so that there is a choice.
    largest = max(smallest, 1) + draw(st.sampled_from((2 * mean, 3 * mean, 3 * mean, 4 * mean, 0, mean)))
    return draw(_demands(instance, smallest, largest, agreed=agreed))


@st.composite
def zone_demands(draw: st.DrawFn, instance: Instance, *, agreed: bool) -> dict[str, Any]:
    """Draw demands on zones, mostly with room for a few mergers."""
    mean = mean_of(instance)
    smallest = draw(st.sampled_from((0, 0, mean, mean, 2 * mean)))
    largest = max(smallest, 1) + draw(st.sampled_from((mean, 2 * mean, 4 * mean, 4 * mean, 6 * mean)))
    return draw(_demands(instance, smallest, largest, agreed=agreed))


@st.composite
def _demands(
    draw: st.DrawFn, instance: Instance, smallest: int, largest: int, *, agreed: bool
) -> dict[str, Any]:
    mean = mean_of(instance)
    terms = terms_of(instance)
    names = draw(st.permutations(terms))[: draw(st.integers(0, len(terms)))]
    shares = [draw(st.integers(0, 5)), draw(st.integers(0, 5)), draw(st.integers(1, 5))]
    asked: dict[str, Any] = {
        "population": {"min": smallest, "max": largest},
        "rules": draw(_rules(instance, smallest, largest)),
        "requires": draw(_requires()),
        "frames": draw(_frames()),
        "borders": draw(_border_rules(instance)),
        "locks": draw(_locks(instance)),
        "coverage": {
            "shares": {name: part / sum(shares) for name, part in zip(FUNCTIONS, shares, strict=True)}
        },
        "orientation": draw(_orientation(instance)),
        "cooperation": {"layers": {layer: draw(st.sampled_from((1, 2, 0.3))) for layer in LAYERS}},
        "size": {"target": draw(st.sampled_from((1, mean, 2 * mean, 60_000)))},
        "weights": {name: LIGHTER.get(name, 1.0) * draw(st.sampled_from(WEIGHTS)) for name in names},
    }
    if draw(st.integers(0, 3)) == 3:
        asked["rules"]["enclosed"] = "forbidden"
    elif asked["weights"].get("detached"):
        asked["rules"]["enclosed"] = "priced"
    if agreed:
        draw(_agree(instance, asked))
    return asked


def mean_of(instance: Instance) -> int:
    """Give the mean number of inhabitants of a municipality."""
    return instance.total_population // len(instance)


def terms_of(instance: Instance) -> list[str]:
    """List the terms that an instance has all for."""
    lacking = {
        "commuting": not commutes(instance),
        "orientation": not has_classes(instance),
        "detached": not any(instance.classes),
    }
    return [term for term in TERMS if not lacking.get(term)]


def has_classes(instance: Instance) -> bool:
    """Tell whether each region has a municipality whose class is known."""
    known = {int(region) for region, name in zip(instance.region, instance.classes, strict=True) if name}
    return len(known) == len(instance.regions)


@st.composite
def _orientation(draw: st.DrawFn, instance: Instance) -> dict[str, Any]:
    """Draw what draws people: often what is usual, else other classes, exponents and bonuses, or flows."""
    if draw(st.booleans()):
        return {}
    return {
        "by": "flows" if instance.flows is not None and draw(st.booleans()) else "gravity",
        "centres": draw(st.sampled_from((["a0"], ["a0", "a1"], ["b0", "c3"], ["a2"]))),
        "distance": draw(st.sampled_from((-2, -1, 0, -1.9))),
        "inhabitants": draw(st.sampled_from((0, 1, 1.04))),
        "classes": draw(st.sampled_from(({}, {"a1": 0.4}))),
        "functions": draw(st.sampled_from(({}, {"rail": -0.5, "hospital": 1}))),
    }


def commutes(instance: Instance) -> bool:
    """Tell whether some flow between different municipalities does not round to zero."""
    flows = instance.flows
    return flows is not None and bool((flows.people[flows.origin != flows.destination] >= 0.01).any())


# What is agreed: each of these is drawn now and then


@st.composite
def _agree(draw: st.DrawFn, instance: Instance, asked: dict[str, Any]) -> None:
    """Add numbers, an existing plan, seats, own zones, soft bounds and columns, each now and then."""
    now_and_then = st.sampled_from((False, False, False, True))
    if draw(now_and_then):
        asked["count"] = draw(_count(instance))
    if draw(now_and_then):
        asked["existing"] = draw(_existing(instance))
    if draw(now_and_then):
        asked["locks"]["seat"] = [
            instance.names[i]
            for i in draw(st.lists(st.integers(0, len(instance) - 1), min_size=1, max_size=2, unique=True))
        ]
    if draw(now_and_then):
        asked["frames"]["zones"] = draw(_own_zones(instance))
    if draw(now_and_then):
        draw(_soften(asked))
    known = [name for name in COLUMNS if instance.people(name) is not None]
    if known and draw(now_and_then):
        names = draw(st.permutations(known))
        asked["population"]["also"] = names[: draw(st.integers(1, len(names)))]


@st.composite
def _count(draw: st.DrawFn, instance: Instance) -> dict[str, Any]:
    """Draw bounds on the number of mergers, of all regions or of one of them."""
    n = len(instance) // len(instance.regions)
    least = draw(st.integers(0, max(1, n // 2)))
    most = least + draw(st.integers(0, 2))
    count: dict[str, Any] = draw(
        st.sampled_from(({"min": least}, {"max": most}, {"min": least, "max": most}, {}))
    )
    if draw(st.booleans()):
        count = count | {"regions": {draw(st.sampled_from(instance.regions)): [least, most]}}
    return count


@st.composite
def _existing(draw: st.DrawFn, instance: Instance) -> dict[str, Any]:
    """Draw an existing plan of some municipalities; its mergers are contiguous, most of the time."""
    left, groups = set(range(len(instance))), []
    for _ in range(draw(st.integers(1, 3))):
        if not left:
            break
        group = draw(_cluster(instance, left, st.integers(1, 3)))
        if draw(st.integers(0, 19)) == 19:  # whoever joins them, wherever it lies
            group.add(draw(st.sampled_from(sorted(left))))
        left -= group
        groups.append([instance.codes[i] for i in sorted(group)])
    return {"mode": draw(st.sampled_from(("extend", "keep"))), "mergers": groups}


def _neighbours(instance: Instance) -> dict[int, set[int]]:
    near: dict[int, set[int]] = {i: set() for i in range(len(instance))}
    for a, b in instance.borders.pairs.tolist():
        if instance.region[a] == instance.region[b]:
            near[a].add(b)
            near[b].add(a)
    return near


@st.composite
def _own_zones(draw: st.DrawFn, instance: Instance) -> list[list[str]]:
    """Draw zones of one's own for some regions: some neighbours, and all others; seldom is one forgotten."""
    zones = []
    for region in sorted(draw(st.sets(st.integers(0, len(instance.regions) - 1), min_size=1))):
        inside = set(instance.members(region).tolist())
        group = draw(_cluster(instance, inside, st.integers(1, 4)))
        zones += [sorted(group), sorted(inside - group)]
    if len(zones) > 2 and draw(st.integers(0, 19)) == 19:
        zones.pop()
    return [[instance.codes[i] for i in zone] for zone in zones if zone]


@st.composite
def _cluster(
    draw: st.DrawFn, instance: Instance, inside: set[int], sizes: st.SearchStrategy[int]
) -> set[int]:
    """Draw a municipality and some neighbours, neighbours of neighbours and so on."""
    near = _neighbours(instance)
    group = {draw(st.sampled_from(sorted(inside)))}
    for _ in range(draw(sizes) - 1):
        beside = sorted({j for i in group for j in near[i]} & inside - group)
        if beside:
            group.add(draw(st.sampled_from(beside)))
    return group


@st.composite
def _soften(draw: st.DrawFn, asked: dict[str, Any]) -> None:
    """Make bounds soft: hard ones beyond them, and a price."""
    population = asked["population"]
    if draw(st.booleans()):
        population["floor"] = draw(st.sampled_from((0, population["min"] // 2, population["min"])))
    if draw(st.booleans()):
        population["ceiling"] = population["max"] + draw(st.sampled_from((0, 1, population["max"])))
    if "floor" in population or "ceiling" in population:
        asked["weights"].setdefault("shortfall", draw(st.sampled_from((0.0, 1e-4, 1e-3, 1 / 3))))


# Rules, requirements, frames, borders, locks


@st.composite
def _rules(draw: st.DrawFn, instance: Instance, smallest: int, largest: int) -> dict[str, object]:
    """Draw rules for standing alone; at times a facility municipality joins by name, or a city absorbs."""
    rules: dict[str, object] = {"facility": draw(st.sampled_from(("alone", "free")))}
    most = min(largest - smallest, (largest - 1) // 2)
    if most >= 0 and draw(st.integers(0, 3)) == 3:
        rules |= {"above_max": "absorb", "absorb_up_to": draw(st.sampled_from((most, most // 2)))}
    if draw(st.integers(0, 3)) == 3:
        rules["isolated"] = "alone"
    if draw(st.integers(0, 3)) == 3:
        rules["merged"] = draw(st.sampled_from(("alone", "kept")))
    if draw(st.booleans()):
        rules["seat"] = "best_equipped"
    bound = [instance.codes[i] for i in range(len(instance)) if instance.facility[i]]
    if bound and draw(st.booleans()):
        rules["joined"] = bound[:1]
    return rules


@st.composite
def _requires(draw: st.DrawFn) -> dict[str, list[str]]:
    """Draw what every merger must hold: nothing most of the time."""
    if draw(st.integers(0, 5)) < 5:
        return {}
    return {
        "classes": draw(st.sampled_from(([], ["a0", "a1", "b0"]))),
        "functions": draw(st.sampled_from(([], ["rail"]))),
    }


@st.composite
def _frames(draw: st.DrawFn) -> dict[str, list[str]]:
    """Draw zones to keep whole or to stay within: none most of the time."""
    if draw(st.integers(0, 5)) < 5:
        return {}
    return {draw(st.sampled_from(("unsplit", "within"))): [draw(st.sampled_from(LAYERS))]}


@st.composite
def _border_rules(draw: st.DrawFn, instance: Instance) -> dict[str, object]:
    """Draw added and removed borders inside regions: none most of the time."""
    n = len(instance)
    pairs = [(a, b) for a, b in combinations(range(n), 2) if instance.region[a] == instance.region[b]]
    if not pairs or draw(st.integers(0, 4)) < 4:
        return {}
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=3, unique=True))
    return {
        draw(st.sampled_from(("added", "removed"))): [
            [instance.codes[a], instance.names[b]] for a, b in chosen
        ]
    }


@st.composite
def _locks(draw: st.DrawFn, instance: Instance) -> dict[str, list[list[str]] | list[str]]:
    """Draw few locks, and none most of the time; neighbours together, so that most can be kept."""
    n = len(instance)
    locks: dict[str, list[list[str]] | list[str]] = {}
    near = [(a, b) for a, b in instance.borders.pairs.tolist() if instance.region[a] == instance.region[b]]
    call = draw(st.sampled_from((instance.codes, instance.codes, instance.names)))
    if near and draw(st.integers(0, 4)) == 4:
        pairs = draw(st.lists(st.sampled_from(near), min_size=1, max_size=2))
        locks["together"] = [[call[a], call[b]] for a, b in pairs]
    if n > 1 and draw(st.integers(0, 4)) == 4:
        group = draw(st.lists(st.integers(0, n - 1), min_size=2, max_size=3, unique=True))
        locks["apart"] = [[call[i] for i in group]]
    if draw(st.integers(0, 5)) == 5:
        locks["alone"] = [call[draw(st.integers(0, n - 1))]]
    return locks
