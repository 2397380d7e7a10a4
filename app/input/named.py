"""Regions and boundary files as users name them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def shapes_to_draw(
    instance: Instance,
    boundaries: Path | None,
    layer: str | None = None,
    tell: Callable[[str], None] | None = None,
) -> Shapes:
    """Choose the shapes to draw: of the file given, else of the one remembered, else generalised cells.

    Parameters
    ----------
    instance : Instance
    boundaries : Path or None
        ``none`` forgets the file that is remembered.
    layer : str, optional
        Of the file.
    tell : callable, optional
        Told what is remembered from now on, used because it is remembered, or forgotten. Default: a line on
        the terminal.
    """
    given = given_shapes(instance, boundaries, layer, tell)
    if given is not None:
        return given
    from ..maps.shapes import generalised_shapes

    return generalised_shapes(instance)


def given_shapes(
    instance: Instance,
    boundaries: Path | None,
    layer: str | None = None,
    tell: Callable[[str], None] | None = None,
) -> Shapes | None:
    """Read the shapes of the file given, or of the one remembered; see `shapes_to_draw`. None without one."""
    from ..maps.remembered import (
        forget_boundaries,
        remember_boundaries,
        remembered_boundaries,
        remembered_path,
    )
    from ..terminal.console import say, warn

    tell = tell or say
    if layer is not None and (boundaries is None or str(boundaries) == "none"):
        reject("--layer says which layer of a file is meant", "name the file with --boundaries", value=layer)
    before = remembered_path(instance)
    if boundaries is not None and str(boundaries) != "none":
        from ..maps.boundaries import read_boundaries

        shapes = read_boundaries(boundaries, instance, layer=layer)
        if remember_boundaries(boundaries, instance, layer):
            tell(
                f"{instance.name} is drawn with these boundaries from now on; --boundaries none forgets them"
            )
        return shapes
    if boundaries is not None:
        if forget_boundaries(instance):
            tell(f"the boundaries of {before} are forgotten")
        return None
    remembered, warning = remembered_boundaries(instance)
    if warning:
        warn(f"warning: {warning}")
    if remembered is None:
        return None
    tell(f"drawn with the boundaries of {before}, remembered; --boundaries none forgets them")
    return remembered


def layer_to_draw(drawn: Sequence[Path], layer: str | None) -> str | None:
    """Give the layer where the file to draw has it, or has several and none of that name."""
    from ...instances.vectors.files import layers_of

    if layer is None or not drawn:
        return None
    layers = layers_of(drawn[0])
    return layer if layer in layers or len(layers) > 1 else None
