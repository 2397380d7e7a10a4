"""Every work that is cited is in the bibliography, and every work in it is cited."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from refzones.instances import load

TOP = Path(__file__).parents[2]
BIBLIOGRAPHY = TOP / "docs" / "bibliography.md"
ROOMS = ("instances", "models", "solver", "app", "benchmarks", "tests", "docs")
ENDINGS = (".py", ".md", ".toml", ".ipynb")

_NAME = r"(?:(?:van|von|de|der|den|di) )*[A-Z](?:[^\W\d_]|['’-])*"
_YEAR = r"(?:17|18|19|20)\d\d"
_CITATION = re.compile(
    rf"\b((?:{_NAME}, )*{_NAME} and {_NAME}|{_NAME} et al\.|{_NAME}) \(?({_YEAR}(?:, {_YEAR})*)(?![\w,.]*\d)"
)
_ENTRY = re.compile(rf"^- (.+?) \(({_YEAR})\), ")

NO_AUTHORS = {
    *calendar.month_name[1:],
    *("Belge", "International"),  # a datum and an ellipsoid
    *("Bevolking", "Flanders", "GISCO", "Statbel"),
}


class Citation(NamedTuple):
    """The surnames that a text gives, whether others follow them, and the year."""

    authors: tuple[str, ...]
    others: bool
    year: int


def citations(text: str) -> set[Citation]:
    """Read the citations of a text: `Hess et al. (1965)`, `Bellman 1958`, `Shirabe (2005, 2009)`."""
    found = set()
    for match in _CITATION.finditer(re.sub(r"\s*\n\s*(?:#:? ?|> )?", " ", text)):
        others = match[1].endswith(" et al.")
        authors = tuple(re.split(r", | and ", match[1].removesuffix(" et al.")))
        if not NO_AUTHORS & set(authors):
            found |= {Citation(authors, others, int(year)) for year in match[2].split(", ")}
    return found


def entries(text: str) -> list[Citation]:
    """Read the authors and years of a bibliography."""
    found = []
    for line in text.replace("\n  ", " ").splitlines():
        if match := _ENTRY.match(line):
            surnames = (author.split(", ")[0] for author in re.split(r"(?<=\.), | and ", match[1]))
            found.append(Citation(tuple(surnames), False, int(match[2])))
    return found


def means(citation: Citation, entry: Citation) -> bool:
    """Tell whether a citation is one of this entry."""
    if citation.year != entry.year:
        return False
    if citation.others:
        return len(entry.authors) > 2 and citation.authors == entry.authors[:1]
    return citation.authors == entry.authors


def sources() -> Iterator[Path]:
    """List what is held against the bibliography: code, documentation, presets, notebooks."""
    yield from sorted(TOP.glob("*.md"))
    for room in ROOMS:
        for file in sorted((TOP / room).rglob("*")):
            generated = file.is_relative_to(TOP / "docs" / "api")
            if file.suffix in ENDINGS and file not in (BIBLIOGRAPHY, Path(__file__)) and not generated:
                yield file


def written(file: Path) -> str:
    """Read what somebody wrote in a file: of a notebook its cells, without what they gave."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".ipynb":
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    return text


@pytest.fixture(scope="module")
def cited() -> dict[Citation, str]:
    """Find what is cited, and a place of each."""
    regions = {region for name in ("flanders-2024", "flanders-2025") for region in load(name).regions}
    found = {}
    for file in sources():
        text = written(file)
        for region in regions:
            text = text.replace(f"{region} 20", "")
        found |= {citation: file.relative_to(TOP).as_posix() for citation in citations(text)}
    return found


@pytest.fixture(scope="module")
def works() -> list[Citation]:
    return entries(BIBLIOGRAPHY.read_text(encoding="utf-8"))


def test_every_work_cited_is_in_the_bibliography(cited: dict[Citation, str], works: list[Citation]) -> None:
    missing = {c: place for c, place in cited.items() if not any(means(c, work) for work in works)}
    assert missing == {}


def test_every_work_in_the_bibliography_is_cited(cited: dict[Citation, str], works: list[Citation]) -> None:
    assert [work for work in works if not any(means(c, work) for c in cited)] == []


def test_every_line_is_an_entry_and_they_are_in_order(works: list[Citation]) -> None:
    text = BIBLIOGRAPHY.read_text(encoding="utf-8")
    assert len(works) == len(re.findall(r"^- ", text, re.MULTILINE)) > 50
    assert len(set(works)) == len(works)
    folded = [(work.authors[0].lower().replace("é", "e"), work.authors[1:], work.year) for work in works]
    assert [first for first, *_ in folded] == sorted(first for first, *_ in folded)
    assert all(work.authors for work in works)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see Hess et al. (1965), and", [(("Hess",), True, 1965)]),
        ("(Bellman 1958; Ford 1956)", [(("Bellman",), False, 1958), (("Ford",), False, 1956)]),
        ("by Shirabe (2005, 2009) for", [(("Shirabe",), False, 2005), (("Shirabe",), False, 2009)]),
        ("(Avis and\n    Fukuda 1996)", [(("Avis", "Fukuda"), False, 1996)]),
        (
            "# as in Dantzig,\n# Fulkerson and Johnson 1954.",
            [(("Dantzig", "Fulkerson", "Johnson"), False, 1954)],
        ),
        (
            "Bergman, Cire, van Hoeve and Hooker 2016",
            [(("Bergman", "Cire", "van Hoeve", "Hooker"), False, 2016)],
        ),
        ("Forrest and Lougee-Heimer 2005", [(("Forrest", "Lougee-Heimer"), False, 2005)]),
        ("DeFord, Duchin and Solomon 2021", [(("DeFord", "Duchin", "Solomon"), False, 2021)]),
        ("until January 2025, with 2018 and 1,965 inhabitants", []),
        ("flanders-2025, Belge 1972, a merger of 2019", []),
        ("Deinze 20000 inhabitants, Gent 2031.5", []),
    ],
)
def test_citations_are_recognised(text: str, expected: list[tuple[tuple[str, ...], bool, int]]) -> None:
    assert citations(text) == {Citation(*item) for item in expected}


def test_entries_are_recognised() -> None:
    text = "- Oehrlein, J. and Haunert, J.-H. (2017), A\n  method. *J* 15.\n- Hess, S. (1965), One. *J* 1."
    assert entries(text) == [
        Citation(("Oehrlein", "Haunert"), False, 2017),
        Citation(("Hess",), False, 1965),
    ]


def test_a_citation_means_one_work_only() -> None:
    three, two = Citation(("A", "B", "C"), False, 2000), Citation(("A", "B"), False, 2000)
    assert means(Citation(("A",), True, 2000), three)
    assert not means(Citation(("A",), True, 2000), two)
    assert not means(Citation(("A",), False, 2000), three)
    assert not means(Citation(("A", "B"), False, 2001), two)
