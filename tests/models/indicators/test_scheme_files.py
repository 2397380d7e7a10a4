"""Scheme files: those of the project can be read, and what is wrong with others is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.models.indicators.bonus_schemes import BonusScheme
from refzones.models.indicators.fund_schemes import FundScheme
from refzones.models.indicators.mandates import MandateScheme, mandates
from refzones.models.indicators.scheme_files import (
    Steps,
    check_steps,
    find_scheme,
    known_scheme,
    read_scheme,
    scheme_names,
)

GOOD = """title = "Mine"
source = "nobody"
[per_inhabitant]
below = [20_000]
values = [0, 2]
"""
DEMANDS = Scenario.from_dict({"weights": {}}).levels[0]


@pytest.mark.parametrize("model", [BonusScheme, FundScheme])
def test_those_of_the_project_have_a_title_and_a_source(model) -> None:
    names = scheme_names(model)
    assert names
    for name in names:
        scheme = known_scheme(name, model)
        assert scheme.title
        assert scheme.source
        assert scheme is known_scheme(name, model)  # read once
    assert mandates() is known_scheme("mandates", MandateScheme)


def test_steps_are_in_order_and_each_has_a_value() -> None:
    check_steps([1, 2], [0, 1, 2])
    with pytest.raises(ValueError, match="out of order: 2 follows 2"):
        check_steps([2, 2], [0, 1, 2])
    with pytest.raises(ValueError, match="2 ends of steps need 3 values, not 2"):
        check_steps([1, 2], [0, 1])
    assert Steps(below=(10,), values=(1, 2)).values == (1, 2)
    with pytest.raises(ValueError, match="out of order"):
        Steps(below=(10, 5), values=(1, 2, 3))


BAD = {
    "steps out of order": (GOOD.replace("[20_000]", "[20_000, 10_000]"), "out of order"),
    "a value too few": (GOOD.replace("[0, 2]", "[0]"), "need 2 values"),
    "no source": (GOOD.replace('source = "nobody"', ""), "source"),
    "an empty title": (GOOD.replace("Mine", ""), "title"),
    "an unknown key": (GOOD + "[mots]\nall = 1\n", "mots"),
    "below nothing": (GOOD.replace("[0, 2]", "[0, -2]"), "values"),
    "no TOML": ("title = ", "mine.toml"),
}


@pytest.mark.parametrize(("text", "hint"), BAD.values(), ids=BAD)
def test_what_is_wrong_with_a_file_is_said(text: str, hint: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=hint):
        read_scheme(tmp_path / "mine.toml", BonusScheme)


def test_a_scheme_is_that_of_the_scenario_of_the_project_or_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert find_scheme(str(path), DEMANDS, BonusScheme).title == "Mine"
    assert find_scheme("2025", DEMANDS, BonusScheme) is known_scheme("2025", BonusScheme)
    own = {"title": "Held", "source": "us", "per_inhabitant": {"below": [], "values": [1]}}
    held = Scenario.from_dict({"weights": {}, "schemes": {"2025": own}}).levels[0]
    assert find_scheme("2025", held, BonusScheme).title == "Held"
    with pytest.raises(InputError, match="did you mean '2019'"):
        find_scheme("2018", DEMANDS, BonusScheme)
    with pytest.raises(InputError, match=r"none\.toml"):
        find_scheme("none.toml", DEMANDS, BonusScheme)
