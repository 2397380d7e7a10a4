"""Two objectives after equal time: our proof beside the chains of gerrychain, on the same frame.

Recombination (DeFord, Duchin and Solomon 2021) joins two neighbouring parts and divides them anew along a
random spanning tree; short bursts of it (Cannon et al. 2023) climb an objective. It keeps the number of
parts as it is, so the chain is given that of our optimum. It starts from parts that its own recursive
division finds, or, where that fails, from a plan of ours for another objective.

The objectives are ours (the preset) and cut edges, the usual one there: pairs of neighbours in different
parts, as few as possible, with the same bounds and the same number of parts for both programs.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import networkx as nx
import numpy as np
from given import give
from refzones.instances import Instance
from refzones.models import NANO, Scenario, ask
from refzones.models.scenario.tables import Count
from refzones.models.scoring.model import Model
from refzones.solver import Plan, solve
from refzones.solver.results.mergers import make_parts
from registry import Benchmark, Case, Outcome, register

from .answers import Part, clean, outcome_of, settled

_INSTANCES = (
    "flanders-2025/Zuid-West-Vlaanderen",
    "flanders-2025/Westhoek",
    "flanders-2025/Limburg",
    "synthetic/60-1-3-1",
)
_BURST = 10  # steps a burst
_SEEDS = 5
_MARKS = (0.5, 1.0, 2.0, 5.0, 10.0)  # seconds at which the best so far is noted
_SCORE, _CUT_EDGES = "score", "cut edges"
_NOTE = "no bound; number of parts given and kept"


def sweep() -> Sequence[Case]:
    """Each instance and objective: ours, and a chain."""
    return [
        Case(name, method, "highs" if method == "refzones" else "", 10.0, {"aim": aim})
        for name in _INSTANCES
        for aim in (_SCORE, _CUT_EDGES)
        for method in ("refzones", "gerrychain")
    ]


def smoke() -> Sequence[Case]:
    """A region and one second."""
    return [replace(case, limit=1.0) for case in sweep() if case.instance == _INSTANCES[0]]


def run(case: Case) -> Outcome:
    """Solve, or let a chain climb until its time is over."""
    instance, scenario = give(case.instance)
    asked = _asked(instance, scenario, case)
    begun = time.perf_counter()
    ours = solve(instance, asked, engine_name="highs")
    seconds = time.perf_counter() - begun
    assert ours.plan is not None, "the instances of this benchmark have plans"
    if case.method == "refzones":
        return outcome_of(ours, {"solve": seconds})
    climb = _Climb(Model.of(instance, asked), case)
    begun = time.perf_counter()
    start = climb.start(len(ours.mergers) - len(climb.alone))
    built = time.perf_counter()
    climb.run(seconds)
    out = Outcome("feasible", {"build": built - begun, "solve": time.perf_counter() - built})
    mergers = make_parts(climb.model, [*climb.best, *climb.alone])
    plan = Plan(tuple(sorted(mergers, key=lambda merger: merger.members)))
    out.score, out.unit, out.size = plan.score_nano, "nano-points", len(instance)
    out.parts, out.verified = len(plan.mergers), clean(instance, asked, plan)
    out.note = f"{_NOTE}; {start}"
    out.facts = {"steps": climb.steps, "our seconds": seconds, "after our time": climb.at_our_time}
    out.facts |= {f"after {mark:g} s": best for mark, best in climb.marks.items()}
    return out


def _asked(instance: Instance, scenario: Scenario, case: Case) -> Scenario:
    """Give the question of a case: the preset, or fewest cut edges with as many parts as its optimum."""
    if case.options["aim"] == _SCORE:
        return scenario
    (best,) = solve(instance, scenario).by_region
    number = sum(ask(instance, scenario).is_counted(merger.members) for merger in best.mergers)
    return scenario.model_copy(update={"weights": {"cut_edges": 1.0}, "count": Count(min=number, max=number)})


@dataclass
class _Climb:
    """A chain on the frame of a region, and the best plan that it has met."""

    model: Model
    case: Case
    best: list[Part] = field(default_factory=list)
    marks: dict[float, float] = field(default_factory=dict)
    at_our_time: float | None = None
    steps: int = 0

    def __post_init__(self) -> None:
        instance, question = self.model.instance, self.model.question
        self.free = question.free_members(0)
        self.graph: nx.Graph[int] = nx.Graph()
        self.graph.add_nodes_from((i, {"pop": int(instance.population[i])}) for i in self.free.tolist())
        self.graph.add_edges_from(
            (a, b) for a in self.free.tolist() for b in question.neighbours[a] if b in self.graph
        )
        assert nx.is_connected(self.graph), "chains take one connected frame"
        within = [pair for pair in instance.borders.pairs.tolist() if set(pair) <= set(self.graph)]
        assert len(within) == self.graph.number_of_edges(), "both count the same borders"
        # borders of municipalities whose place is settled are cut in every plan
        self._always = len(instance.borders.pairs) - len(within)
        self._worth: dict[frozenset[int], int] = {}
        self.alone = settled(question)
        self._alone = sum(part.score_nano for part in make_parts(self.model, self.alone))

    def start(self, parts: int) -> str:
        """Let gerrychain divide the frame; where it fails, give it our plan for another objective.

        Returns
        -------
        str
            Where the start comes from.
        """
        from functools import partial

        from gerrychain import Graph, Partition
        from gerrychain.partition import recursive_tree_part
        from gerrychain.tree import bipartition_tree

        bounds = self.model.question.scenario.population
        self.target = (bounds.min + bounds.max) / 2
        self.epsilon = (bounds.max - bounds.min) / (bounds.max + bounds.min)
        mean = sum(self.model.question.instance.population[self.free]) / parts
        graph = Graph.from_networkx(self.graph)
        few = partial(bipartition_tree, max_attempts=500)
        # parts of the mean size divide best; as far around it as the bounds of the question allow
        reach = min(mean - bounds.min, bounds.max - mean) / mean
        for seed in range(_SEEDS):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    partition = recursive_tree_part(graph, range(parts), mean, "pop", reach, 0, few, rng=seed)
                except Exception:  # whatever the attempt ends with, the next seed may do better
                    continue
            self.first = Partition(graph, partition)
            return "start: its own division"
        self.first = Partition(graph, self._other_plan(parts))
        return f"start: given (ours for equal sizes), its own division failed for {_SEEDS} seeds"

    def _other_plan(self, parts: int) -> dict[int, int]:
        """Part of each municipality in the plan of so many parts that is best in size alone."""
        scenario = self.model.question.scenario
        counted = parts + sum(self.model.question.is_counted(part) for part in self.alone)
        asked = scenario.model_copy(
            update={"weights": {"size": 1.0}, "count": Count(min=counted, max=counted)}
        )
        open_ = set(self.free.tolist())
        mergers = [merger.members for merger in solve(self.model.question.instance, asked).mergers]
        return {i: k for k, part in enumerate(mergers) for i in part if i in open_}

    def run(self, our_seconds: float) -> None:
        """Climb by short bursts until the limit, or as long as we took, noting the best value on the way."""
        from functools import partial

        from gerrychain.constraints import contiguous
        from gerrychain.optimization import SingleMetricOptimizer
        from gerrychain.proposals import recom
        from gerrychain.tree import bipartition_tree

        tree = partial(bipartition_tree, max_attempts=100, allow_pair_reselection=True)
        proposal = partial(
            recom, pop_col="pop", pop_target=self.target, epsilon=self.epsilon, bipartition_tree_fn=tree
        )
        aim = self._score if self.case.options["aim"] == _SCORE else self._whole_edges
        chain = SingleMetricOptimizer(proposal, [contiguous], self.first, aim, maximize=True, rng=0)
        begun = time.perf_counter()
        for _ in chain.short_bursts(_BURST, 1_000_000):
            self.steps += 1
            spent = time.perf_counter() - begun
            self._note(spent, our_seconds, float(chain.best_score or 0.0))
            if spent >= max(self.case.limit, our_seconds):
                break
        self.best = self._parts(chain.best_part)

    def _note(self, spent: float, our_seconds: float, best: float) -> None:
        for mark in _MARKS:
            if mark not in self.marks and spent >= mark:
                self.marks[mark] = best
        if self.at_our_time is None and spent >= our_seconds:
            self.at_our_time = best

    def _whole_edges(self, plan: Any) -> float:
        """Score of the whole region in nano-points where cut edges cost a point each."""
        return -float((len(plan["cut_edges"]) + self._always) * NANO)

    def _score(self, plan: Any) -> float:
        """Score of the whole region in nano-points; parts that were met before are remembered."""
        return float(self._alone + sum(self._value(frozenset(part)) for part in self._parts(plan)))

    def _value(self, part: frozenset[int]) -> int:
        if part not in self._worth:
            of = np.array(sorted(part), dtype=np.int64)
            self._worth[part] = int(self.model.scorer.score(np.ones((1, len(of))), of).nano[0])
        return self._worth[part]

    @staticmethod
    def _parts(plan: Any) -> list[Part]:
        name = plan.graph.original_nx_node_id_for_internal_node_id
        return [tuple(sorted(name(i) for i in part)) for part in plan.parts.values()]


register(
    Benchmark(
        "recombination", "Peers: our objective and cut edges after equal time (gerrychain)", sweep, smoke, run
    )
)
