"""Names in a scenario that mean nothing in the instance: a plan under such a scenario is never clean."""

from __future__ import annotations

from collections.abc import Iterator

from ...instances import Instance
from .level import Level
from .readings import has_column
from .violation import Kind, Violation


def check_names(level: Level) -> Iterator[Violation]:
    """Every layer, function, region and municipality that a rule names is there; locks have their own check.

    The other checks pass over what is told here.
    """
    instance, scenario = level.instance, level.scenario
    kinds: dict[Kind, list[tuple[str, str, bool]]] = {
        "frame": [
            (f"frames.{key}", name, name in instance.layers)
            for key, names in (("unsplit", scenario.frames.unsplit), ("within", scenario.frames.within))
            for name in names
        ],
        "requirement": [
            ("requires.functions", name, name in instance.functions) for name in scenario.requires.functions
        ],
        "column": [
            ("population.also", name, has_column(instance, name)) for name in scenario.population.also
        ],
        "count": [("count.regions", name, name in instance.regions) for name in scenario.count.regions],
        "standalone": [("rules.joined", name, _is_known(instance, name)) for name in scenario.rules.joined],
    }
    for kind, named in kinds.items():
        for key, name, known in named:
            if not known:
                yield Violation(kind, f"{key} names '{name}', which the instance does not have")
    yield from _check_borders(level)


def _check_borders(level: Level) -> Iterator[Violation]:
    """Pairs with an unknown municipality; presets add pairs that say nothing where both are."""
    for key, pairs in (
        ("borders.added", level.scenario.borders.added),
        ("borders.removed", level.scenario.borders.removed),
    ):
        for pair in pairs:
            unknown = [text for text in pair if not _is_known(level.instance, text)]
            if unknown and not (key == "borders.added" and len(unknown) == 2):
                names = " and ".join(f"'{text}'" for text in unknown)
                yield Violation("border", f"{key} names {names}, which the instance does not have")


def _is_known(instance: Instance, text: str) -> bool:
    try:
        instance.find(text)
    except KeyError:
        return False
    return True
