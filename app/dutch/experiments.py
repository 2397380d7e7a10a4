"""What people read for the maps, steps and measures of an experiment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .speaking import spoken, told
from .word_labels import Language, labels

if TYPE_CHECKING:
    from ...solver.experiments import Measure

_MAPS: Final = {"today": "today", "optimum": "the best plan", "draws": "all plans"}
_STEPS: Final = {
    "inhabitants": "inhabitants, steps of the law",
    "ranked_inhabitants": "inhabitants, steps as large as those of equipment",
    "equipment": "equipment",
    "equipment-inhabitants": "equipment minus inhabitants, steps of the law",
    "equipment-ranked_inhabitants": "equipment minus inhabitants, steps as large",
}


def map_label(name: str, language: Language | None = None) -> str:
    """Call a map of an experiment: today, along zones, the best plan, all plans."""
    if name in _MAPS:
        return told(_MAPS[name], language)
    layers = labels(language or spoken())["layers"]
    return f"{told('along', language)} {layers.get(name, name)}"


def steps_label(steps: str, language: Language | None = None) -> str:
    """Call steps as planners do."""
    return told(_STEPS[steps], language)


def measure_label(measure: Measure, language: Language | None = None) -> str:
    """Call a measure of centre function with its unit."""
    if measure.key == "functions":
        return told(measure.label, language)
    return f"{told(measure.label, language)}, {told(measure.unit, language)}"
