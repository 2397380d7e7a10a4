"""What a user's mistakes lead to on the command line: a message that helps, exit code 2, nothing lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from refzones.instances import embedded_instances


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An instance folder that tests may spoil."""
    source = next(entry.folder for entry in embedded_instances() if entry.name == "flanders-2025")
    return Path(shutil.copytree(source, tmp_path / "own"))


def edited(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


SCENARIOS = {
    "unknown code in a lock": (
        'preset = "mergers"\n[locks]\nalone = ["24063"]',
        "locks.alone: no municipality has this code; those here are like 11001",
    ),
    "unknown name in a lock": (
        'preset = "mergers"\n[locks]\napart = [["Leuve", "Gent"]]',
        "locks.apart: no municipality has this name; did you mean 'Leuven'?",
    ),
    "unknown key": ('preset = "mergers"\n[rules]\nfacilities = "free"', "did you mean 'facility'?"),
    "unknown term": ("[weights]\ncoverige = 1\n", "unknown term 'coverige'; did you mean 'coverage'?"),
    "unknown layer": (
        'preset = "mergers"\n[weights]\n"straddle(polis)" = 1\n',
        "straddle(polis): the instance has no layer 'polis'; did you mean 'police'?",
    ),
    "unknown function": (
        "[coverage.shares]\nhospitals = 1.0\n[weights]\ncoverage = 1\n",
        "coverage.shares: the instance has no function 'hospitals'; did you mean 'hospital'?",
    ),
    "min above max": (
        "[population]\nmin = 9000\nmax = 800\n",
        "min (9000) is above max (800); exchange or correct them",
    ),
    "together and apart": (
        '[locks]\ntogether = [["Leuven", "Herent"]]\napart = [["Herent", "Leuven"]]',
        "Herent (24038) and Leuven (24062) are locked both together and apart",
    ),
    "together and alone": (
        '[locks]\ntogether = [["Leuven", "Herent"]]\nalone = ["Herent"]',
        "locks.together: Herent (24038) is in locks.alone; remove it from the group or remove one of",
    ),
    "together with a facility municipality": (
        '[locks]\ntogether = [["Ronse", "Maarkedal"]]',
        "locks.together: Ronse (45041) is a facility municipality and stands alone",
    ),
    "together over a region": (
        '[locks]\ntogether = [["Leuven", "Genk"]]',
        "are in different regions (Limburg, Oost-Brabant), and no merger crosses one",
    ),
    "nobody to merge with": (
        '[rules]\nfacility = "free"\n',
        "Voeren (73109) has 4412 inhabitants, fewer than population.min, and no neighbour in its region",
    ),
    "empty": ("", "the file is empty"),
    "not TOML": ("[population\nmin = 3", "this is not valid TOML"),
    "frame that splits a lock": (
        '[frames]\nwithin = ["police"]\n[locks]\ntogether = [["Leuven", "Herent"]]',
        "are in different zones of layer 'police', which frames.within keeps apart",
    ),
    "frame that a lock splits": (
        '[frames]\nunsplit = ["police"]\n[locks]\napart = [["Mortsel", "Boechout"]]',
        "which frames.unsplit keeps whole",
    ),
}


@pytest.mark.parametrize("case", SCENARIOS)
def test_scenario(case: str, run, tmp_path: Path) -> None:
    text, message = SCENARIOS[case]
    (tmp_path / "my.toml").write_text(text, encoding="utf-8")
    code, _, errors = run("solve", "--scenario", "my.toml")
    assert code == 2
    assert message in errors
    assert not (tmp_path / "runs").exists()


INSTANCES = {
    "border one way only": (
        "borders.csv",
        "\n11001,11002,",
        "\n11001,11001,",
        "the border is given one way only; add the row the other way round, or remove this one",
    ),
    "border twice": (
        "borders.csv",
        "nis,neighbour,length_m\n",
        "nis,neighbour,length_m\n11001,11002,1\n",
        "the border stands already in row 2",
    ),
    "population zero": (
        "municipalities.csv",
        "Aartselaar,15093,",
        "Aartselaar,0,",
        "this must be more than 0",
    ),
    "population negative": (
        "municipalities.csv",
        "Aartselaar,15093,",
        "Aartselaar,-15093,",
        "this must be more than 0",
    ),
    "population missing": ("municipalities.csv", "Aartselaar,15093,", "Aartselaar,,", "the cell is empty"),
    "code twice": ("municipalities.csv", "\n11002,", "\n11001,", "the code stands already in row 2"),
    "zone of nobody": ("zones.csv", "\n11001,", "\n99001,", "no municipality has this code"),
}


@pytest.mark.parametrize("case", INSTANCES)
def test_instance(case: str, run, folder: Path) -> None:
    file, old, new, message = INSTANCES[case]
    edited(folder / file, old, new)
    for arguments in (("instance", "check", str(folder)), ("solve", "--instance", str(folder))):
        code, _, errors = run(*arguments)
        assert code == 2
        assert message in errors
        assert f"{file}, row " in errors


def test_latin_1(run, folder: Path) -> None:
    file = folder / "municipalities.csv"
    file.write_bytes(file.read_text(encoding="utf-8").replace("Aartselaar", "Aartselär").encode("latin-1"))
    code, _, errors = run("instance", "check", str(folder))
    assert code == 2
    assert "municipalities.csv, row 2: the file is not UTF-8 (byte 0xE4 looks like Latin-1" in errors


def test_empty_file(run, folder: Path) -> None:
    (folder / "municipalities.csv").write_text("", encoding="utf-8")
    code, _, errors = run("instance", "check", str(folder))
    assert code == 2
    assert "municipalities.csv: the file is empty" in errors


def test_semicolons_and_decimal_commas_are_accepted(run, folder: Path) -> None:
    """Where nothing is declared of them, and no figure could be read in two ways."""
    edited(folder / "instance.toml", 'decimal = "."\n', "")
    (folder / "figures.csv").unlink()
    file = folder / "borders.csv"
    text = file.read_text(encoding="utf-8").replace(",", ";").replace(".", ",")
    file.write_text("\ufeff" + text, encoding="utf-8")
    code, output, _ = run("instance", "check", str(folder))
    assert code == 0
    assert "754 borders" in output


def test_all_mistakes_at_once(run, folder: Path) -> None:
    edited(folder / "municipalities.csv", "Aartselaar,15093,", "Aartselaar,0,")
    edited(folder / "zones.csv", "\n11001,", "\n99001,")
    _, _, errors = run("instance", "check", str(folder))
    assert "this must be more than 0" in errors
    assert "no municipality has this code" in errors


OPTIONS = {
    "engine": (
        ("--engine", "hihgs"),
        "unknown engine; present here: highs, scip, cpsat, cbc",
    ),
    "instance": (("--instance", "flandres-2025"), "did you mean 'flanders-2025'?"),
    "region": (("--region", "Wasland"), "--region: there is no such region; did you mean 'Waasland'?"),
    "scenario": (("--scenario", "merger"), "did you mean 'mergers'?"),
    "time limit": (("--time-limit", "0"), "the time limit must be more than zero seconds"),
    "workers": (("--workers", "0"), "there must be at least one worker"),
    "boundaries": (("--boundaries", "nowhere.shp"), "nowhere.shp"),
}


@pytest.mark.parametrize("case", OPTIONS)
def test_options(case: str, run) -> None:
    arguments, message = OPTIONS[case]
    options = arguments if case == "region" else ("--region", "Waasland", *arguments)
    code, _, errors = run("solve", *options)
    assert code == 2
    assert message in errors


def test_folder_that_cannot_be_written(run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for out in ("file", "file/below"):
        code, _, errors = run("solve", "--region", "Waasland", "--out", out)
        assert code == 2
        assert "name another folder with --out" in errors
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("scenario", "formulation", "text"),
    [
        ('preset = "mergers"\n[weights]\nsize = 1\n', "flow", "size: this term cannot be written"),
        ('preset = "nested"\n', "cpsat", "nests mergers in zones"),
        ('preset = "mergers"\n', "cuts", "did you mean 'cut'"),
    ],
)
def test_formulation_that_cannot_ask_it(
    run, tmp_path: Path, scenario: str, formulation: str, text: str
) -> None:
    (tmp_path / "s.toml").write_text(scenario, encoding="utf-8")
    code, _, errors = run(
        "solve", "-s", "s.toml", "-r", "Waasland", "--formulation", formulation, "--out", "x"
    )
    assert code == 2
    assert text in errors
    assert not (tmp_path / "x").exists()
