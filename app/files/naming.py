"""Names of folders and files."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

_LONGEST_NAME = 120  # bytes of a name; systems allow 255, and the places of unfinished files need some


def folder_name(text: str) -> str:
    """Keep what is safe in the name of a folder or file, on every system; names that are cut stay apart."""
    name = re.sub(r"[^\w.+-]+", "-", text).strip(".-")
    if name and len(name.encode()) <= _LONGEST_NAME and re.fullmatch(r"[\w.+\s-]+", text):
        return name
    mark = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:6]
    short = name.encode()[:_LONGEST_NAME].decode(errors="ignore").strip(".-")
    return f"{short}-{mark}" if short else f"plan-{mark}"


def picture_name(kind: str, region: str) -> str:
    """Name the file of a picture of a region, or of all."""
    return f"{kind}{folder_name(region)}.png"


def folder_for(named: Path | None, *words: str) -> Path:
    """Give the folder that a user named, else one below ``runs`` of some words."""
    return named or Path("runs") / folder_name("-".join(words))


def earlier(folder: Path, *patterns: str) -> list[str]:
    """Name the files that an earlier run of other regions or plans may have left in a folder."""
    return [file.name for pattern in patterns for file in folder.glob(pattern)] if folder.is_dir() else []
