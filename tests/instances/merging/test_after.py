from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from refzones.instances import (
    Change,
    Instance,
    load,
    merge_municipalities,
    read_folder,
    read_mergers,
    synthesise,
    write_folder,
)

DATA = Path(os.environ.get("REFZONES_DATA", Path(__file__).parents[4] / "shared" / "data"))
OFFICIAL = pytest.mark.skipif(
    not (DATA / "common").is_dir(), reason=f"the official tables are not in {DATA} (set REFZONES_DATA)"
)
Listed = Callable[..., Path]
Complaints = Callable[..., list[str]]
CROSSWALK = "old_nis,new_nis,new_name,year\n1001,1009,New,2031\n1002,1009,New,2031\n1003,1003,Cee,\n"


def test_an_instance_and_what_it_was(four: Instance, listed: Listed, tmp_path: Path) -> None:
    made = merge_municipalities(four, read_mergers(listed(CROSSWALK)), name="next")
    after = made.instance
    assert (after.name, after.vintage) == ("next", "2031-01-01")
    assert after.title == "Four villages, after the mergers of 2031"
    assert after.codes == ("1003", "1004", "1009")
    assert after.changes == (
        Change(2031, "1001", "Aa", "1009", "New"),
        Change(2031, "1002", "Bee", "1009", "New"),
    )
    assert after.sources["merger_list"].title == "Mergers of 2031: list.csv"
    assert made.notes == (
        "attribute tax is left out: its unit 'per cent' does not say that it can be summed; if it can, write "
        'additive = true under [columns."municipalities.tax"] in instance.toml',
    )
    write_folder(after, tmp_path / "next")
    again = read_folder(tmp_path / "next")
    assert again.hash == after.hash
    assert again.changes == after.changes
    assert again.columns == after.columns
    assert np.array_equal(again.yearly[2024], after.yearly[2024], equal_nan=True)


def test_a_degree_of_the_list_moves_no_function(four: Instance, listed: Listed) -> None:
    text = "nis,merger,new_class\n1001,x,a2\n1002,x,a2\n"
    made = merge_municipalities(four, read_mergers(listed(text)), year=2031)
    assert made.instance.classes == ("c3", "", "a2")
    assert made.notes[-1] == (
        "the list gives another degree of equipment than that of the best-equipped member, and functions "
        "stay those of the members: Aa"
    )


def test_whoever_looks_for_an_old_one_is_told(four: Instance, listed: Listed) -> None:
    after = merge_municipalities(four, read_mergers(listed(CROSSWALK))).instance
    for text in ("1001", "Aa", "bee"):
        with pytest.raises(KeyError, match=r"is part of New \(1009\) since 2031"):
            after.find(text)
    assert after.names[after.find("Cee")] == "Cee"


def test_mergers_after_mergers(four: Instance, listed: Listed) -> None:
    after = merge_municipalities(four, read_mergers(listed(CROSSWALK))).instance
    again = merge_municipalities(after, read_mergers(listed("nis,merger\n1009,x\n1003,x\n")), year=2040)
    assert again.instance.codes == ("1004", "1010")
    assert again.instance.total_population == four.total_population
    assert [change.year for change in again.instance.changes] == [2031, 2031, 2040, 2040]
    with pytest.raises(KeyError, match=r"Aa \(1001\) is part of New \(1010\) since 2040"):
        again.instance.find("1001")


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("nis,merger\n1001,x\n1002,x\n", None, "list.csv: the list gives no year; say from which year on"),
        (
            "nis,merger,year\n1001,x,2030\n1002,x,2030\n1003,y,2031\n1004,y,2031\n",
            None,
            "list.csv: the list has mergers of several years: 2030, 2031; say",
        ),
        ("nis,merger\n1001,x\n1002,x\n", 0, "value '0': this is no year"),
        ("nis,merger\n1001,x\n1002,y\n", 2031, "list.csv: the list changes no municipality"),
        ("nis,merger,year\n1001,x,2030\n1002,x,2030\n", 2031, "list.csv: the list changes no municipality"),
    ],
)
def test_years(
    four: Instance, listed: Listed, complaints: Complaints, text: str, year: int | None, expected: str
) -> None:
    (told,) = complaints(merge_municipalities, four, read_mergers(listed(text)), year=year)
    assert told.startswith(expected)


