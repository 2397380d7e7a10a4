"""The picture of a sweep."""

from __future__ import annotations

from typing import Any

import pytest
from matplotlib.figure import Figure
from refzones.app.pictures import of_sweep
from refzones.instances import InputError
from refzones.solver import SweepResult, sweep

pytest.importorskip("pyarrow")
TERMS = ("coverage", "distance", "straddle(police)")


@pytest.fixture(scope="module")
def mixtures() -> SweepResult:
    """All mixtures of three terms in four steps, nothing else weighed."""
    others = {"straddle(primary_care)": 0, "stacking": 0}
    items = [
        {"weights": {"coverage": 25.0 * a, "distance": 2.5 * b, TERMS[2]: 10.0 * (4 - a - b)} | others}
        for a in range(5)
        for b in range(5 - a)
    ]
    return sweep({"name": "mixtures", "regions": ["Waasland", "Midwest"], "list": items})


@pytest.fixture(scope="module")
def plane() -> SweepResult:
    grid = {"weights": {"coverage": [0, 50, 70], "distance": [0, 5]}}
    return sweep({"regions": ["Waasland"], "grid": grid})


def texts_of(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def areas(figure: Figure) -> Any:
    """What is drawn of areas in the first axes."""
    return [patch for patch in figure.axes[0].patches if patch.get_edgecolor() == (1.0, 1.0, 1.0, 1.0)]


def test_triangle(mixtures: SweepResult) -> None:
    figure = mixtures.plot("Waasland")
    texts = texts_of(figure)
    assert "only coverage\n100 points a unit" in texts
    assert "only distance\n10 points a unit" in texts
    plans = mixtures.answers[mixtures.answers["region"] == "Waasland"]["plan"]
    assert {"A", "B"} <= set(texts)
    shares = plans.value_counts(normalize=True)
    assert f"{100 * shares.iloc[0]:.0f} %" in texts
    named = [text for text in texts if "(setting " in text]
    assert len(named) == min(8, plans.nunique())
    setting = int(named[0].partition("(setting ")[2].rstrip(")"))
    answers = mixtures.answers.set_index(["setting", "region"])
    assert answers.loc[(setting, "Waasland"), "plan"] == shares.index[0]
    after, mergers = answers.loc[(setting, "Waasland"), ["after", "mergers"]]
    assert named[0] == f"{after} municipalities, {mergers} mergers (setting {setting})"
    assert figure._repr_png_().startswith(b"\x89PNG")


def test_all_regions_together_have_the_plans_of_each(mixtures: SweepResult) -> None:
    by_setting = mixtures.answers.groupby("setting")["plan"].agg("/".join)
    named = [text for text in texts_of(mixtures.plot()) if "(setting " in text]
    assert len(named) == min(8, by_setting.nunique())


def test_the_scenario_is_marked_only_where_it_belongs(mixtures: SweepResult, plane: SweepResult) -> None:
    assert "'mergers'" not in texts_of(mixtures.plot("Waasland"))  # it weighs other terms too
    assert "'mergers'" in texts_of(plane.plot("Waasland"))
    low = plane.settings.index[plane.settings["weight:coverage"] < 40].tolist()
    assert "'mergers'" not in texts_of(plane.plot("Waasland", settings=low, terms=["coverage", "distance"]))


def test_rectangle(plane: SweepResult) -> None:
    figure = plane.plot("Waasland")
    axes = figure.axes[0]
    assert axes.get_xlabel() == "weight of coverage, points a unit"
    left, right = axes.get_xlim()
    assert (left, right) == (-10, 80)
    assert axes.get_ylim() == (-2.5, 7.5)
    assert areas(figure)


def test_mixtures_of_two_lie_on_a_line() -> None:
    spec = {"method": "lattice", "terms": ["coverage", "distance"], "steps": 4}
    figure = sweep({"regions": ["Waasland"], "sample": spec}).plot("Waasland")
    axes = figure.axes[0]
    assert axes.get_xlabel() == "share of coverage in the weights of coverage and distance"
    assert axes.get_xlim() == (0.0, 1.0)
    assert len(axes.get_yticks()) == 0


def test_values_in_place_of_winners(plane: SweepResult) -> None:
    figure = plane.plot("Waasland", colour="score")
    assert len(figure.axes) == 2  # the second is the scale
    assert figure.axes[1].get_ylabel() == "score (points)"
    (drawn,) = [c for c in figure.axes[0].collections if c.get_array() is not None]
    scores = plane.answers["score"]
    assert sorted(drawn.get_array()) == sorted(scores)


def test_too_many_settings(plane: SweepResult, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_sweep, "MOST_SETTINGS", 5)
    with pytest.raises(InputError, match=r"'6': a picture shows at most 5 settings; choose with settings="):
        plane.plot("Waasland")
    assert areas(plane.plot("Waasland", settings=range(5)))


def test_what_cannot_be_drawn_is_told(mixtures: SweepResult, plane: SweepResult) -> None:
    with pytest.raises(InputError, match=r"no such region; did you mean 'Waasland'"):
        mixtures.plot("Wasland")
    with pytest.raises(InputError, match=r"no such setting; there are 0 to 14"):
        mixtures.plot(settings=[15])
    with pytest.raises(InputError, match=r"no such column; did you mean 'score'"):
        plane.plot(colour="scor")
    with pytest.raises(InputError, match=r"no such term; did you mean 'coverage'"):
        plane.plot(terms=["coverag", "distance"])
    with pytest.raises(InputError, match=r"two or three terms span a picture, not of 1"):
        plane.plot(terms=["coverage"])
    with pytest.raises(InputError, match=r"also differ in weight of straddle\(police\)"):
        mixtures.plot(terms=["coverage", "distance"])
    grid = {"weights": {"coverage": [0, 70], "distance": [0, 5]}, "population": {"min": [20_000, 30_000]}}
    both = sweep({"regions": ["Waasland"], "grid": grid})
    with pytest.raises(InputError, match=r"also differ in population\.min; choose those of one variant"):
        both.plot("Waasland")
    one = both.settings.index[both.settings["population.min"] == 30_000].tolist()
    assert areas(both.plot("Waasland", settings=one))
