"""Parts and terms of plans, as the page takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ....instances.instance import Instance
from ....models.scenario.scenario import Scenario
from ....models.scoring.scorer import Scorer
from ....solver import Merger
from ....solver.results.terms import TermRecord
from ..contract.answers import MergerData, TermData


def parts_data(instance: Instance, asked: Scenario, parts: Sequence[Merger]) -> list[MergerData]:
    """Give mergers, or the zones of a level."""
    names = [term.name for term in Scorer(instance, asked).terms] if parts else []
    return [
        MergerData(
            members=list(part.members),
            seat=part.seat,
            standalone=part.standalone,
            inhabitants=part.population(instance),
            score_nano=part.score_nano,
            values=dict(zip(names, part.values, strict=True)),
        )
        for part in parts
    ]


def terms_data(terms: Mapping[str, TermRecord]) -> list[TermData]:
    """Give the values of a plan in its terms."""
    return [
        TermData(name=name, **term.model_dump(exclude={"divisor", "share"})) for name, term in terms.items()
    ]
