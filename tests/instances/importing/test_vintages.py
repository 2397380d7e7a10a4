"""The table of municipalities that changed is what the official tables give."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from refzones.instances import vintages
from refzones.instances.importing.vintages import vintages_text

DATA = Path(os.environ.get("REFZONES_DATA", Path(__file__).parents[4] / "shared" / "data"))


@pytest.mark.skipif(
    not (DATA / "common").is_dir(), reason=f"the official tables are not in {DATA} (set REFZONES_DATA)"
)
def test_rebuilt_byte_for_byte() -> None:
    embedded = Path(vintages.__file__).parent / "embedded" / "vintages.csv"
    assert vintages_text(DATA / "common").encode() == embedded.read_bytes()


def test_made_of_tables(tmp_path: Path) -> None:
    (tmp_path / "crosswalk_nis2018_nis2019_flanders.csv").write_text(
        "nis2018,name2018,nis2019,name2019,changed\n11001,A (X),11001,A,False\n11002,B,11009,BC,True\n"
        "11003,C,11009,BC,True\n11004,D,11004,D,False\n",
        encoding="utf-8",
    )
    (tmp_path / "statbel_nis_2025_commune_crosswalk.csv").write_text(
        "source_nis,source_name,target_nis,target_name\n82003,W,82039,W\n11001,A,11001,A\n11004,D,11001,A\n",
        encoding="utf-8",
    )
    assert vintages_text(tmp_path) == (
        "year,old_nis,old_name,nis,name\n"
        "2019,11001,A (X),11001,A\n2019,11002,B,11009,BC\n2019,11003,C,11009,BC\n"
        "2025,11001,A,11001,A\n2025,11004,D,11001,A\n"
    )
