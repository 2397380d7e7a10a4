"""The terms that are traded off."""

from __future__ import annotations

from collections.abc import Sequence

from ....instances.common.problems import Problems, reject
from ....models.scenario.scenario import Scenario
from ....models.scenario.term_names import check_term_name


def check_terms(terms: Sequence[str]) -> None:
    """Make sure that there are two or three different terms.

    Raises
    ------
    InputError
        There are not.
    """
    problems = Problems()
    for name in dict.fromkeys(terms):
        try:
            check_term_name(name)
        except ValueError as error:
            problems.add(f"--terms: {error}")
    problems.raise_if_any()
    if len(set(terms)) < len(terms):
        reject("--terms: a term stands twice", "name different ones", value=" ".join(terms))
    if not 2 <= len(terms) <= 3:
        reject(f"a trade-off is between two or three terms, not {len(terms)}", "name them with --terms")


def weighing(scenario: Scenario, terms: Sequence[str]) -> Scenario:
    """Give the same scenario with weights for some terms only."""
    return scenario.model_copy(update={"weights": dict.fromkeys(terms, 1.0)})
