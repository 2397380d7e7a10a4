"""What is given, as the page takes it: municipalities, borders, terms, presets, and the map."""

from __future__ import annotations

import json
from importlib.metadata import version

from ....instances.entities import CLASSES
from ....instances.instance import Instance
from ....models.scenario.scenario import Scenario, presets
from ....models.terms import build_term
from ..contract.given import InstanceData, Municipality, Named, TermMeta
from ..contract.saying import said
from .room import Room


def describe(room: Room) -> None:
    """Tell what is given."""
    room.say("instance", instance_data(room.instance))


def instance_data(instance: Instance) -> InstanceData:
    """Describe an instance and what can be asked of it."""
    known = {name: Scenario.preset(name) for name in presets()}
    return InstanceData(
        name=instance.name,
        title=instance.title,
        vintage=instance.vintage,
        program=version("refzones"),
        inhabitants=instance.total_population,
        regions=list(instance.regions),
        municipalities=[_municipality(instance, i) for i in range(len(instance))],
        borders=[
            (int(a), int(b), float(length))
            for (a, b), length in zip(
                instance.borders.pairs.tolist(), instance.borders.length.tolist(), strict=True
            )
        ],
        layers=[Named(key=name, label=said(name.replace("_", " "))) for name in instance.layers],
        functions=[
            Named(key=name, label=said(function.label or name))
            for name, function in instance.functions.items()
        ],
        classes=[Named(key=name, label=said(name)) for name in CLASSES if name in instance.classes],
        terms=_terms(instance, known),
        presets=[
            Named(key=name, label=said(name), about=said(preset.description))
            for name, preset in known.items()
        ],
        plans=[],
        sources=[str(source) for source in instance.sources],
    )


def _municipality(instance: Instance, i: int) -> Municipality:
    return Municipality(
        code=instance.codes[i],
        name=instance.names[i],
        inhabitants=int(instance.population[i]),
        area=float(instance.area[i]),
        region=int(instance.region[i]),
        equipment=instance.classes[i],
        facility=bool(instance.facility[i]),
        merged_in=int(instance.merged_in[i]),
        functions=[name for name, function in instance.functions.items() if function.present[i]],
        zones={name: layer.name_of(i) for name, layer in instance.layers.items()},
    )


def _terms(instance: Instance, known: dict[str, Scenario]) -> list[TermMeta]:
    names = dict.fromkeys(name for preset in known.values() for one in preset.levels for name in one.weights)
    metas = []
    for name in names:
        holder = next(one for preset in known.values() for one in preset.levels if name in one.weights)
        term = build_term(name, instance, holder)
        weights = {
            key: preset.levels[0].weights[name]
            for key, preset in known.items()
            if name in preset.levels[0].weights
        }
        metas.append(
            TermMeta(
                name=name,
                label=said(name),
                unit=said(term.unit),
                better="more" if term.sense > 0 else "less",
                divided_by=term.divided_by,
                weights=weights,
            )
        )
    return metas


def draw(room: Room) -> None:
    """Tell the geometry of the map: of the boundary file, where there is one, else generalised."""
    from ...maps.outline_store import outlines_json
    from ...maps.remembered import remembered_path

    instance, boundaries = room.instance, room.setup.boundaries
    if boundaries == "none":
        boundaries = None
    elif boundaries is None:
        known = remembered_path(instance)
        boundaries = str(known) if known is not None and known.exists() else None
    room.say("map", json.loads(outlines_json(instance, boundaries, layer=room.setup.layer)))
