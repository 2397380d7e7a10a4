"""Certificates of drawn questions are checked, by code that shares nothing with the search."""

from __future__ import annotations

from pathlib import Path

import refzones
from hypothesis import given, settings
from refzones.instances import Instance
from refzones.models.scenario.scenario import Scenario
from refzones.solver import Result
from refzones.solver.certificates.params import CertificateParams
from support.certified import answered, checked
from support.imports import imports_of
from support.strategies import nested_questions, questions

PROVED = ("optimal", "infeasible")


def _all_is_certified_and_checked(result: Result | None) -> None:
    if result is None or result.certificate is None:
        return
    for region, check in zip(result.certificate.regions, checked(result), strict=True):
        assert region.status not in PROVED or region.proof == "certified", region.reason
        assert check.proved == (region.proof == "certified"), check.problem


@given(questions(agreed=True))
@settings(max_examples=100, deadline=None)
def test_one_level(question: tuple[Instance, Scenario]) -> None:
    _all_is_certified_and_checked(answered(*question))


@given(nested_questions(limited=False))
@settings(max_examples=60, deadline=None)
def test_zones_with_mergers_inside(question: tuple[Instance, Scenario]) -> None:
    _all_is_certified_and_checked(answered(*question))


@given(nested_questions())
@settings(max_examples=60, deadline=None)
def test_what_is_certified_is_checked_where_numbers_of_mergers_bind(
    question: tuple[Instance, Scenario],
) -> None:
    """A bound on the mergers of all zones together is no part of a proof, so that some are not certified."""
    result = answered(*question)
    if result is None or result.certificate is None:
        return
    for region, check in zip(result.certificate.regions, checked(result), strict=True):
        assert check.proved == (region.proof == "certified"), check.problem


@given(questions(agreed=True))
@settings(max_examples=60, deadline=None)
def test_cuts_where_trees_would_be_long(question: tuple[Instance, Scenario]) -> None:
    """Trees may have no node at first, so that a second step is taken wherever something is open."""
    _all_is_certified_and_checked(answered(*question, params=CertificateParams(nodes_first=0)))


# Independence


def test_the_check_imports_nothing_of_the_search() -> None:
    folder = Path(refzones.solver.__path__[0]) / "checking"
    library = {"__future__", "math", "collections.abc", "dataclasses", "functools", "typing"}
    library |= {"numpy", "numpy.typing"}  # for sums over the plans of a census
    files = list(folder.glob("*.py"))
    own = {f".{file.stem}" for file in files}
    told = {
        "...instances",
        "...instances.common.activity",  # which only says what goes on
        "...models.scenario.scenario",
        "..results.census_certificate",
        "..results.certificate",
        "..results.plan",
    }
    assert files
    for file in files:
        readings = {name for name in imports_of(file) if name.startswith("..verification.")}
        assert imports_of(file) <= library | own | told | readings
