from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import InputError
from refzones.models.indicators import shown_names
from refzones.models.indicators.scheme_files import read_scheme
from refzones.models.indicators.sizes import SizeScheme, sizes

Value = Callable[..., float]
PARTS = ((0, 1), (2,), (3, 4), (5, 6, 7))
"""3,000, 4,000, 13,000 and 16,000 inhabitants."""


@pytest.mark.parametrize(
    ("size", "below", "people"),
    [("3000", 0, 0), ("3001", 1, 3_000), ("4001", 2, 7_000), ("16000", 3, 20_000), ("99999", 4, 36_000)],
)
def test_a_municipality_of_the_size_is_not_below_it(value: Value, size: str, below: int, people: int) -> None:
    assert value(f"municipalities_below({size})", *PARTS) == below
    assert value(f"inhabitants_below({size})", *PARTS) == people
    assert value(f"share_below({size})", *PARTS) == pytest.approx(100 * people / 36_000)
    assert value("municipalities", *PARTS) == 4


def test_the_minimum_is_the_one_asked_for(value: Value) -> None:
    asked = {"population": {"min": 4_000, "max": 50_000}}
    assert value("municipalities_below(minimum)", *PARTS, **asked) == 1
    assert value("municipalities_below(minimum)", *PARTS, population={"min": 0, "max": 50_000}) == 0
    assert value("inhabitants_below(minimum)", *PARTS) == 36_000


@pytest.mark.parametrize("size", ["some", "-5", "10.5", "10_000", "²", "99999999999"])
def test_a_size_is_a_whole_number(value: Value, size: str) -> None:
    with pytest.raises(
        InputError, match="a size is a whole number of inhabitants, or 'minimum', the one asked"
    ):
        value(f"share_below({size})", *PARTS)


def test_the_steps_of_the_project_are_shown() -> None:
    assert [f"share_below({size})" for size in ("minimum", *sizes().steps)] == [
        name for name in shown_names() if name.startswith("share_below")
    ]


def test_steps_are_in_order(tmp_path: Path) -> None:
    path = tmp_path / "sizes.toml"
    path.write_text('title = "t"\nsource = "s"\nsteps = [20_000, 10_000]\n', encoding="utf-8")
    with pytest.raises(InputError, match="the steps are out of order: 10,000 follows 20,000"):
        read_scheme(path, SizeScheme)
