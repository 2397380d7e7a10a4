"""Files on request: named, and refused before any work where they cannot be written."""

from __future__ import annotations

import pytest
from refzones.app.commands.extras import wanted_files, wanted_tables
from refzones.app.dutch import spoken
from refzones.instances import InputError, load


def _wanted(*, xlsx: bool = False, csv: str = "plain", gpkg: bool = False) -> list[str]:
    return wanted_files(load("flanders-2025"), xlsx=xlsx, csv=csv, gpkg=gpkg)


def test_nothing_is_written_unasked() -> None:
    assert _wanted() == []
    assert wanted_tables("plain") is None


def test_what_is_asked_for_is_named() -> None:
    assert _wanted(xlsx=True) == ["plan.xlsx"]
    assert _wanted(gpkg=True) == ["plan.gpkg"]
    belgian = ["assignment-belgian.csv", "mergers-belgian.csv", "zones-belgian.csv"]
    assert _wanted(csv="belgian") == belgian
    assert wanted_tables("belgian") == spoken()


def test_unknown_styles_are_refused() -> None:
    with pytest.raises(InputError, match="--csv: tables are written plain or belgian"):
        _wanted(csv="dutch")
    with pytest.raises(InputError, match="--csv: tables are written plain or belgian"):
        wanted_tables("")


def test_without_openpyxl(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refzones.instances.common.optional.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"need the package openpyxl; pip install 'refzones\[geo\]'"):
        _wanted(xlsx=True)
