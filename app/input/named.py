"""Regions and boundary files as users name them."""

from __future__ import annotations

from pathlib import Path

from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..maps.shapes import Shapes


def region_names(instance: Instance, wanted: list[str] | None) -> list[str]:
    """Give region names as the instance writes them, in whatever case they were given."""
    if not wanted:
        return list(instance.regions)
    regions = instance.region_indices(wanted, unknown="--region: there is no such region", any_case=True)
    return [instance.regions[region] for region in regions]


def shapes_to_draw(instance: Instance, boundaries: Path | None, layer: str | None = None) -> Shapes:
    """Choose the shapes to draw: of the file given, else of the one remembered, else generalised cells."""
    from ..maps.remembered import forget_boundaries, remember_boundaries, remembered_boundaries
    from ..maps.shapes import generalised_shapes
    from ..terminal.console import warn

    if layer is not None and (boundaries is None or str(boundaries) == "none"):
        reject("--layer says which layer of a file is meant", "name the file with --boundaries", value=layer)
    if boundaries is not None and str(boundaries) != "none":
        from ..maps.boundaries import read_boundaries

        shapes = read_boundaries(boundaries, instance, layer=layer)
        remember_boundaries(boundaries, instance, layer)
        return shapes
    if boundaries is not None:
        forget_boundaries(instance)
    else:
        remembered, warning = remembered_boundaries(instance)
        if warning:
            warn(f"warning: {warning}")
        if remembered is not None:
            return remembered
    return generalised_shapes(instance)
