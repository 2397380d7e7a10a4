"""Every picture in Dutch: nothing is left in English, numbers have Dutch signs, and no text is cut off."""

from __future__ import annotations

import re
from typing import Any

import pytest
from matplotlib.text import Text
from refzones.app.pictures import (
    plot_agreement,
    plot_census,
    plot_pareto,
    plot_plan,
    plot_probabilities,
    plot_sweep,
)
from refzones.app.pictures.of_front import best_plan
from refzones.instances import Instance, load
from refzones.models import Scenario
from refzones.solver import sweep
from refzones.solver.plan_sets.alternatives import Loss, agreement
from refzones.solver.plan_sets.census.result import Census
from refzones.solver.plan_sets.census.run import census
from refzones.solver.plan_sets.pareto import pareto_front
from support.dutch import ENGLISH

_OTHERS = re.compile(
    r"(?<![\w.'-])(?:plans?|mergers?|zones of|municipalit\w+|share|score, points|points?|under|only|none|best"
    r"|better|weights?|weightings?|settings?|unit|distance|coverage|straddle|inhabitants|neighbours|regions"
    r"|good|one|random|optimal)(?![\w.'-])"
)
"""Words of the pictures that Dutch does not have."""

_ENGLISH_NUMBER = re.compile(r"\d\.\d\d?(?!\d)|\d,\d{3}(?!\d)\b(?= (?:inwoners|voorstellen|gemeenten))")


@pytest.fixture(scope="module")
def flanders() -> Instance:
    return load("flanders-2025")


@pytest.fixture(scope="module")
def mergers() -> Scenario:
    return Scenario.preset("mergers")


@pytest.fixture(scope="module")
def counted(flanders: Instance, mergers: Scenario) -> Census:
    return census(flanders, mergers, regions=["Waasland"], bins=8)


def check(figure: Any) -> str:
    """Make sure that the texts of a figure are in Dutch and inside it; give them."""
    figure.draw_without_rendering()
    off = [axis for axes in figure.axes if not axes.axison for axis in (axes.xaxis, axes.yaxis)]
    hidden = [text for axis in off for text in axis.findobj(Text)]
    found = [text for text in figure.findobj(Text) if text not in hidden]
    shown = [text for text in found if text.get_visible() and text.get_text().strip()]
    width, height = figure.bbox.width, figure.bbox.height
    for text in shown:
        said = text.get_text()
        plain = re.sub(r"'[^']*'", "", said)
        assert not ENGLISH.findall(plain) + _OTHERS.findall(plain), said
        assert not _ENGLISH_NUMBER.search(plain), said
    outside = [
        text.get_text()
        for text in shown
        if not text.get_clip_on()
        for box in [text.get_window_extent()]
        if box.x0 < -2 or box.y0 < -2 or box.x1 > width + 2 or box.y1 > height + 2
    ]
    assert outside == []
    return "\n".join(text.get_text().replace("\n", " ") for text in shown)


@pytest.mark.parametrize("term", ["score", "distance", "touched(police)"])
def test_a_distribution(term: str, counted: Census, flanders: Instance, mergers: Scenario) -> None:
    (drawn,) = counted.draw(1, seed=3)
    text = check(plot_census(counted, drawn, term=term, language="nl"))
    assert "dit voorstel" in text
    assert "Fusies van 30.000 tot 130.000 inwoners. Elk toegelaten voorstel is meegeteld" in text


def test_neighbours(counted: Census, flanders: Instance, mergers: Scenario) -> None:
    assert "alle voorstellen" in check(plot_probabilities(counted, language="nl"))
    agreed = agreement(flanders, mergers, Loss.read("5%"), regions=["Midwest", "Waasland"])
    for region in (None, "Waasland"):
        text = check(plot_agreement(agreed, region=region, language="nl"))
        assert "tot 5 % onder het beste" in text
    assert "geen enkel" in text


@pytest.mark.parametrize(
    "terms", [("coverage", "distance"), ("distance", "straddle(primary_care)", "fiscal")]
)
def test_a_front(terms: tuple[str, ...], flanders: Instance, mergers: Scenario) -> None:
    front = pareto_front(flanders, mergers, list(terms), regions=["Waasland"])
    text = check(plot_pareto(front, "Waasland", optimum=best_plan(front) or False, language="nl"))
    assert "het beste volgens 'mergers'" in text
    assert "fstand tot de zetel" in text


@pytest.mark.parametrize(
    "spec",
    [
        {"sample": {"method": "lattice", "terms": ["coverage", "distance", "straddle(police)"], "steps": 3}},
        {"sample": {"method": "lattice", "terms": ["coverage", "distance"], "steps": 3}},
        {"grid": {"weights": {"coverage": [0, 70], "distance": [0, 2.5]}}},
    ],
)
def test_a_sweep(spec: dict[str, object]) -> None:
    pytest.importorskip("pyarrow")
    result = sweep({"regions": ["Waasland"], **spec})
    text = check(plot_sweep(result, "Waasland", language="nl"))
    assert "2 fusies (instelling " in text
    assert "score (punten)" in check(plot_sweep(result, "Waasland", colour="score", language="nl"))
    text = check(plot_sweep(result, "Waasland", colour="value:distance", language="nl"))
    assert "Afstand tot de zetel van het beste voorstel: Waasland" in text


def test_a_plan(counted: Census, flanders: Instance, mergers: Scenario) -> None:
    (drawn,) = counted.draw(1, seed=3)
    assert "gemeenten na fusie" in check(plot_plan(drawn, flanders, mergers, language="nl"))


def test_what_is_no_dutch_is_found(counted: Census) -> None:
    with pytest.raises(AssertionError):
        check(plot_census(counted, language="en"))
