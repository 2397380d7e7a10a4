"""The README is short, and what it and the pages give as examples is right."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from refzones.app.commands.tree import app
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import solve

TOP = Path(__file__).parents[2]
README = (TOP / "README.md").read_text(encoding="utf-8")
PAGES = [TOP / "README.md", *sorted((TOP / "docs").glob("*.md"))]
END = {"|", ">", ";", "&&", "#", "done"}


def blocks(text: str, language: str) -> list[str]:
    """Read the code blocks of one language."""
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def calls(page: Path) -> Iterator[list[str]]:
    """Read what a page shows of the command line: the words after `refzones`, line by line."""
    text = page.read_text(encoding="utf-8")
    shown = [line for code in blocks(text, "(?:sh|bat)") for line in code.splitlines()]
    shown += [code for code in re.findall(r"`(refzones [^`\n]+)`", text) if "COMMAND" not in code]
    for line in shown:
        words = shlex.split(line.replace("\\", "/"), comments=True)
        starts = [k for k, word in enumerate(words) if word.endswith("refzones")]
        for start in starts[:1]:
            rest = [word.removesuffix(";") for word in words[start + 1 :]]
            yield rest[: next((k for k, word in enumerate(rest) if word in END), len(rest))]


def complaint(words: list[str]) -> str:
    """Say what the command line does not know in a call; empty where it knows all."""
    command: Any = typer.main.get_command(app)
    words = list(words)
    while words and hasattr(command, "commands") and not words[0].startswith("-"):
        if words[0] not in command.commands:
            return f"no command {words[0]}"
        command = command.commands[words.pop(0)]
    known = {"--help"} | {option for param in command.params for option in param.opts}
    unknown = [word for word in words if re.match(r"--?[a-z]", word) and word.split("=")[0] not in known]
    return f"no option {unknown[0]}" if unknown else ""


def test_it_is_short() -> None:
    """A newcomer reads a screen and a half."""
    assert len(README.splitlines()) <= 100


def test_every_extra_is_told() -> None:
    text = (TOP / "docs" / "getting-started.md").read_text(encoding="utf-8")
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(project["optional-dependencies"])


def test_the_example_of_a_researcher_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks(README, "python")
    exec(code, {})
    assert capsys.readouterr().out.startswith("optimal ")


@pytest.mark.parametrize("page", ["README.md", "docs/scenarios.md"])
def test_every_scenario_is_read(page: str, tmp_path: Path) -> None:
    files = blocks((TOP / page).read_text(encoding="utf-8"), "toml")
    for code in files:
        (tmp_path / "my.toml").write_text(code, encoding="utf-8")
        assert Scenario.read(tmp_path / "my.toml").weights
    assert files


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_import_is_of_today(page: Path) -> None:
    """Names that have a newer one warn, and a warning about our own is an error here."""
    for code in blocks(page.read_text(encoding="utf-8"), "python"):
        for node in ast.parse(code).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                with warnings.catch_warnings():
                    warnings.simplefilter("error", DeprecationWarning)
                    exec(ast.unparse(node), {})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_and_option_is_known(page: Path) -> None:
    assert [words for words in calls(page) if complaint(words)] == []


def test_what_is_unknown_is_found() -> None:
    assert complaint(["solve", "--out", "runs/x"]) == ""
    assert complaint(["instance", "add-flows", "A", "B", "--ignore-unknown"]) == ""
    assert complaint(["solve", "--outside", "runs/x"]) == "no option --outside"
    assert complaint(["sovle"]) == "no command sovle"


def test_examples_of_the_command_line_are_found() -> None:
    assert sum(len(list(calls(page))) for page in PAGES) > 40


def test_examples_on_plans_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the pages on plans and on scenarios, with the best plan as the own one."""
    monkeypatch.chdir(tmp_path)
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    best = solve(instance, scenario).plan
    assert best is not None
    rows = [
        f"{instance.codes[i]},{instance.codes[merger.seat]}"
        for merger in best.mergers
        for i in merger.members
    ]
    Path("mine.csv").write_text("\n".join(["nis,merger", *rows]) + "\n", encoding="utf-8")
    names: dict[str, Any] = {"instance": instance, "scenario": scenario}
    for page in ("plans", "scenarios"):
        for code in blocks((TOP / "docs" / f"{page}.md").read_text(encoding="utf-8"), "python"):
            exec(code, names)
    assert names["answer"].cost_nano > 0
    assert names["rows"] == []
