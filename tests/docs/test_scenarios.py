"""The table of terms says of each term what its class says."""

from __future__ import annotations

import re
from pathlib import Path

from refzones.models.scenario.term_names import TERM_NAMES
from refzones.models.terms import term_classes

PAGE = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `\"?([\w()]+)\"?` \| (.+) \| (more|less) \|$", PAGE, re.MULTILINE)


def test_every_term_has_a_row() -> None:
    assert [name.lower() for name, *_ in ROWS] == TERM_NAMES


def test_rows_say_what_is_better_and_what_is_summed() -> None:
    for (name, unit, better), term in zip(ROWS, term_classes(), strict=True):
        assert better == ("more" if term.sense > 0 else "less"), name
        assert ("summed" in unit) == (term.divided_by == "nothing"), name
        assert all(f"`{key}`" in PAGE for key in term.parameters), name
