"""Which borders count, read from the scenario a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...instances import Instance

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario


def borders_that_count(instance: Instance, scenario: Scenario) -> set[tuple[int, int]]:
    """Give the pairs of neighbours under the scenario's border rules, the lower index first."""
    rules = scenario.borders
    kept = set()
    for (a, b), length in zip(instance.borders.pairs.tolist(), instance.borders.length.tolist(), strict=True):
        if length >= rules.min_length:
            kept.add((a, b))
    # pairs that name unknown municipalities are told elsewhere
    kept |= {ends for pair in rules.added if (ends := _ends(instance, pair))}
    return kept - {_ends(instance, pair) for pair in rules.removed}


def _ends(instance: Instance, texts: tuple[str, str]) -> tuple[int, int] | None:
    """Look two municipalities up, the lower index first; None when one is not there."""
    try:
        a, b = sorted(instance.find(text) for text in texts)
    except KeyError:
        return None
    return a, b
