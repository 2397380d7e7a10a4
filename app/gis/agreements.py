"""What is agreed, as features: links, borders, points, and mergers that are kept as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import shapely

from ...models.question.each_lock import Lock, locks_of
from ..dutch import labels
from ..maps.joining import shared_border, shortest_tree
from ..maps.shapes import Geometry
from .layers import Column, Drawn, FeatureLayer, Form, names_text
from .parts import is_kept

_SAME = 2.0
"""Borders nearer to each other than this, in metres, are one border."""

AREAS, LINES, POINTS = "agreed_areas", "agreed_lines", "agreed_points"
"""Names of the layers: those of one form each, as every GIS wants it."""

FAR = "apart_far"
"""Kind of municipalities that are kept apart and have no border to draw it on."""

_FORMS: dict[str, Form] = {AREAS: "MultiPolygon", LINES: "MultiLineString", POINTS: "Point"}


def agreement_layers(drawn: Drawn) -> list[FeatureLayer]:
    """Make the layers of locks and existing mergers; those without any are left out.

    Of agreements that name municipalities of several regions, those are shown that name one of the regions
    asked for.
    """
    scenario = drawn.plan.scenario
    assert scenario is not None
    here = {i for name in drawn.regions for i in drawn.instance.members(drawn.instance.regions.index(name))}
    locks = [lock for lock in locks_of(drawn.instance, scenario) if here.intersection(lock.municipalities)]
    layers = []
    for name, form in _FORMS.items():
        found = [one for lock in locks for one in _features(drawn, lock) if one[0] == name]
        if found:
            rows, shapes = tuple(row for _, row, _ in found), tuple(shape for *_, shape in found)
            layers.append(FeatureLayer(name, drawn.title(name), form, _columns(drawn), rows, shapes))
    return layers


def kind_of(drawn: Drawn, lock: Lock) -> str:
    """Name the kind of an agreement; existing mergers are kept as they are, or may be extended."""
    scenario = drawn.plan.scenario
    assert scenario is not None
    if lock.kind == "existing":
        return "kept" if is_kept(scenario, lock) else "extended"
    return lock.kind


def _columns(drawn: Drawn) -> tuple[Column, ...]:
    return (
        drawn.column("kind", "text", words="agreements"),
        drawn.column("level", "text", words="levels"),
        *drawn.columns({"text": "text", "members": "text", "member_nis": "text"}),
    )


def _features(drawn: Drawn, lock: Lock) -> Iterator[tuple[str, dict[str, object], Geometry]]:
    """Give layer, row and shape of an agreement; of a group that is kept apart those of each pair."""
    instance, shapes = drawn.instance, drawn.shapes.geometry
    kind, members = kind_of(drawn, lock), lock.municipalities
    points = shapely.points(instance.x, instance.y)
    if kind == "kept":
        yield AREAS, _row(drawn, lock, members), drawn.shapes.merged(members)
    elif kind in ("together", "extended"):
        cells = {i: shapes[i] for i in members}
        places = {i: (float(instance.x[i]), float(instance.y[i])) for i in members}
        links = [(places[a], places[b]) for a, b in shortest_tree(members, cells, places, _SAME)]
        yield LINES, _row(drawn, lock, members), shapely.MultiLineString(links)
    elif kind == "added":
        yield LINES, _row(drawn, lock, members), _line(*(points[i] for i in members))
    elif kind in ("apart", "removed"):
        for pair in combinations(members, 2):
            border = shared_border(shapes[pair[0]], shapes[pair[1]], _SAME)
            row = _row(drawn, lock, pair, FAR if kind == "apart" and border is None else "")
            yield LINES, row, _line(*(points[i] for i in pair)) if border is None else border
    else:
        for i in members:
            yield POINTS, _row(drawn, lock, (i,)), points[i]


def _row(drawn: Drawn, lock: Lock, members: Sequence[int], kind: str = "") -> dict[str, object]:
    scenario = drawn.plan.scenario
    assert scenario is not None
    names = [drawn.instance.names[i] for i in members]
    kind = kind or kind_of(drawn, lock)
    return {
        "kind": kind,
        "level": lock.level or ("zones" if scenario.level == "zones" else "mergers"),
        "text": f"{labels(drawn.language)['agreements'][kind]}: {', '.join(names)}",
        "members": names_text(names),
        "member_nis": names_text([drawn.instance.codes[i] for i in members]),
    }


def _line(one: Geometry, other: Geometry) -> Geometry:
    return shapely.MultiLineString([shapely.LineString([one, other])])
