"""Fixtures of mergers: lists to read, and the toy instance with everything in it that can be merged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from refzones.instances import Borders, Column, Flows, Instance, Layer


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., Path]:
    """Write a list of mergers."""

    def write(text: str, name: str = "list.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def four(toy: Instance) -> Instance:
    """Four municipalities, 1001 to 1004: 100 to 400 inhabitants, all in one region and in a row."""
    return replace(
        toy,
        regions=("All",),
        region=np.zeros(4, dtype=np.int64),
        borders=Borders.from_dict({(0, 1): 150.5, (1, 2): 20.1, (0, 2): 0.2, (2, 3): 300.0}),
        layers={"police": Layer.from_names(["P1", "P1", "P2", ""])},
        flows=Flows.from_dict({(0, 1): 1.1, (1, 0): 2.2, (0, 0): 5.0, (1, 2): 0.1, (0, 2): 0.2, (3, 3): 7.0}),
        attributes={"income": np.array([7.5, 8, 9, 10]), "tax": np.array([0.1, 0.2, 0.3, 0.4])},
        texts={"province": ("N", "N", "S", "S")},
        yearly={2024: np.array([90.0, np.nan, 5, 6]), 2025: np.array([1.0, 2, 3, 4])},
        columns={
            **toy.columns,
            "municipalities.income": Column("census", "euro", "all income"),
            "municipalities.tax": Column("census", "per cent"),
        },
    )
