"""Options that are followed by several words."""

from __future__ import annotations

import pytest
from refzones.app.commands.why import WISHES
from refzones.app.commands.words import gathered, words_of


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("plan --together A B --apart C D", ["plan", "--together", "A\x1fB", "--apart", "C\x1fD"]),
        ("--alone A --level zones plan", ["--alone", "A", "--level", "zones", "plan"]),
        ("plan --merger A B -i x", ["plan", "--merger", "A\x1fB", "-i", "x"]),
        ("--seat A B -- plan", ["--seat", "A\x1fB", "--", "plan"]),
        ("plan -- --seat A B", ["plan", "--", "--seat", "A", "B"]),
        ("plan --together=A,B C", ["plan", "--together=A,B", "C"]),
        ("plan --together --apart A B", ["plan", "--together", "--apart", "A\x1fB"]),
        ("plan --out folder x", ["plan", "--out", "folder", "x"]),
        ("plan --together A --together B C", ["plan", "--together", "A", "--together", "B\x1fC"]),
    ],
)
def test_words_behind_an_option_are_gathered(arguments: str, words: list[str]) -> None:
    assert gathered(arguments.split(), WISHES) == words


def test_words_of_an_option() -> None:
    assert words_of(gathered(["--seat", "De", "Panne"], WISHES)[1]) == ["De", "Panne"]
    assert words_of("Aalst,Lede") == ["Aalst,Lede"]
