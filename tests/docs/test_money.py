"""docs/money.md: its figures come out, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from refzones.instances import load
from refzones.instances.common.toml import parse_toml
from refzones.instances.vintages import all_changes
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from refzones.models.indicators.bonus_schemes import BonusScheme
from refzones.models.indicators.fund_schemes import FundScheme
from refzones.models.indicators.scheme_files import checked_scheme, known_scheme, scheme_names

PAGE = (Path(__file__).parents[2] / "docs" / "money.md").read_text(encoding="utf-8")


def block(language: str, beginning: str) -> str:
    """The block of a language that begins with something."""
    blocks = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    (found,) = (one for one in blocks if one.startswith(beginning))
    return str(found)


def test_every_scheme_has_a_row() -> None:
    for kind, model in (("bonus", BonusScheme), ("fund", FundScheme)):
        rows = re.findall(rf"^\| `{kind}\((\w+)\)`", PAGE, re.MULTILINE)
        assert sorted(rows) == list(scheme_names(model))


def test_the_thirteen_mergers_of_2025() -> None:
    flanders = load("flanders-2024")
    mergers: dict[str, list[int]] = {}
    for change in all_changes():
        if change.year == 2025:
            mergers.setdefault(change.name, []).append(flanders.index[change.old_code])
    bonus = build_indicator("bonus(2025)", flanders, Scenario(weights={}))
    amounts = bonus.of_plan(list(mergers.values())).numbers
    assert f"come to {int(amounts.sum()):,} euro by the scheme of 2025" in PAGE
    most = known_scheme("2025", BonusScheme).most.merger
    assert [list(mergers)[k] for k in np.flatnonzero(amounts == most)] == ["Antwerpen"]


def test_scheme_files_of_the_page_are_good() -> None:
    bonus = checked_scheme(parse_toml(block("toml", 'title = "Bonus'), "page"), BonusScheme, "page")
    assert not bonus.open_steps
    fund = checked_scheme(parse_toml(block("toml", 'title = "A fund'), "page"), FundScheme, "page")
    assert set(fund.blocks) == {"basic", "towns"}


def test_who_gains_and_who_pays(capsys) -> None:
    exec(block("python", "from refzones import"), {})
    told = dict(line.rsplit(" ", 1) for line in capsys.readouterr().out.splitlines())
    gain, gent, brugge, leuven = (abs(int(float(told[name]))) for name in told)
    assert list(told) == ["Antwerpen, Borsbeek", "Gent", "Brugge", "Leuven"]
    sentence = f"{gain:,} euro more, and Gent {gent:,} less, Brugge {brugge:,}, Leuven {leuven:,}."
    assert sentence in PAGE.replace("\n", " ")
