"""What commands that check runs share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ..maps.shapes import Shapes


def shapes_of(folder: Path, instance: Instance, boundaries: Path | None, layer: str | None) -> Shapes | None:
    """Give the shapes that those of a run can be compared with, as far as they are at hand."""
    from ..files.features_check import drawn_from
    from ..maps.boundaries import read_boundaries
    from ..maps.remembered import remembered_boundaries, remembered_path
    from ..maps.shapes import generalised_shapes
    from ..terminal.console import say

    if boundaries is not None:
        return read_boundaries(boundaries, instance, layer=layer)
    generalised, source = drawn_from(folder)
    if generalised:
        return generalised_shapes(instance)
    remembered, _ = remembered_boundaries(instance)
    if remembered is None or remembered.source != source:
        return None
    say(f"shapes: compared with the boundaries of {remembered_path(instance)}, remembered")
    return remembered


def stop_if_any(violations: list[str]) -> None:
    """Say what is untrue, and end."""
    from ..terminal.console import say

    for text in violations:
        say(f"violation: {text}")
    if violations:
        raise typer.Exit(1)
