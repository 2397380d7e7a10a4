"""Sphinx extension: the options of all commands, as the program itself tells them, for `docs/commands.md`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_commands(app: Sphinx) -> None:
    """Let Typer write the page."""
    file = Path(app.srcdir) / "api" / "commands.md"
    file.parent.mkdir(exist_ok=True)
    call = ["-m", "typer", "refzones.app.commands.tree", "utils", "docs", "--name", "refzones", "--output"]
    subprocess.run([sys.executable, *call, str(file)], check=True, capture_output=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Enter the extension."""
    app.connect("builder-inited", write_commands)
    return {"parallel_read_safe": True}
