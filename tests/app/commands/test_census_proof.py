"""`census --certificate` and `verify --proof` of it from start to end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from refzones.solver.plan_sets.census.certificate import CensusCertificateParams, census_certificate

Run = Callable[..., tuple[int, str, str]]

pytest.importorskip("numba")

REGIONS = ("-r", "Waasland", "-r", "Rivierenland")
ARGUMENTS = ("census", *REGIONS, "--bins", "5", "--certificate", "--out", "c")


@pytest.fixture
def counted(run: Run, tmp_path: Path) -> Path:
    """A census of two regions with its certificate."""
    assert run("solve", *REGIONS, "--out", "best")[0] == 0
    code, said, _ = run(*ARGUMENTS, "--plan", "best")
    assert code == 0
    assert "certified: all regions; verify --proof checks it" in said
    assert "certificate.json" in said
    return tmp_path / "c"


def test_a_right_census(run: Run, counted: Path) -> None:
    code, said, errors = run("verify", "--proof", str(counted))
    assert (code, errors) == (0, "")
    assert "proof checked: all regions; all plans counted anew" in said


FIGURES = {
    "census.json": [
        r'"plans": "(\d+)"',
        r'"municipalities": (\d+)',
        r'"plans": "(\d+)",\n   "estimated"',
        r'"by_number": \{\n    "(\d+)"',
        r'"by_number": \{\n    "\d+": "(\d+)"',
        r'"states": (\d+)',
        r'"score_nano": \{\n    "least": (-?\d+)',
        r'"mean": (-?\d+)',
        r'"terms": \{\n    "score": \{(?s:.*?)"most": (-?\d+)',
        r'"distance": \{(?s:.*?)"least": (-?\d+)',
        r'"distance": \{(?s:.*?)"sd": (-?\d+)',
        r'"distance": \{(?s:.*?)"scale": (\d+)',
        r'"hash": "[a-f]*(\d)',
        r'"min": (\d+)',
    ],
    "regions.csv": [
        *(rf"Rivierenland{',[^,]*' * k},\D*?(\d+)" for k in (2, 6, 7, 8, 9)),
    ],
    "distribution.csv": [
        *(rf"Rivierenland,\d+,score,points{',[^,]*' * k},\D*?(\d+)" for k in range(4)),
        r"Rivierenland,(\d+)",
        r"touched\(police\),.*?,(-?\d+)",
        r"shortfall,.*?,(-?\d+)",
    ],
    "pairs.csv": [r"Rivierenland,(\d+)", r"Rivierenland,.*,0\.(\d+)", r"Waasland,.*,0\.(\d+)\n"],
    "standings.csv": [rf"Rivierenland{',[^,]*' * k},\D*?(\d+)" for k in range(5)],
    "certificate.json": [
        r'"plans": "(\d+)"',
        r'"plans":\["(\d+)"',
        r'"beyond":\["0"\],.*\n.*"beyond":\["(\w)',
    ],
}


def test_figures_that_were_altered(run: Run, counted: Path) -> None:
    for name, patterns in FIGURES.items():
        file = counted / name
        text = file.read_text(encoding="utf-8")
        for pattern in patterns:
            found = re.search(pattern, text)
            assert found is not None, pattern
            new = found[1][:-1] + ("1" if found[1][-1] != "1" else "2")
            file.write_text(text[: found.start(1)] + new + text[found.end(1) :], encoding="utf-8")
            code, said, _ = run("verify", "--proof", str(counted))
            assert code == 1, pattern
            assert "violation: " in said or "not proved: " in said, pattern
        file.write_text(text, encoding="utf-8")
    assert run("verify", "--proof", str(counted))[0] == 0


def test_a_row_that_is_missing_or_of_another_region(run: Run, counted: Path) -> None:
    for name in ("pairs.csv", "distribution.csv", "regions.csv"):
        file = counted / name
        text = file.read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        for forged in (lines[:-1], [*lines, lines[-1].replace("Waasland", "Westhoek")]):
            file.write_text("".join(forged), encoding="utf-8")
            code, said, _ = run("verify", "--proof", str(counted))
            assert code == 1
            assert f"violation: {name}: " in said
        file.write_text(text, encoding="utf-8")


def test_without_a_certificate(run: Run, tmp_path: Path) -> None:
    assert run(*ARGUMENTS)[0] == 0
    assert run("verify", "c")[0] == 2
    assert (tmp_path / "c/certificate.json").exists()
    assert run(*(one for one in ARGUMENTS if one != "--certificate"))[0] == 0
    assert not (tmp_path / "c/certificate.json").exists()
    code, _, errors = run("verify", "--proof", "c")
    assert code == 2
    assert "the census has no certificate" in errors


def test_a_certificate_of_another_census(run: Run, counted: Path) -> None:
    certificate = (counted / "certificate.json").read_text(encoding="utf-8")
    assert run("census", "-r", "Waasland", "--certificate", "--out", "other")[0] == 0
    other = Path("other/certificate.json")
    (counted / "certificate.json").write_text(other.read_text(encoding="utf-8"), encoding="utf-8")
    code, said, _ = run("verify", "--proof", str(counted))
    assert code == 1
    assert "its regions are not those of census.json" in said
    data = json.loads(certificate)
    (counted / "certificate.json").write_text(
        certificate.replace(data["scenario_hash"], "0" * 64), encoding="utf-8"
    )
    code, said, _ = run("verify", "--proof", str(counted))
    assert code == 1
    assert "it was made for another scenario than that of census.json" in said


def test_what_is_not_certified_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    few = partial(census_certificate, params=CensusCertificateParams(most_sums=10, most_states=30))
    monkeypatch.setattr("refzones.solver.plan_sets.census.certificate.census_certificate", few)
    code, said, _ = run(*ARGUMENTS)
    assert code == 0
    assert "Rivierenland: not certified: its diagram is too large to be written down" in said
    assert "Waasland: its distributions are not certified: they take too many sums" in said
    code, said, _ = run("verify", "--proof", "c")
    assert code == 1
    assert "proof checked: Waasland; all plans counted anew" in said
    assert "Waasland: distributions not checked: they take too many sums" in said
    assert "not proved: Rivierenland: its diagram is too large to be written down" in said
