"""The question in words: budgets, schemes and weights of indicators are told."""

from __future__ import annotations

import pytest
from refzones.app.files.question_sheet import demands_in_words
from refzones.models import Scenario
from support.build import build_instance

SCHEME = {"title": "Mine", "source": "a test", "per_inhabitant": {"below": [], "values": [5]}}
ASKED = Scenario.from_dict(
    {
        "schemes": {"mine": SCHEME},
        "budgets": {"bonus(mine)": {"max": 30_000_000}, "councillors": {"most_change": -200, "min": 9}},
        "weights": {"effect(bonus(mine))": 2},
    }
)
SAID = {
    "en": [
        ("budgets", "Merger bonus, mine, over the whole plan: at most 30,000,000"),
        ("budgets", "Councillors, over the whole plan: at least 9"),
        ("budgets", "Councillors, beside what there is today: a change of at most -200"),
        ("weights", "What it does: Merger bonus, mine: 2 points for one unit (euro)"),
        ("measured", "scheme “mine”: Mine (a test)"),
    ],
    "nl": [
        ("budgets", "Fusiebonus, mine, over het hele voorstel: hoogstens 30.000.000"),
        ("budgets", "Gemeenteraadsleden, over het hele voorstel: minstens 9"),
        ("budgets", "Gemeenteraadsleden, tegenover wat er nu is: een verschil van hoogstens -200"),
        ("weights", "Wat het doet: Fusiebonus, mine: 2 punten voor één eenheid (euro)"),
        ("measured", "regeling “mine”: Mine (a test)"),
    ],
}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_is_bounded_and_by_which_scheme(language) -> None:
    told = demands_in_words(build_instance([10, 20], [(0, 1)]), ASKED, language)
    assert [one for one in told if one[0] in ("budgets", "weights", "measured")] == SAID[language]
