"""Nothing from outside: no file of the page names another host, and no page asks one, whatever is pressed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.served import Served

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones.app.web.page_files import PAGE

FILES = sorted(path for path in PAGE.rglob("*") if path.suffix in (".html", ".css", ".js", ".svg", ".json"))
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")
MARKUP = '"><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'
READY = "() => document.documentElement?.dataset.ready === 'true'"
ANSWERED = "() => window.refzones.store.answer?.status === 'done'"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PAGE).as_posix())
def test_no_file_names_another_host(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    for namespace in NAMESPACES:
        text = text.replace(namespace, "")
    assert re.findall(r"""(?:[a-z]+:)?//[a-z0-9-]+\.[a-z.]+[^\s"')]*""", text) == []
    assert re.findall(r"""\b(?:src|href)\s*=\s*["']?[a-z]+:""", text) == []
    assert re.findall(r"@import|url\(\s*[\"']?(?!data:|#)[a-z]+:", text) == []
    for imported in re.findall(
        r"""^(?:im|ex)port\b(?:[^"'\n;]|\n(?!\w))*from ["']([^"']+)["']""", text, re.MULTILINE
    ):
        assert imported.startswith(("./", "../")), imported


def test_files_of_every_kind_are_looked_at() -> None:
    assert {path.suffix for path in FILES} >= {".html", ".css", ".js"}


def test_a_page_that_asks_another_host_is_noticed(page_server: Served, open_page: Any) -> None:
    """The policy stops it, and the tests of the page see that it tried."""
    page = open_page(page_server)
    page.wait_for_function(READY)
    assert page.watch.complaints == []
    for source in (
        "() => fetch('http://127.0.0.2:9/x').catch(() => null)",
        "() => { new Image().src = 'http://127.0.0.2:9/x.png'; }",
        "() => { const one = document.createElement('script'); one.src = 'http://127.0.0.2:9/x.js';"
        " document.head.append(one); }",
        "() => { const one = document.createElement('script'); one.textContent = 'window.pwned = 1';"
        " document.head.append(one); }",
        "() => { document.body.setAttribute('style', 'color: red'); }",
    ):
        before = len(page.watch.complaints)
        page.evaluate(source)
        page.wait_for_timeout(100)
        assert len(page.watch.complaints) > before, source
    assert page.evaluate("() => window.pwned") is None
    page.watch.allow(".")


_PRESS = """(pressed) => {
    const name = (one) => (one.ariaLabel || one.innerText || one.title).trim();
    const there = (one) => one.checkVisibility() && !one.disabled && one.ariaDisabled !== "true";
    const all = [...document.querySelectorAll("button, [role=button], [role=tab], summary")].filter(there);
    const one = all.find((one) => !pressed.includes(name(one)));
    one?.click();
    return one ? name(one) : null;
}"""


@pytest.mark.parametrize(("language", "other"), [("en", "Nederlands"), ("nl", "English")])
def test_whatever_is_pressed_asks_nobody_else(
    page_server: Served, open_page: Any, language: str, other: str
) -> None:
    """Each button that is there at first, and each that comes with another; none says an error either."""
    page = open_page(page_server, address=f"{page_server.address}&lang={language}")
    page.on("filechooser", lambda chooser: None)
    page.wait_for_function(READY)
    page.wait_for_function(ANSWERED)
    pressed = [other]  # which begins the page anew
    while len(pressed) < 150 and (name := page.evaluate(_PRESS, pressed)) is not None:
        pressed.append(name)
        page.wait_for_timeout(30)
    assert len(pressed) > 12, pressed
    assert any("/api/works" in url for url in page.watch.asked)


def test_a_name_with_markup_is_text(page_server: Served, open_page: Any) -> None:
    work = page_server.client().post("/api/works", json={"title": MARKUP}).json()
    page = open_page(page_server, address=f"{page_server.address}&work={work['id']}")
    page.wait_for_function(READY)
    page.wait_for_function(ANSWERED)
    assert page.evaluate("() => window.refzones.store.work.title") == MARKUP
    shown = "(text) => document.body.innerText.includes(text)"
    values = "() => [...document.querySelectorAll('input')].map((one) => one.value)"
    assert page.evaluate(shown, MARKUP) or MARKUP in page.evaluate(values)
    assert page.evaluate("() => window.pwned") is None
    assert page.locator("img[src=x]").count() == 0
