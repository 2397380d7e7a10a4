"""A picture as CONTRIBUTING makes one: a function in a module, and an entry point that names it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from refzones.app.pictures.figure import Picture
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import Result, solve
from support.build import build_instance

MODULE = '''
"""A bar for each merger."""

from refzones.app.maps.lettering import lettered
from refzones.app.pictures.figure import on, plain, titled


@lettered
def plot_sizes(plan, instance, scenario, *, ax=None, title=None):
    figure, axes = on(ax, 6.0, 3.0)
    axes.bar([part.name(instance) for part in plan.mergers], [p.population(instance) for p in plan.mergers])
    plain(axes, grid="y")
    titled(axes, title or f"Inhabitants under '{scenario.name}'")
    return figure
'''


@pytest.fixture
def result() -> Result:
    instance: Instance = build_instance([30_000, 40_000, 50_000], [(0, 1), (1, 2)])
    asked = Scenario.from_dict({"name": "small", "weights": {"distance": 1}, "population": {"min": 45_000}})
    return solve(instance, asked, workers=1)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The module and its entry point, as an installation leaves them."""
    (tmp_path / "of_sizes_of_a_test.py").write_text(MODULE, encoding="utf-8")
    told = tmp_path / "sizes_of_a_test-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Name: sizes-of-a-test\nVersion: 1.0\n", encoding="utf-8")
    (told / "entry_points.txt").write_text(
        "[refzones.plots]\nsizes = of_sizes_of_a_test:plot_sizes\n", encoding="utf-8"
    )
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])


@pytest.mark.usefixtures("installed")
def test_a_result_draws_it(result: Result) -> None:
    figure: Any = result.plot(kind="sizes")
    assert isinstance(figure, Picture)
    (axes,) = figure.axes
    assert [bar.get_height() for bar in axes.patches] == [70_000, 50_000]
    assert axes.get_title(loc="left") == "Inhabitants under 'small'"
    assert figure.png(50).startswith(b"\x89PNG")


@pytest.mark.usefixtures("installed")
def test_it_is_drawn_where_it_is_asked_to(result: Result) -> None:
    axes = Figure().add_subplot()
    assert result.plot(axes, kind="sizes", title="Sizes") is axes.figure
    assert axes.get_title(loc="left") == "Sizes"


def test_without_its_entry_point_there_is_none(result: Result) -> None:
    with pytest.raises(InputError, match="no picture of this kind"):
        result.plot(kind="sizes")
