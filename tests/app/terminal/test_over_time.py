from __future__ import annotations

from refzones.app.terminal.over_time import over_time_lines
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.solver import Plan
from refzones.solver.review.over_time import bounds_over_time
from support.build import build_instance

NOT = float("nan")


def lines(instance: Instance, least: int, most: int, horizon: int = 2040) -> list[str]:
    scenario = Scenario.from_dict({"population": {"min": least, "max": most}, "weights": {"distance": 1}})
    plan = Plan.of(instance, scenario, [(i,) for i in range(len(instance))])
    return list(over_time_lines(bounds_over_time(instance, scenario, plan, horizon=horizon)))


def lone(*figures: float) -> Instance:
    """One municipality for each figure: 100 today, and so many two years ago."""
    n = len(figures)
    return build_instance([100] * n, [], yearly={2022: figures, 2024: [100] * n})


def test_what_leaves_and_what_was_beyond() -> None:
    assert lines(lone(90, 100), 95, 110) == [
        "of 2 municipalities after merging that have to keep bounds, 1 crosses one by 2040 if inhabitants go "
        "on changing at the same pace:",
        "  M0 passes 110 inhabitants in 2027 at the pace of 2022-2024",
        "of 2 municipalities after merging that have to keep bounds, 1 is beyond one in some year of 2022, "
        "2024:",
        "  M0 had fewer than 95 inhabitants in 2022",
    ]


def test_nothing_leaves() -> None:
    assert lines(lone(90), 50, 110, horizon=2026) == [
        "of 1 municipality after merging that have to keep bounds, none crosses one by 2026 if inhabitants "
        "go on changing at the same pace"
    ]


def test_long_lists_are_cut() -> None:
    told = lines(lone(*[90] * 15), 50, 110)
    assert len(told) == 14
    assert told[-1] == "  and 3 more; --out FILE.json lists them all"


def test_what_has_no_pace() -> None:
    assert lines(lone(90, NOT), 50, 1000)[-1] == (
        "no pace is known of 1 more: fewer than two years are known of all their members"
    )
    assert lines(lone(NOT, NOT), 50, 1000) == []
    assert lines(build_instance([100], []), 50, 1000) == []


def test_zones_are_called_zones() -> None:
    instance = lone(90)
    bounds = {"population": {"min": 50, "max": 110}, "weights": {"distance": 1}}
    zones = Scenario.from_dict(bounds | {"level": "zones"})
    both = Scenario.from_dict(bounds | {"level": "nested", "zones": bounds})
    told = [
        next(over_time_lines(bounds_over_time(instance, asked, Plan.of(instance, asked, [(0,)], around))))
        for asked, around in ((zones, ()), (both, [(0,)]))
    ]
    assert told[0].startswith("of 1 reference zone that have to keep bounds, 1 crosses one")
    assert told[1].startswith("of 1 municipality after merging and 1 reference zone that have to keep bounds")
