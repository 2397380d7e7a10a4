"""What is given, as the page takes it: municipalities, borders, terms, presets, and the map."""

from __future__ import annotations

import json
from importlib.metadata import version

from ....instances.common.problems import InputError
from ....instances.entities import CLASSES
from ....instances.instance import Instance
from ....models.scenario.scenario import Scenario, presets
from ....models.scenario.term_names import TERM_NAMES
from ....models.terms import Term, build_term
from ...input.known_plans import known_plans, year_of
from ..contract.base import Text
from ..contract.given import InstanceData, Municipality, Named, TermMeta
from ..contract.saying import said
from ..contract.scenarios import whole_scenario
from . import labels
from .labels import label, term_label
from .room import Room, Setup


def instance_data(instance: Instance) -> InstanceData:
    """Describe an instance and what can be asked of it."""
    from ...maps.merger import source_line

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
        layers=[
            Named(key=name, label=label(labels.LAYERS, name), one=label(labels.ZONES, name, f"{name} zone"))
            for name in instance.layers
        ],
        functions=[
            Named(key=name, label=label(labels.FUNCTIONS, name, function.label))
            for name, function in instance.functions.items()
        ],
        classes=[
            Named(key=name, label=label(labels.CLASSES, name)) for name in CLASSES if name in instance.classes
        ],
        terms=_terms(instance, known),
        presets=[_preset(name, preset) for name, preset in known.items()],
        scenarios={name: whole_scenario(preset) for name, preset in known.items()},
        plans=[Named(key=key, label=_plan_label(key)) for key in known_plans(instance)],
        sources=[source_line(instance)],
    )


def _plan_label(key: str) -> Text:
    year = year_of(key)
    if year is None:
        return Text(en="The municipalities as they are", nl="De gemeenten zoals ze zijn")
    return Text(en=f"The mergers of 1 January {year}", nl=f"De fusies van 1 januari {year}")


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


def _preset(name: str, preset: Scenario) -> Named:
    if name not in labels.PRESETS:
        return Named(key=name, label=said(name), about=said(preset.description))
    (english, dutch), (about, dutch_about) = labels.PRESETS[name]
    return Named(key=name, label=Text(en=english, nl=dutch), about=Text(en=about, nl=dutch_about))


_USUAL = {
    "detached": 100.0,
    "size": 5.0,
    "commuting": 50.0,
    "fiscal": 50.0,
    "cut_edges": 0.05,
    "moment": 1e-7,
    "shortfall": 0.00002,
    "touched": 0.2,
    "straddle": 5.0,
}
"""Weights to begin with, of terms that no preset weighs: each then counts about as much as the others."""


def _terms(instance: Instance, known: dict[str, Scenario]) -> list[TermMeta]:
    """Describe each term that the instance has the data for."""
    written = dict.fromkeys([*labels.TERMS, *(form.partition("(")[0] for form in TERM_NAMES)])
    forms = {form.partition("(")[0]: "(" in form for form in TERM_NAMES}
    metas = []
    for key in written:
        for layer in instance.layers if forms[key] else [""]:
            name = f"{key}({layer})" if layer else key
            try:
                term = build_term(name, instance, _holder(name, known))
            except InputError:
                continue  # the instance lacks what it needs
            metas.append(_term(name, layer, term, known))
    return metas


def _holder(name: str, known: dict[str, Scenario]) -> Scenario:
    levels = [one for preset in known.values() for one in preset.levels]
    return next((one for one in levels if name in one.weights), levels[0])


def _term(name: str, layer: str, term: Term, known: dict[str, Scenario]) -> TermMeta:
    def weights(level: int) -> dict[str, float]:
        asked = {key: preset.levels[level] for key, preset in known.items() if level < len(preset.levels)}
        return {key: one.weights[name] for key, one in asked.items() if name in one.weights}

    own = weights(0)
    return TermMeta(
        name=name,
        key=term.key,
        layer=layer,
        label=term_label(term.key, layer),
        unit=said(term.unit),
        better="more" if term.sense > 0 else "less",
        divided_by=term.divided_by,
        weights=own,
        zone_weights=weights(1),
        usual=next(iter(own.values()), _USUAL.get(term.key, 1.0)),
    )


def draw(room: Room) -> None:
    """Tell the geometry of the map: of the boundary file, where there is one, else generalised."""
    from ...maps.outline_store import outlines_json

    setup = room.setup
    room.say("map", json.loads(outlines_json(room.instance, setup.drawn(room.instance), layer=setup.layer)))


def drawn_before(setup: Setup, instance: Instance) -> str | None:
    """Give the geometry of the map as JSON where it was drawn at an earlier start, which takes no solver."""
    from ...maps.outline_store import kept_outlines

    return kept_outlines(instance, setup.drawn(instance), layer=setup.layer)
