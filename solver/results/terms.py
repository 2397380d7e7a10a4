"""The value of a plan in each term, and the points that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import ConfigDict

from ...instances.common.younger_keys import YoungerKeys
from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...models.scoring.reported_values import base_of, reported_value
from ...models.scoring.scorer import Scorer
from ...models.terms.base import DividedBy
from .mergers import Merger


class Strict(YoungerKeys):
    """Base of all parts of a record: no key that nobody knows, no number that is none."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class TermRecord(Strict):
    """The value of a plan in one term: ``points = (+ or -) weight x value x share``.

    Attributes
    ----------
    value : float
        In the unit, a mean over the inhabitants (of ``commuting``: the commuters) of the regions that are
        answered for; a sum or a count where nothing divides it.
    unit : str
    better : {'more', 'less'}
        The sign of the points: plus, minus.
    weight : float
        Points for one unit, were it so in the whole instance.
    points : float
        What the term adds to the score.
    divided_by : {'inhabitants', 'commuters', 'nothing'}
        What the value is a mean over.
    divisor : float
        How many inhabitants or commuters they are, of the regions that are answered for; 1 for a sum.
    share : float
        Of the divisor in that of the whole instance; 1 for a sum.
    """

    value: float
    unit: str
    better: Literal["more", "less"]
    weight: float
    points: float
    divided_by: DividedBy
    divisor: int | float
    share: float


def zones_of(scenario: Scenario) -> Scenario:
    """What a scenario asks of zones around mergers; nothing where it has one level."""
    return scenario.levels_by_prefix.get("zones", Scenario())


def term_records(instance: Instance, scenario: Scenario, mergers: Iterable[Merger]) -> dict[str, TermRecord]:
    """Give the value of some mergers in each term, in the order of the scenario's weights.

    Values are means over those who live in these mergers; there are none without mergers.
    """
    parts = list(mergers)
    if not parts:
        return {}
    scorer, members = Scorer(instance, scenario), [i for part in parts for i in part.members]
    records = {}
    for column, term in enumerate(scorer.terms):
        total, base = sum(part.values[column] for part in parts), base_of(term, members)
        weight = scenario.weights[term.name]
        records[term.name] = TermRecord(
            value=reported_value(term, total, base),
            unit=term.unit,
            better="more" if term.sense > 0 else "less",
            weight=weight,
            points=term.sense * weight * (total / scorer.divisor(term)) + 0.0,  # no minus before a zero
            divided_by=term.divided_by,
            divisor=base.number,
            share=base.share,
        )
    return records


def plan_terms(
    instance: Instance, scenario: Scenario, mergers: Sequence[Merger], zones: Sequence[Merger]
) -> dict[str, TermRecord]:
    """Sum the terms of a plan; where mergers are nested in zones, those of zones follow as ``zones.TERM``."""
    terms = term_records(instance, scenario, mergers)
    inside = term_records(instance, zones_of(scenario), zones)
    return terms | {f"zones.{name}": term for name, term in inside.items()}
