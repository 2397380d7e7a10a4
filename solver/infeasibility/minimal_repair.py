"""Minimal repairs: single changes of a scenario that give a region a plan, each by the least amount."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...models.scenario.scenario import Scenario
from ..deadline import TimeUpError
from .feasibility import Answer, Feasibility, PlanParts, RuleKey


@dataclass(frozen=True)
class Repair:
    """A change of one thing in a scenario, with which the region has a plan.

    Attributes
    ----------
    text : str
        For people.
    scenario : Scenario
        The scenario with the change, as a file would say it.
    plan : tuple of list of tuple of int
        The parts of each level of a plan under it.
    amount : int
        By how much a number is changed; no smaller amount is enough where `least`.
    least : bool
    """

    text: str
    scenario: Scenario
    plan: PlanParts = ()
    amount: int = 0
    least: bool = True


@dataclass(frozen=True)
class RuleRepair:
    """A change of one thing in a scenario that may be enough.

    Attributes
    ----------
    text : str
        For people.
    touches : frozenset of RuleKey
        The rules that give way.
    scenario : Scenario
        With the change.
    """

    text: str
    touches: frozenset[RuleKey]
    scenario: Scenario

    def attempt(self, test: Feasibility) -> Repair | str | None:
        """Try the change: None where it is proved not to be enough, words where that could not be told."""
        answer = _answer(test, self.scenario)
        if isinstance(answer, tuple):
            return Repair(self.text, self.scenario, answer)
        return None if answer is False else self.text


@dataclass(frozen=True)
class AmountRange:
    """Amounts of a change among which a larger one never takes a plan away.

    Attributes
    ----------
    first, last : int
        Least and largest amount, both included.
    by : callable
        Gives the scenario with an amount of the change.
    """

    first: int
    last: int
    by: Callable[[int], Scenario]


@dataclass(frozen=True)
class AmountRepair:
    """A change of one number, by the least amount that is enough.

    Attributes
    ----------
    text : str
        The change, whatever the amount.
    touches : frozenset of RuleKey
        The rules that give way.
    spans : tuple of AmountRange
        In ascending order; what is enough in one range need not be in the next.
    worded : callable
        Says what an amount means.
    needs : callable
        Gives the least amount of a range with which the parts of a plan would do.
    step : int
        First amount to try; it is doubled.
    """

    text: str
    touches: frozenset[RuleKey]
    spans: tuple[AmountRange, ...]
    worded: Callable[[int], str]
    needs: Callable[[PlanParts, AmountRange], int]
    step: int = 1

    def attempt(self, test: Feasibility) -> Repair | str | None:
        """Find the least amount; None where it is proved that none is enough, words where it is open."""
        for span in self.spans:
            repair = self._within(span, test)
            if repair is not None:
                return repair
        return None

    def _within(self, span: AmountRange, test: Feasibility) -> Repair | str | None:
        """Double the amount until it is enough, then bisect; all amounts below the result are refused.

        An amount too large to be answered does not end the search: smaller ones have fewer candidates.
        """
        whole = _answer(test, span.by(span.last))
        if whole is False:
            return None
        best = self._better(span, whole, span.last, None)
        low, step, below, undecided = span.first - 1, self.step, span.last + 1, 0
        while best is None or best[0] - low > 1:
            amount = low + step
            if best is not None:
                amount = min(amount, (low + best[0]) // 2)
            if amount >= below:
                amount = (low + below) // 2
            if amount <= low:
                break
            answer = _answer(test, span.by(amount))
            if isinstance(answer, tuple):
                best, step = self._better(span, answer, amount, best), 1 << 60
            elif answer is False:
                low, step = amount, 2 * step
            elif undecided == test.params.most_open or test.deadline.passed:
                break
            else:
                below, undecided = amount, undecided + 1
        if best is None:
            return self.text
        amount, plan = best
        is_least = amount - low <= 1
        text = self.worded(amount)
        if not is_least:
            text += " (whether less is enough was not found out)"
        return Repair(text, span.by(amount), plan, amount, is_least)

    def _better(
        self, span: AmountRange, answer: Answer, tried: int, best: tuple[int, PlanParts] | None
    ) -> tuple[int, PlanParts] | None:
        """Take the amount that a plan needs, where it is less than the best so far."""
        if not isinstance(answer, tuple):
            return best
        amount = max(span.first, min(tried, self.needs(answer, span)))
        return (amount, answer) if best is None or amount < best[0] else best


def _answer(test: Feasibility, scenario: Scenario) -> Answer:
    """Answer whether there is a plan; None when time is up."""
    try:
        return test.plan(scenario)
    except TimeUpError:
        return None
