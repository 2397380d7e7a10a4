"""Hypothesis strategies: small instances of every shape, and scenarios that fit them."""

from __future__ import annotations

from itertools import combinations

from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.models.scenario import Scenario

from .build import build_instance

FUNCTIONS = ("centre", "hospital", "rail")
LAYERS = ("police", "primary_care")
INCOME = "net_taxable_income_eur"
TERMS = (
    "coverage",
    "distance",
    "moment",
    "straddle(police)",
    "straddle(primary_care)",
    "touched(police)",
    "touched(primary_care)",
    "commuting",
    "stacking",
    "fiscal",
    "size",
)
# Few and round, so that equal optima and equal seats are common, and some that no float holds exactly.
WEIGHTS = (0.0, 0.0, 0.1, 1.0, 1 / 3, 5.0, 7.3, 20.0, 40.0)
LIGHTER = {"moment": 1e-4}
"""What weights are multiplied by for terms that count in millions."""


@st.composite
def instances(draw: st.DrawFn, *, largest: int = 9, connected: bool = True) -> Instance:
    """Draw an instance of 1 to `largest` municipalities; its regions hold together if `connected`."""
    # Three times out of four a large one: small ones have little to choose from.
    n = draw(st.one_of(st.integers(1, largest), *[st.integers(max(1, largest - 2), largest)] * 3))
    regions = draw(st.sampled_from((1, 1, 1, 2, 3)))
    region = [draw(st.integers(0, regions - 1)) for _ in range(n)]
    step = draw(st.sampled_from((1000, 1000, 7)))
    scale = draw(st.sampled_from((0.5, 700.0, 1234.567)))
    zone = st.sampled_from(("", "A", "B", "C"))
    return build_instance(
        [step * draw(st.integers(1, 40)) for _ in range(n)],
        draw(_borders(region, connected=connected)),
        points=[(scale * draw(st.integers(0, 12)), scale * draw(st.integers(0, 12))) for _ in range(n)],
        region=region,
        facility=draw(st.one_of(st.just(set()), st.sets(st.integers(0, n - 1), max_size=n // 4))),
        merged_in=draw(st.dictionaries(st.integers(0, n - 1), st.sampled_from((2019, 2025)), max_size=3)),
        classes=[draw(st.sampled_from(("a0", "a1", "b0", "c3", ""))) for _ in range(n)],
        layers={key: [draw(zone) for _ in range(n)] for key in LAYERS},
        functions={key: [draw(st.sampled_from((0, 0, 0.5, 1, 3))) for _ in range(n)] for key in FUNCTIONS},
        attributes={
            INCOME: [draw(st.sampled_from((1.0, 2.5, 14_999.5, 3e5, 426_524_698.0))) for _ in range(n)]
        },
        flows=draw(st.none() | _flows(n)),
    )


def _flows(n: int) -> st.SearchStrategy[dict[tuple[int, int], float]]:
    """Few flows, in whole and in broken numbers of people; those who stay may be among them."""
    some = st.integers(0, n - 1)
    people = st.sampled_from((0.0, 0.004, 0.005, 1.0, 12.63, 2174.96, 1 / 3))
    return st.dictionaries(st.tuples(some, some), people, max_size=2 * n)


@st.composite
def _borders(draw: st.DrawFn, region: list[int], *, connected: bool) -> set[tuple[int, int]]:
    """Draw a tree in each region (now and then one branch short), and some borders more."""
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
def scenarios(draw: st.DrawFn, instance: Instance) -> Scenario:
    """Draw a scenario for an instance: bounds, rules, locks and weights, zeros included."""
    mean = instance.total_population // len(instance)
    smallest = draw(st.sampled_from((0, 1, mean // 2, mean, 3 * mean // 2, 2 * mean)))
    # Once in a while so low that many stand alone; mostly room for three or four, so that there is a choice.
    largest = max(smallest, 1) + draw(st.sampled_from((2 * mean, 3 * mean, 3 * mean, 4 * mean, 0, mean)))
    terms = [term for term in TERMS if term != "commuting" or _commutes(instance)]
    names = draw(st.permutations(terms))[: draw(st.integers(0, len(terms)))]
    shares = [draw(st.integers(0, 5)), draw(st.integers(0, 5)), draw(st.integers(1, 5))]
    return Scenario.from_dict(
        {
            "population": {"min": smallest, "max": largest},
            "rules": draw(_rules(instance, smallest, largest)),
            "requires": draw(_requires()),
            "frames": draw(_frames()),
            "borders": draw(_border_rules(instance)),
            "locks": draw(_locks(instance)),
            "coverage": {
                "shares": {name: part / sum(shares) for name, part in zip(FUNCTIONS, shares, strict=True)}
            },
            "size": {"target": draw(st.sampled_from((1, mean, 2 * mean, 60_000)))},
            "weights": {name: LIGHTER.get(name, 1.0) * draw(st.sampled_from(WEIGHTS)) for name in names},
        }
    )


def _commutes(instance: Instance) -> bool:
    """Whether there is a flow between different municipalities that rounds to something."""
    flows = instance.flows
    return flows is not None and bool((flows.people[flows.origin != flows.destination] >= 0.01).any())


@st.composite
def _rules(draw: st.DrawFn, instance: Instance, smallest: int, largest: int) -> dict[str, object]:
    """Draw who stands alone; now and then a facility municipality takes part by name, or a city absorbs."""
    rules: dict[str, object] = {"facility": draw(st.sampled_from(("alone", "free")))}
    most = min(largest - smallest, (largest - 1) // 2)
    if most >= 0 and draw(st.integers(0, 3)) == 3:
        rules |= {"above_max": "absorb", "absorb_up_to": draw(st.sampled_from((most, most // 2)))}
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
    """Draw hard frames: none most of the time."""
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


@st.composite
def questions(draw: st.DrawFn, *, largest: int = 9) -> tuple[Instance, Scenario]:
    """Draw an instance and a scenario for it; regions may have exclaves."""
    instance = draw(instances(largest=largest, connected=draw(st.sampled_from((True, True, True, False)))))
    return instance, draw(scenarios(instance))


@st.composite
def connected_sets(draw: st.DrawFn, instance: Instance) -> tuple[int, ...]:
    """Draw a connected set of municipalities, ascending."""
    found = {draw(st.integers(0, len(instance) - 1))}
    for _ in range(draw(st.integers(0, len(instance) - 1))):
        beside = {
            there
            for pair in instance.borders.pairs.tolist()
            for here, there in (pair, pair[::-1])
            if here in found and there not in found
        }
        if beside:
            found.add(draw(st.sampled_from(sorted(beside))))
    return tuple(sorted(found))
