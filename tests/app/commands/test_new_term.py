"""A term that is new, on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.new_terms import register

SCENARIO = """
preset = "mergers"

[weights]
replace = true
distance = 1
inner_borders = 0.5
"beyond(50000)" = 3
"""


def test_run_with_new_terms_is_written_and_verified(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(monkeypatch)
    (tmp_path / "asked.toml").write_text(SCENARIO, encoding="utf-8")
    code, output, _ = run("solve", "--region", "waasland", "--scenario", "asked.toml", "--out", "run")
    assert code == 0
    assert "beyond(50000)" in output
    code, output, _ = run("verify", "run")
    assert (code, "inner_borders" in (tmp_path / "run" / "plan.json").read_text("utf-8")) == (0, True)
