"""Names of files as texts that can be written: some systems have names that are no text."""

from __future__ import annotations

from pathlib import Path


def as_text(name: str | Path) -> str:
    """Give a name as a text: what is none in it stands as an escape."""
    return str(name).encode("utf-8", "backslashreplace").decode("utf-8")
