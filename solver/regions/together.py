"""Regions that are answered together, because a budget over the whole plan binds them to each other.

They are answered as one region whose borders are those of each: a set partitioning problem of blocks, with
the budget as a side constraint over all of them. The plan and its proof are those of all; each region is told
what follows for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...instances.instance import Instance
from ...models.question.united import united
from ...models.scoring.model import Model
from ..results.mergers import Merger
from ..results.region_result import RegionResult


@dataclass(frozen=True, eq=False)
class Block:
    """Regions that are answered as one, or a region by itself.

    Attributes
    ----------
    levels : tuple of Model
        What is asked at each level.
    region : int
        Index of the region in these models.
    regions : tuple of int
        The reference regions that it is made of, by their index in the instance.
    """

    levels: tuple[Model, ...]
    region: int
    regions: tuple[int, ...]


def blocks_of(levels: tuple[Model, ...], regions: Sequence[int]) -> list[Block]:
    """Divide regions into those that are answered as one: each by itself unless a budget binds them."""
    if len(regions) < 2 or not any(model.question.budgets for model in levels):
        return [Block(levels, region, (region,)) for region in regions]
    asked = [united(model.question, regions) for model in levels]
    models = tuple(Model(question, model.scorer) for (question, _), model in zip(asked, levels, strict=True))
    return [Block(models, asked[0][1], tuple(regions))]


def divided(instance: Instance, regions: Sequence[int], result: RegionResult) -> tuple[RegionResult, ...]:
    """Give the answer for each of the regions that were answered as one.

    The bound of a region says what it can score while the others score what they do: the bound of all less
    their scores. So a plan that is proved to be the best of all has a bound of each region that it meets.

    Parameters
    ----------
    instance : Instance
        With these regions.
    regions : sequence of int
    result : RegionResult
        For all of them.
    """
    if len(regions) == 1:
        return (result,)
    return tuple(_of_one(instance, region, len(regions), result) for region in regions)


def _of_one(instance: Instance, region: int, among: int, result: RegionResult) -> RegionResult:
    mergers, zones = (
        tuple(part for part in parts if instance.region[part.seat] == region)
        for parts in (result.mergers, result.zones)
    )
    score = None if result.score_nano is None else sum(part.score_nano for part in (*mergers, *zones))
    lacking = None
    if result.score_nano is not None and result.bound_nano is not None:
        lacking = result.bound_nano - result.score_nano
    return replace(
        result,
        name=instance.regions[region],
        municipalities=len(instance.members(region)),
        mergers=mergers,
        zones=zones,
        score_nano=score,
        bound_nano=None if score is None or lacking is None else score + lacking,
        # the work was one for all of them: shared out in equal parts, so that sums over regions stay true
        seconds=result.seconds / among,
        stages={stage: seconds / among for stage, seconds in result.stages.items()},
        together=True,
    )


def joined(name: str, results: Sequence[RegionResult]) -> RegionResult:
    """Give the answer for several regions as one, of which `divided` made one for each."""
    if len(results) == 1:
        return results[0]
    scores = [one.score_nano for one in results]
    score = None if None in scores else sum(one for one in scores if one is not None)
    gaps = [
        one.bound_nano - one.score_nano
        for one in results
        if one.bound_nano is not None and one.score_nano is not None
    ]
    return replace(
        results[0],
        name=name,
        municipalities=sum(one.municipalities for one in results),
        mergers=_sorted(part for one in results for part in one.mergers),
        zones=_sorted(part for one in results for part in one.zones),
        score_nano=score,
        bound_nano=None if score is None or len(gaps) < len(results) else score + max(gaps),
        seconds=sum(one.seconds for one in results),
        stages={},
        together=False,
    )


def _sorted(parts: Iterator[Merger]) -> tuple[Merger, ...]:
    return tuple(sorted(parts, key=lambda part: part.members))
