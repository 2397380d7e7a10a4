"""What a chain says of all plans, beside all plans: gerrychain on a region whose plans can be listed.

Which plans are usual? A chain estimates that from those that it meets; where a region is small enough,
we list every plan and know. Compared is the distribution of a term over the plans with a given number of
parts (a chain keeps it): the largest difference of the two cumulative distributions (Kolmogorov 1933), and
the relative difference of the means, after more and more steps.

Recombination (DeFord, Duchin and Solomon 2021) does not sample plans evenly, and what it converges to is
not known. Its reversible form (Cannon, Duchin, Randall and Rule 2022) draws a plan in proportion to the
number of spanning trees of its parts, multiplied. That number follows from the Laplacian of each part
(Kirchhoff 1847), so both are held against two exact distributions: every plan alike, and by spanning trees;
and the states of the reversible chain, weighed by one over that number, against every plan alike again.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import networkx as nx
import numpy as np
from given import give
from refzones.instances.common.arrays import FloatArray, IntArray
from refzones.models import Question, Scorer, ask
from refzones.solver.candidates.components import split
from refzones.solver.candidates.enumeration import enumerate_candidates
from refzones.solver.plan_sets.census import census
from registry import Benchmark, Case, Outcome, register

from .answers import Part

_INSTANCE, _PARTS, _TERM = "flanders-2025/Westhoek", 4, "distance"
_SEEDS = 3
_LIMIT = 25.0
CHECKPOINTS = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
"""Steps after which the estimate is looked at."""
_MOST_CUTS = 10
"""Edges that divide a tree of two parts within the bounds: 7 at most in 12,000 trees of this region, drawn at
random. The chain is reversible while there are no more, and gerrychain ends with an error when there are; the
larger the number, the more often it stays where it is."""
NEAR = 0.01
"""Difference that counts as having come there."""
MEASURES = ("evenly", "by spanning trees", "evenly, reweighted")


def sweep() -> Sequence[Case]:
    """All plans; then each chain with some seeds."""
    chains = [
        _case(method, seed) for method in ("recom", "reversible recom") for seed in range(1, _SEEDS + 1)
    ]
    return [_case("refzones", 0), *chains]


def smoke() -> Sequence[Case]:
    """All plans, and a chain for two seconds."""
    return [_case("refzones", 0, 20.0), _case("recom", 1, 2.0)]


def _case(method: str, seed: int, limit: float = _LIMIT) -> Case:
    return Case(_INSTANCE, method, limit=limit, options={"parts": _PARTS, "term": _TERM, "seed": seed})


def run(case: Case) -> Outcome:
    """List all plans, or let a chain estimate what they are like."""
    instance, scenario = give(case.instance)
    begun = time.perf_counter()
    every = Plans(ask(instance, scenario), Scorer(instance, scenario), case.options["parts"])
    values, _ = every.values(case.options["term"]), every.trees
    listed = time.perf_counter() - begun
    out = Outcome("measured", {"build": listed}, size=len(instance), parts=case.options["parts"])
    if case.method == "refzones":
        out.facts = {"plans": len(every.plans), "mean": float(values.mean()), "steps": 0}
        # the census counts another way: a municipality that stands alone by rule is no merger there
        numbers = census(instance, scenario, bins=0).by_region[0].by_number
        out.verified = numbers[case.options["parts"]] == len(every.plans)
        return out
    chain = _Chain(every, case)
    begun = time.perf_counter()
    marks = chain.run()
    out.phases["solve"] = time.perf_counter() - begun
    out.verified = not chain.unknown
    out.note = f"{chain.unknown} states are no plan of ours" if chain.unknown else ""
    out.facts = {"plans": len(every.plans), "mean": float(values.mean()), "steps": chain.steps}
    out.facts |= {"met": int((chain.met > 0).sum())}
    out.facts |= {f"after {steps}": distances for steps, distances in marks.items()}
    return out


class Plans:
    """All plans of the only frame of a region with a given number of parts.

    Parameters
    ----------
    question : Question
    scorer : Scorer
    number : int
        Parts, beside those that are settled.
    """

    def __init__(self, question: Question, scorer: Scorer, number: int) -> None:
        (frame,) = split(question, 0)
        self.question, self.scorer, self.free = question, scorer, frame.municipalities
        candidates = enumerate_candidates(question, frame.municipalities)
        self.parts: list[Part] = [candidates.members(row) for row in range(len(candidates))]
        self.plans = list(self._covers(number))
        self.place = {
            frozenset(frozenset(self.parts[row]) for row in plan): k for k, plan in enumerate(self.plans)
        }

    def _covers(self, number: int) -> Iterator[tuple[int, ...]]:
        """Enumerate the exact covers by so many candidates, by the lowest municipality left."""
        bits = [sum(1 << i for i in part) for part in self.parts]
        lowest: dict[int, list[int]] = {}
        for row, part in enumerate(bits):
            lowest.setdefault(part & -part, []).append(row)

        def extend(rest: int, chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
            if not rest:
                if len(chosen) == number:
                    yield chosen
            elif len(chosen) < number:
                for row in lowest.get(rest & -rest, []):
                    if bits[row] & rest == bits[row]:
                        yield from extend(rest ^ bits[row], (*chosen, row))

        return extend(sum(1 << i for i in self.free.tolist()), ())

    def values(self, name: str) -> FloatArray:
        """Value of every plan in a term of the scenario, shape (plans,)."""
        (column,) = [k for k, term in enumerate(self.scorer.terms) if term.name == name]
        members = np.zeros((len(self.parts), len(self.question.instance)))
        for row, part in enumerate(self.parts):
            members[row, list(part)] = 1.0
        own = self.scorer.values(members, np.arange(len(self.question.instance)))[:, column]
        return np.array([own[list(plan)].sum() for plan in self.plans])

    @cached_property
    def graph(self) -> nx.Graph[int]:
        """Give the contiguity graph, with inhabitants."""
        graph: nx.Graph[int] = nx.Graph()
        population = self.question.instance.population
        graph.add_nodes_from((i, {"pop": int(population[i])}) for i in self.free.tolist())
        graph.add_edges_from(
            (a, b) for a in self.free.tolist() for b in self.question.neighbours[a] if b in graph
        )
        return graph

    @cached_property
    def trees(self) -> FloatArray:
        """Spanning trees of the parts of every plan, multiplied; shape (plans,)."""
        own = np.array([spanning_trees(self.graph.subgraph(part)) for part in self.parts])
        return np.array([own[list(plan)].prod() for plan in self.plans])


def spanning_trees(graph: nx.Graph[int]) -> float:
    """Count the spanning trees of a connected graph: a cofactor of its Laplacian (Kirchhoff 1847)."""
    laplacian = -nx.to_numpy_array(graph, weight=None)
    np.fill_diagonal(laplacian, -laplacian.sum(axis=1))
    return float(np.rint(np.linalg.det(laplacian[1:, 1:])))


@dataclass(frozen=True)
class Distribution:
    """Values with weights, for cumulative distributions on the same values.

    Attributes
    ----------
    values : ndarray of float64, shape (k,)
    weights : ndarray of float64, shape (k,)
        At least 0, not all of them 0.
    """

    values: FloatArray
    weights: FloatArray

    def distance(self, other: FloatArray) -> float:
        """Give the largest difference of the cumulative distributions by these weights and by others."""
        order = np.argsort(self.values, kind="stable")
        values = self.values[order]
        last = np.append(values[1:] > values[:-1], True)
        one, two = (np.cumsum(weights[order]) / weights.sum() for weights in (self.weights, other))
        return float(np.abs(one - two)[last].max())

    def mean_off(self, other: FloatArray) -> float:
        """Relative difference of the mean by other weights from the mean by these."""
        mean = float(np.average(self.values, weights=self.weights))
        return abs(float(np.average(self.values, weights=other)) / mean - 1.0)


class _Chain:
    """A chain of gerrychain on the frame, and how often it was in each plan."""

    def __init__(self, every: Plans, case: Case) -> None:
        self.every, self.case = every, case
        self.met: IntArray = np.zeros(len(every.plans), dtype=np.int64)
        self.steps = self.unknown = 0
        values = every.values(case.options["term"])
        self.even = Distribution(values, np.ones(len(values)))
        self.by_trees = Distribution(values, every.trees)

    def run(self) -> dict[int, dict[str, list[float]]]:
        """Step until the last checkpoint or the limit.

        Returns
        -------
        dict
            For each checkpoint: largest difference and difference of means, by measure.
        """
        marks = {}
        begun = time.perf_counter()
        for plan in self._states():
            self.steps += 1
            self._note(plan)
            if self.steps in CHECKPOINTS:
                marks[self.steps] = self._distances()
            if time.perf_counter() - begun >= self.case.limit:
                break
        return marks

    def _note(self, plan: Any) -> None:
        name = plan.graph.original_nx_node_id_for_internal_node_id
        parts = frozenset(frozenset(name(i) for i in part) for part in plan.parts.values())
        place = self.every.place.get(parts)
        if place is None:
            self.unknown += 1
        else:
            self.met[place] += 1

    def _distances(self) -> dict[str, list[float]]:
        plain, reweighted = self.met.astype(np.float64), self.met / self.every.trees
        pairs = zip(MEASURES, (self.even, self.by_trees, self.even), (plain, plain, reweighted), strict=True)
        return {name: [exact.distance(own), exact.mean_off(own)] for name, exact, own in pairs}

    def _states(self) -> Any:
        """Give the states of the chain; it starts from a plan drawn by its seed."""
        from gerrychain import Graph, MarkovChain, Partition
        from gerrychain.accept import always_accept
        from gerrychain.constraints import contiguous
        from gerrychain.proposals import recom
        from gerrychain.proposals.tree_proposals import reversible_recom

        seed = int(self.case.options["seed"])
        plan = self.every.plans[int(np.random.default_rng(seed).integers(len(self.every.plans)))]
        start = {i: k for k, row in enumerate(plan) for i in self.every.parts[row]}
        bounds = self.every.question.scenario.population
        within = {
            "pop_col": "pop",
            "pop_target": (bounds.min + bounds.max) / 2,
            "epsilon": (bounds.max - bounds.min) / (bounds.max + bounds.min),
        }
        if self.case.method == "recom":
            proposal = partial(recom, **within)
        else:
            proposal = partial(reversible_recom, **within, max_balanced_edge_cuts=_MOST_CUTS)
        first = Partition(Graph.from_networkx(self.every.graph), start)
        return MarkovChain(proposal, [contiguous], always_accept, first, max(CHECKPOINTS), rng=seed)


register(
    Benchmark(
        "sampling",
        "Peers: what a chain says of all plans (gerrychain)",
        sweep,
        smoke,
        run,
        same_question=False,
    )
)
