"""What a planner does with the page, told as she would tell it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support import browsing
from support.browsing import View
from support.served import Served

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones import Scenario, load, solve

FLANDERS = load("flanders-2025")
Open = Callable[..., Any]
DUTCH = View("nl")


def answered(page: Any, status: str = "done") -> None:
    """Wait until the present question is answered to the end."""
    page.wait_for_function(
        """(status) => {
            const { store } = window.refzones ?? {};
            const { work, answer } = store ?? {};
            return answer && answer.status === status && work.digest === answer.digest;
        }""",
        arg=status,
        timeout=60_000,
    )


@contextmanager
def changing(page: Any) -> Iterator[None]:
    """Wait behind the block until the work has changed and is answered again."""
    before = state(page, "store.work.revision")
    yield
    page.wait_for_function("(before) => window.refzones.store.work.revision !== before", arg=before)
    answered(page)


def begin(page: Any, title: str = "") -> None:
    """Begin a work of one's own, so that no other test is in the way."""
    page.wait_for_function("() => document.documentElement.dataset.ready === 'true'", timeout=60_000)
    page.evaluate(
        """async (title) => {
            const { post } = await import("/js/api.js");
            window.refzones.store.take(await post("works", { title }));
        }""",
        title,
    )
    answered(page)


def choose(page: Any, *names: str) -> None:
    """Select municipalities on the map, the first alone and the others added."""
    for number, name in enumerate(names):
        place = page.get_by_role("option", name=re.compile(rf"^{re.escape(name)}\b")).first
        place.focus()
        page.keyboard.press("Shift+Enter" if number else "Enter")
    chosen = page.evaluate("() => window.refzones.store.selectedCodes")
    assert sorted(chosen) == sorted(FLANDERS.codes[FLANDERS.find(name)] for name in names)


def state(page: Any, expression: str) -> Any:
    """Read something of what the page shows."""
    return page.evaluate(f"() => {{ const {{ store }} = window.refzones; return {expression}; }}")


def groups(page: Any) -> set[tuple[int, ...]]:
    """Members of the mergers on the map."""
    return {tuple(one) for one in state(page, "store.shownPlan.mergers.map((one) => one.members)")}


def score(page: Any) -> int:
    return int(state(page, "store.answer.whole.score_nano"))


def press(place: Any, name: str | re.Pattern[str]) -> None:
    place.get_by_role("button", name=name).first.click()


def test_an_agreement_is_locked_and_its_price_is_seen(page_server: Served, open_page: Open) -> None:
    page = open_page(page_server)
    begin(page, "agreement")
    before = score(page)
    choose(page, "Leuven", "Herent", "Rotselaar")
    bar = page.locator("#selection")
    with changing(page):
        press(bar, "Together")
    after = score(page)
    locked = Scenario.preset("mergers").overlaid({"locks": {"together": [["Leuven", "Herent", "Rotselaar"]]}})
    assert after == solve(FLANDERS, locked).score_nano
    assert state(page, "store.work.locks.together.length") == 1
    lock = page.locator("#question").get_by_role("listitem").filter(has_text="Rotselaar").first
    lock.get_by_text(re.compile(r"points|costs nothing")).first.wait_for(timeout=60_000)
    cost = (before - after) / 1e9
    assert f"{cost:.2f}" in lock.inner_text()


def test_two_towns_that_no_plan_can_hold_and_the_remedy(page_server: Served, open_page: Open) -> None:
    page = open_page(page_server)
    begin(page, "two towns")
    choose(page, "Hasselt", "Genk")
    page.locator("#selection").get_by_text("8,307 more than the maximum").wait_for()
    with changing(page):
        press(page.locator("#selection"), re.compile("^Ask it all the same"))
    reply = page.locator("#reply")
    reply.get_by_text("No plan in Limburg").first.wait_for()
    remedies = reply.locator(".remedies button")
    remedies.first.wait_for()
    assert "Hasselt" in reply.inner_text()
    assert "Genk" in reply.inner_text()
    assert remedies.count() >= 2
    with changing(page):
        remedies.first.click()
    reply.get_by_text("Proved optimal").first.wait_for()
    with changing(page):
        page.keyboard.press("Control+z")
    reply.get_by_text("No plan in Limburg").first.wait_for()


