"""The same tables as other people write them give the same instance, or are refused with the cause."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances.importing import import_instance

Complaints = Callable[..., list[str]]


@pytest.fixture
def rewrite(config: Path) -> Callable[..., Path]:
    """Change one of the files, or what is said about it in the configuration."""

    def change(file: str, how: Callable[[str], str | bytes] | None = None, *said: tuple[str, str]) -> Path:
        path = config.parent / file
        if how is not None:
            made = how(path.read_text(encoding="utf-8"))
            path.write_bytes(made if isinstance(made, bytes) else made.encode())
        text = config.read_text(encoding="utf-8")
        for table, line in said:
            assert text.count(table) == 1
            text = text.replace(table, f"{table}\n{line}")
        config.write_text(text, encoding="utf-8")
        return config

    return change


WAYS: dict[str, tuple[str, Callable[[str], str | bytes]]] = {
    "float codes": ("people.csv", lambda text: text.replace("1;", "1.0;")),
    "prefixed codes": ("people.csv", lambda text: text.replace("\n1", "\nBE1")),
    "named codes": ("people.csv", lambda text: text.replace("\n1", "\nNIS 1")),
    "quoted codes": ("people.csv", lambda text: text.replace("11001;", '="11001";')),
    "blanks around codes": ("people.csv", lambda text: text.replace("12001;", "\u00a012001 ;")),
    "UTF-16": ("people.csv", lambda text: text.encode("utf-16")),
    "UTF-16 without a mark": ("people.csv", lambda text: text.encode("utf-16-le")),
    "old Macintosh": ("people.csv", lambda text: text.replace("\n", "\r")),
    "sep line": ("people.csv", lambda text: f"sep=;\n{text}"),
    "title lines": ("people.csv", lambda text: f"Bevolking, per gemeente\n;;\n{text}"),
    "total row": ("people.csv", lambda text: f"{text};Totaal;1000\n"),
    "total row by name": ("people.csv", lambda text: f"{text}Totaal;;1000\n"),
    "header in capitals": ("people.csv", lambda text: text.replace("nis;naam", "NIS ; Naam")),
    "trailing delimiters": ("people.csv", lambda text: text.replace("\n", ";;\n")),
    "grouped by blanks": ("income.csv", lambda text: text.replace(",6\n", ",6,\n").replace(",6,", ",6")),
    "other spelling of a zone": ("zones.csv", lambda text: text.replace("11002,P1", "11002,p1\u00a0")),
    "other spelling of none": ("zones.csv", lambda text: text.replace("None at all", "NONE  AT ALL")),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_instance_however_it_is_written(rewrite: Callable[..., Path], way: str) -> None:
    plain = import_instance(rewrite("people.csv"))
    assert import_instance(rewrite(*WAYS[way])).hash == plain.hash


def test_a_zero_that_was_lost(rewrite: Callable[..., Path]) -> None:
    config = rewrite("people.csv")
    for path in config.parent.glob("*.*"):
        if path.suffix in (".csv", ".geojson", ".toml"):
            text = path.read_text(encoding="utf-8").replace("11-12", "01-02")
            for code in ("11001", "11002", "12001", "12002"):
                kept = path.suffix != ".csv" or path.name == "zones.csv"
                text = text.replace(code, f"0{code[1:]}" if kept else code[1:])
            path.write_text(text, encoding="utf-8")
    import openpyxl

    book = openpyxl.load_workbook(config.parent / "regions.xlsx")
    for row in range(2, 6):
        book.active.cell(row, 1).value -= 10000
    book.save(config.parent / "regions.xlsx")
    made = import_instance(config)
    assert made.codes == ("01001", "01002", "02001", "02002")
    assert made.population.tolist() == [100, 200, 300, 400]
    assert made.merged_in.tolist() == [2019, 0, 2025, 0]


def test_codes_with_letters(rewrite: Callable[..., Path]) -> None:
    config = rewrite("people.csv")
    for path in config.parent.glob("*.*"):
        if path.suffix in (".csv", ".geojson", ".toml"):
            text = path.read_text(encoding="utf-8").replace('"11-12"', '"GM"').replace('"21"', '"21"')
            for code in ("11001", "11002", "12001", "12002"):
                text = text.replace(code, f"GM{code[1:]}" if path.name != "zones.csv" else f"gm {code[1:]}")
            path.write_text(text, encoding="utf-8")
    import openpyxl

    book = openpyxl.load_workbook(config.parent / "regions.xlsx")
    for row in range(2, 6):
        book.active.cell(row, 1).value = f"GM{book.active.cell(row, 1).value - 10000}"
    book.save(config.parent / "regions.xlsx")
    assert import_instance(config).codes == ("GM1001", "GM1002", "GM2001", "GM2002")


def test_ambiguous_figures_are_told_once_and_can_be_declared(
    rewrite: Callable[..., Path], complaints: Complaints
) -> None:
    def dotted(text: str) -> str:
        for number in ("100", "200", "300", "400"):
            text = text.replace(f";{number}\n", f";{number[0]}.000\n")
        return text

    config = rewrite("people.csv", dotted)
    with pytest.raises(ValueError, match="rows 2, 3, 4, 5, column 'p2030'") as caught:
        import_instance(config)
    assert str(caught.value).count("this can be ") == 1
    text = config.read_text(encoding="utf-8")
    for table, line in (("[population]", 'decimal = ","'), ("[population]", 'thousands = "."')):
        config.write_text(text.replace(table, f"{table}\n{line}"), encoding="utf-8")
        assert import_instance(config).population.tolist() == [1000, 2000, 3000, 4000]
    config.write_text('decimal = "."\n' + text, encoding="utf-8")
    assert import_instance(config).population.tolist() == [1, 2, 3, 4]
    config.write_text(text.replace("[population]", '[population]\ndecimal = "."'), encoding="utf-8")
    assert import_instance(config).population.tolist() == [1, 2, 3, 4]


def test_an_encoding_can_be_declared(rewrite: Callable[..., Path], complaints: Complaints) -> None:
    config = rewrite("people.csv", lambda text: text.replace("Bee", "Béé").encode("cp1252"))
    (message,) = [text for text in complaints(import_instance, config) if "people.csv" in text]
    assert 'encoding = "cp1252"' in message
    assert (
        import_instance(rewrite("people.csv", None, ("[population]", 'encoding = "cp1252"'))).names[1]
        == "Béé"
    )


def test_blank_zones_can_be_declared(rewrite: Callable[..., Path], complaints: Complaints) -> None:
    config = rewrite("zones.csv", lambda text: text.replace("11002,P1", "11002,"))
    assert len(complaints(import_instance, config)) == 1
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('["None at all"]', '["None at all", ""]'), encoding="utf-8")
    assert [import_instance(config).layers["police"].name_of(i) for i in range(4)] == ["P1", "", "", "P2"]


@pytest.mark.parametrize("word", ["NA", "n/a", "#N/A", "-", "nvt", "?", "NULL", "#REF!"])
def test_a_word_for_a_missing_value_is_no_zone(
    rewrite: Callable[..., Path], complaints: Complaints, word: str
) -> None:
    config = rewrite("zones.csv", lambda text: text.replace("11002,P1", f"11002,{word}"))
    (message,) = complaints(import_instance, config)
    assert f'declare that it means none: empty = ["{word}"]' in message


def test_a_municipality_may_be_called_na(rewrite: Callable[..., Path]) -> None:
    assert import_instance(rewrite("people.csv", lambda text: text.replace("Bee", "NA"))).names[1] == "NA"


def test_units_without_inhabitants_can_be_declared(
    rewrite: Callable[..., Path], complaints: Complaints
) -> None:
    config = rewrite("people.csv", lambda text: text.replace("Bee;200", "Bee;0"))
    assert len(complaints(import_instance, config)) == 1
    config.write_text("uninhabited = true\n" + config.read_text(encoding="utf-8"), encoding="utf-8")
    made = import_instance(config)
    assert made.uninhabited
    assert made.population.tolist() == [100, 0, 300, 400]


@pytest.mark.parametrize("number", ["1e30", "99999999999", "-1", "1.5", "nan", "inf", "1e-400x"])
def test_populations_that_cannot_be(
    rewrite: Callable[..., Path], complaints: Complaints, number: str
) -> None:
    config = rewrite("people.csv", lambda text: text.replace("Bee;200", f"Bee;{number}"))
    (message,) = complaints(import_instance, config)
    assert message.startswith(f"people.csv, row 4, column 'p2030', value '{number}': this ")


def test_a_file_about_other_areas_tells_the_cause_and_lists_nobody(
    rewrite: Callable[..., Path], complaints: Complaints
) -> None:
    config = rewrite("zones.csv", lambda text: text.replace("\n1", "\n9"))
    assert complaints(import_instance, config) == [
        "zones.csv, column 'nis': 4 of the 4 municipalities have no row; codes must be like 11001; "
        "is 'nis' the column with the codes?"
    ]
