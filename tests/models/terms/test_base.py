"""What every term must be, and what a name of one means."""

from __future__ import annotations

import pytest
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.models.terms import (
    TERMS,
    CoverageTerm,
    DistanceTerm,
    StraddleTerm,
    Term,
    build_term,
    check_term_name,
)
from refzones.models.terms.base import argument_needed


@pytest.mark.parametrize("term", TERMS, ids=[term.key for term in TERMS])
def test_term_says_what_it_is(term: type[Term]) -> None:
    assert term.sense in (-1, 1)
    assert term.unit.strip()
    assert term.key.isidentifier()


def test_keys_are_unique() -> None:
    assert len({term.key for term in TERMS}) == len(TERMS)


def test_names_are_understood() -> None:
    assert check_term_name("coverage") == (CoverageTerm, "")
    assert check_term_name("straddle(primary_care)") == (StraddleTerm, "primary_care")
    assert check_term_name("straddle(fire zones (2025))") == (StraddleTerm, "fire zones (2025)")


@pytest.mark.parametrize("name", ["", "distance ", "straddle(police", "straddle police)", "()"])
def test_malformed_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="unknown term"):
        check_term_name(name)


def test_term_knows_its_name(instance: Instance) -> None:
    scenario = Scenario()
    assert build_term("straddle(police)", instance, scenario).name == "straddle(police)"
    term = build_term("distance", instance, scenario)
    assert isinstance(term, DistanceTerm)
    assert term.name == "distance"


def test_how_a_term_is_written() -> None:
    assert argument_needed(StraddleTerm) == "straddle(layer)"
    assert argument_needed(CoverageTerm) == "coverage"
