"""Tables are checked by another reading than that which wrote them."""

from __future__ import annotations

import ast
from pathlib import Path

FILES = Path(__file__).parents[3] / "app" / "files"
TYPES = {"annotations", "Path", "Sequence", "Scenario", "PlanRecord"}


def imported(module: str) -> set[str]:
    """Names that a module imports."""
    tree = ast.parse((FILES / f"{module}.py").read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert found
    return {alias.name for node in found for alias in node.names}


def test_what_checks_shares_only_types_with_what_writes() -> None:
    shared = imported("table_check") & imported("tables")
    assert shared <= TYPES, shared
    assert "rows" not in {
        (node.module or "").rpartition(".")[2]
        for node in ast.walk(ast.parse((FILES / "table_check.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }
