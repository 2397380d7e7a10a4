"""Tables, figures and the report they go into."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from cells import gap_text, markdown, seconds
from measure import Measured
from plots import FIGURES, draw, profile
from refzones.instances import InputError
from registry import Case, Outcome, benchmark, benchmarks
from report import HERE, busyness, filled, main
from results import frame_of, rows_of, write_rows
from specs.sampling import CHECKPOINTS, MEASURES
from tables import table

ABOUT: dict[str, Any] = {
    "measured_at": "2025-01-01T00:00:00+00:00",
    "load": 0.5,
    "processor": "P",
    "cores": 2,
    "memory_gb": 8.0,
    "system": "S",
    "python": "3.11",
    "refzones": "0",
    "commit": "abc",
}


SUMMED = {"stages", "formulations", "gap", "agreement", "sampling", "fronts", "best"}
"""Tables that have several cases in a row."""


def some(name: str) -> list[dict[str, Any]]:
    """Rows of the sweep of a benchmark, with made-up figures; every third case broke down."""
    found = []
    for k, case in enumerate(cases_in(name)):
        found += rows_of(benchmark(name), case, 1, Measured(made_up(name, case, k), 50.0 + k), ABOUT)
    return found


def cases_in(name: str) -> list[Case]:
    """As many cases as a table needs to have every kind of row."""
    return list(benchmark(name).sweep())[:28]


def made_up(name: str, case: Case, k: int) -> Outcome:
    if k % 3 == 2 and case.method != "refzones" and name != "recombination":
        return Outcome("died", note="SIGABRT")
    out = Outcome("optimal", dict.fromkeys(("setup", "build", "solve", "check", "whole"), 0.5 + k))
    out.score, out.bound, out.unit, out.size, out.proof = 10**9, 10**9 + k, "nano-points", 10 + k, "exact"
    out.facts = {"after 1 s": 9e8, "after 2 s": 9.5e8, "after our time": 9e8, "steps": 7, "cut edges": 3}
    out.facts |= {"published seconds": 1.5, "published optimum": None, "exit code": 0, "peak MB": 5.0}
    if name == "districting":
        out.facts["in the sum"] = k < 3
    if name == "cutedges":
        del out.facts["published seconds"]
    if name == "agreement":
        left = [[k + 1, None, 2 * 10**9], [k + 2, 10**9, 2 * 10**9]] if k == 1 else []
        out.facts = {"partition": {"optimal": 20, "infeasible": 3, "unfinished": left, "seconds": 1.5}}
        out.facts |= {"instances": 25, "disagreements": 0}
    if name in ("page", "dossier", "certificates", "consequences"):
        out.status = "measured"
        out.facts = {
            "measures": [[case.method, "s", 0.1 + k, 1.0 + k, 0.3], ["held", "MB", 300.0, 310.0, None]]
        }
    if name == "census":
        out.facts = {"plans": str(10**20) if k else None, "estimate": None if k else 1.5e9, "known": None}
    if name in ("fronts", "best"):
        out.facts = {"points": 9, "supported": 4, "plans": 10, "largest loss": 2_000_000}
    if name == "sampling" and case.method != "refzones":
        off = {measure: [0.2 / 10**j, 0.05] for j, measure in enumerate(MEASURES)}
        out.facts |= {"plans": 9, "met": 4} | {f"after {steps}": off for steps in CHECKPOINTS[:3]}
    return out


@pytest.mark.parametrize("name", [name for name, one in benchmarks().items() if not one.hidden])
def test_every_benchmark_has_a_table_with_all_its_cases(name: str) -> None:
    text = table(name, frame_of(some(name)))
    lines = text.splitlines()
    widths = {line.count(" | ") for line in lines}
    assert len(widths) == 1
    assert "nan" not in text.lower()
    if name not in SUMMED:
        assert len(lines) >= len(cases_in(name)) + 2
    if name != "stages" and any(row["status"] == "died" for row in some(name)):
        assert "died" in text


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_figures_are_drawn_of_what_is_there(name: str, tmp_path: Path) -> None:
    file = draw(name, frame_of(some(name)), tmp_path)
    assert file is not None
    assert file.read_bytes()[:4] == b"\x89PNG"


def test_a_benchmark_without_figure_has_none(tmp_path: Path) -> None:
    assert draw("commands", frame_of(some("commands")), tmp_path) is None


def test_the_sum_of_the_districting_table() -> None:
    text = table("districting", frame_of(some("districting")))
    (line,) = [line for line in text.splitlines() if "**sum**" in line]
    # every third broke down; the others took twice 0.5 + k seconds
    proved = [k for k in range(18) if k % 3 != 2]
    assert f"{len(proved)} of 18 proved" in line
    assert f"**{seconds(sum(1.0 + 2 * k for k in proved))}**" in line


def test_what_the_paper_leaves_open_is_in_a_sum_of_its_own() -> None:
    """What broke down is not known to be open there, and stays in the sum."""
    text = table("districting", frame_of(some("districting")))
    (line,) = [line for line in text.splitlines() if "the paper proves" in line]
    assert "2 of 8 proved" in line
    assert f"**{seconds(1.0 + 3.0)}**" in line


def test_formulations_stand_beside_their_engines() -> None:
    """One row for each instance and formulation; what is open is told with score, bound and gap."""
    found = []
    for engine, out in (
        ("highs", Outcome("optimal", {"build": 0.5, "solve": 1.0}, 9, 9, "nano-points", proof="exact")),
        ("scip", Outcome("optimal", {"build": 0.5, "solve": 2.0}, 9, 10, "nano-points", proof="tolerance")),
        ("cbc", Outcome("feasible", {"build": 0.5, "solve": 5.0}, 10**9, 2 * 10**9, "nano-points")),
        ("cpsat", Outcome("no plan within limit", {"build": 0.5, "solve": 5.0}, None, 10**9, "nano-points")),
    ):
        found += rows_of(benchmark("formulations"), Case("i", "flow", engine), 1, Measured(out, 1.0), ABOUT)
    header, _, line = table("formulations", frame_of(found)).splitlines()
    assert header.endswith("| highs s | scip s | cbc s | cpsat s |")
    assert line.endswith(
        "| 1.50 | 2.50 ~ | 5.50 open: bound 2.000000, gap 100.00 % | 5.50 no plan, bound 1.000000 |"
    )


def test_agreement_is_summed_over_all_processes() -> None:
    text = table("agreement", frame_of(some("agreement")))
    # 8 batches of 25, of which every third died; one has two open instances
    assert "| partition | 150 | 120 | 18 | 2 | 1e+02 % | 9.00 | 0 | 2, -, 2.000000, -; 3, 1.000000," in text
    assert text.count("| lost |") == 2


def test_numbers_of_plans_keep_all_their_digits() -> None:
    text = table("census", frame_of(some("census")))
    assert "| 100,000,000,000,000,000,000 |" in text
    assert "| about 1.5e+09 |" in text


def test_sampling_says_from_where_on_all_seeds_are_near() -> None:
    (line,) = [
        line
        for line in table("sampling", frame_of(some("sampling"))).splitlines()
        if "**recom: steps" in line
    ]
    # 20 % and 2 % off stay, 0.2 % is near from the first checkpoint on
    assert "| not reached | not reached | 100 |" in line


def test_profile_by_hand() -> None:
    times = pd.DataFrame(
        {"a": [1.0, 4.0, np.nan], "b": [2.0, 1.0, np.nan]}, index=["i", "j", "nobody"], dtype=float
    )
    shares = profile(times)
    assert list(shares.index) == [1.0, 2.0, 4.0]
    assert shares["a"].tolist() == pytest.approx([1 / 3, 1 / 3, 2 / 3])
    assert shares["b"].tolist() == pytest.approx([1 / 3, 2 / 3, 2 / 3])


def test_numbers_in_words() -> None:
    assert [seconds(value) for value in (None, 0.0123, 0.5, 12.3, 456.7)] == [
        "-",
        "0.012",
        "0.50",
        "12.30",
        "457",
    ]
    assert [gap_text(100, bound) for bound in (None, 100, 101, 2_000)] == ["-", "0", "1.00 %", "over 1000 %"]
    assert gap_text(10**9, 10**9 + 1) == "1e-07 %"
    assert gap_text(-100, -99) == "1.00 %"
    assert markdown(["a", "b"], [["1", "2"]], ["b"]).splitlines()[1] == "| --- | ---: |"


def test_the_report_is_filled_between_its_marks(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("words\n<!-- begin gap -->\nold\n<!-- end gap -->\nmore words\n", encoding="utf-8")
    write_rows(some("gap"), tmp_path / "results", "gap")
    order = ["--results", str(tmp_path / "results"), "--readme", str(readme)]
    assert main(order) == 0
    first = readme.read_text(encoding="utf-8")
    assert first.startswith("words\n<!-- begin gap -->\n*2025-01-01, each case once; load average 0.5 to 0.5")
    assert first.endswith("<!-- end gap -->\nmore words\n")
    assert "old" not in first
    assert "(figures/gap.png)" in first
    assert (tmp_path / "figures" / "gap.png").is_file()
    assert main(order) == 0
    assert readme.read_text(encoding="utf-8") == first


def test_a_report_without_place_or_results_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InputError, match="no place for a benchmark; add <!-- begin gap --> and"):
        filled("words", "gap", "block", "README.md")
    readme = tmp_path / "README.md"
    readme.write_text("words", encoding="utf-8")
    assert main(["--results", str(tmp_path / "none"), "--readme", str(readme)]) == 2
    assert "there are no results; run benchmarks/run.py first" in capsys.readouterr().err


def test_the_readme_has_a_place_for_every_benchmark() -> None:
    text = (HERE / "README.md").read_text(encoding="utf-8")
    for name, one in benchmarks().items():
        assert (f"<!-- begin {name} -->" in text) == (not one.hidden), name
        assert (f"<!-- end {name} -->" in text) == (not one.hidden), name


def test_the_words_about_the_load_are_those_of_the_measurements() -> None:
    """What a table's own measurements leave behind is not other work; what is there after a pause is."""

    def table(*taken: tuple[str, float]) -> pd.DataFrame:
        rows = [(f"2026-11-27T{moment}+00:00", load) for moment, load in taken]
        return pd.DataFrame(rows, columns=["measured_at", "load"]).assign(cores=2)

    quiet = table(("10:00:00", 0.84), ("10:00:30", 2.9), ("10:10:00", 4.5))
    assert busyness({"gap": quiet}) == (
        "The load average before a table was begun was at most 0.8 on 2 processors: "
        "nothing else of weight was running."
    )
    busy = table(("10:00:00", 7.25))
    assert "other work was running before all tables." in busyness({"gap": busy})
    both = busyness({"gap": quiet, "frame": busy})
    assert "at most 7.2 on 2 processors: other work was running before the tables frame (the" in both
    assert "(the others at most 0.8)." in both
    again = table(("10:00:00", 0.84), ("11:00:00", 3.0), ("11:00:10", 3.5))
    assert "at most 3.0" in busyness({"gap": again})


def test_options_are_part_of_the_row() -> None:
    case = Case("i", "m", options={"aim": "score"})
    row = rows_of(benchmark("recombination"), case, 1, Measured(Outcome("died"), 1.0), ABOUT)[0]
    assert json.loads(row["options"]) == {"aim": "score"}
    assert case.label == "i m aim=score"
