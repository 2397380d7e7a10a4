"""Least amounts: found between values at which exemptions change, and open where a test is."""

from __future__ import annotations

from refzones.models import Scenario
from refzones.solver.deadline import Deadline
from refzones.solver.infeasibility.minimal_repair import AmountRange, AmountRepair, Repair, RuleRepair
from refzones.solver.infeasibility.params import ExplanationParams

BASE = Scenario.from_dict({})


class Told:
    """A test that knows from which size on there is a plan, and gives up above some size."""

    def __init__(self, enough: set[int], open_from: int = 1_000_000) -> None:
        self.deadline, self.params = Deadline(), ExplanationParams()
        self.enough, self.open_from, self.asked = enough, open_from, list[int]()

    def plan(self, scenario: Scenario) -> tuple[list[tuple[int, ...]]] | bool | None:
        target = scenario.size.target
        self.asked.append(target)
        if target >= self.open_from:
            return None
        return ([(0,)],) if target in self.enough else False


def sized(amount: int) -> Scenario:
    return BASE.model_copy(update={"size": BASE.size.model_copy(update={"target": amount})})


def amount_of(*spans: tuple[int, int], step: int = 1) -> AmountRepair:
    return AmountRepair(
        "more",
        frozenset(),
        tuple(AmountRange(first, last, sized) for first, last in spans),
        lambda amount: f"{amount} more",
        lambda _, span: span.last,
        step,
    )


def attempt(change: AmountRepair | RuleRepair, test: Told) -> Repair | str | None:
    return change.attempt(test)  # type: ignore[arg-type]


def test_least_of_one_span() -> None:
    for least in (1, 2, 37, 99, 100):
        found = attempt(amount_of((1, 100)), Told(set(range(least, 101))))
        assert isinstance(found, Repair)
        assert (found.amount, found.least, found.text) == (least, True, f"{least} more")


def test_none_is_enough() -> None:
    assert attempt(amount_of((1, 100), (101, 200)), Told(set())) is None


def test_what_is_enough_in_one_span_is_not_in_the_next() -> None:
    """A plan for 40 to 50 only: the end of the first span has it, the end of the second one has not."""
    test = Told(set(range(40, 51)))
    found = attempt(amount_of((1, 50), (51, 200)), test)
    assert isinstance(found, Repair)
    assert found.amount == 40
    assert attempt(amount_of((1, 30), (31, 60)), test) is None


def test_what_is_not_told_is_said() -> None:
    assert attempt(amount_of((1, 100)), Told(set(range(60, 101)), open_from=50)) == "more"
    found = attempt(amount_of((1, 100)), Told({*range(60, 101)} - {100}, open_from=100))
    assert isinstance(found, Repair)
    assert (found.amount, found.least) == (60, True)


def test_an_amount_too_large_to_be_answered_is_followed_by_smaller_ones() -> None:
    """Steps of 10 are doubled to 30 and 70; the last and 70 are open, and 45 lies between."""
    found = attempt(amount_of((1, 100), step=10), Told(set(range(45, 70)), open_from=70))
    assert isinstance(found, Repair)
    assert (found.amount, found.least) == (45, True)
    # open everywhere: it is left after a few
    test = Told(set(range(5, 100)), open_from=2)
    assert attempt(amount_of((1, 1000), step=10), test) == "more"
    assert len(test.asked) < 8


def test_a_change_without_an_amount() -> None:
    change = RuleRepair("drop it", frozenset(), sized(5))
    assert isinstance(attempt(change, Told({5})), Repair)
    assert attempt(change, Told(set())) is None
    assert attempt(change, Told(set(), open_from=5)) == "drop it"
