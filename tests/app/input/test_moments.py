from __future__ import annotations

from pathlib import Path

import pytest
from refzones.app.input.moments import brought_here, inhabitants_of
from refzones.instances import InputError, load
from refzones.instances.groups import Entry, Grouping

PLAN = Grouping.of(
    "plan.csv",
    "nis",
    [Entry(2, "37007", "A"), Entry(3, "37015", "B"), Entry(4, "37012", "A"), Entry(5, "37018", "A")],
)


def test_inhabitants_of_a_vintage() -> None:
    old = load("flanders-2024")
    people = inhabitants_of(None, 2024)
    assert len(people) == 600  # by code and by name
    assert people["37015"] == people["Tielt"] == old.population[old.find("Tielt")]
    assert inhabitants_of(None, 2018) == {}
    assert inhabitants_of(None, None) == {}


def test_a_majority_settles_and_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    new = load("flanders-2025")
    moved = brought_here(PLAN, new, 2024, people=inhabitants_of(None, 2024))
    assert moved.groups == (("37021",), ("37022",))
    assert (
        "plan.csv: Meulebeke (37007), Tielt (37015) are one municipality since 2025"
        in capsys.readouterr().err
    )


def test_without_one_it_is_refused() -> None:
    with pytest.raises(InputError, match="are one municipality since 2025"):
        brought_here(PLAN, load("flanders-2025"), 2024)


def test_nothing_is_moved_unless_it_is_said() -> None:
    assert brought_here(PLAN, load("flanders-2025"), None).groups == PLAN.groups


def test_through_a_list(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_text("old_nis,new_nis\n37007,37022\n37015,37022\n37012,37021\n37018,37021\n", encoding="utf-8")
    people = {"37007": 9, "37015": 3}
    assert brought_here(PLAN, load("flanders-2025"), None, path, people).groups == (("37022", "37021"),)
