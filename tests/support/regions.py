"""Regions answered by methods of a test's own choice."""

from __future__ import annotations

from collections.abc import Sequence

from refzones.instances import Instance
from refzones.models import Scenario
from refzones.models.scoring.model import Model
from refzones.solver.candidates.components import Component
from refzones.solver.deadline import Deadline
from refzones.solver.engines import Engine, engine
from refzones.solver.methods.contract import Method, Task
from refzones.solver.methods.listed import Listed, ListingParams
from refzones.solver.methods.registry import chain
from refzones.solver.regions.region import RegionSolver
from refzones.solver.results.result import RegionResult

UNLISTED = ListingParams(most_candidates=1)
"""A limit of candidates so low that components are searched."""


def answer_region(
    instance: Instance,
    scenario: Scenario,
    region: int = 0,
    *,
    by: Engine | None = None,
    deadline: Deadline = Deadline(),
    listing: ListingParams | None = None,
    methods: Sequence[Method] | None = None,
) -> RegionResult:
    """Answer a region of a scenario of one level, by the usual methods if no others are named."""
    if methods is None:
        methods = chain() if listing is None else (Listed(listing), *chain()[1:])
    model = Model.of(instance, scenario)
    return RegionSolver((model,), region, methods, by or engine(), 0, deadline).solve()


def task_of_region(instance: Instance, scenario: Scenario, region: int = 0) -> Task:
    """Give a region of a scenario of one level as one component, fixed parts included."""
    model = Model.of(instance, scenario)
    fixed = tuple(part for part, _ in model.question.fixed_parts(region))
    return Task((model,), Component(region, instance.members(region)), fixed, engine())
