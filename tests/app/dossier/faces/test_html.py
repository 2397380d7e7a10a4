"""A dossier as HTML: one file, read by programs and looked at in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from refzones.app.dossier.faces import html
from support import browsing
from support.dossiers import MARKUP, NAMES, sample
from support.pages import Read

pytest.importorskip("jinja2", reason="jinja2 is in the extra 'dossier'")


@pytest.fixture(scope="module", params=["nl", "en"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("html") / f"dossier.{request.param}.html"
    html.write(sample(request.param), file)
    return file


def test_it_is_one_file_without_scripts_that_names_no_other(page: Path) -> None:
    read = Read(page.read_text("utf-8"))
    assert not {"script", "iframe", "object", "embed", "form"} & set(read.tags)
    outside = {one for one in read.addresses if not one.startswith(("#", "data:"))}
    assert outside == {"https://www.vlaanderen.be/nl?a=1&b=2"}  # a link, followed by a click only
    inside = {one[1:] for one in read.addresses if one.startswith("#")}
    assert inside <= set(re.findall(r'id="([^"]+)"', page.read_text("utf-8")))


def test_headings_come_in_order(page: Path) -> None:
    headings = Read(page.read_text("utf-8")).headings
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))


def test_texts_are_texts(page: Path) -> None:
    read = Read(page.read_text("utf-8"))
    told = "".join(read.texts)
    assert all(name in told for name in NAMES)
    assert told.count(MARKUP) >= 10


def test_figures_say_what_they_are_and_of_what(page: Path) -> None:
    read = Read(page.read_text("utf-8")).figures
    assert ("/regions/kempen/17/population", "30017", "30.017") in read
    assert ("/plan/distance", "5.25", "5,3 km") in read
    assert len(read) == 2 + 61 * 2 - 1 + 3 * 6 + 2 * 4 - 1 + 3 * 6


def test_a_foot_cannot_end_the_style(tmp_path: Path) -> None:
    from dataclasses import replace

    html.write(
        replace(sample(), foot='</style><script>window.pwned=1</script> " \\ \n é'), tmp_path / "a.html"
    )
    read = Read((tmp_path / "a.html").read_text("utf-8"))
    assert "script" not in read.tags
    assert read.tags.count("style") == 1


def test_the_same_dossier_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        html.write(sample(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.fixture(scope="module")
def browser(need_browser: None) -> Iterator[Any]:
    with browsing.chromium() as one:
        yield one


@pytest.mark.parametrize("width", [1280, 390])
def test_a_browser_finds_nothing_wrong(browser: Any, page: Path, width: int) -> None:
    """No rule of axe is broken, no host is asked, and nothing sticks out."""
    language = page.name.split(".")[1]
    context = browser.new_context(**browsing.View(language, "light", width, 844).options)
    watch = browsing.Watch("")
    watch.follow(context)
    shown = context.new_page()
    shown.goto(page.as_uri())
    assert browsing.axe_violations(shown) == []
    assert shown.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert shown.evaluate("() => [...document.images].every((one) => one.complete && one.naturalWidth > 0)")
    assert shown.evaluate("() => document.documentElement.lang") == language
    browsing.shot(shown, f"dossier-{language}-{width}")
    assert [one for one in watch.asked if not one.startswith("data:")] == [page.as_uri()]
    assert watch.complaints == []
    context.close()


def test_it_prints_on_pages_with_numbers(browser: Any, page: Path, tmp_path: Path) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2", reason="pypdfium2 is in the extra 'dev'")
    shown = browser.new_page()
    shown.goto(page.as_uri())
    shown.pdf(path=str(tmp_path / "a.pdf"), prefer_css_page_size=True)
    shown.close()
    printed = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    texts = [one.get_textpage().get_text_range() for one in printed]
    sizes = [one.get_size() for one in printed]
    printed.close()
    assert all(abs(width - 595) < 2 and abs(height - 842) < 2 for width, height in sizes)
    assert all(f"{k} / {len(texts)}" in text for k, text in enumerate(texts, 1))
    assert all("refzones 0.2.0" in text for text in texts)
    region = next(k for k, text in enumerate(texts) if re.search("Kaart van Kempen", text))
    assert "vlaanderen.be" in "".join(texts[:region])  # the first page is one of its own
