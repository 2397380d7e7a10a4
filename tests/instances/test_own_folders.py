"""Instance folders made by hand: numbers with two readings, columns of words, codes in other spellings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from refzones.instances import Instance, read_folder, write_folder

Change = Callable[[str, str, str], Path]
Complaints = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("municipalities.csv", "Bee,200", "Bee,20.000"),
        ("municipalities.csv", "Bee,200,2,", "Bee,200,25.120,"),
        ("municipalities.csv", "Bee,200", 'Bee,"20,000"'),
        ("municipalities.csv", "b1,1,,8", "b1,1,,1.250"),
        ("borders.csv", "1003,1004,300", "1003,1004,1.234"),
        ("functions.csv", "1002,0,12.5", "1002,0,1.250"),
        ("villages.csv", "1001,12,22", "1001,12.345,22"),
    ],
)
def test_ambiguous_numbers_are_refused(
    change: Change, complaints: Complaints, *, file: str, old: str, new: str
) -> None:
    told = complaints(read_folder, change(file, old, new))
    assert any("this can be " in text and 'declare decimal = "." or decimal = ","' in text for text in told)


def test_areas_as_the_program_writes_them(change: Change) -> None:
    assert read_folder(change("municipalities.csv", "Bee,200,2,", "Bee,200,83.123,")).area[1] == 83.123


def _with_semicolons(folder: Path) -> None:
    """Write the tables as a spreadsheet in Dutch does."""
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace(",", ";").replace(".", ",")
        path.write_text(text, encoding="utf-8")


def test_semicolons_and_decimal_commas_are_read(folder: Path) -> None:
    plain = read_folder(folder).hash
    _with_semicolons(folder)
    assert read_folder(folder).hash == plain


def test_areas_between_semicolons_are_of_another_hand(change: Change, complaints: Complaints) -> None:
    folder = change("municipalities.csv", "Bee,200,2,", "Bee,200,83.123,")
    _with_semicolons(folder)
    assert "this can be 83123, or 83.123" in complaints(read_folder, folder)[0]


def test_the_sign_can_be_declared(change: Change) -> None:
    folder = change("municipalities.csv", "Bee,200,2,", "Bee,20000,83.123,")
    _with_semicolons(folder)
    path, header = folder / "municipalities.csv", folder / "instance.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("20000", "20.000"), encoding="utf-8")
    header.write_text('decimal = ","\n' + header.read_text(encoding="utf-8"), encoding="utf-8")
    made = read_folder(folder)
    assert made.population[1] == 20000
    assert made.area[1] == 83.123


def test_what_is_written_declares_its_sign_where_it_must(toy: Instance, tmp_path: Path) -> None:
    write_folder(toy, tmp_path / "plain")
    assert "decimal" not in (tmp_path / "plain" / "instance.toml").read_text(encoding="utf-8")
    odd = replace(toy, attributes={"income": np.array([1.234, 2, 3, 4])})
    write_folder(odd, tmp_path / "odd")
    assert 'decimal = "."' in (tmp_path / "odd" / "instance.toml").read_text(encoding="utf-8")
    assert read_folder(tmp_path / "odd").hash == odd.hash


def test_columns_of_words_are_kept(folder: Path, tmp_path: Path) -> None:
    path = folder / "municipalities.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    added = [
        "province,remark,post",
        "Antwerpen,,0900",
        "Limburg,see 2019,9100",
        "Antwerpen,,9200",
        "Limburg,2025,9300",
    ]
    path.write_text("\n".join(f"{a},{b}" for a, b in zip(lines, added, strict=True)) + "\n", encoding="utf-8")
    header = folder / "instance.toml"
    text = header.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="column 'remark'"):
        read_folder(folder)
    header.write_text('text = ["remark"]\n' + text, encoding="utf-8")
    made = read_folder(folder)
    assert made.texts == {
        "province": ("Antwerpen", "Limburg", "Antwerpen", "Limburg"),
        "remark": ("", "see 2019", "", "2025"),
        "post": ("0900", "9100", "9200", "9300"),
    }
    assert list(made.attributes) == ["income"]
    write_folder(made, tmp_path / "back")
    assert read_folder(tmp_path / "back").texts == made.texts
    assert made.subset(np.array([1, 3])).texts["province"] == ("Limburg", "Limburg")


def test_words_change_no_answer(toy: Instance) -> None:
    assert replace(toy, texts={"remark": ("a", "b", "c", "d")}).hash == toy.hash


def test_a_column_that_is_declared_and_not_there(folder: Path, complaints: Complaints) -> None:
    header = folder / "instance.toml"
    header.write_text('text = ["remark"]\n' + header.read_text(encoding="utf-8"), encoding="utf-8")
    assert "text: municipalities.csv has no column 'remark' of your own" in complaints(read_folder, folder)[0]


def test_codes_of_all_tables_are_compared_in_one_way(folder: Path) -> None:
    plain = read_folder(folder).hash
    changes = {
        "zones.csv": lambda text: text.replace("\n1", "\nBE1"),
        "functions.csv": lambda text: text.replace("1001,", "1001.0,").replace("1002,", " 01002,"),
        "borders.csv": lambda text: text.replace("1003,", "NIS 1003,"),
        "villages.csv": lambda text: text.replace(",1001,", ",\u00a01001,"),
    }
    for name, how in changes.items():
        (folder / name).write_text(how((folder / name).read_text(encoding="utf-8")), encoding="utf-8")
    assert read_folder(folder).hash == plain


def test_codes_of_floats_lose_their_point(folder: Path) -> None:
    plain = read_folder(folder).hash
    path = folder / "municipalities.csv"
    text = path.read_text(encoding="utf-8")
    for code in ("1001", "1002", "1003", "1004"):
        text = text.replace(f"{code},", f"{code}.0,")
    path.write_text(text, encoding="utf-8")
    assert read_folder(folder).hash == plain


def test_one_code_in_two_spellings_stands_twice(change: Change, complaints: Complaints) -> None:
    told = complaints(read_folder, change("municipalities.csv", "1004,Dee", "01001,Dee"))
    assert any("the code stands already in row 2 as '1001'" in text for text in told)


@pytest.mark.parametrize("word", ["NA", "#N/A", "-", "n.v.t."])
def test_a_word_for_a_missing_value_is_no_zone(change: Change, complaints: Complaints, word: str) -> None:
    told = complaints(read_folder, change("zones.csv", "1003,P2,", f"1003,P2,{word}"))
    assert "this stands for a missing value, and is not taken for a name; leave the cell empty" in told[0]


def test_spellings_of_one_zone(change: Change) -> None:
    made = read_folder(change("zones.csv", "1002,P1,F1", "1002,p1\u00a0,F1"))
    assert made.layers["police"].zones == ("P1", "P2")