def test_a_year_of_several_is_chosen(four: Instance, listed: Listed, complaints: Complaints) -> None:
    both = read_mergers(listed("nis,merger,year\n1001,x,2030\n1002,x,2030\n1003,y,2031\n1004,y,2031\n"))
    first = merge_municipalities(four, both, year=2030).instance
    assert [change.old_code for change in first.changes] == ["1001", "1002"]
    second = merge_municipalities(first, both, year=2031).instance
    assert second.codes == ("1005", "1006")
    (told,) = complaints(merge_municipalities, first, both, year=2030)
    assert told.startswith("value '2030': the instance has mergers of 2030 already; give a later year")


def test_the_order_of_the_list_is_nothing(four: Instance, listed: Listed) -> None:
    lists = "1001,x\n1002,x\n1003,y\n1004,y\n", "1004,a\n1002,b\n1001,b\n1003,a\n"
    one, other = (
        merge_municipalities(four, read_mergers(listed(f"nis,merger\n{text}")), year=2031) for text in lists
    )
    assert one.instance.hash == other.instance.hash
    assert one.instance.changes == other.instance.changes
    assert one.notes == other.notes


def test_any_size_keeps_all_that_is_counted(listed: Listed, tmp_path: Path) -> None:
    drawn = synthesise(120, seed=5, flows=True)
    rng = np.random.default_rng(3)
    places = zip(drawn.codes, drawn.region.tolist(), strict=True)
    groups = {code: f"{drawn.regions[region]} {rng.integers(4)}" for code, region in places}
    text = "nis,merger\n" + "".join(f"{code},{group}\n" for code, group in groups.items())
    made = merge_municipalities(drawn, read_mergers(listed(text)), year=2031, in_pieces=True).instance
    assert len(made) == len(set(groups.values()))
    assert made.total_population == drawn.total_population
    assert made.flows is not None
    assert drawn.flows is not None
    assert made.flows.people.sum() == pytest.approx(drawn.flows.people.sum())
    write_folder(made, tmp_path / "made")
    assert read_folder(tmp_path / "made").hash == made.hash


# The instance of 2025, made from that of 2024


@pytest.fixture(scope="module")
def made() -> Instance:
    mergers = read_mergers(DATA / "common" / "statbel_nis_2025_commune_crosswalk.csv")
    return merge_municipalities(load("flanders-2024"), mergers).instance


def differing(made: Instance, what: Callable[[Instance], list[str]]) -> dict[str, tuple[str, str]]:
    """What each municipality has here, and in the embedded instance of 2025, where the two differ."""
    new = load("flanders-2025")
    rows = zip(new.names, what(made), what(new), strict=True)
    return {name: (mine, theirs) for name, mine, theirs in rows if mine != theirs}


def zones(key: str) -> Callable[[Instance], list[str]]:
    return lambda instance: [instance.layers[key].name_of(i) for i in range(len(instance))]


@OFFICIAL
def test_what_is_exactly_that_of_2025(made: Instance) -> None:
    new = load("flanders-2025")
    assert (made.codes, made.names, made.vintage) == (new.codes, new.names, new.vintage)
    assert made.regions == new.regions
    for key in ("region", "facility", "merged_in"):
        assert np.array_equal(getattr(made, key), getattr(new, key)), key
    for key in ("housing_company", "judicial"):
        assert differing(made, zones(key)) == {}
    for key in ("hospital", "rail", "regional_city"):
        assert np.array_equal(made.functions[key].amount, new.functions[key].amount), key
    for year in range(2015, 2025):  # unknown where they are unknown there
        assert np.array_equal(made.yearly[year], new.yearly[year], equal_nan=True), year


@OFFICIAL
def test_inhabitants_are_those_of_2024(made: Instance) -> None:
    assert np.array_equal(made.population, load("flanders-2025").yearly[2024])
    assert made.total_population == 6_821_770


@OFFICIAL
def test_who_merged_has_no_figures_of_2025(made: Instance) -> None:
    """The table of 300 municipalities has none for the 28 that were gone."""
    new, merged = load("flanders-2025"), made.merged_in == 2025
    for year in (2025, 2026):
        assert np.isnan(made.yearly[year][merged]).all()
        assert np.array_equal(made.yearly[year][~merged], new.yearly[year][~merged])


