"""The layers of an evaluated plan for a GIS: what `refzones evaluate --gpkg` writes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ...instances.common.atomic import check_file, write_file
from ...instances.common.path_names import as_text
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ...solver.review.evaluation import Evaluation
from ..dutch import Language

if TYPE_CHECKING:
    from ..maps.shapes import Shapes

_OPTION = "--gpkg"


def check_package_file(path: Path, instance: Instance) -> None:
    """Make sure, before any work, that a GeoPackage of an instance can be written to a file.

    Raises
    ------
    InputError
        It cannot, or its ending is none of a GeoPackage.
    """
    from ..gis.package import known_crs

    if path.suffix.lower() != ".gpkg":
        what = "--gpkg: a GeoPackage has a name that ends in .gpkg"
        reject(what, "give it such a name", value=as_text(path))
    known_crs(instance)
    check_file(path, option=_OPTION)


def write_evaluation_package(
    path: Path, evaluation: Evaluation, shapes: Shapes, *, language: Language
) -> None:
    """Write an evaluated plan as `plan.gpkg` of a run has it.

    Parameters
    ----------
    path : Path
        Replaced as a whole, or left as it was.
    evaluation : Evaluation
    shapes : Shapes
    language : {'en', 'nl'}

    Raises
    ------
    InputError
        The file cannot be written.
    """
    from ..gis.package import write_geopackage

    plan = evaluation.plan.with_context(evaluation.instance, evaluation.scenario)
    with TemporaryDirectory() as folder:
        made = Path(folder) / "plan.gpkg"
        write_geopackage(made, plan, shapes, language=language, regions=evaluation.regions)
        write_file(path, made.read_bytes(), option=_OPTION)
