"""Files of an instance folder that were cut off anywhere: a message, or data that pass every check."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.instances import InputError, Instance, read_folder


@pytest.mark.parametrize(
    "name", ["instance.toml", "municipalities.csv", "borders.csv", "zones.csv", "functions.csv"]
)
def test_a_file_that_is_cut_off(folder: Path, toy: Instance, name: str) -> None:
    """Never another error than `InputError`; what is read all the same has all municipalities."""
    file = folder / name
    whole = file.read_bytes()
    refused = 0
    for length in range(0, len(whole), 3):
        file.write_bytes(whole[:length])
        try:
            instance = read_folder(folder)
        except InputError:
            refused += 1
        else:
            assert instance.codes == toy.codes
    assert refused > len(whole) // 9


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("municipalities.csv", "municipalities.csv, row 5: the row has"),
        ("zones.csv", "zones.csv, row 5: the row has"),
        ("functions.csv", "functions.csv, row 5: the row has"),
        ("borders.csv", "borders.csv, row 7: the row has"),
    ],
)
def test_a_row_that_ends_early_is_named(folder: Path, name: str, message: str) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8").rstrip("\n")
    file.write_text(text[: text.rindex("\n") + 6], encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_folder(folder)
    assert any(message in str(problem) for problem in caught.value.problems), str(caught.value)
