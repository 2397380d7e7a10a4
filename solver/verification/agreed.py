"""What is agreed already, read from the scenario a second time: locks, existing mergers, own zones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...instances import Instance, lies_elsewhere
from .violation import Kind, Violation

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario

Group = frozenset[int]


@dataclass(frozen=True)
class Agreed:
    """Locks, existing mergers and own zones in indices.

    Attributes
    ----------
    together, apart : tuple of frozenset of int
    alone, seats : frozenset of int
    kept : tuple of frozenset of int
        Existing mergers of two or more that are part of the plan as they are.
    kept_alone : frozenset of int
        Municipalities that stay alone because the existing plan has it so and is kept.
    extended : tuple of frozenset of int
        Existing mergers whose members stay together.
    zones : tuple of frozenset of int
    unclear : tuple of Violation
        Texts that name no municipality.
    """

    together: tuple[Group, ...]
    apart: tuple[Group, ...]
    alone: Group
    seats: Group
    kept: tuple[Group, ...]
    kept_alone: Group
    extended: tuple[Group, ...]
    zones: tuple[Group, ...]
    unclear: tuple[Violation, ...]

    @property
    def merged(self) -> Group:
        """Members of the mergers that are kept."""
        return frozenset(i for group in self.kept for i in group)


def read_agreed(instance: Instance, scenario: Scenario) -> Agreed:
    """Look up the municipalities that locks, existing mergers and own zones name."""
    unclear: list[Violation] = []

    def find(kind: Kind, key: str, texts: Iterable[str]) -> Group:
        members = set()
        for text in texts:
            try:
                members.add(instance.find(text))
            except KeyError as error:
                unclear.append(Violation(kind, f"{key} names '{text}': {error.args[0]}"))
        return frozenset(members)

    locks, keep = scenario.locks, scenario.existing.mode == "keep"
    listed = [
        group
        for group in scenario.existing.mergers
        if not (scenario.existing.source and lies_elsewhere(instance, group))
    ]
    existing = [find("existing", "existing.mergers", group) for group in listed]
    merged = tuple(group for group in existing if len(group) > 1)
    return Agreed(
        together=tuple(find("lock", "locks.together", group) for group in locks.together),
        apart=tuple(find("lock", "locks.apart", group) for group in locks.apart),
        alone=find("lock", "locks.alone", locks.alone),
        seats=find("lock", "locks.seat", locks.seat),
        kept=merged if keep else (),
        kept_alone=frozenset(i for group in existing if len(group) == 1 and keep for i in group),
        extended=() if keep else merged,
        zones=tuple(find("frame", "frames.zones", group) for group in scenario.frames.zones),
        unclear=tuple(unclear),
    )
