from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from refzones.instances import DEFAULT, Instance, embedded_instances, load
from refzones.instances.vintages import vintage_of

CLASSES_2025 = {"a0": 13, "a1": 13, "a2": 19, "b0": 58, "b1": 37, "c0": 26, "c1": 41, "c2": 39, "c3": 39}


@pytest.fixture(scope="module", params=["flanders-2024", "flanders-2025", "flanders-2026"])
def flanders(request: pytest.FixtureRequest) -> Instance:
    return load(request.param)


def test_the_embedded_instances() -> None:
    assert [entry.name for entry in embedded_instances()] == [
        "flanders-2024",
        "flanders-2025",
        "flanders-2026",
    ]
    assert DEFAULT == "flanders-2025"
    assert load().name == "flanders-2025"


def test_the_published_counts_of_2025() -> None:
    instance = load("flanders-2025")
    assert len(instance) == 285
    assert instance.total_population == 6_864_766
    assert len(instance.borders.pairs) == 754
    assert Counter(instance.classes) == CLASSES_2025
    sizes = [len(instance.members(r)) for r in range(len(instance.regions))]
    assert (len(sizes), min(sizes), max(sizes)) == (15, 7, 38)
    assert Counter(instance.merged_in.tolist()) == {0: 265, 2019: 7, 2025: 13}
    assert len(instance.layers["police"].zones) == 101
    assert len(instance.layers["primary_care"].zones) == 56


def test_the_published_counts_of_2024() -> None:
    instance = load("flanders-2024")
    assert len(instance) == 300
    assert instance.total_population == 6_821_770
    assert len(instance.borders.pairs) == 797
    assert len(instance.regions) == 15
    assert Counter(instance.merged_in.tolist()) == {0: 293, 2019: 7}
    assert "housing_cooperation" not in instance.layers


def test_2026_is_2025_with_other_inhabitants() -> None:
    """No municipality changed on 1 January 2026; Statbel counted 6,898,350 inhabitants."""
    new, old = load("flanders-2026"), load("flanders-2025")
    assert new.total_population == 6_898_350
    assert new.population[new.find("Antwerpen")] == 565_615
    assert (new.population != old.population).sum() > 250
    assert replace(new, population=old.population).hash == old.hash
    assert vintage_of(new.codes) == 2025
    assert new.sources["population"].year == "2026"
    assert new.columns["municipalities.population"].note == "on 1 January 2026"


def test_functions(flanders: Instance) -> None:
    functions = flanders.functions
    assert list(functions) == ["regional_city", "centre", "well_equipped", "hospital", "rail"]
    for name, classes in {
        "regional_city": ("a0",),
        "centre": ("a0", "a1", "a2"),
        "well_equipped": ("a0", "a1", "a2", "b0", "c0", "c1"),
    }.items():
        assert functions[name].present.tolist() == [c in classes for c in flanders.classes]
    leuven, voeren = flanders.find("Leuven"), flanders.find("Voeren")
    assert functions["hospital"].amount[leuven] == 287 + 1995
    assert functions["rail"].at_least == 50
    assert functions["rail"].present[leuven]
    assert not functions["rail"].present[voeren]


def test_layers_cover_everyone_but_for_housing_cooperation(flanders: Instance) -> None:
    for key, layer in flanders.layers.items():
        if key != "housing_cooperation":
            assert (layer.zone >= 0).all(), key
    if "housing_cooperation" in flanders.layers:
        layer = flanders.layers["housing_cooperation"]
        assert layer.name_of(flanders.find("Antwerpen")) == ""
        assert "Geen IGS" not in layer.zones


def test_facility_municipalities(flanders: Instance) -> None:
    named = {flanders.names[i] for i in np.flatnonzero(flanders.facility)}
    assert len(named) == 12
    assert {"Voeren", "Ronse", "Kraainem", "Mesen", "Bever"} <= named


def test_names_are_capitalised_as_the_municipalities_do(flanders: Instance) -> None:
    assert "Sint-Genesius-Rode" in flanders.names
    assert not [name for name in flanders.names if name.isupper() or name.islower()]


def test_every_municipality_has_a_village_and_brussels_is_open(flanders: Instance) -> None:
    villages = flanders.villages
    assert villages is not None
    assert set(range(len(flanders))) <= set(villages.municipality.tolist())
    outside = np.flatnonzero(villages.municipality < 0)
    assert len(outside) == 19
    assert all(villages.codes[i].startswith("21") for i in outside)


def test_every_column_has_a_source_and_every_source_is_complete(flanders: Instance) -> None:
    (entry,) = (entry for entry in embedded_instances() if entry.name == flanders.name)
    for path in entry.folder.glob("*.csv"):
        for column in path.read_text(encoding="utf-8").split("\n", 1)[0].split(","):
            described = flanders.columns[f"{path.stem}.{column}"]
            assert described.unit, column
            assert described.source in flanders.sources, column
    for source in flanders.sources.values():
        assert all((source.title, source.publisher, source.year, source.licence)), source


def test_only_facts_are_embedded() -> None:
    for entry in embedded_instances():
        names = {path.name for path in entry.folder.iterdir()}
        assert names == {
            "instance.toml",
            "municipalities.csv",
            "borders.csv",
            "zones.csv",
            "functions.csv",
            "villages.csv",
            "years.csv",
            "figures.csv",
        }
        assert sum(path.stat().st_size for path in entry.folder.iterdir()) < 250_000


def test_known_neighbours() -> None:
    instance = load("flanders-2025")
    pairs = {
        (instance.names[a], instance.names[b]): length
        for (a, b), length in zip(instance.borders.pairs, instance.borders.length, strict=True)
    }
    assert pairs["As", "Zutendaal"] == pytest.approx(12, abs=0.5)
    assert pairs["Drogenbos", "Linkebeek"] == pytest.approx(23, abs=0.5)
    touched = {name for pair in pairs if "Baarle-Hertog" in pair for name in pair}
    assert touched == {"Baarle-Hertog", "Turnhout", "Merksplas", "Ravels", "Hoogstraten"}
    assert [pair for pair in pairs if "Herstappe" in pair] == [("Herstappe", "Tongeren-Borgloon")]
    assert not [pair for pair in pairs if "Voeren" in pair]


def test_income_is_that_of_flanders(flanders: Instance) -> None:
    per_head = flanders.attributes["net_taxable_income_eur"] / flanders.population
    assert 10_000 < per_head.min() < per_head.max() < 50_000


def test_loading_is_fast() -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        load("flanders-2025")
        times.append(time.perf_counter() - start)
    assert min(times) < 0.3


def test_load_a_folder(folder: Path) -> None:
    assert load(folder).name == "toy"
    assert load(str(folder)).name == "toy"


def test_unknown_names_get_a_suggestion(complaints: Callable[..., list[str]]) -> None:
    assert complaints(load, "flandres-2025") == [
        "value 'flandres-2025': there is no embedded instance of this name and no such folder; "
        "did you mean 'flanders-2025'?"
    ]