def test_thirty_steps_are_undone_and_done_again(page_server: Served, open_page: Open) -> None:
    page = open_page(page_server)
    begin(page, "thirty")
    names = [
        name
        for k, name in enumerate(FLANDERS.names)
        if not FLANDERS.facility[k] and FLANDERS.population[k] < 100_000
    ][:30]
    seen = [state(page, "store.work.digest")]
    for name in names:
        choose(page, name)
        press(page.locator("#selection"), "Alone")
        page.wait_for_function("(n) => window.refzones.store.work.steps.length === n", arg=len(seen) + 1)
        seen.append(state(page, "store.work.digest"))
    assert len(set(seen)) == 31
    for digest in reversed(seen[:-1]):
        page.get_by_role("button", name=re.compile("^Undo")).click()
        page.wait_for_function("(one) => window.refzones.store.work.digest === one", arg=digest)
    answered(page)
    assert state(page, "store.work.locks.alone.length") == 0
    for digest in seen[1:]:
        page.get_by_role("button", name=re.compile("^Redo")).click()
        page.wait_for_function("(one) => window.refzones.store.work.digest === one", arg=digest)
    assert state(page, "store.work.locks.alone.length") == 30


def test_two_tabs_show_one_work(page_server: Served, open_page: Open) -> None:
    first = open_page(page_server)
    begin(first, "two tabs")
    id = state(first, "store.work.id")
    second = open_page(page_server, address=f"{page_server.address}&work={id}", context=first.context)
    second.wait_for_function("() => window.refzones?.store.work", timeout=60_000)
    assert state(second, "store.work.id") == id
    choose(first, "Gent", "Lochristi")
    press(first.locator("#selection"), "Apart")
    second.wait_for_function("() => window.refzones.store.work.locks.apart.length === 1")
    answered(second)
    second.keyboard.press("Control+z")
    first.wait_for_function("() => window.refzones.store.work.locks.apart.length === 0")


def test_a_server_that_is_killed_and_started_again(
    serve: Callable[..., Served], open_page: Open, tmp_path: Path
) -> None:
    server = serve(folder=tmp_path)
    page = open_page(server)
    page.watch.allow("ERR_CONNECTION_REFUSED", "Failed to load resource", "ERR_", "fetch")
    begin(page, "survives")
    choose(page, "Aarschot", "Begijnendijk")
    with changing(page):
        press(page.locator("#selection"), "Together")
    server.kill()
    choose(page, "Leuven", "Herent")
    press(page.locator("#selection"), "Apart")
    page.get_by_text("The server does not answer").first.wait_for()
    assert state(page, "store.work.locks.together.length") == 1
    again = serve(folder=tmp_path)
    assert again.address.split("&")[0] == server.address.split("&")[0]
    page.wait_for_timeout(2000)
    choose(page, "Leuven", "Herent")
    press(page.locator("#selection"), "Apart")
    page.wait_for_function("() => window.refzones.store.work.locks.apart.length === 1")
    answered(page)
    assert state(page, "store.work.locks.together.length") == 1
    page.reload()
    page.wait_for_function("() => window.refzones?.store.work", timeout=60_000)
    assert state(page, "store.work.title") == "survives"
    assert state(page, "store.work.locks.apart.length") == 1


ENGLISH = re.compile(
    r"\b(the|and|with|of|to|from|merger|mergers|municipality|municipalities|undo|which|best|lock|price|weight"
    r"|inhabitants|region|regions|proved|optimal|points|more|less|than|by|on|or|not|no|add|remove)\b",
    re.IGNORECASE,
)
BOTH = {"of", "met", "in", "is", "plan", "zone", "regio", "water", "want", "best", "term", "per"}
"""Words of both languages."""


