from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from refzones.instances import write_folder
from refzones.instances.importing import import_instance


def test_every_column_that_is_written_is_described(config: Path, tmp_path: Path) -> None:
    made = import_instance(config)
    write_folder(made, tmp_path / "made")
    written = {
        f"{path.stem}.{column}"
        for path in (tmp_path / "made").glob("*.csv")
        for column in path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    }
    assert set(made.columns) == written


def test_sources_units_and_notes(config: Path) -> None:
    columns = import_instance(config).columns
    assert columns["municipalities.area_km2"].source == "map"
    assert columns["municipalities.income"].unit == "euro"
    assert (columns["zones.police"].source, columns["zones.police"].note) == ("tables", "police zone")
    assert columns["functions.centre"].note == "yes where the class is a0, a1"
    assert columns["functions.hospital"].note == "12002: 40 beds added (the hospital itself)"


def test_what_the_configuration_leaves_out_is_said_to_be_unknown(
    edit: Callable[[str, str, str], Path],
) -> None:
    made = import_instance(
        edit("squares.toml", '[facility]\nsource = "tables"\nfile = "facility.csv"\ncode = "nis"\n', "")
    )
    assert made.columns["municipalities.facility"].note == "not known"
