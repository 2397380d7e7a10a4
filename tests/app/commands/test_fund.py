"""`refzones fund`: what it prints, what it writes, and what it refuses."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from refzones.app.terminal.console import console

PLAN = "nis,merger\n11002,A\n11007,A\n"
WORDS = ("fund", "plan.csv", "--instance", "flanders-2024", "--others-alone")


@pytest.fixture
def plan() -> None:
    Path("plan.csv").write_text(PLAN, encoding="utf-8")


def test_who_gains_and_who_pays(run, plan) -> None:
    code, output, _ = run(*WORDS, "--most", "2", "--tables", "out")
    assert code == 0
    assert "who gains: 1 of 1" in output
    assert re.search(r"who pays: 2 of \d+", output)
    assert output.index("Antwerpen, Borsbeek") < output.index("Gent ") < output.index("Brugge")
    assert "how unequal what is shown of the fund is" in " ".join(output.split())
    assert "is an illustration" in output
    assert "block 'social_capacity' is not shown" in output
    with Path("out/fund.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 299 * 4
    assert "11002 11007" in {row["nis"] for row in rows}
    assert sum(int(row["change"]) for row in rows) == 0
    assert sum(int(row["after"]) for row in rows) == sum(int(row["before"]) for row in rows) == 2_070_300_000
    gain = sum(int(row["change"]) for row in rows if row["nis"] == "11002 11007")
    assert f"+{gain:,}" in output


def test_municipalities_as_they_are(run) -> None:
    code, output, _ = run("fund", "as-is", "--instance", "flanders-2024", "--by", "police")
    assert code == 0
    assert "nobody gains and nobody pays" in output


def test_in_dutch_and_for_spreadsheets(run, plan) -> None:
    code, output, _ = run(*WORDS, "--lang", "nl", "--tables", "out", "--csv", "belgian")
    assert code == 0
    assert "wie betaalt: 10 van " in output
    assert "niet al zijn cijfers zijn bekendgemaakt" in output
    lines = Path("out/fund-belgian.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "NIS-codes van de gemeenten;Waarvan;Regeling;Bouwsteen van het fonds;Vóór;Na;Verschil"
    assert lines[1].split(";")[3] == "basisfinanciering"


def test_a_scheme_of_a_file(run, plan) -> None:
    text = (
        'title = "Pot"\nsource = "me"\nyear = 2030\ntotal = 1_000_000\n[groups]\ng = ["Antwerpen", "Gent"]\n'
    )
    Path("pot.toml").write_text(f"{text}[blocks.pot]\nshare = 1\ngroup = 'g'\n", encoding="utf-8")
    code, output, _ = run(*WORDS, "--scheme", "pot.toml")
    assert code == 0
    assert "-4,562" in output
    assert "how unequal the fund is" in " ".join(output.split())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--scheme", "reprot"), "there is no such scheme; did you mean 'report'?"),
        (("--scheme", "none.toml"), "none.toml"),
        (("--scheme", "present"), "fund_largest_cities_eur"),
        (("--by", "polcie"), "there is no such layer; did you mean 'police'?"),
    ],
)
def test_what_is_refused(run, plan, words: tuple[str, ...], message: str) -> None:
    code, output, errors = run(*WORDS, *words)
    assert code == 2
    assert message in errors
    assert "who" not in output


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("width", [60, 80, 140])
def test_nothing_is_cut(width: int, language, run, plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "_width", width)
    code, output, _ = run(*WORDS, "--lang", language)
    assert code == 0
    table = [line for line in output.splitlines() if line[:1] in "│┃┏┗┡├└"]
    assert table
    assert max(map(len, table)) <= width
    assert "…" not in output
