from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from refzones.instances import Change, Instance, load, merge_municipalities, read_mergers, write_folder
from refzones.instances.merging import is_instance, past_of
from refzones.instances.vintages import all_changes

Listed = Callable[..., Path]
Complaints = Callable[..., list[str]]
NAMED = "nis,merger,new_nis,new_name\n1001,x,1009,New\n1002,x,,\n1003,,,\n"


def after(four: Instance, path: Path) -> Instance:
    return merge_municipalities(four, read_mergers(path), year=2031, name="next").instance


def test_a_list_says_what_came_out(four: Instance, listed: Listed) -> None:
    path = listed(NAMED)
    assert past_of(after(four, path), path).changes == (
        Change(2031, "1001", "1001", "1009", "New"),
        Change(2031, "1002", "1002", "1009", "New"),
    )


def test_a_name_is_enough(four: Instance, listed: Listed) -> None:
    path = listed("naam,nieuwe gemeente\nAa,Aa-Bee\nBee,Aa-Bee\nCee,Cee\n")
    changes = past_of(after(four, path), path).changes
    assert [(change.old_code, change.code, change.name) for change in changes] == [
        ("Aa", "1005", "Aa-Bee"),
        ("Bee", "1005", "Aa-Bee"),
    ]


def test_the_folder_of_an_instance_holds_it(four: Instance, listed: Listed, tmp_path: Path) -> None:
    bare = listed("nis,merger\n1001,x\n1002,x\n")
    made = after(four, bare)
    write_folder(made, tmp_path / "next")
    assert is_instance(tmp_path / "next")
    assert not is_instance(tmp_path)
    assert past_of(made, tmp_path / "next").changes == made.changes
    assert past_of(made, tmp_path / "next" / "crosswalk.csv").changes == made.changes


def test_the_mergers_of_2025(complaints: Complaints) -> None:
    from refzones.instances import vintages

    file = Path(vintages.__file__).parent / "embedded" / "vintages.csv"
    past = past_of(load("flanders-2026"), file)
    for change in all_changes():
        assert past.follow(change.old_code)[-1].code == change.code
    (told, *_) = complaints(past_of, load("flanders-2024"), file)
    assert (
        "instance 'flanders-2024' has no municipality of this code or name; name the instance after" in told
    )


def test_what_a_list_does_not_say_is_told(
    four: Instance, listed: Listed, tmp_path: Path, complaints: Complaints
) -> None:
    bare = listed("nis,merger\n1001,x\n1002,x\n1003,y\n1004,y\n")
    assert [text.partition(";")[0] for text in complaints(past_of, four, bare)] == [
        "list.csv, row 2: the list does not say what 1001, 1002 became",
        "list.csv, row 4: the list does not say what 1003, 1004 became",
    ]
    assert complaints(past_of, four, listed(NAMED)) == [
        "list.csv, value 'New (1009)': instance 'toy' has no municipality of this code or name; "
        "name the instance after these mergers with --instance"
    ]
    (told,) = complaints(past_of, four, listed("nis,merger\n1001,x\n1002,y\n"))
    assert told.startswith("list.csv: the list has no mergers")
    wrong = replace(after(four, listed(NAMED)), names=("Cee", "Dee", "Elsewhere"))
    (told,) = complaints(past_of, wrong, listed(NAMED.replace("New", "Cee")))
    assert "code and name contradict each other" in told
    write_folder(four, tmp_path / "plain")
    (told,) = complaints(past_of, four, tmp_path / "plain")
    assert "this instance has no crosswalk" in told
    (told,) = complaints(past_of, four, Path("flanders-2025"))
    assert "say with --from-vintage of which year" in told
