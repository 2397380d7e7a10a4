"""Runs of small instances whose files can be forged, one at a time, and what checks them."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from refzones.app.dutch import Language
from refzones.app.files import run_folder as output
from refzones.app.files.belgian import BELGIAN
from refzones.app.files.check import check_run, read_to_the_letter
from refzones.app.files.plan_workbook import WORKBOOK
from refzones.app.maps import drawing
from refzones.app.maps.shapes import Shapes, generalised_shapes
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import Result, solve
from refzones.solver.audit.reproof import prove_again
from refzones.solver.results.record import PLAN_FILE

from .build import build_instance

EVERY = os.environ.get("REFZONES_FORGE") == "all"
"""Try each forgery, not one in some: takes minutes."""

SHARE = float(os.environ.get("REFZONES_DRAWS", "1"))
"""Of the forgeries that are tried, as of all cases that tests draw."""

PACKAGES = ["plan.gpkg"] if find_spec("geopandas") else []
SHEETS = [WORKBOOK.name] if find_spec("openpyxl") else []
"""Files that can be written where the extra 'geo' is there."""

TABLES = [*SHEETS, *(file.name for file in BELGIAN)]


def forged_instance() -> Instance:
    """Two regions with everything that a term can ask for."""
    population = [40_000, 20_000, 35_000, 15_000, 30_000, 26_000, 8_000]
    made = build_instance(
        population,
        [(0, 1), (1, 2), (2, 3), (0, 3), (4, 5), (5, 6), (4, 6)],
        points=[
            (0, 0),
            (4_000, 500),
            (9_000, 0),
            (5_000, 6_000),
            (30_000, 0),
            (36_000, 1_000),
            (33_000, 7_000),
        ],
        region=[0, 0, 0, 0, 1, 1, 1],
        facility=[6],
        merged_in={1: 2019},
        layers={"police": ["A", "A", "B", "B", "C", "C", "D"]},
        functions={"school": [1, 0, 1, 0, 1, 0, 0], "station": [0, 60, 0, 0, 0, 1, 0]},
        classes=["a1", "c2", "c0", "c3", "a2", "c3", "c3"],
        attributes={"net_taxable_income_eur": [population[i] * (20_000 + 300 * i) for i in range(7)]},
        flows={(0, 1): 120.5, (1, 2): 40, (2, 0): 300, (4, 5): 11.25, (5, 6): 5},
    )
    return replace(made, area=np.array([20.5, 11.21, 30, 8, 40.12, 9, 3.3]))


TERMS = {
    "coverage": 1.0, "distance": 0.05, "straddle(police)": 1.0, "stacking": 0.5, "commuting": 2.0,
    "fiscal": 0.3, "touched(police)": 0.01, "cut_edges": 0.02, "size": 0.1,
}  # fmt: skip
MERGERS: dict[str, Any] = {
    "weights": TERMS,
    "coverage": {"shares": {"school": 0.5, "station": 0.5}},
    "population": {"min": 25_000, "max": 90_000},
}
ZONES: dict[str, Any] = {
    "population": {"min": 50_000, "max": 130_000},
    "weights": {"distance": 1.0, "straddle(police)": 1.0},
    "rules": {"facility": "free"},
}
AGREED: dict[str, Any] = MERGERS | {
    "locks": {"together": [["M0", "M1"]], "apart": [["M1", "M2"]], "seat": ["M4"]},
    "borders": {"added": [["M1", "M3"]], "removed": [["M2", "M3"]]},
}


def unproved(result: Result) -> Result:
    """The same plan, of which a time limit left the proof open."""
    first, *others = result.by_region
    assert first.bound_nano is not None
    found = replace(first, bound_nano=first.bound_nano + 5_000_000)
    return replace(result, by_region=(found, *others))


def missing(result: Result) -> Result:
    """One region of which the time limit left no plan."""
    first, *others = result.by_region
    found = replace(
        first, mergers=(), score_nano=None, bound_nano=None,
        reason="the time limit passed", candidates=0, kept=0,
    )  # fmt: skip
    return replace(result, by_region=(found, *others))


def as_it_is(result: Result) -> Result:
    return result


Case = tuple[dict[str, Any], dict[str, Any], Callable[[Result], Result]]
CASES: dict[str, Case] = {
    "mergers": (MERGERS, {}, as_it_is),
    "zones": (ZONES | {"level": "zones"}, {}, as_it_is),
    "nested": (MERGERS | {"level": "nested", "zones": ZONES}, {}, as_it_is),
    "priced": (MERGERS, {"decided": True}, as_it_is),
    "priced, nested": (MERGERS | {"level": "nested", "zones": ZONES}, {"decided": True}, as_it_is),
    "agreed": (AGREED, {}, as_it_is),
    "kept": (MERGERS | {"existing": {"mode": "keep", "mergers": [["M0", "M3"], ["M4"]]}}, {}, as_it_is),
    "soft": (
        MERGERS | {"weights": TERMS | {"shortfall": 1e-5}, "population": {"min": 60_000, "floor": 20_000}},
        {},
        as_it_is,
    ),
    "required": (
        MERGERS | {"requires": {"classes": ["a1", "a2", "c0"], "functions": ["school"]}, "count": {"min": 1}},
        {},
        as_it_is,
    ),
    "framed": (
        MERGERS | {"frames": {"unsplit": ["police"]}, "count": {"regions": {"R0": [1, 2]}}},
        {},
        as_it_is,
    ),
    "infeasible": (MERGERS | {"population": {"min": 58_000, "max": 112_000}}, {}, as_it_is),
    "one region": (MERGERS, {"regions": ["R1"]}, as_it_is),
    "cut": ({"weights": {"distance": 1.0}}, {"formulation": "cut"}, as_it_is),
    "unproved": (MERGERS, {}, unproved),
    "missing": (MERGERS, {}, missing),
}


class Forger:
    """A run that can be forged, and what checks it."""

    def __init__(self, name: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
        asked, options, change = CASES[name]
        self.name = name
        self.folder, self.instance = folder, forged_instance()
        self.shapes: Shapes = generalised_shapes(self.instance)
        result = change(solve(self.instance, Scenario.from_dict(asked), workers=1, **options))
        patch.setattr(drawing, "draw_map", draw_little)
        language: Language = "nl" if len(name) % 2 else "en"
        output.write_run(result, folder, self.shapes, extras=[*TABLES, *PACKAGES], language=language)
        self.files = {path.name: path.read_bytes() for path in folder.iterdir()}
        self.plan = json.loads(self.files[PLAN_FILE])

    def restore(self) -> None:
        for path in self.folder.iterdir():
            if path.name not in self.files:
                path.unlink()
        for name, content in self.files.items():
            (self.folder / name).write_bytes(content)

    def is_rejected(self) -> bool:
        """Whether `verify` finds something."""
        try:
            record = read_to_the_letter(self.folder / PLAN_FILE)
        except InputError:
            return True
        found = check_run(self.folder, record, self.instance, self.shapes)
        return bool(found or prove_again(record, self.instance, 20.0).violations)


def draw_little(path: Path, *_: object, **__: object) -> None:
    from PIL import Image

    Image.new("RGB", (3, 2), "white").save(path)


def some(forgeries: Iterator[Any], number: int, seed: str) -> list[Any]:
    """So many forgeries, others for each run."""
    found = list(forgeries)
    drawn = min(max(1, round(SHARE * number)), len(found))
    return found if EVERY else random.Random(seed).sample(found, drawn)
