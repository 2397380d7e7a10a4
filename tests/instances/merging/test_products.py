from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from refzones.instances import Borders, Instance, Problems, load, read_mergers
from refzones.instances.merging.products import Product, equipment_ranks, inside, products_of

Listed = Callable[..., Path]
FLANDERS = load("flanders-2024")


def made(instance: Instance, path: Path, **allowed: bool) -> tuple[list[Product], list[str]]:
    problems = Problems()
    products = products_of(instance, read_mergers(path), problems, **allowed)
    try:
        problems.raise_if_any()
    except ValueError as error:
        return products, str(error).splitlines()
    return products, []


def lead_of(instance: Instance, members: tuple[int, ...]) -> int:
    return min(members, key=equipment_ranks(instance).__getitem__)


def test_the_best_equipped_leads(four: Instance) -> None:
    assert lead_of(four, (0, 1, 2, 3)) == 0  # a0
    assert lead_of(four, (1, 2, 3)) == 1  # b1 before c3 and unknown
    assert lead_of(four, (2, 3)) == 2
    alike = replace(four, classes=("c2", "b1", "c2", "b1"))
    assert lead_of(alike, (1, 2)) == 1  # has a station
    assert lead_of(alike, (0, 1, 3)) == 3  # one function each
    bare = replace(alike, functions={})
    assert lead_of(bare, (0, 1, 2, 3)) == 3  # most inhabitants
    assert lead_of(replace(bare, population=np.full(4, 7)), (3, 1, 2)) == 1


def test_outside_a_city_very_well_equipped_leads_inside_well_equipped(four: Instance) -> None:
    for better, worse in (("c0", "b0"), ("b0", "c1"), ("c1", "b1"), ("a2", "c0"), ("b1", "c3"), ("c2", "c3")):
        assert lead_of(replace(four, classes=("", worse, better, "")), (1, 2)) == 2


def test_codes_and_names_by_rule(four: Instance, listed: Listed) -> None:
    products, told = made(four, listed("nis,merger\n1001,x\n1002,x\n1003,y\n1004,y\n"))
    assert told == []
    assert [(p.code, p.name, p.members, p.degree) for p in products] == [
        ("1005", "Aa", (0, 1), "a0"),
        ("1006", "Cee", (2, 3), "c3"),
    ]
    assert not any(p.is_coded or p.is_named for p in products)


def test_codes_begin_as_that_of_the_lead_and_are_never_given_again(listed: Listed) -> None:
    path = listed("nis,merger\n44040,x\n44043,x\n46003,y\n46013,y\n71069,z\n71057,z\n")
    products, _ = made(FLANDERS, path)
    # 44086 to 44088, 46029, 46030, 71071 and 71072 are codes since 2025
    assert [p.code for p in products if p.is_merger] == ["44089", "46031", "71073"]


def test_other_codes_get_a_number(four: Instance, listed: Listed) -> None:
    for codes, expected in (
        (("A1", "A2", "A3", "A4"), "A1-2"),
        (("1096", "1097", "1098", "1099"), "1096-2"),
        (("1", "2", "3", "4"), "1-2"),
    ):
        own = replace(four, codes=codes)
        (first, *_), told = made(own, listed(f"nis,merger\n{codes[0]},x\n{codes[1]},x\n"))
        assert told == []
        assert first.code == expected


def test_a_municipality_may_change_its_name_or_code(four: Instance, listed: Listed) -> None:
    products, told = made(
        four, listed("old_nis,new_nis,new_name\n1001,1001,Aaa\n1002,1009,Bee\n1003,1003,\n")
    )
    assert told == []
    assert [(p.code, p.name, p.is_merger) for p in products] == [
        ("1001", "Aaa", False),
        ("1003", "Cee", False),
        ("1004", "Dee", False),
        ("1009", "Bee", False),
    ]


def test_everything_wrong_is_told_at_once(four: Instance, listed: Listed) -> None:
    apart = replace(
        four,
        regions=("N", "S"),
        region=np.array([0, 0, 0, 1]),
        borders=Borders.from_dict({(0, 1): 1.0, (2, 3): 1.0}),
    )
    path = listed(
        "nis,merger,new_nis,new_name\n1001,x,1003,Dee\n1002,x,,\n1003,y,,\n1004,y,,\n1005,z,,\n1001,z,,\n"
    )
    _, told = made(apart, path)
    assert told == [
        "list.csv, row 6, column 'nis', value '1005': no municipality has this code; "
        "those here are like 1001",
        "list.csv, row 7, column 'nis', value '1001': the municipality stands already in row 2; "
        "keep one of the two",
        "list.csv, row 4: the merger of Cee, Dee lies in more than one reference region: N, S; "
        "correct the list, or allow it with --across-regions: that of most inhabitants then counts",
    ]
    _, told = made(four, listed("nis,merger,new_nis,new_name\n1001,x,1003,Dee\n1002,x,,\n"))
    assert told == [
        "list.csv, row 2, value '1003': two municipalities would have this code; "
        "give a code that is not in use",
        "list.csv, row 2, value 'Dee': two municipalities would have this name; "
        "give a name that is not in use",
    ]


def test_what_is_allowed_is_not_told(four: Instance, listed: Listed) -> None:
    apart = replace(four, regions=("N", "S"), region=np.array([0, 0, 0, 1]))
    path = listed("nis,merger\n1001,x\n1004,x\n")
    _, told = made(apart, path)
    assert [text.partition(";")[0].partition(": ")[2] for text in told] == [
        "the merger of Aa, Dee lies in more than one reference region: N, S",
        "the merger of Aa, Dee is not connected: Aa | Dee",
    ]
    assert made(apart, path, across_regions=True, in_pieces=True)[1] == []


def test_namesakes_that_were_there_before_are_no_problem(four: Instance, listed: Listed) -> None:
    own = replace(four, names=("Aa", "Bee", "Aa", "Dee"))
    assert made(own, listed("nis,merger\n1002,x\n1003,x\n"))[1] == []


def test_mergers_in_wallonia_are_passed_over(listed: Listed) -> None:
    flemish = "Melle (44040) + Merelbeke (44043),Merelbeke-Melle (44088)"
    walloon = "Bastogne (82003) + Bertogne (82005),Bastogne (82039)"
    path = listed(f"Fuserende gemeenten,Nieuwe gemeenten\n{walloon}\n{flemish}\n")
    mergers = inside(FLANDERS, read_mergers(path))
    assert mergers.codes == ("44088",)
    assert mergers.grouping.groups == (("44040", "44043"),)
