"""Single changes of a scenario: which are enough for a region to have a plan, and the least that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...models.scenario.scenario import Scenario
from ..deadline import TimeUpError
from .feasibility import Answer, Feasibility, Plan, RuleKey

_OPEN = 4  # amounts of a change that may stay open before it is left: each can take long


@dataclass(frozen=True)
class Relaxation:
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
        Of a number that is changed: by how much; no smaller amount is enough where `least`.
    least : bool
    """

    text: str
    scenario: Scenario
    plan: Plan = ()
    amount: int = 0
    least: bool = True


@dataclass(frozen=True)
class Change:
    """A change of one thing in a scenario.

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

    def tried(self, test: Feasibility) -> Relaxation | str | None:
        """Try the change: None where it is proved not to be enough, words where that could not be told."""
        found = _asked(test, self.scenario)
        if isinstance(found, tuple):
            return Relaxation(self.text, self.scenario, found)
        return None if found is False else self.text


@dataclass(frozen=True)
class Span:
    """Amounts of a change among which more gives more freedom.

    Attributes
    ----------
    first, last : int
        Least and largest amount, both included.
    by : callable
        Gives the scenario with an amount of it.
    """

    first: int
    last: int
    by: Callable[[int], Scenario]


@dataclass(frozen=True)
class Amount:
    """A change of one number, by the least amount that is enough.

    Attributes
    ----------
    text : str
        The change, whatever the amount.
    touches : frozenset of RuleKey
    spans : tuple of Span
        In ascending order; what is enough in one span need not be in the next.
    worded : callable
        Says what an amount means.
    needs : callable
        Gives the least amount of a span with which the parts of a plan would do.
    step : int
        First amount to try; it is doubled.
    """

    text: str
    touches: frozenset[RuleKey]
    spans: tuple[Span, ...]
    worded: Callable[[int], str]
    needs: Callable[[Plan, Span], int]
    step: int = 1

    def tried(self, test: Feasibility) -> Relaxation | str | None:
        """Find the least amount; None where it is proved that none is enough, words where it is open."""
        for span in self.spans:
            found = self._within(span, test)
            if found is not None:
                return found
        return None

    def _within(self, span: Span, test: Feasibility) -> Relaxation | str | None:
        """Double the amount until it is enough, then halve the interval; all amounts below are refused.

        An amount too large to be answered is no end: smaller ones have fewer possible parts.
        """
        whole = _asked(test, span.by(span.last))
        if whole is False:
            return None
        best = self._better(span, whole, span.last, None)
        low, step, below, open_ones = span.first - 1, self.step, span.last + 1, 0
        while best is None or best[0] - low > 1:
            tries = low + step
            if best is not None:
                tries = min(tries, (low + best[0]) // 2)
            if tries >= below:
                tries = (low + below) // 2
            if tries <= low:
                break
            found = _asked(test, span.by(tries))
            if isinstance(found, tuple):
                best, step = self._better(span, found, tries, best), 1 << 60
            elif found is False:
                low, step = tries, 2 * step
            elif open_ones == _OPEN or test.deadline.passed:
                break
            else:
                below, open_ones = tries, open_ones + 1
        if best is None:
            return self.text
        amount, plan = best
        text = self.worded(amount)
        if amount - low > 1:
            text += " (whether less is enough was not found out)"
        return Relaxation(text, span.by(amount), plan, amount, amount - low <= 1)

    def _better(
        self, span: Span, found: Answer, tried: int, best: tuple[int, Plan] | None
    ) -> tuple[int, Plan] | None:
        """Take the amount that a plan needs, where it is less than the best so far."""
        if not isinstance(found, tuple):
            return best
        amount = max(span.first, min(tried, self.needs(found, span)))
        return (amount, found) if best is None or amount < best[0] else best


def _asked(test: Feasibility, scenario: Scenario) -> Answer:
    """The answer of a test; None when its time is up."""
    try:
        return test.plan(scenario)
    except TimeUpError:
        return None
