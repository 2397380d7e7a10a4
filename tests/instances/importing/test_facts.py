from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from refzones.instances import InputError
from refzones.instances.importing import import_instance

Edit = Callable[[str, str, str], Path]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        pytest.param(
            "people.csv",
            "p2030",
            "p2029",
            "people.csv, row 1, column 'p2030': the column 'p2030' is missing; did you mean 'p2029'?",
            id="missing column",
        ),
        pytest.param(
            "people.csv",
            "12002;Dee;400\n",
            "",
            "people.csv, column 'nis': 1 of the 4 municipalities have no row; add them: 12002",
            id="municipality missing",
        ),
        pytest.param(
            "people.csv",
            "99991;Unknown;\n",
            "11002;Bee;200\n",
            "people.csv, row 6, column 'nis', value '11002': the code stands already in row 4; "
            "keep one of the two",
            id="code twice",
        ),
        pytest.param(
            "people.csv",
            "99991;Unknown;\n",
            "12022;Eff;7\n",
            "people.csv, row 6, column 'nis', value '12022': the boundaries have no municipality with this "
            "code; take files of the same moment",
            id="files of another moment",
        ),
        pytest.param(
            "people.csv",
            "Bee;200",
            "Bee;2,5",
            "people.csv, row 4, column 'p2030', value '2,5': this must be a whole number; correct the figure",
            id="half an inhabitant",
        ),
        pytest.param(
            "people.csv",
            "11002;Bee;200",
            "11002;Dee;200",
            "people.csv, row 4, column 'naam', value 'Dee': in the boundaries this is bee (11002), and the "
            "name is that of dee (12002); correct the code or the name",
            id="the name of another municipality",
        ),
        pytest.param(
            "zones.csv",
            "11002,P1",
            "11002,",
            "zones.csv, row 3, column 'police': the cell is empty; fill it in, or declare that blank cells "
            'mean none: empty = [""]',
            id="no zone without saying so",
        ),
        pytest.param(
            "zones.csv",
            "11002,P1",
            "11002,Geen",
            "zones.csv, row 3, column 'police', value 'Geen': this stands for a missing value, and is not "
            'taken for a name; write its zone, or declare that it means none: empty = ["Geen"]',
            id="a word that says that there is none",
        ),
        pytest.param(
            "zones.csv",
            "11002,P1",
            "11002,0",
            "zones.csv, row 3, column 'police', value '0': this stands for a missing value, and is not taken "
            'for a name; write its zone, or declare that it means none: empty = ["0"]',
            id="nought is no zone",
        ),
        pytest.param(
            "sites.csv",
            "a,11001,100",
            "a,11001,",
            "sites.csv, row 2, column 'beds': the cell is empty; fill it in",
            id="beds missing",
        ),
        pytest.param(
            "sites.csv",
            "a,11001,100",
            "a,11011,100",
            "sites.csv, row 2, column 'nis', value '11011': the boundaries have no municipality with this "
            "code; take files of the same moment",
            id="site in an unknown municipality",
        ),
        pytest.param(
            "sites.csv",
            "emergency",
            "urgent",
            "sites.csv, row 1, column 'emergency': the column 'emergency' is missing; "
            "known: site, nis, beds, urgent",
            id="filter column missing",
        ),
        pytest.param(
            "facility.csv",
            "11002",
            "11003",
            "facility.csv, row 2, column 'nis', value '11003': the boundaries have no municipality with "
            "this code; take files of the same moment",
            id="unknown facility municipality",
        ),
        pytest.param(
            "squares.toml",
            'code = "12002"',
            'code = "12003"',
            "value '12003': a correction names an unknown code; take the code that the boundaries have",
            id="correction of an unknown municipality",
        ),
        pytest.param(
            "squares.toml",
            '"a0", "a1"',
            '"a0", "a9"',
            "value 'a9': functions.centre: unknown degree of equipment; "
            "known: a0, a1, a2, b0, b1, c0, c1, c2, c3",
            id="function from an unknown class",
        ),
    ],
)
def test_one_mistake_gives_one_message(
    edit: Edit, complaints: Callable[..., list[str]], *, file: str, old: str, new: str, message: str
) -> None:
    assert complaints(import_instance, edit(file, old, new)) == [message]


def test_all_missing_codes_are_listed(edit: Edit, complaints: Callable[..., list[str]]) -> None:
    config = edit("income.csv", "11002,20,6\n12001,30,7\n", "")
    assert complaints(import_instance, config) == [
        "income.csv, column 'nis': 2 of the 4 municipalities have no row; add them: 11002, 12001"
    ]


def test_sites_that_the_filter_leaves_out_need_no_amount(edit: Edit) -> None:
    made = import_instance(edit("sites.csv", "c,11002,80,no", "c,11002,unknown,no"))
    assert made.functions["hospital"].amount.tolist() == [120.5, 0, 0, 40]


