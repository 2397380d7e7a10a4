"""All layers of a plan, from below to above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...models.question.each_lock import locks_of
from ...solver.results.mergers import part_name
from ...solver.results.plan import Plan
from ..dutch import Language
from ..maps.colours import STANDALONE
from ..maps.merger import map_mergers
from ..maps.shapes import Shapes
from .agreements import agreement_layers
from .frames import region_layer, zone_layers
from .layers import Drawn, FeatureLayer
from .municipalities import municipality_layer
from .parts import levels_of, part_layer


def layers_of(
    plan: Plan, shapes: Shapes, language: Language = "en", regions: Sequence[str] | None = None
) -> list[FeatureLayer]:
    """Make the layers of a plan, the lowest first.

    Parameters
    ----------
    plan : Plan
        Which knows its instance and its scenario.
    shapes : Shapes
        One geometry a municipality of the instance.
    language : {'en', 'nl'}
        Of titles and labels.
    regions : sequence of str, optional
        Reference regions that are asked for; by default those that the plan has municipalities of.

    Returns
    -------
    list of FeatureLayer
        Municipalities; mergers; zones; a layer of zones of each kind that the scenario asks about; regions;
        agreements. Those that the plan has none of are left out.
    """
    assert plan.instance is not None
    drawn = Drawn(plan, shapes, language, tuple(plan.regions if regions is None else regions), {})
    if not plan.mergers:
        return [region_layer(drawn), *agreement_layers(drawn)]
    drawn = replace(drawn, fills=_printed_fills(drawn))
    levels = levels_of(drawn)
    return [
        municipality_layer(drawn, levels),
        *zone_layers(drawn),
        *(part_layer(drawn, level, levels) for level in levels),
        region_layer(drawn),
        *agreement_layers(drawn),
    ]


def _printed_fills(drawn: Drawn) -> dict[int, str]:
    """Colour of each merger by its seat, as on the printed map; grey for those in other regions."""
    from ..maps.drawing import open_page
    from ..maps.ground import merger_fills

    plan, instance, scenario = drawn.plan, drawn.instance, drawn.plan.scenario
    assert scenario is not None
    mergers = map_mergers(instance, plan.mergers)
    *_, window = open_page(
        instance,
        drawn.shapes,
        mergers,
        part_name(scenario.level),
        zones=[zone.members for zone in plan.zones],
        regions=drawn.regions,
        locks=locks_of(instance, scenario),
        language=drawn.language,
    )
    fills = merger_fills(instance, window.areas, window.mergers)
    shown = dict(zip([merger.seat for merger in window.mergers], fills, strict=True))
    return {merger.seat: shown.get(merger.seat, STANDALONE) for merger in mergers}
