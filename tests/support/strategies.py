"""Hypothesis strategies: small instances of every shape, and scenarios that fit them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.models.scenario.scenario import Scenario

from .build import build_instance
from .demands import FUNCTIONS, INCOME, LAYERS, demands, zone_demands


@st.composite
def instances(
    draw: st.DrawFn,
    *,
    largest: int = 9,
    connected: bool = True,
    numbers: Sequence[int] = (1, 1, 1, 2, 3),
) -> Instance:
    """Draw an instance of 1 to `largest` municipalities; its regions are contiguous if `connected`.

    It has one of some numbers of regions.
    """
    regions = draw(st.sampled_from(numbers))
    # Three times out of four a large one: small ones have little to choose from.
    n = draw(st.one_of(st.integers(1, largest), *[st.integers(max(1, largest - 2), largest)] * 3))
    region = [draw(st.integers(0, regions - 1)) for _ in range(n)]
    step = draw(st.sampled_from((1000, 1000, 7)))
    scale = draw(st.sampled_from((0.5, 700.0, 1234.567)))
    zone = st.sampled_from(("", "A", "B", "C"))
    population = draw(_populations(n, step))
    return build_instance(
        population,
        draw(_borders(region, connected=connected)),
        points=[(scale * draw(st.integers(0, 12)), scale * draw(st.integers(0, 12))) for _ in range(n)],
        region=region,
        facility=draw(st.one_of(st.just(set()), st.sets(st.integers(0, n - 1), max_size=n // 4))),
        merged_in=draw(st.dictionaries(st.integers(0, n - 1), st.sampled_from((2019, 2025)), max_size=3)),
        classes=[draw(st.sampled_from(("a0", "a1", "b0", "c3", ""))) for _ in range(n)],
        layers={key: [draw(zone) for _ in range(n)] for key in LAYERS},
        functions={key: [draw(st.sampled_from((0, 0, 0.5, 1, 3))) for _ in range(n)] for key in FUNCTIONS},
        attributes={
            INCOME: [draw(st.sampled_from((1.0, 2.5, 14_999.5, 3e5, 426_524_698.0))) for _ in range(n)],
            # projections may be fractional
            "later": [max(0.0, people + step * draw(st.integers(-8, 24)) / 8) for people in population],
        },
        yearly={2030: [max(0, people + step * draw(st.integers(-3, 3))) for people in population]},
        flows=draw(st.none() | _flows(n)),
    )


def _flows(n: int) -> st.SearchStrategy[dict[tuple[int, int], float]]:
    """Draw few flows, in whole and fractional people, also inside a municipality."""
    some = st.integers(0, n - 1)
    people = st.sampled_from((0.0, 0.004, 0.005, 1.0, 12.63, 2174.96, 1 / 3))
    return st.dictionaries(st.tuples(some, some), people, max_size=2 * n)


@st.composite
def _populations(draw: st.DrawFn, n: int, step: int) -> list[int]:
    """Draw populations as multiples of a step; now and then one municipality of several is empty."""
    population = [step * draw(st.integers(1, 40)) for _ in range(n)]
    if n > 1 and draw(st.integers(0, 9)) == 9:
        population[draw(st.integers(0, n - 1))] = 0
    return population


@st.composite
def _borders(draw: st.DrawFn, region: list[int], *, connected: bool) -> set[tuple[int, int]]:
    """Draw a spanning tree in each region (now and then one edge short), and some more borders."""
    n = len(region)
    borders: set[tuple[int, int]] = set()
    for r in set(region):
        inside = [i for i in range(n) if region[i] == r]
        for place in range(1, len(inside)):
            if connected or draw(st.integers(0, 5)):
                borders.add((inside[draw(st.integers(0, place - 1))], inside[place]))
    if n > 1:
        pairs = list(combinations(range(n), 2))
        borders |= set(draw(st.lists(st.sampled_from(pairs), max_size=n)))
    return borders


@st.composite
def scenarios(draw: st.DrawFn, instance: Instance, *, agreed: bool = False) -> Scenario:
    """Draw a scenario for an instance: bounds, rules, locks and weights, zeros included.

    With `agreed` also numbers of mergers, existing plans, seats, own zones and soft bounds.
    """
    return Scenario.from_dict(draw(demands(instance, agreed=agreed)))


@st.composite
def questions(
    draw: st.DrawFn, *, largest: int = 9, agreed: bool = False, numbers: Sequence[int] = (1, 1, 1, 2, 3)
) -> tuple[Instance, Scenario]:
    """Draw an instance, of one of some numbers of regions, and a scenario for it.

    Regions may have exclaves.
    """
    connected = draw(st.sampled_from((True, True, True, False)))
    instance = draw(instances(largest=largest, connected=connected, numbers=numbers))
    return instance, draw(scenarios(instance, agreed=agreed))


@st.composite
def nested_questions(
    draw: st.DrawFn,
    *,
    largest: int = 7,
    agreed: bool = True,
    limited: bool = True,
    numbers: Sequence[int] = (1, 1, 1, 1, 2),
) -> tuple[Instance, Scenario]:
    """Draw an instance and a scenario of zones with mergers inside them.

    Without `limited` no number of mergers is asked for, so that ties are broken by rule.
    """
    connected = draw(st.integers(0, 7)) < 7
    instance = draw(instances(largest=largest, connected=connected, numbers=numbers))
    inner = draw(demands(instance, agreed=agreed, gentle=True))
    if not limited:
        inner.pop("count", None)
    zones = draw(zone_demands(instance, agreed=agreed))
    return instance, Scenario.from_dict({"level": "nested", **inner, "zones": zones})


@st.composite
def connected_sets(draw: st.DrawFn, instance: Instance) -> tuple[int, ...]:
    """Draw a connected set of municipalities, ascending."""
    members = {draw(st.integers(0, len(instance) - 1))}
    for _ in range(draw(st.integers(0, len(instance) - 1))):
        beside = {
            there
            for pair in instance.borders.pairs.tolist()
            for here, there in (pair, pair[::-1])
            if here in members and there not in members
        }
        if beside:
            members.add(draw(st.sampled_from(sorted(beside))))
    return tuple(sorted(members))
