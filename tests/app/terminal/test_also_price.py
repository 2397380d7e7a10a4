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
    price = price_of(["later", "inhabitants_2026"], bound, free)
    return list(
        also_lines(price, lambda region, nano: f"as if {nano} lived on {region}" if nano > MUCH else "")
    )


MUCH = 4_000_000
ALSO = "bounds that hold under later and inhabitants_2026 too"


def test_prices_are_told_where_there_are_any() -> None:
    assert lines((1, 1), (2, 2)) == [f"{ALSO} cost nothing"]
    assert lines((0, 5_000_000), (1, 1)) == [
        f"{ALSO} cost 0.005 points:",
        "  A: 0.005 points, as if 5000000 lived on A",
        "  nothing in 1 other region",
    ]
    assert lines((0, 5_000_000), (0, 2_000_000)) == [
        f"{ALSO} cost 0.007 points:",
        "  A: 0.005 points, as if 5000000 lived on A",
        "  B: 0.002 points",
    ]


def test_what_is_not_proved_is_told() -> None:
    assert lines((10, 15), proved=False) == [
        f"{ALSO} cost 0.000000005 points (not all of it proved):",
        "  A: 0.000000005 points",
    ]


def test_regions_without_a_plan() -> None:
    without = "without bounds under later and inhabitants_2026"
    assert lines((None, 15), (1, 1), (3, None)) == [
        f"{ALSO} cost nothing in B",
        f"A: {without} there is a plan that scores 0.00000002 points",
        "C: what bounds under later and inhabitants_2026 cost is not known",
    ]
    assert len(lines((None, None))) == 1
