"""A word processor without a window, that opens what others have written."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

REQUIRED = "REFZONES_REQUIRE_OFFICE"
"""Variable with which a missing word processor is a failure; CI sets it once it has installed one."""


def missing() -> str:
    """Say what is missing; empty where nothing is."""
    return "" if shutil.which("soffice") else "there is no LibreOffice (Debian's libreoffice-writer-nogui)"


def converted(file: Path, kind: str, folder: Path) -> Path:
    """Open a file and save it as another kind, such as docx or pdf, into a folder."""
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        str(file),
    ]
    environment = os.environ | {"HOME": str(folder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    written = folder / f"{file.stem}.{kind}"
    assert written.is_file(), done.stderr + done.stdout
    return written
