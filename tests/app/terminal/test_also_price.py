from __future__ import annotations

from typing import NamedTuple

from refzones.app.terminal.also_price import also_lines
from refzones.solver.results.also_price import price_of


class Answer(NamedTuple):
    name: str
    score_nano: int | None
    bound_nano: int | None


def lines(*pairs: tuple[int | None, int | None], proved: bool = True) -> list[str]:
    """Prices of regions A, B, ... by their scores with columns and without them."""

    def answer(k: int, score: int | None) -> Answer:
        return Answer(chr(65 + k), score, None if score is None else score + (not proved))

    bound = [answer(k, score) for k, (score, _) in enumerate(pairs)]
    free = [answer(k, score) for k, (_, score) in enumerate(pairs)]
    return list(also_lines(price_of(["later", "inhabitants_2026"], bound, free)))


ALSO = "bounds that hold under later and inhabitants_2026 too"


def test_prices_are_told_where_there_are_any() -> None:
    assert lines((1, 1), (2, 2)) == [f"{ALSO} cost nothing"]
    assert lines((10, 15), (1, 1)) == [
        f"{ALSO} cost 0.000000005 points: A 0.000000005, nothing in 1 other region"
    ]
    assert lines((10, 15), (1, 3)) == [f"{ALSO} cost 0.000000007 points: A 0.000000005, B 0.000000002"]


def test_what_is_not_proved_is_told() -> None:
    assert lines((10, 15), proved=False) == [
        f"{ALSO} cost 0.000000005 points (not all of it proved): A 0.000000005"
    ]


def test_regions_without_a_plan() -> None:
    without = "without bounds under later and inhabitants_2026"
    assert lines((None, 15), (1, 1), (3, None)) == [
        f"{ALSO} cost nothing in B",
        f"A: {without} there is a plan that scores 0.000000015 points",
        "C: what bounds under later and inhabitants_2026 cost is not known",
    ]
    assert len(lines((None, None))) == 1
