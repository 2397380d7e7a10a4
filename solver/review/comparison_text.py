"""A comparison in a sentence."""

from __future__ import annotations

import math

from ..results.mergers import part_name
from ..results.points_in_words import points_in_words, with_words
from ..results.status import points_text
from .comparison import Comparison, LevelComparison


def moving_text(comparison: Comparison, level: LevelComparison, k: int) -> str:
    """Say how many municipalities move, and how alike the plans are, in one sentence without a full stop."""
    part, population = part_name(level.level), comparison.instance.population
    movers = [transfer.municipality for transfer in level.transfers[k] if transfer.moves]
    if not level.transfers[k]:
        return f"Both plans have the same {part}s"
    scope = sum(merger.population(comparison.instance) for merger in comparison.plans[0].plan.mergers)
    people = int(population[movers].sum())
    subject = "municipality changes" if len(movers) == 1 else "municipalities change"
    alike = math.floor(1000 * level.similarity[0][k].rand) / 10  # never 100 where something changes
    return (
        f"{len(movers)} {subject} {part}, with {people:,} inhabitants ({100 * people / scope:.1f} %); "
        f"{alike:.1f} % of pairs of inhabitants are placed alike"
    )


def score_words(comparison: Comparison, k: int) -> str:
    """Say in words what a plan scores less, or more, than the first one; empty where that is nothing."""
    first, other = comparison.plans[0], comparison.plans[k]
    nano = first.plan.score_nano - other.plan.score_nano
    return points_in_words(comparison.instance, comparison.scenario, comparison.regions, nano)


def score_text(comparison: Comparison, k: int) -> str:
    """Say what a plan scores less, or more, than the first one, in points and in words."""
    first, other = comparison.plans[0], comparison.plans[k]
    nano = first.plan.score_nano - other.plan.score_nano
    if not nano:
        return f"{other.name} scores the same as {first.name}"
    how = "less" if nano > 0 else "more"
    text = f"{other.name} scores {points_text(abs(nano))} points {how} than {first.name}"
    return with_words(text, score_words(comparison, k))
