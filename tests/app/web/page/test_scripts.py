"""The page's scripts: their own tests by node, their types by the TypeScript compiler."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from support.javascript import node

HERE = Path(__file__).parent
PAGE = HERE.parents[3] / "app" / "web" / "page"


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("file", sorted(file.name for file in HERE.glob("*.test.mjs")))
def test_by_node(file: str) -> None:
    if not node():
        pytest.skip("there is no Node (Playwright, which has one, is in the extra 'dev')")
    told = run(node(), "--test", "--test-reporter=tap", file)
    assert "# fail 0" in told
    assert "# pass 0" not in told


def test_types() -> None:
    compiler = os.environ.get("TSC") or shutil.which("tsc")
    if compiler is None:
        pytest.skip("the TypeScript compiler is not installed (npm install -g typescript, or name it by TSC)")
    run(compiler, "-p", str(PAGE / "tsconfig.json"))


def test_scripts_make_no_markup_of_data_and_need_no_other_host() -> None:
    for file in PAGE.rglob("*.js"):
        source = file.read_text(encoding="utf-8")
        for forbidden in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "https://",
        ):
            assert forbidden not in source, f"{file.name}: {forbidden}"
