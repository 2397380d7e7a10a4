"""Official boundaries, read from a vector file that the user names."""

from __future__ import annotations

from pathlib import Path

from ...instances import Instance
from ...instances.common.activity import doing
from ...instances.outlines import read_outlines
from .shapes import Shapes, dissolve


@doing("reading the boundaries")
def read_boundaries(
    path: str | Path, instance: Instance, *, column: str | None = None, layer: str | None = None
) -> Shapes:
    """Read the shape of each municipality from a vector file, joined on the code.

    Parameters
    ----------
    path : str or Path
        A file on this computer: shapefile (also zipped), GeoPackage, GeoJSON, TopoJSON, FlatGeobuf, or the
        folder of a file geodatabase.
    instance : Instance
        Its codes say which rows are used; its CRS is the one of the result.
    column : str, optional
        The column with the codes. Without it, the column whose values match the most codes.
    layer : str, optional
        Needed where the file has several.

    Returns
    -------
    Shapes
        Several rows with the same code are dissolved; rows with other codes are left out.

    Raises
    ------
    InputError
        The file cannot be read, has no such column or layer, misses municipalities, or has shapes that do
        not lie where the municipalities are; or geopandas is not installed.
    """
    file = Path(path).expanduser()
    outlines = read_outlines(file, instance, column=column, layer=layer)
    return Shapes(tuple(dissolve(list(parts)) for parts in outlines), False, f"boundaries: {file.name}")
