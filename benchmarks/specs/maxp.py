"""Most parts above a threshold: our proof beside the heuristic of spopt, on the same graph.

The max-p-regions problem (Duque, Anselin and Rey 2012) asks for as many contiguous parts as possible, each
with at least so many inhabitants, without an upper bound. In a connected graph the units that disjoint
connected sets leave over can be joined to a neighbour of theirs, and no part gets too large by that; so the
most parts are the most disjoint connected sets that reach the threshold. Sets that are minimal suffice:
without a member whose loss leaves them connected they miss the threshold, so they hold less than twice the
threshold, unless they are one unit. These are few enough to list. They are put to the house's partition model
with a score of one each, and every unit alone with a score of zero; an engine solves it. Its bound is rounded
down, for parts are whole.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import networkx as nx
import numpy as np
from given import give, largest_part
from refzones.instances import Instance
from refzones.models import Scenario, ask
from refzones.models.programmes.set_partition import partition_programme
from refzones.models.scoring.model import Model
from refzones.solver.candidates.enumeration import enumerate_candidates
from refzones.solver.candidates.sets import Candidates
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from registry import Benchmark, Case, Outcome, register

from .answers import Part, is_clean

_THRESHOLD = 30_000
_INSTANCES = (
    "flanders-2025/Waasland",
    "flanders-2025/Westhoek",
    "flanders-2025/Oost-Brabant",
    "flanders-2025/Limburg",
    "synthetic/50-1-3-1",
    "synthetic/100-1-2.4-1",
    "flanders-2025/*",
)
_CONSTRUCTIONS = 99  # of spopt; each of the best is annealed
_WHOLE = 1e-6  # what the tolerance of an engine may hide of a bound
_NOTE = "heuristic: no bound; cannot hold parts below a maximum; total dissimilarity is its second objective"


def sweep() -> Sequence[Case]:
    """Each instance by both programs."""
    return [
        Case(name, method, "highs" if method == "refzones" else "", 30.0)
        for name in _INSTANCES
        for method in ("refzones", "spopt")
    ]


def smoke() -> Sequence[Case]:
    """One small region by both."""
    return [case for case in sweep() if case.instance == "flanders-2025/Waasland"]


def run(case: Case) -> Outcome:
    """Solve by the program that the case names, then check its parts with the same verifier."""
    instance = largest_part(give(case.instance)[0])
    scenario = _scenario(_THRESHOLD, instance.total_population)
    if case.method == "refzones":
        out, parts = most_parts(instance, _THRESHOLD, case.engine, Deadline.after(case.limit))
    else:
        out, parts = _spopt(instance)
    out.unit, out.size = "parts", len(instance)
    if parts:
        out.parts = len(parts)
        out.verified = is_clean(Model.of(instance, scenario), parts)
    return out


def _scenario(least: int, most: int) -> Scenario:
    """Ask for the threshold alone: no municipality is exempt, all of the instance is one component."""
    return Scenario.from_dict(
        {
            "population": {"min": least, "max": most},
            "rules": {"facility": "free", "above_max": "alone"},
            "weights": {"size": 0.0},
        }
    )


def most_parts(
    instance: Instance, threshold: int, by: str = "highs", deadline: Deadline = Deadline()
) -> tuple[Outcome, list[Part]]:
    """Find the most contiguous parts of at least so many inhabitants that an instance can be divided into.

    Parameters
    ----------
    instance : Instance
        Connected; its regions do not matter as long as there is one.
    threshold : int
        Inhabitants.
    by : str
        Engine.
    deadline : Deadline

    Returns
    -------
    tuple of Outcome and list of tuple of int
        The parts hold every municipality; they are empty where not even one part reaches the threshold.
    """
    begun = time.perf_counter()
    n = len(instance)
    large = instance.population >= threshold
    few = np.flatnonzero(~large).astype(np.int64)
    question = ask(instance, _scenario(0, 2 * threshold - 1))
    listed = enumerate_candidates(question, few, deadline)
    enough = listed.take(listed.sums(instance.population[listed.municipalities]) >= threshold)
    every = np.arange(n, dtype=np.int64)
    alone: list[Part] = [(i,) for i in range(n)]
    candidates = _minimal(enough).onto(every).after(alone)
    worth = np.ones(len(candidates))
    worth[:n] = large
    programme = partition_programme(candidates.dense(), -worth)
    built = time.perf_counter()
    answer = engine(by).solve(programme, seconds=deadline.remaining)
    out = Outcome("no plan within limit", {"build": built - begun, "solve": time.perf_counter() - built})
    out.candidates = len(candidates) - n
    if answer.bound is not None:
        out.bound = int(np.floor(_WHOLE - answer.bound))
    if answer.x is None:
        return out, []
    chosen = np.flatnonzero((answer.x > 0.5) & (worth > 0)).tolist()
    out.score = len(chosen)
    out.status = "optimal" if out.score == out.bound else "feasible"
    out.proof = "exact" if out.status == "optimal" else ""
    return out, _spread(instance, [candidates.members(row) for row in chosen])


def _minimal(candidates: Candidates) -> Candidates:
    """Keep the sets that hold no other one: those from which no single member can go."""
    sets = [frozenset(candidates.members(row)) for row in range(len(candidates))]
    known = set(sets)
    keep = [not any(one - {i} in known for i in one) for one in sets]
    return candidates.take(np.array(keep, dtype=np.bool_))


def _spread(instance: Instance, cores: Sequence[Part]) -> list[Part]:
    """Join what the parts leave over to a neighbour, step by step; in a connected graph all find one."""
    graph: nx.Graph[int] = nx.Graph(instance.borders.pairs.tolist())
    of = {i: k for k, core in enumerate(cores) for i in core}
    edge = sorted(of)
    while edge:
        reached = []
        for i in edge:
            for j in sorted(graph[i]):
                if j not in of:
                    of[j] = of[i]
                    reached.append(j)
        edge = reached
    parts: list[list[int]] = [[] for _ in cores]
    for i in sorted(of):
        parts[of[i]].append(i)
    return [tuple(part) for part in parts]


def _spopt(instance: Instance) -> tuple[Outcome, list[Part]]:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # deprecations inside the libraries
        import geopandas as gpd
        from libpysal.weights import W
        from spopt.region import MaxPHeuristic

        begun = time.perf_counter()
        graph: nx.Graph[int] = nx.Graph(instance.borders.pairs.tolist())
        weights = W({i: sorted(graph[i]) for i in range(len(instance))}, silence_warnings=True)
        table = gpd.GeoDataFrame(
            {"population": instance.population, "x": instance.x, "y": instance.y},
            geometry=gpd.points_from_xy(instance.x, instance.y),
        )
        np.random.seed(0)  # noqa: NPY002  spopt draws from the global generator
        model = MaxPHeuristic(
            table,
            weights,
            ["x", "y"],
            "population",
            _THRESHOLD,
            2,
            max_iterations_construction=_CONSTRUCTIONS,
            max_iterations_sa=1,  # annealing serves the second objective only; ten rounds are the default
        )
        built = time.perf_counter()
        model.solve()
        solved = time.perf_counter()
    labels = np.asarray(model.labels_)
    parts: list[Part] = [tuple(np.flatnonzero(labels == k).tolist()) for k in np.unique(labels)]
    phases = {"build": built - begun, "solve": solved - built}
    return Outcome("feasible", phases, int(model.p), note=_NOTE), parts


register(Benchmark("maxp", "Peers: most parts above a threshold (spopt)", sweep, smoke, run, grace=30.0))