def english(page: Any) -> list[str]:
    """English words that a page in Dutch shows or says, names of municipalities and zones apart."""
    told = page.evaluate(
        """() => {
            const texts = [document.title];
            const [apart, shown] = ["[lang=en]", NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT];
            const silent = `script, noscript, style, input, .map-name, ${apart}`;
            const walk = document.createTreeWalker(document.body, shown);
            while (walk.nextNode()) {
                const node = walk.currentNode;
                if (node.nodeType === Node.TEXT_NODE) {
                    if (!node.parentElement.closest(silent)) texts.push(node.data);
                } else for (const name of ["aria-label", "title", "placeholder", "alt"]) {
                    const told = node.closest(apart) ? null : node.getAttribute(name);
                    if (told) texts.push(told);
                }
            }
            return texts;
        }"""
    )
    return [text.strip() for text in told if set(map(str.lower, ENGLISH.findall(text))) - BOTH]


def test_all_of_it_in_dutch(page_server: Served, open_page: Open) -> None:
    page = open_page(page_server, DUTCH)
    begin(page, "overleg")
    assert english(page) == []
    choose(page, "Aarschot", "Begijnendijk", "Rotselaar")
    with changing(page):
        press(page.locator("#selection"), "Samen")
    assert english(page) == []
    page.get_by_role("tab", name="Fusies").click()
    assert english(page) == []
    choose(page, "Hasselt", "Genk")
    with changing(page):
        press(page.locator("#selection"), re.compile("^Toch vragen"))
    page.get_by_role("tab", name="Antwoord").click()
    page.locator("#reply .remedies button").first.wait_for()
    assert english(page) == []
    with changing(page):
        page.locator("#reply .remedies button").first.click()
    assert english(page) == []
    page.get_by_role("tab", name="Met de hand").click()
    press(page.locator("#reply"), "Beginnen met het beste voorstel")
    page.wait_for_function("() => window.refzones.store.work.groups")
    answered(page)
    assert english(page) == []


def test_by_keyboard_alone(page_server: Served, open_page: Open) -> None:
    page = open_page(page_server)
    begin(page, "keyboard")
    stops = browsing.tab_stops(page)
    assert [stop for stop in stops if not stop["name"].strip()] == []
    assert [stop for stop in stops if not stop["visible"] or not stop["outlined"]] == []
    page.keyboard.press("Alt+2")
    search = page.get_by_role("combobox", name=re.compile("municipality", re.IGNORECASE))
    search.focus()
    page.keyboard.type("Tienen")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.refzones.store.selection.size === 1")
    together = page.locator("#selection").get_by_role("button", name="Alone").first
    for _ in range(30):
        page.keyboard.press("Tab")
        if together.evaluate("(one) => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.refzones.store.work.locks.alone.length === 1")
    answered(page)
    page.keyboard.press("Control+z")
    page.wait_for_function("() => window.refzones.store.work.locks.alone.length === 0")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    keys.wait_for()
    assert "undo" in keys.inner_text()
    page.keyboard.press("Escape")
    keys.wait_for(state="detached")


@pytest.mark.parametrize("view", browsing.SCHEMES, ids=str)
def test_everybody_can_use_it(page_server: Served, open_page: Open, view: View) -> None:
    """No rule of WCAG 2.2 AA is broken, whatever is open."""
    page = open_page(page_server, view)
    begin(page, "axe")
    assert browsing.axe_violations(page) == []
    for tab in page.get_by_role("tab").all():
        tab.click()
        page.wait_for_timeout(300)
        assert browsing.axe_violations(page) == []


@pytest.mark.parametrize("view", browsing.SIZES, ids=str)
def test_nothing_is_cut_off(page_server: Served, open_page: Open, view: View) -> None:
    page = open_page(page_server, view)
    begin(page, "sizes")
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    assert page.locator("#stage svg").first.is_visible()
    assert page.evaluate("() => document.querySelectorAll('#stage [role=option]').length") == len(FLANDERS)
