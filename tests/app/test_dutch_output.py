"""What commands print with `--lang nl`: no English is left, and one thing is no plural."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.app.cli import main
from refzones.app.dutch import speak

Run = Callable[..., tuple[int, str, str]]

_HOLD_TOGETHER = (
    "the and are has have with than from not this that which to no by for at be it its were there as but"
)
_OF_THE_FIELD = (
    "municipality municipalities merger mergers region regions inhabitants seat neighbours better more less "
    "terms weight value points lacks proved optimal infeasible feasible settings answers written verified "
    "clean name title layer function source unit each every other others alone together"
)
_KEPT = re.compile(r"'[^']*'|--[a-z-]+(?:[ =](?:none|nl|en))?|\S*[/_.(\d]\S*|existing|locks")
"""Words of files: in quotation marks, options, paths, keys of scenarios, and names with digits."""

ENGLISH = re.compile(rf"(?<![\w-])(?:{'|'.join(f'{_HOLD_TOGETHER} {_OF_THE_FIELD}'.split())})(?![\w-])")
PLURALS = re.compile(
    r"(?<![\w.,+-])1 (?:gemeenten|fusies|inwoners|regio’s|zones|referentiezones|voorstellen|punten|rijen"
    r"|paren|kaarten|tekeningen|instellingen|antwoorden|buren|regels|andere gemeenten)\b"
)

SWEEP = 'regions = ["waasland"]\n[grid.weights]\ndistance = [0, 5]\n'
OTHERS = "name,merger\nWaasmunster,A\nLokeren,A\nTemse,B\nSint-Niklaas,B\nStekene,C\n"
EARLY = "merger,nis\nA,46029\nA,46020\nB,46020\nB,46024\nC,46024\nC,11002\n"
ROAD = 'preset = "milestones-report"\ncompulsory = true\n[[capacity]]\n'


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with a run of a small region, and files for other commands."""
    folder = tmp_path_factory.mktemp("runs")
    (folder / "sweep.toml").write_text(SWEEP, encoding="utf-8")
    (folder / "eigen.csv").write_text(OTHERS, encoding="utf-8")
    (folder / "vroeg.csv").write_text(EARLY, encoding="utf-8")
    (folder / "vol.toml").write_text(f"{ROAD}mergers = 0\n", encoding="utf-8")
    (folder / "mis.toml").write_text(f'{ROAD}mergers = 1\nprovince = "Antwerp"\n', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("REFZONES_CONFIG_DIR", str(folder / "config"))
        patch.setenv("REFZONES_LANG", "en")
        patch.setattr("sys.argv", ["refzones", "solve", "--region", "Waasland", "--out", "run"])
        with pytest.raises(SystemExit):
            main()
    speak("en")
    return folder


def check(text: str) -> None:
    """Make sure that a text is in Dutch."""
    left = [
        (found, line)
        for line in text.splitlines()
        if (found := ENGLISH.findall(_KEPT.sub(" ", line)) + PLURALS.findall(line))
    ]
    assert left == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("solve --region Waasland --out out", 0),
        ("solve --region Rivierenland --scenario nested --out out", 0),
        ("solve --region Limburg --together Hasselt Genk --out out", 1),
        ("solve --region Waaslnd", 2),
        ("experiment steps --region Waasland --draws 5 --out out", 0),
        ("experiment steps --region Kempen --time-limit 0.5 --out out", 1),
        ("experiment steps --draws -1", 2),
        ("experiment steps --measure inkomen", 2),
        ("solve --set population.mn=3", 2),
        ("verify run", 0),
        ("verify nowhere", 2),
        ("evaluate run", 0),
        ("evaluate eigen.csv --others-alone --region Waasland", 1),
        ("compare run eigen.csv --others-alone --region Waasland --out out", 0),
        ("why run --together Temse Lokeren --out out", 0),
        ("why run --existing run", 0),
        ("why run --alone Temse --seat Temse", 0),
        ("alternatives --region Waasland -k 3 --out out", 0),
        ("census --region Waasland --plan run --sample 3 --out out", 0),
        ("pareto --region Waasland --terms coverage distance --out out", 0),
        ("schedule run --out out", 0),
        ("schedule run --road vol.toml --out out", 1),
        ("schedule run --road mis.toml --out out", 2),
        ("foreclose vroeg.csv --out out", 0),
        ("foreclose vroeg.csv --exactly --out out", 0),
        ("sweep sweep.toml --workers 1 --out out", 0),
        ("instance list", 0),
        ("instance show flanders-2024", 0),
        ("instance check flanders-2025", 0),
        ("instance synth out --municipalities 12 --regions 1", 0),
    ],
)
def test_what_a_command_prints_is_dutch(
    words: str, code: int, solved: Path, run: Run, tmp_path: Path
) -> None:
    for path in solved.iterdir():
        (tmp_path / path.name).symlink_to(path)
    done, output, errors = run(*words.split(), "--lang", "nl")
    assert done == code, errors
    assert output + errors
    check(output + errors)


@pytest.mark.parametrize(
    "text", ["the plan", "24 gemeenten and 3 fusies", "1 gemeenten", "(1 fusies)", "in orde: 1 regio’s"]
)
def test_what_is_no_dutch_is_found(text: str) -> None:
    with pytest.raises(AssertionError):
        check(text)


def test_words_of_files_may_stay() -> None:
    check(
        "scenario 'mergers': touched(police) in plan.json van flanders-2025, --others-alone; 1.001 inwoners"
    )
