"""Alternatives for people: what each costs, in points and in words, and who moves."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...results.plan import Plan
from ...results.points_in_words import points_in_words
from ...review.who_moves import Moves, moves_between
from .result import Alternatives, RankedPlan


@dataclass(frozen=True)
class Alternative:
    """A plan of a region beside the best one.

    Attributes
    ----------
    region : str
        Name, or 'all'.
    ranked : RankedPlan
        Its rank, score, loss and distance.
    plan : Plan
    words : str
        The loss as something that people can picture; empty where there is nothing to say.
    moves : Moves
        Who moves from the best plan to this one.
    """

    region: str
    ranked: RankedPlan
    plan: Plan = field(repr=False)
    words: str
    moves: Moves

    @property
    def loss_nano(self) -> int:
        """What it lacks to the best plan, in nano-points."""
        return self.ranked.loss_nano


def describe_alternatives(alternatives: Alternatives, region: str | None = None) -> tuple[Alternative, ...]:
    """Say of each plan of a region what it costs and who moves, held against the first.

    Parameters
    ----------
    alternatives : Alternatives
        Plans that differ most, or the best ones.
    region : str, optional
        See `Alternatives.of`.

    Returns
    -------
    tuple of Alternative
        By rank; the first is the best plan, in which nobody moves.

    Examples
    --------
    >>> found = diverse_plans(instance, scenario, 5, Loss.read("0.5"), regions=["Midwest"])
    >>> [(one.loss_nano, one.words, str(one.moves)) for one in describe_alternatives(found, "Midwest")]
    """
    ranked = alternatives.of(region)
    instance = alternatives.instance
    plans = [alternatives.plan_of(one.parts) for one in ranked.plans]
    return tuple(
        Alternative(
            ranked.region,
            one,
            plan,
            points_in_words(instance, alternatives.scenario, plan.regions, one.loss_nano),
            moves_between(instance, plans[0], plan),
        )
        for one, plan in zip(ranked.plans, plans, strict=True)
    )
