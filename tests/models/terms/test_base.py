"""What every term must be, and which class a name means."""

from __future__ import annotations

import pytest
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.models.scenario.term_names import TERM_NAMES
from refzones.models.terms import Term, build_term, term_class, term_classes
from refzones.models.terms.coverage import CoverageTerm
from refzones.models.terms.distance import DistanceTerm
from refzones.models.terms.straddle import StraddleTerm


@pytest.mark.parametrize("term", term_classes(), ids=TERM_NAMES)
def test_term_says_what_it_is(term: type[Term]) -> None:
    assert term.sense in (-1, 1)
    assert term.unit.strip()
    assert term.key.isidentifier()


def test_terms_are_written_as_they_are_named() -> None:
    assert [term.written() for term in term_classes()] == TERM_NAMES
    assert len({term.key for term in term_classes()}) == len(TERM_NAMES)


def test_names_mean_classes() -> None:
    assert term_class("coverage") is CoverageTerm
    assert term_class("straddle(fire zones (2025))") is StraddleTerm
    with pytest.raises(ValueError, match="unknown term"):
        term_class("straddle")


def test_term_knows_its_name(instance: Instance) -> None:
    scenario = Scenario()
    assert build_term("straddle(police)", instance, scenario).name == "straddle(police)"
    term = build_term("distance", instance, scenario)
    assert isinstance(term, DistanceTerm)
    assert term.name == "distance"
