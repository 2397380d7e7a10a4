"""Pictures are drawn by the room above this one, which offers them by name."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

from ...instances.common.problems import reject

GROUP = "refzones.plots"
"""Group of entry points, in `pyproject.toml`, under which pictures are offered."""


def drawn(kind: str, *given: Any, **options: Any) -> Any:
    """Draw a picture by its name.

    What is drawn imports what it draws, never the other way round: so results find their pictures, when asked
    to draw themselves, among the entry points of the installation.

    Parameters
    ----------
    kind : str
        Name of an entry point of `GROUP`.
    *given, **options
        What it is called with.

    Returns
    -------
    object
        What it returns: a figure, mostly.

    Raises
    ------
    InputError
        Nothing is offered under this name, or a library that it needs is not installed.
    """
    offered = entry_points(group=GROUP, name=kind)
    if not offered:
        reject(
            "this installation offers no picture of this kind",
            "install refzones again: pip install -e '.[research]' in its folder",
            value=kind,
        )
    try:
        draw = next(iter(offered)).load()
        return draw(*given, **options)
    except ModuleNotFoundError as error:
        needs(error)
        raise


def needs(error: ModuleNotFoundError) -> None:
    """Say which extra brings a library that is missing.

    Raises
    ------
    InputError
        The library is one that an extra brings.
    """
    if (error.name or "").partition(".")[0] in ("pandas", "geopandas", "pyogrio", "pyproj"):
        reject(f"this needs the package {error.name}", "pip install 'refzones[research]'")
