"""Run the notebooks of this folder and store their outputs: `make notebooks`.

Nothing of the machine stays in them: no paths, no times, no name of a kernel that must be installed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

HERE = Path(__file__).parent
KERNEL = "python3"
SECONDS = 300
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": KERNEL},
    "language_info": {"name": "python"},
}


def main() -> None:
    """Run the notebooks named on the command line, or all of them."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("notebooks", nargs="*", type=Path, default=sorted(HERE.glob("*.ipynb")))
    reader.add_argument("--out", type=Path, default=HERE, help="folder for what was run; default: in place")
    given = reader.parse_args()
    for path in given.notebooks:
        notebook = executed(path)
        nbformat.write(notebook, given.out / path.name)
        print(f"{path.name}: {(given.out / path.name).stat().st_size / 1000:.0f} kB", flush=True)


def executed(path: Path) -> Any:
    """Run a notebook with the interpreter that runs this, in an empty folder.

    Parameters
    ----------
    path : Path

    Returns
    -------
    NotebookNode
        With fresh outputs, tidied.
    """
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        specs = Path(folder) / "kernels"
        _write_spec(specs / KERNEL)
        work = Path(folder) / "work"
        work.mkdir()
        finder = KernelSpecManager(kernel_dirs=[str(specs)], ensure_native_kernel=False)
        kernel = AsyncKernelManager(kernel_name=KERNEL, kernel_spec_manager=finder)
        if os.name == "posix":
            # files, not ports that others on the machine could listen to
            kernel.transport, kernel.ip = "ipc", str(Path(folder) / "k")
        resources = {"metadata": {"path": str(work)}}
        NotebookClient(notebook, km=kernel, timeout=SECONDS, resources=resources).execute()
    return tidied(notebook)


def _write_spec(folder: Path) -> None:
    """Describe a kernel of this interpreter, whatever kernels are installed."""
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": command, "display_name": "Python 3", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


def tidied(notebook: Any) -> Any:
    """Take out what differs from machine to machine or from run to run."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata.pop("execution", None)
    return notebook


if __name__ == "__main__":
    main()