def test_amounts_are_summed_and_rounded_as_asked(edit: Edit) -> None:
    made = import_instance(edit("squares.toml", 'unit = "beds"', 'unit = "beds"\nround = 0\nat_least = 50'))
    assert made.functions["hospital"].amount.tolist() == [120, 0, 0, 40]
    assert made.functions["hospital"].present.tolist() == [True, False, False, False]


def test_the_last_of_several_mergers_counts(edit: Edit) -> None:
    made = import_instance(edit("squares.toml", 'codes = ["11001", "12001"', 'codes = ["12001"'))
    assert made.merged_in.tolist() == [0, 0, 2025, 0]


YEARLY = """
[[yearly]]
source = "tables"
file = "years.csv"
code = "nis"
unknown = ["12001"]

[yearly.columns]
inhabitants_2031 = "later"
inhabitants_2029 = "earlier"
"""


def test_inhabitants_of_other_years(config: Path) -> None:
    # 82001 is a code of another moment; a blank cell and a missing row are not known
    years = "nis,earlier,later\n82001,1,1\n11002,190,210\n11001,,90\n12001,1,1\n"
    (config.parent / "years.csv").write_text(years, encoding="utf-8")
    config.write_text(config.read_text(encoding="utf-8") + YEARLY, encoding="utf-8")
    made = import_instance(config)
    assert list(made.yearly) == [2029, 2031]
    assert np.array_equal(made.yearly[2029], [np.nan, 190, np.nan, np.nan], equal_nan=True)
    assert np.array_equal(made.yearly[2031], [90, 210, np.nan, np.nan], equal_nan=True)
    assert (made.columns["years.inhabitants_2031"].source, made.columns["years.nis"].unit) == (
        "tables",
        "code",
    )


@pytest.mark.parametrize(
    ("years", "said", "message"),
    [
        (
            "nis,earlier,later\n9,1,1\n",
            YEARLY,
            "years.csv: no municipality has a row; codes must be like",
        ),
        ("nis,earlier,later\n11001,1,1\n11001,1,1\n", YEARLY, "the code stands already in row 2"),
        ("nis,earlier,later\n11001,1,1.5\n", YEARLY, "this must be a whole number"),
        ("nis,earlier,later\n11001,1,1\n", YEARLY.replace("_2031", ""), "'inhabitants' is no name of a year"),
        ("nis,earlier,later\n11001,1,1\n", YEARLY + YEARLY, "yearly: inhabitants_2031 is read twice"),
    ],
)
def test_yearly_inhabitants_that_are_refused(config: Path, years: str, said: str, message: str) -> None:
    (config.parent / "years.csv").write_text(years, encoding="utf-8")
    config.write_text(config.read_text(encoding="utf-8") + said, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_instance(config)
    assert message in str(caught.value)


FIGURES = """
[figures.spent]
source = "tables"
file = "spent.csv"
code = "nis"
value = "euro"
where = { year = ["2023", "2024"] }
rows = 2
unknown = ["12001"]
unit = "euro"
note = "mean of two years"

[figures.remarked]
source = "tables"
file = "spent.csv"
code = "nis"
value = "remark"
where = { year = ["2023"] }
filled = true
"""
SPENT = """nis,year,euro,remark
82001,2023,1,
11001,2023,10,two rates
11001,2024,15,
11001,2025,99,
11002,2023,7,
12001,2023,1,
12001,2024,1,
"""


def test_figures_that_need_not_be_known(config: Path) -> None:
    (config.parent / "spent.csv").write_text(SPENT, encoding="utf-8")
    config.write_text(config.read_text(encoding="utf-8") + FIGURES, encoding="utf-8")
    made = import_instance(config)
    assert np.array_equal(made.figures["spent"], [12.5, np.nan, np.nan, np.nan], equal_nan=True)
    assert np.array_equal(made.figures["remarked"], [1, 0, 0, np.nan], equal_nan=True)
    spent = made.columns["figures.spent"]
    assert (spent.source, spent.unit, spent.note) == ("tables", "euro", "mean of two years")
    assert made.columns["figures.nis"].unit == "code"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("11001,2025", "11001,2024", "the municipality has 3 rows, of which there should be 2; say with"),
        ("11001,2024,15", "11001,2024,many", "row 4, column 'euro', value 'many'"),
    ],
)
def test_figures_that_are_refused(config: Path, old: str, new: str, message: str) -> None:
    (config.parent / "spent.csv").write_text(SPENT.replace(old, new), encoding="utf-8")
    config.write_text(config.read_text(encoding="utf-8") + FIGURES, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_instance(config)
    assert message in str(caught.value)
