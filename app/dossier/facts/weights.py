"""What one unit of each term is worth, as kilometres to the seat."""

from __future__ import annotations

from ....instances.instance import Instance
from ....models.scenario.scenario import Scenario
from ....models.scoring.scorer import Scorer
from .record import WeightFigures


def weight_figures(instance: Instance, asked: Scenario) -> dict[str, WeightFigures]:
    """Compare the weights of a level with that of distance.

    Parameters
    ----------
    instance : Instance
    asked : Scenario
        Of one level.

    Returns
    -------
    dict of str to WeightFigures
        Of the terms that have a weight.
    """
    scorer = Scorer(instance, asked)
    terms = {term.name: term for term in scorer.terms if asked.weights[term.name]}
    distance = terms.get("distance")
    km = 0.0 if distance is None else asked.weights["distance"] / scorer.divisor(distance)
    found = {}
    for name, term in terms.items():
        unit = asked.weights[name] / scorer.divisor(term)
        if term.divided_by == "commuters":
            unit /= term.whole
        found[name] = WeightFigures(weight=asked.weights[name], inhabitant_km=unit / km if km else None)
    return found
