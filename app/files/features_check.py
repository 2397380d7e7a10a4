"""Checks of the shapes of a run against its plan: what they say, and where they lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...instances.common.json_text import strict_json
from ...instances.common.problems import InputError, Problems
from ...instances.instance import Instance
from ...instances.tables.table import read_text
from ...solver.results.record import MergerRecord, PlanRecord
from ...solver.verification.values import values_of
from ..maps.shapes import Geometry, Shapes
from .run_file import Stated

FEATURES_FILE = "plan.geojson"

_ALIKE = 1e-4  # of a shape's surface that may differ: coordinates are rounded to a tenth of a metre
_DECIMALS = 6  # of a degree
_TERM_DECIMALS = 6
_SHORT = "0.1."
_TOP = {"type", "bbox", "generalised", "source", "features"}


def check_features(path: Path, stated: Stated) -> list[str]:
    """Compare `plan.geojson` with the plan beside it.

    Without the shapes that it was drawn from, its own are compared with the points of the municipalities:
    each is where its members are.

    Returns
    -------
    list of str
        Differences in words; empty when all agree.
    """
    problems = Problems()
    text = read_text(path, problems)
    try:
        problems.raise_if_any()
        data = strict_json(text or "", FEATURES_FILE)
    except InputError as error:
        return [f"{FEATURES_FILE}: {problem.what}" for problem in error.problems]
    differences = _differences(data, stated.record, stated.instance, stated.shapes)
    return [f"{FEATURES_FILE}: {text}" for text in differences]


def drawn_from(folder: Path) -> tuple[bool, str]:
    """Read whether the shapes of a folder are generalised, and their source; empty where it is not told."""
    text = read_text(folder / FEATURES_FILE, Problems())
    try:
        data = strict_json(text or "", FEATURES_FILE)
        return data["generalised"] is True, str(data["source"])
    except (InputError, KeyError, TypeError):
        return False, ""


def _differences(data: Any, record: PlanRecord, instance: Instance, shapes: Shapes | None) -> Iterator[str]:
    keys = _TOP if record.mergers else _TOP - {"bbox"}
    if not isinstance(data, dict) or set(data) != keys or data["type"] != "FeatureCollection":
        yield f"it is no collection of features with the keys {', '.join(sorted(keys))}"
        return
    features = data["features"]
    if not isinstance(features, list) or not all(_is_feature(feature) for feature in features):
        yield "a feature is not of its type, properties and geometry"
        return
    source = data["source"]
    yield from _other_source(data, shapes)
    if len(features) != len(record.mergers):
        yield f"it has {len(features)} features; plan.json has {len(record.mergers)} entries in mergers"
        return
    for feature, right in zip(features, _properties(record, instance, source), strict=True):
        yield from _other_properties(str(right["name"]), feature["properties"], right)
    geometry = [_shape(feature["geometry"]) for feature in features]
    for place, shape in enumerate(geometry):
        if shape is None:
            yield f"the shape of {record.mergers[place].name} is not one"
    if features and all(shape is not None for shape in geometry):
        yield from _other_shapes(data, geometry, record, instance, shapes)


def _is_feature(feature: object) -> bool:
    return (
        isinstance(feature, dict)
        and set(feature) == {"type", "properties", "geometry"}
        and feature["type"] == "Feature"
        and isinstance(feature["properties"], dict)
        and isinstance(feature["geometry"], dict)
    )


def _other_source(data: Mapping[str, Any], shapes: Shapes | None) -> Iterator[str]:
    if type(data["generalised"]) is not bool or type(data["source"]) is not str or not data["source"]:
        yield "it does not say whether its shapes are generalised, and where they are from"
    elif shapes is not None and (data["generalised"], data["source"]) != (shapes.generalised, shapes.source):
        yield f"its shapes are said to be from '{data['source']}'; they should be from '{shapes.source}'"


def _properties(record: PlanRecord, instance: Instance, source: object) -> Iterator[dict[str, object]]:
    """Give what each feature should say; version 0.1 said nothing of names and terms."""
    version = record.engine.versions.get("refzones", "")
    zone_of = {code: zone for zone in record.zones for code in zone.members}
    for part in record.mergers:
        right: dict[str, object] = {
            "name": part.name,
            "region": part.region,
            "seat": part.seat,
            "members": part.members,
            "population": part.population,
            "standalone": part.standalone,
            "score": part.score,
            "boundaries": source,
        }
        if not version.startswith(_SHORT):
            members = [instance.index[code] for code in part.members]
            right["member_names"] = [instance.names[i] for i in members]
            values = values_of(instance, record.scenario.levels[0], [members])
            right |= {name: _Rounded(float(fields["value"])) for name, fields in values.items()}
        if record.zones:
            right |= {"zone": zone_of[part.seat].name, "zone_nis": zone_of[part.seat].seat}
        yield right


def _other_properties(name: str, stated: Mapping[str, Any], right: Mapping[str, object]) -> Iterator[str]:
    for key in stated.keys() - right.keys():
        yield f"{name}: the property '{key}' is none that a run writes"
    for key, value in right.items():
        if key not in stated:
            yield f"{name}: the property '{key}' is missing"
        elif not _says(stated[key], value):
            yield f"{name}: {key} is {stated[key]!r}; it should be {value!r}"


def _says(stated: object, value: object) -> bool:
    """Tell whether a property has a value; what is rounded may be written as any of the numbers near it."""
    if isinstance(value, _Rounded):
        half = 0.5 * 10.0**-_TERM_DECIMALS * (1 + 1e-6)
        return (
            type(stated) is float and abs(stated - value) <= half and stated == round(stated, _TERM_DECIMALS)
        )
    return stated == value and type(stated) is type(value)


class _Rounded(float):
    """A number that is written with `_TERM_DECIMALS`."""


def _shape(geometry: Mapping[str, Any]) -> Geometry | None:
    """Read a polygon or several; None for anything else."""
    import shapely
    from shapely.geometry import shape

    if set(geometry) != {"type", "coordinates"} or geometry["type"] not in ("Polygon", "MultiPolygon"):
        return None
    try:
        read = shape(geometry)
    except (ValueError, TypeError, IndexError, AttributeError, shapely.errors.ShapelyError):
        return None
    return None if read.is_empty or not read.area > 0 else read


def _other_shapes(
    data: Mapping[str, Any],
    geometry: Sequence[Geometry],
    record: PlanRecord,
    instance: Instance,
    shapes: Shapes | None,
) -> Iterator[str]:
    import shapely

    bounds = shapely.total_bounds(list(geometry))
    box = data["bbox"]
    if not _is_box(box) or not all(
        a == round(a, _DECIMALS) and abs(a - b) < 1.5 * 10**-_DECIMALS
        for a, b in zip(box, bounds, strict=True)
    ):
        yield f"bbox is {box}; it should be {[round(float(b), 6) for b in bounds]}"
    if shapes is not None:
        for part, wrong in zip(record.mergers, _other_than(geometry, record, instance, shapes), strict=True):
            if wrong:
                yield f"{part.name}: its shape is not that of its members"
        return
    from ..maps.shapes import generalised_shapes

    yield from _elsewhere(geometry, record, instance)
    if not any(_other_than(geometry, record, instance, generalised_shapes(instance))):
        yield f"its shapes are the generalised ones, not '{data['source']}'"


def _other_than(
    geometry: Sequence[Geometry], record: PlanRecord, instance: Instance, shapes: Shapes
) -> list[bool]:
    """Tell for each shape whether it differs from the union of its members."""
    from ..maps.features import plan_features

    members = [tuple(instance.index[code] for code in part.members) for part in record.mergers]
    right = plan_features(instance, shapes, [{}] * len(members), members)["features"]
    should = [_shape(feature["geometry"]) for feature in right]
    return [other is None or not are_alike(one, other) for one, other in zip(geometry, should, strict=True)]


def _is_box(box: object) -> bool:
    return isinstance(box, list) and len(box) == 4 and all(type(b) in (int, float) for b in box)


def are_alike(one: Geometry, other: Geometry) -> bool:
    """Tell whether two shapes cover the same, but for what rounding takes."""
    import shapely

    if one.equals_exact(other, 2e-6):
        return True
    both = shapely.symmetric_difference(shapely.make_valid(one), shapely.make_valid(other))
    return bool(both.area <= _ALIKE * other.area)


def _elsewhere(geometry: Sequence[Geometry], record: PlanRecord, instance: Instance) -> Iterator[str]:
    """Shapes that hold no point of their members: of others', or nobody's.

    Points are where people live, or somewhere inside; official boundaries may leave out one that is wrong,
    so one point that is right is enough, and a shape may lie beside its points by as much as its own size.
    """
    import shapely

    from ..maps.features import points_in_degrees

    points = points_in_degrees(instance)
    for part, stated in zip(record.mergers, geometry, strict=True):
        shape = shapely.make_valid(stated)
        own = _points(part, points, instance)
        if any(shape.intersects(point) for point in own):
            continue
        others = [
            point
            for other in record.mergers
            if other is not part
            for point in _points(other, points, instance)
        ]
        size = shape.area**0.5
        if any(shape.intersects(point) for point in others) or min(shape.distance(p) for p in own) > size:
            yield f"{part.name}: its shape is not where its members are"


def _points(part: MergerRecord, points: Sequence[Geometry], instance: Instance) -> list[Geometry]:
    return [points[instance.index[code]] for code in part.members]
