"""First plans: seconds until there is one, and what it lacks after some time, beside a tree script.

The published instances, drawn frames with bounds within half a per cent and a fixed number of mergers, and
regions as they are asked about by default, up to 20,000 municipalities in one. The script is gerrychain's
recursive partition: parts of the mean size are cut off one after the other along random spanning trees. It
has no objective and no bound; it ends with its first plan, or when its attempts are used up for some seeds.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx
import numpy as np
from given import districting_file, give
from refzones.instances import Instance
from refzones.models import Scenario, ask
from refzones.models.scoring.model import Model
from refzones.solver import solve
from refzones.solver.deadline import Limits
from refzones.solver.incumbents import Incumbent
from registry import Benchmark, Case, Outcome, register

from .answers import is_clean, outcome_of, settled

MARKS = (2.0, 10.0, 60.0)
"""Seconds after which the gap is noted."""

_REGIONS = (
    "flanders-2025/Waasland",
    "flanders-2025/Limburg",
    "flanders-2025/*",
    "synthetic/1000-1-15-1",
    "synthetic/5000-1-15-1",
    "synthetic/20000-1-15-1",
)
_LIMIT = 60.0
_DRAWN = 200
_DRAWN_LIMIT = 10.0  # so that all of them take an hour
_SLACK = 0.005  # of the mean: how far mergers of drawn frames may be from it
_SEEDS = 5
_LARGEST_DRAWN = 1_500
_FEWEST = 3
_KINDS_OF_NUMBERS = 6  # drawn frames have 3 to 8 mergers


def sweep() -> Sequence[Case]:
    """Each instance by the solver and by the script."""
    files = sorted(districting_file("any").parent.glob("*.json"))
    known = [*(f"districting/{file.stem}" for file in files), *_REGIONS]
    frames: list[tuple[str, float, dict[str, int]]] = [(name, _LIMIT, {}) for name in known]
    frames += [
        (f"synthetic/{size}-1-3-{seed}", _DRAWN_LIMIT, {"mergers": _FEWEST + seed % _KINDS_OF_NUMBERS})
        for seed, size in enumerate(np.linspace(100, _LARGEST_DRAWN, _DRAWN).astype(int).tolist(), 1)
    ]
    return [
        Case(name, method, "highs" if method == "refzones" else "", limit, options)
        for name, limit, options in frames
        for method in ("refzones", "gerrychain")
        if method == "refzones" or name not in _REGIONS  # their numbers of mergers are open
    ]


def smoke() -> Sequence[Case]:
    """A drawn frame and three seconds."""
    return [
        Case("synthetic/100-1-3-1", method, "highs" if method == "refzones" else "", 3.0, {"mergers": 4})
        for method in ("refzones", "gerrychain")
    ]


def run(case: Case) -> Outcome:
    """Solve until the limit and listen, or cut trees."""
    instance, scenario = give(case.instance)
    if "mergers" in case.options:
        scenario = _tight(instance, int(case.options["mergers"]))
    return _ours(case, instance, scenario) if case.method == "refzones" else _trees(instance, scenario)


def _tight(instance: Instance, number: int) -> Scenario:
    """Ask for so many mergers within half a per cent of the mean, and the fewest cut edges."""
    mean = int(instance.population.sum()) / number
    return Scenario.from_dict(
        {
            "population": {"min": int(mean * (1 - _SLACK)), "max": int(mean * (1 + _SLACK)) + 1},
            "count": {"min": number, "max": number},
            "rules": {"facility": "free", "above_max": "alone"},
            "weights": {"cut_edges": 1},
        }
    )


@dataclass
class _Heard:
    """What was told of the regions meanwhile."""

    regions: int
    begun: float = field(default_factory=time.perf_counter)
    first: float | None = None
    gaps: dict[float, float | None] = field(default_factory=dict)
    _known: dict[str, Incumbent] = field(default_factory=dict)

    def live(self, told: Incumbent) -> None:
        """Note when each region has a plan; see `solve`."""
        self.note(time.perf_counter() - self.begun)
        self._known[told.name] = told
        with_plan = [one for one in self._known.values() if one.score_nano is not None]
        if self.first is None and len(with_plan) == self.regions:
            self.first = time.perf_counter() - self.begun

    def note(self, spent: float) -> None:
        """Note the gap at each mark that has passed, as it was until now."""
        for mark in MARKS:
            if mark not in self.gaps and spent >= mark:
                self.gaps[mark] = self._gap()

    def _gap(self) -> float | None:
        known = list(self._known.values())
        scores, bounds = [one.score_nano for one in known], [one.bound_nano for one in known]
        if len(known) < self.regions or None in scores or None in bounds:
            return None
        score, bound = sum(some or 0 for some in scores), sum(some or 0 for some in bounds)
        return (bound - score) / max(1, abs(score))


def _ours(case: Case, instance: Instance, scenario: Scenario) -> Outcome:
    heard = _Heard(len(instance.regions))
    spent = time.process_time()
    result = solve(instance, scenario, engine_name=case.engine, limits=Limits(case.limit), live=heard.live)
    seconds = time.perf_counter() - heard.begun
    if heard.first is None and result.plan is not None:
        heard.first = seconds  # it was proved before anything was told
    heard.note(seconds)
    if all(region.status == "optimal" for region in result.by_region):
        heard.gaps = dict.fromkeys(MARKS, 0.0) | heard.gaps
    outcome = outcome_of(result, {"solve": seconds})
    outcome.facts = {"first plan": heard.first, "CPU": time.process_time() - spent}
    outcome.facts |= {f"gap after {mark:g} s": gap for mark, gap in heard.gaps.items()}
    return outcome


def _trees(instance: Instance, scenario: Scenario) -> Outcome:
    """Cut parts of the mean size off by gerrychain, for one seed after the other."""
    model = Model.of(instance, scenario)
    question = ask(instance, scenario)
    free = question.free_members(0).tolist()
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from((i, {"pop": int(question.bounded[i])}) for i in free)
    graph.add_edges_from((a, b) for a in free for b in question.neighbours[a] if b in graph)
    count, alone = question.count(0), settled(question)
    assert count is not None, "the number of mergers is given"
    number = count[0] - sum(map(question.is_counted, alone))
    begun = time.perf_counter()
    parts = _partition(graph, number, scenario.population.lowest, scenario.population.highest)
    seconds = time.perf_counter() - begun
    outcome = Outcome("no plan within limit", {"solve": seconds}, size=len(instance))
    outcome.note = "no objective, no bound"
    if parts is not None:
        outcome.status, outcome.parts = "feasible", len(parts) + len(alone)
        outcome.verified = is_clean(model, [*parts, *alone])
        outcome.facts["first plan"] = seconds
    return outcome


def _partition(graph: Any, number: int, lowest: int, highest: int) -> list[tuple[int, ...]] | None:
    from functools import partial

    from gerrychain import Graph
    from gerrychain.partition import recursive_tree_part
    from gerrychain.tree import bipartition_tree

    mean = sum(people for _, people in graph.nodes(data="pop")) / number
    few = partial(bipartition_tree, max_attempts=500)
    reach = min(mean - lowest, highest - mean) / mean
    given = Graph.from_networkx(graph)
    name = given.original_nx_node_id_for_internal_node_id
    for seed in range(_SEEDS):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                found = recursive_tree_part(given, range(number), mean, "pop", reach, 0, few, rng=seed)
            except Exception:  # whatever the attempt ends with, the next seed may do better
                continue
        by_part: dict[int, list[int]] = {}
        for node, part in found.items():
            by_part.setdefault(part, []).append(name(node))
        return [tuple(sorted(part)) for part in by_part.values()]
    return None


register(
    Benchmark(
        "first",
        "Peers: first plans, and gaps after some time (gerrychain)",
        sweep,
        smoke,
        run,
        same_question=False,
    )
)
