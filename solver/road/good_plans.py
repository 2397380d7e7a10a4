"""Good plans of a region, and which of some groups each of them has whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import BoolArray
from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ..deadline import Deadline, TimeUpError
from ..diagrams.diagram import DiagramLimitError
from ..plan_sets.alternatives import AlternativesParams, Loss
from ..plan_sets.alternatives.co_assignment import near_optimal_by_component
from ..plan_sets.alternatives.near_optimal import NearOptimalPlans
from ..plan_sets.regions import listed_regions

_MOST = 20_000_000
"""Pairs of plans of components that are put together at most."""


@dataclass(frozen=True)
class GoodPlans:
    """All good plans of a region.

    Attributes
    ----------
    whole : ndarray of bool, shape (plans, groups)
        Whether a plan has all municipalities of a group in one merger.
    """

    whole: BoolArray

    def number(self, groups: Collection[int] = ()) -> int:
        """Count the plans that have some groups whole."""
        return int(self.whole[:, sorted(groups)].all(axis=1).sum())


def good_plans(
    instance: Instance,
    scenario: Scenario,
    region: str,
    groups: Sequence[Sequence[int]],
    loss: Loss,
    deadline: Deadline,
    *,
    exactly: bool = False,
) -> GoodPlans | None:
    """List the good plans of a region, and which groups of municipalities each has whole.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level.
    region : str
    groups : sequence of sequences of int
    loss : Loss
        What a good plan may lack to the best one.
    deadline : Deadline
    exactly : bool
        A group counts as whole only where the merger holds nobody else.

    Returns
    -------
    GoodPlans or None
        None where they are too many to list, or the time was up.
    """
    params = AlternativesParams()
    (listed,) = listed_regions(instance, scenario, [region], deadline)
    if listed.listing is None:
        return None
    try:
        found = near_optimal_by_component(listed.listing, loss, deadline, params.most_good, params)
    except (DiagramLimitError, TimeUpError):
        return None
    if found is None:
        return None
    components, allowed = found
    losses, whole = np.zeros(1, dtype=np.int64), np.zeros((1, len(groups)), dtype=np.bool_)
    for component in components:
        if len(losses) * len(component) > _MOST:
            return None
        own = _whole(component, groups, exactly)
        total = np.add.outer(losses, component.loss)
        before, now = np.nonzero(total <= allowed)
        losses, whole = total[before, now], whole[before] | own[now]
    return GoodPlans(whole)


def _whole(component: NearOptimalPlans, groups: Sequence[Sequence[int]], exactly: bool) -> BoolArray:
    """Tell which groups each plan of a component has whole, shape (plans, groups)."""
    candidates = component.priced.candidates
    place: dict[int, int] = {int(i): k for k, i in enumerate(candidates.municipalities)}
    holding = np.zeros((len(component.priced.reduced_costs), len(groups)), dtype=np.bool_)
    rows = np.unique(np.concatenate([level.row for level in component.levels]))
    members = candidates.dense(rows).astype(np.bool_)
    for g, group in enumerate(groups):
        if all(i in place for i in group):
            has = members[:, [place[i] for i in group]].all(axis=1)
            holding[rows, g] = has & (members.sum(axis=1) == len(group)) if exactly else has
    begun = np.zeros((1, len(groups)), dtype=np.bool_)
    whole = np.zeros((len(component), len(groups)), dtype=np.bool_)
    for depth, level in enumerate(component.levels):
        begun = begun[level.parent] | holding[level.row]
        ended = component.level == depth
        whole[ended] = begun[component.place[ended]]
    return whole
