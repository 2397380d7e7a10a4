"""Help in Dutch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import typer
from refzones.app.commands.spoken_help import SpokenCommand, SpokenGroup
from refzones.app.commands.tree import app
from refzones.app.dutch import in_dutch

Run = Callable[..., tuple[int, str, str]]


def commands(command: Any, *words: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, *words, name)


TREE = dict(commands(typer.main.get_command(app)))


@pytest.fixture(autouse=True)
def _of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REFZONES_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.mark.parametrize("words", TREE, ids=" ".join)
def test_every_text_of_help_has_its_dutch(words: tuple[str, ...]) -> None:
    """What is new goes into `app/dutch/messages/help.toml`."""
    command = TREE[words]
    assert isinstance(command, SpokenCommand | SpokenGroup)
    texts = [" ".join(text.split()) for text in (command.help or "").split("\n\n")]
    texts += [one.help for one in command.params if getattr(one, "help", None)]
    assert [text for text in texts if in_dutch(text, "help") is None] == []


@pytest.mark.parametrize("words", TREE, ids=" ".join)
def test_help_is_whole_in_dutch(words: tuple[str, ...], run: Run) -> None:
    code, told, _ = run(*words, "--help", "--lang", "nl")
    assert code == 0
    assert told.startswith(f"Gebruik: {' '.join(('refzones', *words))}")
    for english in ("Usage", "Options", "Commands", "OPTIONS", "COMMAND", "default", "required", "Show this"):
        assert english not in told
    for value in ("NAME", "TEXT", "NUMBER", "PATH", "FILE", "FOLDER", "<"):
        assert f" {value}" not in told


def test_help_is_in_english_elsewhere(run: Run) -> None:
    _, told, _ = run("solve", "--help")
    assert told.startswith("Usage: refzones solve [OPTIONS]\n\n  Find the best plan")
    assert "-r, --region TEXT" in told
    assert "[default: mergers]" in told


@pytest.mark.parametrize(
    ("words", "variables"),
    [
        (("--lang", "nl", "solve", "--help"), {}),
        (("--lang=nl", "solve", "--help"), {}),
        (("solve", "--help", "--lang=nl"), {"REFZONES_LANG": "en"}),
        (("solve", "--help"), {"REFZONES_LANG": "nl"}),
        (("solve", "--help"), {"LANG": "nl_BE.UTF-8"}),
    ],
)
def test_where_the_language_is_chosen(
    words: tuple[str, ...], variables: dict[str, str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert run(*words)[1].startswith("Gebruik: refzones solve [OPTIES]\n\n  Zoek het beste voorstel")


@pytest.mark.parametrize("words", [(), ("instance",)])
def test_a_group_with_a_language_alone_shows_its_help(words: tuple[str, ...], run: Run) -> None:
    code, told, errors = run(*words, "--lang", "nl")
    assert (code, errors) == (0, "")
    assert told == run(*words, "--help", "--lang", "nl")[1]


def test_what_follows_two_dashes_is_no_option(run: Run) -> None:
    _, _, errors = run("verify", "--", "--lang", "nl")
    assert errors.startswith("error: Got unexpected extra argument")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("slve",), "fout: De opdracht 'slve' bestaat niet (misschien bedoelt u: 'solve')\n"),
        (("solve", "--sed", "3"), "fout: De optie --sed bestaat niet"),
        (("verify",), "fout: Het argument 'UITKOMST' ontbreekt\n'refzones verify --help' zegt wat er is\n"),
        (("solve", "--seed"), "fout: De optie '--seed' vraagt een waarde\n"),
        (("solve", "--seed", "x"), "fout: Ongeldige waarde voor '--seed': geef een geheel getal\n"),
        (("solve", "--time-limit", "x"), "fout: Ongeldige waarde voor '--time-limit': geef een getal\n"),
        (("page", "--no-browser=3"), "fout: De optie '--no-browser' neemt geen waarde\n"),
        (("verify", "a", "b"), "fout: Te veel argumenten (b)\n"),
        (("instance", "synth", "a", "--flows", "--out"), "fout: De optie --out bestaat niet"),
        (("instance", "import", "a.toml"), "fout: De optie '--out' ontbreekt\n"),
    ],
)
def test_what_is_wrong_with_a_command_line(words: tuple[str, ...], told: str, run: Run) -> None:
    code, _, errors = run("--lang", "nl", *words)
    assert code == 2
    assert errors.startswith(told)
