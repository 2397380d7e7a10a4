"""Each noun of the interface and of scenario files is in the glossary, and the glossary has no others."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest
from refzones.instances import load
from refzones.models import Scenario
from refzones.models.terms import term_classes

TEXT = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
FACES = ("refzones", "refzones.instances", "refzones.models", "refzones.solver")
ROWS = [
    [cell.strip() for cell in line.strip("| ").split(" | ")] for line in TEXT.splitlines() if line[:2] == "| "
]
ENTRIES = [row for row in ROWS if row[0] != "our word"]
CODE = {name for row in ENTRIES for name in re.findall(r"`([^`]+)`", row[3])}


def classes() -> set[str]:
    """List the classes that the faces give; those of parameters are one noun."""
    faces = [import_module(name) for name in FACES]
    found = {name for face in faces for name in face.__all__ if inspect.isclass(getattr(face, name))}
    return {name for name in found if not name.endswith("Params")}


def keys() -> set[str]:
    """List the keys of a scenario file, those in tables with the table before them."""
    found = set(Scenario.model_fields) | {"preset"}
    for key, field in Scenario.model_fields.items():
        found |= {f"{key}.{name}" for name in getattr(field.annotation, "model_fields", ())}
    return found


def test_every_row_is_whole() -> None:
    assert len(ENTRIES) > 80
    for row in ENTRIES:
        assert len(row) == 5
        assert all(row)
        assert row[4].endswith(".")
        assert row[4].count(". ") == 0, row[4]


def test_no_word_stands_twice() -> None:
    words = [row[0] for row in ENTRIES]
    assert len(words) == len(set(words))


def test_every_class_of_the_interface_is_there() -> None:
    assert classes() - CODE == set()


def test_every_term_is_there() -> None:
    assert {term.key for term in term_classes()} - CODE == set()


def test_every_key_of_a_scenario_is_there() -> None:
    labels = {"name", "description", "frames.source", "existing.source"}
    headings = {key.split(".")[0] for key in keys() if "." in key}
    assert keys() - labels - headings - CODE == set()


def test_every_layer_is_there() -> None:
    assert set(load("flanders-2025").layers) <= CODE


@pytest.mark.parametrize("name", sorted(CODE))
def test_what_stands_as_code_is_there(name: str) -> None:
    known = keys() | {term.key for term in term_classes()} | set(load("flanders-2025").layers)
    assert name in known or any(name in import_module(face).__all__ for face in FACES)
