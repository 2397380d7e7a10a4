"""The page's own modules without a browser: those parts that touch no document run in Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

MODULES = Path(__file__).parents[2] / "app" / "web" / "page"


def node() -> str:
    """Path of Node: the system's, or the one that Playwright brings along; skips where there is neither."""
    if found := shutil.which("node"):
        return found
    if find_spec("playwright") is None:
        pytest.skip("there is no Node (Playwright, which has one, is in the extra 'dev')")
    from playwright._impl._driver import compute_driver_executable

    return str(compute_driver_executable()[0])


def javascript(source: str, **values: Any) -> Any:
    """Run the source of a module and give what it hands to `give`.

    Parameters
    ----------
    source : str
        Imports the page's modules from ``"PAGE/js/NAME.js"``.
    values : JSON
        Constants that the source finds under their names.
    """
    lines = [f"const {name} = {json.dumps(value)};" for name, value in values.items()]
    lines += ["const give = (value) => console.log(JSON.stringify(value ?? null));"]
    text = source.replace("PAGE/", f"{MODULES.as_uri()}/")
    done = subprocess.run(
        [node(), "--input-type=module", "--eval", "\n".join([*lines, text])],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
