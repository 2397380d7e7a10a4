"""All layers of a plan, from below to above."""

from __future__ import annotations

from collections.abc import Sequence

from ...solver.results.plan import Plan
from ..dutch import Language
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
    from ..maps.areas import lay_out
    from ..maps.ground import merger_fills

    assert plan.instance is not None
    drawn = Drawn(plan, shapes, language, tuple(plan.regions if regions is None else regions), ())
    if not plan.mergers:
        return [region_layer(drawn), *agreement_layers(drawn)]
    mergers = map_mergers(plan.instance, plan.mergers)
    _, areas = lay_out(plan.instance, shapes, mergers)
    fills = tuple(merger_fills(plan.instance, areas, mergers))
    drawn = Drawn(plan, shapes, language, drawn.regions, fills)
    levels = levels_of(drawn)
    return [
        municipality_layer(drawn, levels),
        *zone_layers(drawn),
        *(part_layer(drawn, level, levels) for level in levels),
        region_layer(drawn),
        *agreement_layers(drawn),
    ]
