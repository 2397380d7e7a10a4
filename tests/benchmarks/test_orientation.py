"""The fit: on flows drawn from known parameters, and the tables of the page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import orientation
import pytest
from orientation import DATA, FILES, Origin, defaults, fit, named_right, shares

PAGE = Path(__file__).parents[2] / "docs" / "orientation.md"
KNOWN = np.array([-1.5, 0.8, 0.3, -0.2])


def drawn(count: int, seed: int = 7) -> list[Origin]:
    """Draw municipalities with four centres each, whose commuters choose exactly as the model says."""
    random = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        draws = np.column_stack(
            [random.uniform(0, 4, 4), random.uniform(9, 12, 4), *random.integers(0, 2, (2, 4))]
        )
        origin = Origin(1_000, draws, np.zeros(4))
        found.append(Origin(1_000, draws, 500 * shares(origin, KNOWN)))
    return found


def test_fit_finds_the_parameters_that_made_the_flows() -> None:
    found = fit(drawn(60))
    assert found.parameters == pytest.approx(KNOWN, abs=1e-9)
    assert found.errors == pytest.approx(0.0, abs=1e-9)  # nothing is left that the model does not say
    assert named_right(drawn(60), found.parameters) == 1.0


def test_likelihood_is_the_highest_at_the_fit() -> None:
    sample = [Origin(o.people, o.draws, o.commuters[::-1]) for o in drawn(40)]
    found = fit(sample)
    assert found.likelihood == orientation.log_likelihood(sample, found.parameters)
    for k in range(len(KNOWN)):
        for step in (-0.01, 0.01):
            moved = found.parameters + step * np.eye(4)[k]
            assert orientation.log_likelihood(sample, moved) < found.likelihood


@pytest.mark.skipif(not (DATA / FILES["flanders-2025"]).exists(), reason="needs the tables of commuters")
def test_page_has_the_tables_that_the_script_prints(capsys: pytest.CaptureFixture[str]) -> None:
    orientation.main()
    printed = capsys.readouterr().out.splitlines()
    page = PAGE.read_text(encoding="utf-8").splitlines()
    assert [line for line in printed if line and not line.startswith("|---") and line not in page] == []


@pytest.mark.skipif(not (DATA / FILES["flanders-2025"]).exists(), reason="needs the tables of commuters")
def test_defaults_are_the_fit_of_2025_rounded() -> None:
    sample = orientation.origins(
        orientation.load("flanders-2025"), orientation.read_flows(DATA / FILES["flanders-2025"])
    )
    assert np.abs(fit(sample).parameters - defaults()).max() < 0.05
