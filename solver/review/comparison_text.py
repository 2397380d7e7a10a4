"""A comparison in a sentence."""

from __future__ import annotations

import math

from ..results.part_names import part_name
from .comparison import Comparison, LevelComparison


def moving_text(found: Comparison, level: LevelComparison, k: int) -> str:
    """Say who moves, and how alike the plans are, in one sentence without a full stop."""
    part, population = part_name(level.level), found.instance.population
    movers = [transfer.municipality for transfer in level.transfers[k] if transfer.moves]
    if not level.transfers[k]:
        return f"Both plans have the same {part}s"
    scope = sum(merger.population(found.instance) for merger in found.plans[0].plan.mergers)
    people = int(population[movers].sum())
    who = "municipality changes" if len(movers) == 1 else "municipalities change"
    alike = math.floor(1000 * level.similarity[0][k].rand) / 10  # never 100 where something changes
    return (
        f"{len(movers)} {who} {part}, with {people:,} inhabitants ({100 * people / scope:.1f} %); "
        f"{alike:.1f} % of pairs of inhabitants are placed alike"
    )
