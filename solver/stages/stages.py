"""What is asked of the maps of two dates, each scored for the years that it lasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import InputError, Problems, reject
from ...instances.instance import Instance
from ...models.nano_points import MOST_NANO
from ...models.question.builder import ask
from ...models.question.constraints import ENCLOSED
from ...models.question.kept_whole import check_kept_whole
from ...models.question.layers import own_zones
from ...models.question.neighbours import find_neighbours
from ...models.question.question import Question
from ...models.question.surroundings import forbids_enclosed_mergers
from ...models.scenario.scenario import Scenario
from ...models.scenario.staged import STAGES, StagedScenario
from ...models.scoring.model import Model
from ...models.scoring.scorer import Scorer
from ..regions.answering import with_locks_of_mergers
from ..results.staged import with_staying


class ScorerForYears(Scorer):
    """Scores mergers of a map that counts for some years: nano-points times a whole number.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    share : int
        See `StagedScenario.shares`.
    """

    def __init__(self, instance: Instance, scenario: Scenario, share: int) -> None:
        super().__init__(instance, scenario)
        self.share = share

    def nano(self, values: FloatArray, weights: Mapping[str, float] | None = None) -> IntArray:
        """See `Scorer.nano`; times the share of the years."""
        nano = super().nano(values, weights)
        most = MOST_NANO // len(self.instance)
        heaviest = int(np.abs(nano).max(initial=0))
        if heaviest * self.share > most:
            reject(
                "the weights are too heavy for scores of so many years to be added up",
                f"divide all weights by {heaviest * self.share // most + 1:,} or more",
            )
        return nano * self.share


@dataclass(frozen=True, eq=False)
class StayingQuestion(Question):
    """What is asked of the mergers of a map on which any municipality may stay as it is."""

    @cached_property
    def uncounted(self) -> frozenset[int]:
        """Municipalities that are no merger while they stand alone: all of them."""
        return frozenset(range(len(self.instance)))


def pose(instance: Instance, scenario: StagedScenario, regions: Sequence[str]) -> tuple[Model, Model]:
    """Put the question of each map to some regions; what is wrong with any of them is told at once.

    Raises
    ------
    InputError
        The scenario contradicts itself or the instance: in one of the maps, or what is agreed for the earlier
        one cannot stay whole in the target map.
    """
    problems, models = Problems(), []
    staying = scenario.unmerged == "may_stay"
    for place, (key, asked) in enumerate(zip(STAGES, scenario.stages, strict=True)):
        try:
            _refuse_enclosed_mergers(asked)
            may_stay = staying and not place
            question = (_ask_with_staying if may_stay else ask)(instance, asked, regions)
            # who stays misses no bound, soft ones included
            scored = with_staying(asked, instance.codes) if may_stay else asked
            models.append(Model(question, ScorerForYears(instance, scored, scenario.shares[place])))
        except InputError as error:
            problems.take(error, f"{key}: ")
    problems.raise_if_any()
    earlier, target = (model.question for model in models)
    again = scenario.merged_again == "allowed"
    check_kept_whole(earlier, target, scenario.moments, again=again, problems=problems)
    problems.raise_if_any()
    first, second = with_locks_of_mergers(tuple(models))
    return first, second


def _ask_with_staying(instance: Instance, asked: Scenario, regions: Sequence[str]) -> Question:
    """Ask for a map on which who has no neighbour to merge with may stay like all others."""
    unheard = Problems()  # told when the question is asked
    near = find_neighbours(instance, asked, own_zones(instance, asked, unheard), unheard)
    named = _named(instance, asked)
    lonely = [code for i, code in enumerate(instance.codes) if not near[i] and i not in named]
    question = ask(instance, with_staying(asked, [*asked.rules.staying, *lonely]), regions)
    return StayingQuestion(**{field.name: getattr(question, field.name) for field in fields(Question)})


def _named(instance: Instance, asked: Scenario) -> set[int]:
    """Municipalities that locks and existing mergers name, as far as they are known."""
    groups = (*asked.locks.together, asked.locks.alone, asked.rules.staying, *asked.existing.mergers)
    named = set()
    for text in (text for group in groups for text in group):
        try:
            named.add(instance.find(text))
        except KeyError:
            continue  # told when the question is asked
    return named


def _refuse_enclosed_mergers(asked: Scenario) -> None:
    """Make sure that neither map forbids that mergers are enclosed."""
    if forbids_enclosed_mergers(asked):
        reject(
            f"maps of two dates know no bound on the {ENCLOSED}",
            'write rules.enclosed_parts = "towns" for both maps',
        )
