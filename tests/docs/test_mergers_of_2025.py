"""docs/mergers-of-2025.md: what its table says comes out."""

from __future__ import annotations

from pathlib import Path

from refzones.instances import Grouping, load
from refzones.instances.groups import Entry
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.review.merger_prices import price_mergers

PAGE = Path(__file__).parents[2] / "docs" / "mergers-of-2025.md"


def test_prices_of_the_mergers_of_2025() -> None:
    """Row by row."""
    instance = load("flanders-2024")
    text = PAGE.read_text(encoding="utf-8").split("| merger | inhabitants | in the optimum |")[1]
    lines = text.split("\n\n")[0].splitlines()[2:]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    assert len(rows) == 13
    entries = [Entry(k, name.strip(), str(k)) for k, row in enumerate(rows) for name in row[0].split(",")]
    optimum = solve(instance, Scenario.preset("mergers"))
    prices = price_mergers(instance, optimum, Grouping.of(PAGE.name, "merger", entries))
    for (_, inhabitants, held, together, exactly, _), price in zip(rows, prices, strict=True):
        assert f"{int(instance.population[list(price.members)].sum()):,}" == inhabitants
        assert held == {"exactly": "exactly", "no": "no"}.get(price.in_plan, held)
        assert (price.in_plan == "within") == held.startswith("with ")
        for stated, answer in ((together, price.together), (exactly, price.exactly)):
            nano = answer.cost_nano if answer is not None else None
            expected = "against a rule" if nano is None else f"{nano / 1e9:.6f}" if nano else "0"
            assert stated == expected
