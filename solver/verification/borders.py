"""Which borders count, read from the scenario a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...instances import Instance

if TYPE_CHECKING:
    from ...models.scenario import Scenario


def borders_that_count(instance: Instance, scenario: Scenario) -> set[tuple[int, int]]:
    """Give the pairs of neighbours under the scenario's border rules, the lower index first."""
    rules = scenario.borders
    kept = set()
    for (a, b), length in zip(instance.borders.pairs.tolist(), instance.borders.length.tolist(), strict=True):
        if length >= rules.min_length:
            kept.add((a, b))
    for pair in rules.added:
        ends = _known(instance, pair)
        if ends:  # a border that a preset adds in Flanders is none where nobody bears these names
            kept.add((min(ends), max(ends)))
    for one, other in rules.removed:
        a, b = instance.find(one), instance.find(other)
        kept.discard((min(a, b), max(a, b)))
    return kept


def _known(instance: Instance, texts: tuple[str, str]) -> list[int]:
    """Look two municipalities up; nothing when the instance has neither."""
    found = []
    for text in texts:
        try:
            found.append(instance.find(text))
        except KeyError:
            continue
    if len(found) == 1:
        raise KeyError(f"only one of {' and '.join(texts)} is in the instance")
    return found
