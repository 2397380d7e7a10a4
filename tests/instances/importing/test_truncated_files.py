"""Official and published files that were cut off on their way: a message, never another error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from refzones.instances import InputError
from refzones.instances.importing import import_instance
from refzones.instances.importing.districting import import_districting

SQUARE = {
    "n": 4, "k": 2, "L": 2_000, "U": 2_000, "epsg": 31370, "pop": [1_000] * 4,
    "x": [0, 2_000, 2_000, 0], "y": [0, 0, 2_000, 2_000], "edges": [[0, 1], [1, 2], [2, 3], [3, 0]],
}  # fmt: skip


def test_a_districting_file(tmp_path: Path) -> None:
    file = tmp_path / "square.json"
    text = json.dumps(SQUARE)
    file.write_text(text, encoding="utf-8")
    assert len(import_districting(file).instance) == 4
    for length in range(len(text)):
        file.write_text(text[:length], encoding="utf-8")
        with pytest.raises(InputError, match=r"square\.json"):
            import_districting(file)


@pytest.mark.parametrize("name", ["map.geojson", "regions.xlsx"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.95])
def test_boundaries_and_workbooks(config: Path, name: str, share: float) -> None:
    file = config.parent / name
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(InputError, match=name):
        import_instance(config)


@pytest.mark.parametrize("name", ["people.csv", "zones.csv", "mergers.csv", "classes.csv"])
def test_tables(config: Path, name: str) -> None:
    """Cut off in the middle: refused, or read as a table with fewer rows."""
    file = config.parent / name
    whole = file.read_bytes()
    refused = 0
    for length in range(0, len(whole) - 1, 5):
        file.write_bytes(whole[:length])
        try:
            import_instance(config)
        except InputError:
            refused += 1
    assert refused > 0
