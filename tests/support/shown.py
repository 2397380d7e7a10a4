"""Values recomputed as a reader would, from members, inhabitants and flows alone."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from refzones.instances import Instance
from refzones.models.scenario.scenario import Scenario
from refzones.solver.verification.figures import term_value

COUNTED = ("touched", "cut_edges", "moment", "shortfall", "effect")
"""Terms without a divisor, by key."""


def shown_by_hand(
    instance: Instance, scenario: Scenario, term: str, parts: Sequence[Sequence[int]]
) -> tuple[float, float, float]:
    """Compute the value of mergers in a term, its divisor, and the share of the divisor in the whole."""
    total = sum((Fraction(term_value(term, instance, scenario, part)) for part in parts), Fraction(0))
    key = term.partition("(")[0]
    if key in COUNTED:
        return float(total), 1, 1.0
    members = {i for part in parts for i in part}
    if key == "commuting":
        assert instance.flows is not None
        leaving = [
            (home, round(100 * people))
            for home, work, people in zip(
                instance.flows.origin.tolist(),
                instance.flows.destination.tolist(),
                instance.flows.people.tolist(),
                strict=True,
            )
            if home != work
        ]
        whole = Fraction(sum(people for _, people in leaving), 100)
        own = Fraction(sum(people for home, people in leaving if home in members), 100)
        total *= whole  # of a merger it is a share of all commuters
    else:
        whole = Fraction(sum(instance.population.tolist()))
        own = Fraction(sum(int(instance.population[i]) for i in members))
    return float(total / own) if own else 0.0, float(own), float(own / whole) if whole else 0.0
