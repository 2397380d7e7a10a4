from __future__ import annotations

from dataclasses import replace

import numpy as np
from refzones.models import Scenario
from refzones.solver.results.plan import Plan
from refzones.solver.review.effects import effects_of
from refzones.solver.review.rate_changes import rate_changes, rate_changes_table
from support.build import build_instance

ASKED = Scenario.from_dict({"rules": {"isolated": "alone"}, "weights": {"distance": 1}})
INSTANCE = replace(
    build_instance([1_000, 3_000, 2_000, 500], [(0, 1), (1, 2), (2, 3)]),
    figures={
        "property_tax_rate": np.array([900.0, 800.0, 700.0, 600.0]),
        "property_tax_differentiated": np.array([1.0, 0.0, 1.0, 1.0]),
        "income_tax_rate": np.array([np.nan, 7.0, 8.0, 6.0]),
    },
)
PLAN = Plan.of(INSTANCE, ASKED, [(0, 1, 2), (3,)])
RULES = (
    "property_tax_rate(largest)",
    "income_tax_rate(largest)",
    "income_tax_rate(lowest)",
    "municipalities",
)


def test_what_changes_for_whom() -> None:
    found = rate_changes(effects_of(INSTANCE, ASKED, PLAN, RULES))
    told = [(one.indicator.name, one.municipality, one.before, one.after, one.change) for one in found]
    assert told == [
        ("property_tax_rate(largest)", 0, 900, 800, -100),
        ("property_tax_rate(largest)", 1, 800, 800, 0),
        ("property_tax_rate(largest)", 2, 700, 800, 100),
        ("income_tax_rate(largest)", 0, None, 7, None),
        ("income_tax_rate(largest)", 1, 7, 7, 0),
        ("income_tax_rate(largest)", 2, 8, 7, -1),
        ("income_tax_rate(lowest)", 0, None, None, None),
        ("income_tax_rate(lowest)", 1, 7, None, None),
        ("income_tax_rate(lowest)", 2, 8, None, None),
    ]
    assert [one.is_differentiated for one in found] == [True, False, True] + [False] * 6
    assert [one.inhabitants for one in found[:3]] == [1_000, 3_000, 2_000]


def test_changes_add_up_to_the_effect_on_a_merger() -> None:
    effects = effects_of(INSTANCE, ASKED, PLAN, ["property_tax_rate(mean)"])
    ((_, (effect,)),) = effects.by_merger
    changes = rate_changes(effects)
    total = sum(one.change * one.inhabitants for one in changes if one.change is not None)
    assert effect.change is not None
    assert abs(total / 6_000 - effect.change) < 1e-9
    assert abs(effect.change) < 1e-9  # the mean leaves the mean as it was


def test_the_table_has_a_row_for_each() -> None:
    table = rate_changes_table(effects_of(INSTANCE, ASKED, PLAN, RULES))
    assert list(table.columns) == [
        *("indicator", "merger", "nis", "municipality", "inhabitants"),
        *("before", "after", "change", "differentiated"),
    ]
    assert len(table) == 9
    first = table.iloc[0]
    assert (first["nis"], first["municipality"], first["merger"]) == ("10000", "M0", "M1 +2")
    assert (first["before"], first["after"], first["change"], first["differentiated"]) == (
        900,
        800,
        -100,
        True,
    )


def test_without_rates_there_is_nothing_to_tell() -> None:
    assert rate_changes(effects_of(INSTANCE, ASKED, PLAN, ["municipalities"])) == ()
    assert rate_changes_table(effects_of(INSTANCE, ASKED, PLAN, ["municipalities"])).empty