@OFFICIAL
def test_zones_were_drawn_anew_in_between(made: Instance) -> None:
    """Tables of December 2023 and of March 2026: police zones and transport regions have merged since."""
    assert {key: len(differing(made, zones(key))) for key in made.layers} == {
        "police": 15,
        "primary_care": 8,
        "fire": 2,
        "housing_company": 0,
        "transport": 11,
        "judicial": 0,
    }
    fused = {zone for zone, _ in differing(made, zones("transport")).values()}
    assert fused == {"Aalst (Verv.)"}
    merged = {name for name, year in zip(made.names, made.merged_in.tolist(), strict=True) if year == 2025}
    assert differing(made, zones("primary_care")).keys() & merged == set()
    assert differing(made, zones("fire")).keys() & merged == set()
    assert "housing_cooperation" not in made.layers  # no table of 2023


@OFFICIAL
def test_degrees_of_equipment_were_measured_anew(made: Instance) -> None:
    classes = differing(made, lambda instance: list(instance.classes))
    merged = {name for name, year in zip(made.names, made.merged_in.tolist(), strict=True) if year == 2025}
    assert len(classes) == 41
    assert {name: classes[name] for name in classes.keys() & merged} == {
        "Pajottegem": ("b1", "b0"),
        "Nazareth-De Pinte": ("b1", "b0"),
        "Bilzen-Hoeselt": ("c0", "a2"),
    }
    for key in ("centre", "well_equipped"):  # which follow from the degree
        function = differing(made, lambda i, key=key: list(map(str, i.functions[key].amount)))  # type: ignore[misc]
        assert function.keys() <= classes.keys()


@OFFICIAL
def test_incomes_are_the_same_to_two_hundred_thousandths(made: Instance) -> None:
    """Two releases of one table: the sums of 2023 differ by 0.02 per mille at most."""
    ours = made.attributes["net_taxable_income_eur"]
    theirs = load("flanders-2025").attributes["net_taxable_income_eur"]
    assert np.abs(ours / theirs - 1).max() < 2e-5


@OFFICIAL
def test_borders_are_those_of_another_geometry(made: Instance) -> None:
    """Boundaries of 2025 are generalised otherwise: Bocholt and Kinrooi share 33 m there, and none here."""
    new = load("flanders-2025")
    here = {(made.names[a], made.names[b]) for a, b in made.borders.pairs}
    there = {(new.names[a], new.names[b]) for a, b in new.borders.pairs}
    assert here - there == set()
    assert there - here == {("Bocholt", "Kinrooi")}
    lengths = dict(zip(map(tuple, new.borders.pairs.tolist()), new.borders.length, strict=True))
    own = dict(zip(map(tuple, made.borders.pairs.tolist()), made.borders.length, strict=True))
    assert max(abs(lengths[pair] - length) for pair, length in own.items()) < 650  # metres
    assert np.abs(made.area - new.area).max() < 0.3  # km2
    assert made.area.sum() == pytest.approx(new.area.sum(), rel=2e-5)


@OFFICIAL
def test_points_are_those_of_the_best_equipped_member(made: Instance) -> None:
    """A point inside the new shape, as in the embedded instance, would need boundaries."""
    old, new = load("flanders-2024"), load("flanders-2025")
    away = np.hypot(made.x - new.x, made.y - new.y)
    assert away[made.merged_in == 2025].max() < 5500  # metres
    assert away[made.merged_in != 2025].max() < 350
    tongeren, here = old.find("Tongeren"), made.find("Tongeren-Borgloon")
    assert (made.x[here], made.y[here]) == (old.x[tongeren], old.y[tongeren])


@OFFICIAL
def test_the_list_of_mergers_gives_the_same(made: Instance) -> None:
    """The list of the mergers says 'voorlopige naam' of one name; all else is that of the crosswalk."""
    mergers = read_mergers(DATA / "common" / "fusies-2025.csv")
    other = merge_municipalities(load("flanders-2024"), mergers, year=2025).instance
    names = [(a, b) for a, b in zip(other.names, made.names, strict=True) if a != b]
    assert names == [("Beveren-Kruibeke-Zwijndrecht (voorlopige naam)", "Beveren-Kruibeke-Zwijndrecht")]
    assert replace(other, names=made.names).hash == made.hash


@OFFICIAL
def test_the_facts_of_the_program_are_a_list_too(made: Instance) -> None:
    """`embedded/vintages.csv` holds the mergers of 2019 as well, which are left out."""
    from refzones.instances import vintages

    file = Path(vintages.__file__).parent / "embedded" / "vintages.csv"
    again = merge_municipalities(load("flanders-2024"), read_mergers(file), year=2025)
    assert again.instance.hash == made.hash
    assert {(c.old_code, c.code) for c in made.changes} == {
        (c.old_code, c.code) for c in vintages.all_changes() if c.year == 2025
    }
