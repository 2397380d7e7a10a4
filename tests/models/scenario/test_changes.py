"""Changes in a few words: they say what a file over the scenario would say, or are refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.instances.common.problems import InputError
from refzones.models import Scenario
from refzones.models.scenario.changes import Changes, changed

MERGERS = Scenario.preset("mergers")


def as_file(folder: Path, text: str) -> Scenario:
    path = folder / "file.toml"
    path.write_text(text, encoding="utf-8")
    return Scenario.read(path)


def unnamed(scenario: Scenario) -> str:
    return scenario.model_copy(update={"name": "", "description": ""}).model_dump_json()


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        (["population.min=25000"], "population.min = 25000"),
        ([" population.min = 25_000 "], "population.min = 25000"),
        (["weights.distance=40", "population.max=120000"], "weights.distance = 40\npopulation.max = 120000"),
        (['rules.above_max="absorb"'], 'rules.above_max = "absorb"'),
        (["rules.above_max=absorb"], 'rules.above_max = "absorb"'),
        (["weights.straddle(police)=5"], 'weights."straddle(police)" = 5'),
        (['weights."straddle(police)"=5'], 'weights."straddle(police)" = 5'),
        (["count.regions.Vlaamse Rand=[2, 3]"], 'count.regions."Vlaamse Rand" = [2, 3]'),
        (["requires.classes=['a0', 'a1']"], 'requires.classes = ["a0", "a1"]'),
        (
            ["weights.replace=true", "weights.distance=1", "weights.stacking=2", "weights.shortfall=3"],
            "[weights]\nreplace = true\ndistance = 1\nstacking = 2\nshortfall = 3",
        ),
        (['borders.added=[["Voeren", "Riemst"]]'], 'borders.added = [["Voeren", "Riemst"]]'),
    ],
)
def test_settings_say_what_a_file_says(settings: list[str], text: str, tmp_path: Path) -> None:
    wanted = as_file(tmp_path, f'preset = "mergers"\n{text}\n')
    assert unnamed(changed(MERGERS, Changes(settings=tuple(settings)))) == unnamed(wanted)


def test_zones_of_a_nested_scenario(tmp_path: Path) -> None:
    wanted = as_file(tmp_path, 'preset = "nested"\n[zones]\npreset = "mergers"\npopulation.min = 70000\n')
    settings = ("zones.preset=mergers", "zones.population.min=70000")
    assert unnamed(changed(Scenario.preset("nested"), Changes(settings=settings))) == unnamed(wanted)


def test_locks_are_added(tmp_path: Path) -> None:
    base = 'preset = "mergers"\n[locks]\n'
    known = as_file(tmp_path, f'{base}together = [["A", "B"]]\nalone = ["Z"]')
    wanted = as_file(
        tmp_path, f'{base}together = [["A", "B"], ["C", "D"]]\napart = [["A", "C"]]\nalone = ["Z", "Y"]'
    )
    changes = Changes(together=(("C", "D"),), apart=(("A", "C"),), alone=("Y",))
    assert unnamed(changed(known, changes)) == unnamed(wanted)
    changes = Changes(settings=('locks.together=[["A", "B"]]',), together=(("C", "D"),), apart=(("A", "C"),))
    assert changed(known, changes).locks.together == wanted.locks.together


def test_a_plan_is_kept(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("nis,merger\n11001,A\n11002,A\n", encoding="utf-8")
    wanted = as_file(tmp_path, 'preset = "mergers"\n[existing]\nmode = "keep"\nplan = "plan.csv"\n')
    assert unnamed(changed(MERGERS, Changes(keep="plan.csv"), tmp_path)) == unnamed(wanted)
    drawn = changed(MERGERS, Changes(keep="x/plan.shp", kept=(("11001", "11002"),)))
    assert (drawn.existing.mode, drawn.existing.source) == ("keep", "plan.shp")
    assert drawn.existing.mergers == (("11001", "11002"),)


def test_the_name_and_the_description_say_it() -> None:
    once = changed(MERGERS, Changes(settings=("population.min=25000",), together=(("A", "B"),), keep=""))
    assert once.name == "mergers (changed)"
    assert once.description == "Scenario 'mergers' with population.min = 25000; together: A, B"
    again = changed(once, Changes(alone=("C",)))
    assert again.name == once.name
    assert again.description == f"{once.description}; alone: C"
    named = changed(MERGERS, Changes(settings=("name=mine", "description=All mine")))
    assert (named.name, named.description) == ("mine", "All mine")


def test_a_description_stays_short() -> None:
    """It is the title of a map; the keys say the rest."""
    groups = tuple((f"Municipality {i}", "Another one") for i in range(40))
    told = changed(MERGERS, Changes(together=groups)).description
    assert len(told) < 200
    assert told.endswith(" more")


def test_no_changes_are_none() -> None:
    assert changed(MERGERS, Changes()) is MERGERS


def test_what_a_scenario_leaves_unsaid_stays_unsaid() -> None:
    bare = changed(Scenario.from_dict({}), Changes(settings=("population.min=5",)))
    with pytest.raises(InputError, match="weighs nothing"):
        bare.check_weights()


REFUSED = [
    (Changes(settings=("population.min",)), "--set: this is not KEY=VALUE"),
    (Changes(settings=("=3",)), "--set: this is not KEY=VALUE"),
    (Changes(settings=("population.min=",)), "--set: this value cannot be read"),
    (Changes(settings=("population.min=25 000",)), "write numbers without signs between the digits"),
    (Changes(settings=("population.min=25.000",)), "--set, value '25.0': population.min: must be a whole"),
    (Changes(settings=("populaton.min=3",)), "--set: unknown key 'populaton'; did you mean 'population'?"),
    (Changes(settings=("population.min=3\npopulation.max=4",)), "--set: this is more than one key"),
    (Changes(settings=("population.min=3", "population.min=4")), "--set: population.min is set twice"),
    (Changes(settings=("population=4", "population.min=4")), "lies in what another --set gives a value"),
    (Changes(settings=("preset=zones",)), "--set: the preset is named by --scenario"),
    (Changes(settings=("rules.facility=fre",)), "--set, value 'fre': rules.facility: must be 'alone'"),
    (Changes(settings=("locks=3",), alone=("A",)), "--set, --alone, value '3': locks: must be a table"),
    (Changes(keep="nowhere.csv"), "--keep, value 'nowhere.csv': --keep: there is no such file"),
    (
        Changes(settings=("existing.mode=extend",), keep="plan.csv"),
        "--keep and --set existing.mode are both given",
    ),
    (Changes(together=(("A",),)), "--together: locks.together: a group needs at least two"),
]


@pytest.mark.parametrize(("changes", "message"), REFUSED)
def test_refused(changes: Changes, message: str) -> None:
    with pytest.raises(InputError) as refused:
        changed(MERGERS, changes)
    assert message in str(refused.value)
