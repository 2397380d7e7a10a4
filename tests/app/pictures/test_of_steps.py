"""The picture of an experiment on steps: what is drawn is what was found."""

from __future__ import annotations

import pytest
from refzones.app.pictures import plot_steps
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver.experiments import StepsExperiment, steps_experiment
from refzones.solver.experiments.steps import STEPS


@pytest.fixture(scope="module")
def found() -> StepsExperiment:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    return steps_experiment(instance, scenario, regions=["Midwest", "Waasland", "Regio Gent"], draws=20)


@pytest.mark.parametrize("statistic", ["kendall", "spearman", "eta_squared", "eta_squared_ranks"])
def test_marks_and_intervals_stand_where_the_figures_are(found: StepsExperiment, statistic: str) -> None:
    figure = plot_steps(found, statistic=statistic)
    panels = [axes for axes in figure.axes if axes.get_title(loc="left")]
    assert len(panels) == len(found.measures) + 1
    for axes, measure in zip(panels, found.measures, strict=False):
        marks = [line for line in axes.lines if line.get_marker() in "^so"]
        for line, lines, steps in zip(marks, axes.collections, STEPS, strict=True):
            cells = [one.correlations[statistic, measure.name, steps] for one in found.maps]
            assert line.get_xdata().tolist() == [cell.value for cell in cells]
            drawn = [(segment[0][0], segment[1][0]) for segment in lines.get_segments()]
            assert drawn == [(cell.low, cell.high) for cell in cells]
            left, right = axes.get_xlim()
            assert all(left <= low <= high <= right for low, high in drawn)
        heights = line.get_ydata()
        assert list(heights) == sorted(heights, reverse=True)  # the first map at the top


def test_panels_have_one_scale_and_marks_differ_in_form(found: StepsExperiment) -> None:
    figure = found.plot()
    panels = [axes for axes in figure.axes if axes.get_title(loc="left")]
    assert len({axes.get_xlim() for axes in panels[:-1]}) == 1
    (legend,) = figure.legends
    assert len({handle.get_marker() for handle in legend.legend_handles}) == 3


def test_in_dutch(found: StepsExperiment) -> None:
    figure = plot_steps(found, language="nl")
    texts = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert texts == [
        "vandaag",
        "langs eerstelijnszones",
        "langs politiezones",
        "het beste voorstel",
        "alle voorstellen",
    ]
    assert "centrumfunctie" in figure.get_suptitle()
