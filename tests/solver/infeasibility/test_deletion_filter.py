"""The filter drops what is not needed, keeps what is, and names what it was not told in time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from refzones.models import Scenario
from refzones.solver.deadline import TimeUpError
from refzones.solver.infeasibility.deletion_filter import infeasible_subset
from refzones.solver.infeasibility.rules import Rule

SCENARIO = Scenario.from_dict({})
RULES = [Rule(name, (name, None), lambda s: s, "") for name in ("alone", "low", "high", "seat")]


@dataclass
class Told:
    """Says that there is no plan while all rules of a conflict hold; gives up on some questions."""

    conflicts: list[set[str]]
    open: list[set[str]] = field(default_factory=list)
    late: bool = False

    def __call__(self, scenario: Scenario, dropped: Collection[Any]) -> bool | None:
        held = {rule.text for rule in RULES if rule.named not in dropped}
        if held in self.open:
            if self.late:
                raise TimeUpError
            return None
        return not any(conflict <= held for conflict in self.conflicts)


def found(test: Told, *starts: set[str]) -> tuple[list[str], list[str]]:
    some = [frozenset(("", (name, None)) for name in start) for start in starts]
    subset = infeasible_subset(test, SCENARIO, RULES, some)  # type: ignore[arg-type]
    return [rule.text for rule in subset.rules], [rule.text for rule in subset.unsure]


ALL = {rule.text for rule in RULES}


def test_only_what_is_needed_is_left() -> None:
    assert found(Told([{"low", "seat"}]), ALL) == (["low", "seat"], [])


def test_of_several_conflicts_the_smallest_that_comes_out() -> None:
    assert found(Told([{"low", "high", "seat"}, {"alone"}]), ALL) in (
        (["alone"], []),
        (["low", "high", "seat"], []),
    )
    assert found(Told([{"low", "high"}, {"seat"}]), {"low", "high"}, {"seat"}) == (["low", "high"], [])


def test_what_is_not_told_stays_and_is_named() -> None:
    for late in (False, True):
        test = Told([{"low", "seat"}], open=[{"low", "seat", "alone"}, ALL - {"high"}], late=late)
        rules, unsure = found(test, ALL)
        assert {"low", "seat"} <= set(rules)
        assert set(unsure) <= set(rules)
        assert unsure == ["high"]
