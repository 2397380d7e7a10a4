"""The option for the language."""

from __future__ import annotations

import pytest
from refzones.app.cli import main
from refzones.app.commands.language import takes_language


def code_of(*words: str, monkeypatch: pytest.MonkeyPatch) -> int | str | None:
    monkeypatch.setattr("sys.argv", ["refzones", *words])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code


def test_a_command_speaks_dutch_and_the_next_one_english(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = ("solve", "--region", "Midwst")
    assert code_of(*wrong, "--lang", "nl", monkeypatch=monkeypatch) == 2
    assert "fout: waarde 'Midwst': --region: zo’n regio bestaat niet" in capsys.readouterr().err
    assert code_of(*wrong, monkeypatch=monkeypatch) == 2
    assert "error: value 'Midwst': --region: there is no such region" in capsys.readouterr().err


def test_an_unknown_language(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of("instance", "list", "--lang", "fr", monkeypatch=monkeypatch) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: value 'fr': --lang: the program speaks Dutch and English; write nl or en")


def test_a_command_takes_the_option_once() -> None:
    """Whoever writes the page of all commands loads them twice."""

    def command(lang: str | None = None) -> None:
        """Do nothing."""

    assert takes_language(command) is command
