"""Labels of what is given, in the words of planners and in both languages of the page."""

from __future__ import annotations

from ...dutch import labels
from ..contract.base import Text

_Pair = tuple[str, str]


_EN, _NL = labels("en"), labels("nl")


def _pairs(kind: str) -> dict[str, _Pair]:
    return {key: (_EN[kind][key], _NL[kind][key]) for key in _EN[kind]}


LAYERS = _pairs("layers")
ZONES = _pairs("zones")
"""One zone of a layer."""

FUNCTIONS, CLASSES = _pairs("functions"), _pairs("classes")
_ABOUT = _pairs("preset_descriptions")
PRESETS = {key: (called, _ABOUT[key]) for key, called in _pairs("presets").items()}
TERMS = _pairs("terms")
"""Terms in the order in which the page lists them; any others come behind."""


def label(known: dict[str, _Pair], key: str, usual: str = "") -> Text:
    """Label a thing that is given; what nobody knows here is called by its own name."""
    if key in known:
        english, dutch = known[key]
        return Text(en=english, nl=dutch)
    return Text(en=usual or key.replace("_", " "))


def term_label(key: str, layer: str) -> Text:
    """Label a term by its key and the layer that it is about."""
    said, about, one = label(TERMS, key), label(LAYERS, layer), label(ZONES, layer, layer)
    english = said.en.replace("{layer}", about.en).replace("{zone}", one.en)
    if said.nl is None:
        return Text(en=english)
    return Text(
        en=english, nl=said.nl.replace("{layer}", about.nl or layer).replace("{zone}", one.nl or layer)
    )
