"""What a plan does, in figures: of each region as a whole, and of each of its mergers."""

from __future__ import annotations

from collections.abc import Sequence

from ....solver.results.mergers import Merger
from ....solver.review.effects import Effect, Effects
from ....solver.review.rate_changes import rate_changes
from .record import EffectFigures, IndicatorFigures, MergerEffects, RateFigures


def indicator_figures(effects: Effects) -> dict[str, IndicatorFigures]:
    """Describe what was measured, by name."""
    return {
        one.indicator.name: IndicatorFigures(
            family=one.indicator.family,
            unit=one.indicator.unit,
            digits=one.indicator.digits,
            sources=list(one.indicator.sources),
            columns=list(one.indicator.columns),
            remarks=list(one.remarks),
        )
        for one in effects.measured
    }


def region_effects(effects: Effects, mergers: Sequence[Merger]) -> dict[str, EffectFigures]:
    """Give the effects on the mergers of a region together, those that stay alone among them."""
    return _figures(effects.of_parts(_places(effects, mergers)))


def merger_effects(effects: Effects, mergers: Sequence[Merger]) -> list[MergerEffects]:
    """Give the effects on each merger of two municipalities or more."""
    instance = effects.instance
    return [
        MergerEffects(
            name=merger.name(instance),
            seat=instance.codes[merger.seat],
            effects=_figures(effects.of_parts(_places(effects, [merger]))),
        )
        for merger in mergers
        if len(merger.members) > 1
    ]


def others_effects(effects: Effects, mergers: Sequence[Merger]) -> dict[str, EffectFigures]:
    """Give the effects on all municipalities that are in none of the mergers, in other regions too."""
    own = set(_places(effects, mergers))
    return _figures(effects.of_parts(k for k in range(len(effects.parts)) if k not in own))


def rate_figures(effects: Effects, mergers: Sequence[Merger]) -> list[RateFigures]:
    """Give the tax rates of each member of the mergers, before and after."""
    own = {i for merger in mergers for i in merger.members}
    rates: dict[int, dict[str, EffectFigures]] = {}
    named: dict[int, str] = {}
    for one in rate_changes(effects):
        if one.municipality in own:
            found = EffectFigures(before=one.before, after=one.after, change=one.change)
            rates.setdefault(one.municipality, {})[one.indicator.name] = found
            named[one.municipality] = one.merger
    instance = effects.instance
    return [
        RateFigures(nis=instance.codes[i], name=instance.names[i], merger=named[i], rates=found)
        for i, found in rates.items()
    ]


def _places(effects: Effects, mergers: Sequence[Merger]) -> list[int]:
    place = {members: k for k, members in enumerate(effects.parts)}
    return [place[merger.members] for merger in mergers]


def _figures(found: Sequence[Effect]) -> dict[str, EffectFigures]:
    return {
        one.indicator.name: EffectFigures(before=one.before, after=one.after, change=one.change)
        for one in found
    }
