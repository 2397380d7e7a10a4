from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from refzones.instances import Flows, InputError, Instance, read_folder

Change = Callable[[str, str, str], Path]
Complaints = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("municipalities.csv", "Bee,200", "Bee,1e30", "population"),
        ("municipalities.csv", "Bee,200,2,", "Bee,200,1e12,", "area_km2"),
        ("municipalities.csv", "2,30,20,North", "2,1e30,20,North", "x"),
        ("municipalities.csv", "2,30,20,North", "2,30,-1e30,North", "y"),
        ("municipalities.csv", "b1,1,,8", "b1,1,,1e30", "income"),
        ("municipalities.csv", "c3,0,2019", "c3,0,20190", "merged_in"),
        ("borders.csv", "1003,1004,300", "1003,1004,1e30", "length_m"),
        ("functions.csv", "1001,250,0", "1001,1e30,0", "hospital"),
        ("villages.csv", "1001,12,22", "1001,1e30,22", "x"),
    ],
)
def test_numbers_beyond_all_measure_are_refused(
    change: Change, complaints: Complaints, *, file: str, old: str, new: str, column: str
) -> None:
    told = complaints(read_folder, change(file, old, new))
    assert any(f"column '{column}'" in text and "this is more than" in text for text in told)


def test_sums_stay_exact(toy: Instance) -> None:
    far = replace(toy, x=np.array([0.0, 9e8, 0, 0]))
    assert far.total_population == 1000
    with pytest.raises(InputError, match="inhabitants times the metres across the instance: the sum is"):
        replace(far, population=np.array([10**10, 1, 1, 1]))
    with pytest.raises(InputError, match="attribute income: this is more than"):
        replace(toy, attributes={"income": np.full(4, 9e14 * 2.6)})
    with pytest.raises(InputError, match="function hospital: "):
        replace(toy, functions={"hospital": replace(toy.functions["hospital"], amount=np.full(4, 1e16))})
    with pytest.raises(InputError, match="hundredths of commuters: the sum is"):
        replace(toy, flows=Flows.from_dict({(0, 1): 1e14}))
    with pytest.raises(InputError, match="population: this is more than"):
        replace(toy, population=np.array([10**18, 1, 1, 1]))
