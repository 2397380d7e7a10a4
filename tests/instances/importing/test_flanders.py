from __future__ import annotations

import os
from pathlib import Path

import pytest
from refzones.instances import embedded_instances, load, write_folder
from refzones.instances.importing import configurations, import_instance

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("REFZONES_DATA", ROOT.parent / "shared" / "data"))


def test_each_embedded_instance_has_its_configuration() -> None:
    assert configurations() == [entry.name for entry in embedded_instances()]


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the official files are not in {DATA} (set REFZONES_DATA)")
@pytest.mark.parametrize("name", configurations())
def test_the_official_files_give_exactly_what_is_embedded(name: str, tmp_path: Path) -> None:
    made = import_instance(name, DATA)
    there = load(name)
    assert made.hash == there.hash
    assert dict(made.columns) == dict(there.columns)
    assert dict(made.sources) == dict(there.sources)
    write_folder(made, tmp_path / name)
    (entry,) = (entry for entry in embedded_instances() if entry.name == name)
    files = sorted(path.name for path in entry.folder.iterdir())
    assert sorted(path.name for path in (tmp_path / name).iterdir()) == files
    for file in files:
        assert (tmp_path / name / file).read_bytes() == (entry.folder / file).read_bytes(), file
