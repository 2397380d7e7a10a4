"""Tables at every width: no figure cut or folded, no name folded within a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.app.dutch import number_text, speak
from refzones.app.dutch.measures import plain_number, points_said, term_label, term_value
from refzones.app.dutch.word_labels import Language
from refzones.app.terminal import tables
from refzones.app.terminal.alternatives import show_alternatives
from refzones.app.terminal.console import PlainConsole, console
from refzones.app.terminal.instance import show_tables
from refzones.app.terminal.plan_sets import show_census, show_pareto
from refzones.app.terminal.results import show_result
from refzones.app.terminal.tables import FittedTable
from refzones.app.terminal.whatif import show_prices, show_wish
from refzones.instances import load
from refzones.instances.groups import Grouping
from refzones.instances.report import describe
from refzones.models import Scenario
from refzones.models.scoring.scorer import NANO
from refzones.solver import Result, WhatIf, best_plans, census, pareto_front, solve, what_if
from refzones.solver.plan_sets.alternatives import Loss, agreement
from refzones.solver.plan_sets.pareto import stability
from refzones.solver.review.merger_prices import price_mergers

WIDTHS = (60, 80, 100, 140)
REGIONS = ["Waasland", "Halle-Vilvoorde"]  # Beveren-Kruibeke-Zwijndrecht, Sint-Genesius-Rode
FLANDERS = load("flanders-2025")
PLACES = (*FLANDERS.names, *FLANDERS.regions)
MERGERS = Scenario.preset("mergers")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    speak("en")


@cache
def answer(region: str) -> Result:
    return solve(FLANDERS, MERGERS, regions=[region], decided=True)


@cache
def nested() -> Result:
    return solve(FLANDERS, Scenario.preset("nested"), regions=["Waasland"])


@cache
def shown() -> dict[str, Callable[[], None]]:
    """What commands print, by command."""
    waasland = ["Waasland"]
    terms = ["coverage", "distance", "straddle(primary_care)"]
    best = best_plans(FLANDERS, MERGERS, 5, regions=REGIONS)
    agreed = agreement(FLANDERS, MERGERS, Loss.read("1%"), regions=REGIONS)
    counted = census(FLANDERS, MERGERS, regions=waasland, bins=0)
    plan = answer("Waasland").plan
    assert plan is not None
    placed = counted.standings(plan)
    pareto = pareto_front(FLANDERS, MERGERS, terms, regions=waasland)
    moves = stability(FLANDERS, MERGERS, terms, regions=waasland)
    wish = what_if(FLANDERS, answer("Halle-Vilvoorde"), WhatIf(together=(("23027", "23002"),)))
    both = Grouping("list.csv", (("46030", "46021"),), ((2, 2),), ("Sint-Niklaas en Beveren",))
    prices = price_mergers(FLANDERS, answer("Waasland"), both)
    return {
        "solve": lambda: show_result(answer("Halle-Vilvoorde")),
        "solve, long names": lambda: show_result(answer("Waasland")),
        "solve, two levels": lambda: show_result(nested()),
        "alternatives": lambda: show_alternatives(best, agreed),
        "census": lambda: show_census(counted, placed),
        "pareto": lambda: show_pareto(pareto, moves),
        "why": lambda: show_wish(wish),
        "why --existing": lambda: show_prices(FLANDERS, prices),
        "instance show": lambda: show_tables(describe(FLANDERS)),
    }


COMMANDS = (
    "solve",
    "solve, long names",
    "solve, two levels",
    "alternatives",
    "census",
    "pareto",
    "why",
    "why --existing",
    "instance show",
)


def printed(
    show: Callable[[], None], width: int, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
) -> list[str]:
    patch.setattr(console, "width", width)
    capsys.readouterr()
    show()
    return capsys.readouterr().out.splitlines()


def cells_of(lines: list[str]) -> list[str]:
    """Every line of every cell."""
    found = [cell.strip() for line in lines if "│" in line for cell in line.strip("│").split("│")]
    # where each row is told in lines of its own, a value stands behind its heading
    return found + [line.partition(": ")[2].strip() for line in lines if line.startswith("  ")]


def text_of(lines: list[str]) -> str:
    """Text of all columns, each from its top to its bottom, and of lines outside tables."""
    columns: list[list[str]] = []
    texts = []
    for line in [*lines, ""]:
        if "│" in line or "┃" in line:
            cells = [cell.strip() for cell in re.split("[│┃]", line)[1:-1]]
            if len(cells) != len(columns):
                texts += [" ".join(column) for column in columns]
                columns = [[] for _ in cells]
            for column, cell in zip(columns, cells, strict=True):
                column.append(cell)
        elif not re.match(" *[┏┡├└]", line):
            texts += [*(" ".join(column) for column in columns), line]
            columns = []
    return re.sub(r"- (?=[A-Z])", "-", "\n".join(texts))


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("command", COMMANDS)
def test_tables_fit(
    command: str,
    width: int,
    language: Language,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    speak(language)
    lines = printed(shown()[command], width, capsys, monkeypatch)
    rows = [line for line in lines if re.search("[│┃━─]", line)]
    assert max(map(len, rows), default=0) <= width
    assert not any("…" in line for line in lines)
    if width >= 80 and command != "instance show":
        assert rows
    text = text_of(lines)
    for first in {name.partition("-")[0] for name in PLACES if "-" in name}:
        # where a name begins, one that begins so stands as a whole, though folded behind a hyphen
        if f"{first}-" in text:
            assert any(name in text for name in PLACES if name.startswith(f"{first}-")), first


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("width", [40, *WIDTHS])
@pytest.mark.parametrize("region", REGIONS)
def test_figures_are_those_of_the_record(
    region: str,
    width: int,
    language: Language,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    speak(language)
    result = answer(region)
    assert result.plan is not None
    lines = printed(lambda: show_result(result), width, capsys, monkeypatch)
    cells = cells_of(lines)
    for name, term in result.plan.terms.items():
        for text in (term_value(term), plain_number(term.weight)):
            assert text in cells, (name, text)
        assert points_said(round(term.points * NANO), signed=True) in cells, name
        assert any(name in line for line in lines)
        assert set(term_label(name).split()) <= set(" ".join(lines).replace("│", " ").split())
    for merger in result.mergers:
        assert number_text(merger.population(FLANDERS)) in cells
        if merger.decided.price_nano is not None:
            assert any(points_said(merger.decided.price_nano) in cell for cell in cells)
    assert points_said(result.score_nano) in cells
    text = text_of(lines)
    for i in (i for merger in result.mergers for i in merger.members):
        assert FLANDERS.names[i] in text


def test_columns_give_way_in_turn() -> None:
    table = FittedTable("terms")
    table.add_column("term")
    table.add_column("key", spare="below")
    table.add_column("value", is_figure=True)
    table.add_column("better", spare="drop")
    table.add_row("Distance to the seat, as the crow flies", "distance", "12.34 km", "less")

    def at(width: int) -> str:
        plain = PlainConsole()
        plain.width = width
        with plain.capture() as capture:
            plain.print(table)
        return capture.get()

    wide, middle, narrow, narrowest = (at(width) for width in (80, 55, 48, 18))
    assert [line.count("│") for line in wide.splitlines() if "12.34" in line] == [5]
    assert [line.count("│") for line in middle.splitlines() if "12.34" in line] == [4]
    assert [line.count("│") for line in narrow.splitlines() if "12.34" in line] == [3]
    assert all("distance" in text for text in (wide, middle, narrow, narrowest))
    assert "less" in middle
    assert "less" not in narrow
    assert "  value: 12.34 km" in narrowest.splitlines()
    assert "│" not in narrowest
    assert table.fits(80)
    assert not table.fits(48)


@given(
    st.lists(st.text("ab- ", min_size=1, max_size=40), min_size=1, max_size=3),
    st.integers(0, 10**9),
    st.integers(12, 90),
)
def test_any_text_fits_and_no_figure_folds(texts: list[str], figure: int, width: int) -> None:
    table = FittedTable("")
    for k in range(len(texts)):
        table.add_column(f"text {k}", spare="below" if k == 1 else "")
    table.add_column("figure", is_figure=True)
    table.add_row(*texts, str(figure))
    plain = PlainConsole()
    plain.width = width
    with plain.capture() as capture:
        plain.print(table)
    lines = capture.get().splitlines()
    assert max(map(len, lines)) <= width
    assert any(re.search(rf"\b{figure}\b", line) for line in lines) or width < len(f"  figure: {figure}")


def test_names_fold_behind_their_hyphens() -> None:
    assert tables._pieces("Beveren-Kruibeke-Zwijndrecht") == ["Beveren-", "Kruibeke-", "Zwijndrecht"]
    table = FittedTable("")
    table.add_column("name")
    table.add_column("inhabitants", is_figure=True)
    table.add_row("Beveren-Kruibeke-Zwijndrecht", "87,927")
    plain = PlainConsole()
    plain.width = 36
    with plain.capture() as capture:
        plain.print(table)
    cells = [line.split("│")[1].strip() for line in capture.get().splitlines() if line.startswith("│")]
    assert cells == ["Beveren-Kruibeke-", "Zwijndrecht"]
