"""`refzones instance list | show | check`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from refzones.instances import embedded_instances, load

Run = Callable[..., tuple[int, str, str]]


def test_list_names_every_embedded_instance(run: Run) -> None:
    code, output, _ = run("instance", "list")
    assert code == 0
    for entry in embedded_instances():
        assert entry.name in output
        assert f"{load(entry.name).total_population:,}" in output


def test_show_names_what_an_instance_has_and_its_sources(run: Run) -> None:
    code, output, _ = run("instance", "show")
    assert code == 0
    instance = load()
    for word in (
        *instance.regions,
        *instance.layers,
        *instance.functions,
        *instance.attributes,
        instance.name,
    ):
        assert word in output
    assert all(source.licence.split()[0] in output for source in instance.sources.values())


def test_show_takes_a_folder(run: Run, tmp_path: Path) -> None:
    shutil.copytree(embedded_instances()[0].folder, tmp_path / "own")
    assert run("instance", "show", "own")[:2] == run("instance", "show", embedded_instances()[0].name)[:2]


def test_check_lists_what_deserves_a_second_look(run: Run) -> None:
    code, output, _ = run("instance", "check", "flanders-2025")
    assert code == 0
    # Voeren and Baarle-Hertog have no neighbour in Flanders or their region
    assert "note: " in output
    assert output.splitlines()[-1].startswith("no errors: <Instance flanders-2025: 285 municipalities")


def test_check_of_nothing(run: Run) -> None:
    code, output, errors = run("instance", "check", "flandres-2025")
    assert code == 2
    assert output == ""
    assert errors == (
        "error: value 'flandres-2025': there is no embedded instance of this name and no such folder; "
        "did you mean 'flanders-2025'?\n"
    )


def test_import_from_a_missing_file(run: Run, tmp_path: Path) -> None:
    code, _, errors = run("instance", "import", "none.toml", "--out", "new")
    assert code == 2
    assert "none.toml" in errors
    assert not (tmp_path / "new").exists()
