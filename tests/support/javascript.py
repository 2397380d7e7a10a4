"""Node, which runs those scripts of the page that touch no document."""

from __future__ import annotations

import shutil
from importlib.util import find_spec


def node() -> str:
    """Path of Node: the system's, or the one that Playwright brings along; empty where there is neither."""
    if found := shutil.which("node"):
        return found
    if find_spec("playwright") is None:
        return ""
    from playwright._impl._driver import compute_driver_executable

    return str(compute_driver_executable()[0])
