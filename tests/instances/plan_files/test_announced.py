"""Tables of announced mergers."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.instances import InputError
from refzones.instances.plan_files.announced import read_announced
from support.build import build_instance

INSTANCE = build_instance([1, 1, 1, 1], [(0, 1), (1, 2), (2, 3)])


def _table(folder: Path, text: str) -> Path:
    path = folder / "announced.csv"
    path.write_text(text)
    return path


def test_mergers_may_overlap_and_keep_their_order(tmp_path: Path) -> None:
    text = "merger,nis,name\nB,10001,M1\nB,10002,M2\nA,10001,M1\nA,10000,M0\n"
    found = read_announced(_table(tmp_path, text), INSTANCE)
    assert [(one.name, one.members) for one in found] == [("B", (1, 2)), ("A", (0, 1))]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("merger,nis\nA,10000\nA,10009\n", "10009"),
        ("merger,nis\nA,10000\n", "two municipalities or more"),
        ("merger,nis\nA,10000\nA,10000\nA,10001\n", "stands in the merger twice"),
        ("merger,size\nA,3\n", "no column nis or name"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read_announced(_table(tmp_path, text), INSTANCE)
