"""How decided the parts of a plan are, in words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.results.decided_text import decided_lines, is_slight, price_text
from refzones.solver.results.points_in_words import yardstick
from support.build import build_instance


def row(kilometres: list[float]) -> Instance:
    size = len(kilometres)
    points = [(1000.0 * km, 0.0) for km in kilometres]
    return build_instance([10_000] * size, pairwise(range(size)), points=points)


def lines(instance: Instance, smallest: int, largest: int, most: int = 5, **tables: object) -> list[str]:
    bounds = {"min": smallest, "max": largest}
    scenario = Scenario.from_dict({"population": bounds, "weights": {"distance": 1.0}, **tables})
    return list(decided_lines(solve(instance, scenario, decided=True, workers=1), most))


def test_parts_of_one_price_are_told_together() -> None:
    """Pairs 1 km apart; three and three lack half a point, as half a kilometre for everybody."""
    assert lines(row([0, 1, 3, 4, 6, 7]), 20_000, 30_000) == [
        "how decided the plan is (3 municipalities after merging, none of them a tie or nearly a tie):",
        "M0 +1, M2 +1 and M4 +1 (R0): the best plan without any one of them lacks 0.500 points, "
        "as if everyone were 0.5 km farther from the seat",
    ]


def test_a_tie_and_what_is_nearly_one() -> None:
    assert lines(row([0, 1, 2, 3, 4]), 20_000, 30_000) == [
        "how decided the plan is (2 municipalities after merging, 2 of them a tie or nearly a tie):",
        "M0 +1 and M3 +2 (R0): a tie: another plan scores the same",
    ]
    found = lines(row([0, 1, 2, 3.01, 4.01]), 20_000, 30_000)
    assert found[1:] == [
        "M1 +2 and M3 +1 (R0): nearly a tie: the best plan without any one of them lacks 0.002 points, "
        "as if everyone were less than 10 metres farther from the seat",
    ]


def test_zones() -> None:
    found = lines(row([0, 1, 3, 4, 6, 7]), 20_000, 30_000, level="zones")
    assert found[0] == "how decided the plan is (3 reference zones, none of them a tie or nearly a tie):"
    assert found[1].endswith("0.5 km farther from the seat of their zone")


def test_nothing_to_tell() -> None:
    assert lines(row([0, 1]), 20_000, 20_000) == []  # no other plan
    assert lines(row([0, 1, 3, 4, 6, 7]), 20_000, 30_000, most=0) == [
        "the least decided (3 municipalities after merging, none of them a tie or nearly a tie):"
    ]


@pytest.mark.parametrize("nano", [0, 1, 10**9])
def test_without_a_term_to_say_it_in(nano: int) -> None:
    scenario = Scenario.from_dict({"weights": {"size": 1.0}})
    stick = yardstick(row([0, 1]), scenario, ["R0"])
    assert stick is None
    assert is_slight(nano, stick) == (nano == 0)
    assert ("as if" in price_text(nano, stick)) is False
