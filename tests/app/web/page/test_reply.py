"""What the page answers, in a browser: proof, table, changes, rules that clash, alternatives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.review.effects import effects_of
from support.browsing import SCHEMES, View, axe_violations
from support.served import Served

FLANDERS = load("flanders-2025")
BADGE = "#reply > .badge"
ROWS = "#reply .mergers tr.merger"


def codes(*names: str) -> list[str]:
    return [FLANDERS.codes[FLANDERS.find(name)] for name in names]


@pytest.fixture
def page(page_server: Served, open_page: Callable[..., Any]) -> Any:
    """The page with a work of its own that is answered."""
    return answered(opened(page_server, open_page))


def opened(server: Served, open_page: Callable[..., Any], view: View | None = None, **work: Any) -> Any:
    begun = server.client().post("/api/works", json=work).json()
    language = f"&lang={view.language}" if view else ""
    return open_page(server, view, address=f"{server.address}&work={begun['id']}{language}")


def answered(page: Any, kind: str = "optimal") -> Any:
    page.wait_for_selector(f'{BADGE}[data-kind="{kind}"]')
    return page


def act(page: Any, **action: Any) -> None:
    assert page.evaluate("(action) => window.refzones.store.act(action)", action)


def tab(page: Any, key: str) -> None:
    page.locator(f"#tab-reply-{key}").click()


def test_the_badge_says_what_is_proved(page: Any) -> None:
    badge = page.locator(BADGE)
    assert "Proved optimal" in badge.inner_text()
    assert "59 mergers, 66.21 points" in badge.inner_text()
    assert "Proved optimal" in page.locator("#live").inner_text()
    assert badge.get_by_role("button", name="Cancel").is_hidden()


def test_cancel_works_at_once_and_what_is_known_stays(page: Any) -> None:
    act(page, kind="set", key="frames.regions", value=False)
    page.wait_for_selector(f'{BADGE}[data-kind="asking"]')
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector(f'{BADGE}[data-kind="cancelled"]', timeout=500)
    assert "Cancelled: 0 of 1 regions" in page.locator(BADGE).inner_text()
    act(page, kind="undo")
    answered(page)


def test_all_can_be_done_from_the_table(page: Any) -> None:
    tab(page, "mergers")
    page.wait_for_selector(ROWS)
    assert page.locator(ROWS).count() == 59 + 17
    page.get_by_role("button", name="Inhab.").click()
    people = [
        int(text.replace(",", "")) for text in page.locator(f"{ROWS} td:nth-child(2)").all_inner_texts()
    ]
    assert people == sorted(people, reverse=True)
    page.get_by_role("searchbox", name="Search a municipality").fill("lubbeek")
    assert page.locator(ROWS).count() == 1
    name = page.locator(f"{ROWS} th button.link")
    name.focus()
    page.keyboard.press("ArrowRight")
    members = page.locator("#reply .members button")
    assert "Lubbeek" in " ".join(members.all_inner_texts())
    name.press("Enter")
    assert set(members.evaluate_all("(all) => all.map((one) => one.getAttribute('aria-pressed'))")) == {
        "true"
    }
    assert name.get_attribute("aria-pressed") == "true"
    members.first.press("Enter")
    assert name.get_attribute("aria-pressed") == "false"
    selected = page.evaluate("() => [...window.refzones.store.selection].length")
    assert selected == members.count() - 1
    name.press("ArrowLeft")
    assert page.locator("#reply .members").count() == 0


def test_arrows_go_from_row_to_row_and_the_table_can_be_saved(page: Any) -> None:
    tab(page, "mergers")
    page.wait_for_selector(ROWS)
    assert not page.locator(".map-highlight").get_attribute("d")
    page.locator(f"{ROWS} th button.link").first.focus()
    page.keyboard.press("ArrowDown")
    second = page.locator(f"{ROWS} th button.link").nth(1)
    assert second.evaluate("(one) => one === document.activeElement")
    assert page.locator(".map-highlight").get_attribute("d")
    page.keyboard.press("End")
    assert page.locator(f"{ROWS} th button.link").last.evaluate("(one) => one === document.activeElement")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as CSV").click()
    text = saved.value.path().read_text(encoding="utf-8-sig")
    lines = text.splitlines()
    assert lines[0].startswith("seat,region,inhabitants")
    assert len(lines) == 1 + 59 + 17
    assert sum(len(line.split(",")[-1].split("; ")) for line in lines[1:]) == 285


def test_what_changed_is_said_and_taken_back(page: Any) -> None:
    act(page, kind="lock", lock="together", municipalities=codes("Leuven", "Lubbeek"))
    answered(page)
    changes = page.locator("#reply .changes")
    changes.get_by_text("Bierbeek and Lubbeek go from Tienen to Leuven").wait_for()
    score = page.locator("#reply .score").inner_text()
    assert "worse than before" in score
    act(page, kind="undo")
    changes.get_by_text("Bierbeek and Lubbeek go from Leuven to Tienen").wait_for()
    assert "better than before" in page.locator("#reply .score").inner_text()


def test_weights_that_differ_are_not_compared(page: Any) -> None:
    act(page, kind="set", key="weights.distance", value=6)
    answered(page)
    page.locator("#reply .score").get_by_text("weighed otherwise").wait_for()


def test_two_towns_that_no_plan_can_hold_and_the_remedy(page: Any) -> None:
    act(page, kind="lock", lock="together", municipalities=codes("Gent", "Aalst"))
    answered(page, "refused")
    tab(page, "mergers")
    clash = page.locator("#reply .clash")
    page.get_by_role("button", name="Why, and what to do").click()
    clash.get_by_text("Aalst and Gent together in one merger").wait_for()
    clash.get_by_role("button", name="No longer keep Aalst and Gent together").click()
    answered(page)
    assert page.locator("#reply .clash").count() == 0
    step = page.evaluate("() => window.refzones.store.work.steps.at(-1)")
    assert step["said"] == "remedy"
    assert step["text"]["nl"] == "Aalst en Gent niet langer samenhouden"


def test_an_alternative_is_looked_at_and_adopted(page: Any) -> None:
    tab(page, "others")
    page.locator("#reply .others select").first.select_option("Midwest")
    cards = page.locator("#reply .alternatives > li")
    page.get_by_text("4 alternatives in Midwest").wait_for()
    assert cards.count() == 5
    assert "The best plan" in cards.first.inner_text()
    second = cards.nth(1)
    assert "points less: as if everyone in Midwest were" in second.inner_text()
    second.get_by_role("button", name="Show on the map").click()
    assert "another plan for a while" in page.locator(BADGE).inner_text()
    second.get_by_role("button", name="Show on the map").click()
    assert "another plan" not in page.locator(BADGE).inner_text()
    second.get_by_role("button", name="Adopt").click()
    page.locator(BADGE).get_by_text("that you draw by hand").wait_for()
    step = page.evaluate("() => window.refzones.store.work.steps.at(-1)")
    assert step["said"] == "adopt"
    assert step["municipalities"]


def test_what_good_plans_agree_on_lies_over_the_map(page: Any) -> None:
    tab(page, "others")
    settled = page.locator("#reply .others > section").nth(1)
    settled.get_by_role("button", name="Show on the map").click()
    settled.locator("tbody tr").nth(14).wait_for()
    assert page.locator(".map-agreement").count() > 0
    settled.get_by_role("button", name="Show on the map").click()
    page.wait_for_selector(".map-agreement", state="detached")


def test_zones_and_mergers_together(page_server: Served, open_page: Callable[..., Any]) -> None:
    page = answered(opened(page_server, open_page, scenario="nested"))
    assert "57 zones, 60 mergers" in page.locator(BADGE).inner_text()
    assert page.locator("#reply .terms table").count() == 2
    tab(page, "mergers")
    page.get_by_role("button", name="Zones", exact=True).click()
    page.locator("#reply .mergers").get_by_text("57 zones").wait_for()
    tab(page, "others")
    page.locator("#reply .others").get_by_text("other plans cannot be listed").wait_for()


@pytest.mark.parametrize("view", SCHEMES, ids=str)
def test_nobody_is_shut_out(page_server: Served, open_page: Callable[..., Any], view: View) -> None:
    page = answered(opened(page_server, open_page, view))
    act(page, kind="lock", lock="together", municipalities=codes("Leuven", "Lubbeek"))
    answered(page)
    page.locator("#reply .changes li").first.wait_for()
    found = axe_violations(page)
    tab(page, "mergers")
    page.locator(f"{ROWS} .fold").first.click()
    found += axe_violations(page)
    tab(page, "others")
    page.locator("#reply .alternatives > li").first.wait_for()
    found += axe_violations(page)
    act(page, kind="lock", lock="together", municipalities=codes("Gent", "Aalst"))
    answered(page, "refused")
    tab(page, "answer")
    page.locator("#reply .remedies button").first.wait_for()
    assert found + axe_violations(page) == []


# What the plan does

EFFECTS = "#reply .effects"


def shown_value(page: Any, indicator: str) -> list[str]:
    row = page.locator(f'{EFFECTS} tr[data-indicator="{indicator}"] > td')
    return [text.split("\n")[0] for text in row.all_inner_texts()]


def effects_shown(page: Any, scope: str) -> None:
    page.wait_for_function(
        f"() => document.querySelector('{EFFECTS} select')?.selectedOptions[0]?.text === {scope!r}"
    )
    page.wait_for_selector(f"{EFFECTS} table")


def test_what_the_plan_does_is_told_for_all_a_region_and_a_merger(page: Any) -> None:
    tab(page, "effects")
    effects_shown(page, "All municipalities")
    plan = solve(FLANDERS, Scenario.preset("mergers")).plan
    assert plan is not None
    right = effects_of(FLANDERS, Scenario.preset("mergers"), plan, ["councillors"])
    (all_of_them,) = right.whole
    assert shown_value(page, "councillors") == [
        f"{all_of_them.before:,.0f}",
        f"{all_of_them.after:,.0f}",
        f"\u2212{-(all_of_them.change or 0):,.0f}",
    ]
    page.locator(f"{EFFECTS} select").select_option("Midwest")
    (midwest,) = right.by_region["Midwest"]
    assert shown_value(page, "councillors")[:2] == [f"{midwest.before:,.0f}", f"{midwest.after:,.0f}"]
    page.evaluate("(i) => window.refzones.store.select([i])", FLANDERS.find("Lubbeek"))
    ((merger, (own,)),) = (
        (one, told) for one, told in right.by_merger if FLANDERS.find("Lubbeek") in one.members
    )
    effects_shown(page, merger.name(FLANDERS))
    assert shown_value(page, "councillors")[:2] == [f"{own.before:,.0f}", f"{own.after:,.0f}"]
    assert "PZ Hageland (police zone)" in page.locator(f"{EFFECTS} .bodies").inner_text()


def test_what_the_plan_does_follows_what_is_drawn(page: Any) -> None:
    tab(page, "effects")
    effects_shown(page, "All municipalities")
    act(page, kind="draw", groups=[codes("Izegem", "Ingelmunster")])
    page.wait_for_selector(f'{EFFECTS} option[value="plan"]', state="attached")
    page.locator(f"{EFFECTS} select").select_option("plan")
    assert shown_value(page, "executives(later)")[:2] == ["13", "8"]
    texts = page.locator(f"{EFFECTS} select > option").all_inner_texts()
    assert texts == ["Municipalities of the plan", "Municipalities outside the plan", "All municipalities"]


@pytest.mark.parametrize(
    "view", [*SCHEMES, View("nl", "light", 390, 844), View("nl", "light", 1700, 1000)], ids=str
)
def test_what_the_plan_does_reads_well(
    page_server: Served, open_page: Callable[..., Any], view: View
) -> None:
    page = answered(opened(page_server, open_page, view))
    tab(page, "effects")
    page.wait_for_selector(f"{EFFECTS} table")
    assert axe_violations(page) == []
    for one in (EFFECTS, f"{EFFECTS} .family"):
        fits = "(all) => all.every((one) => one.scrollWidth <= one.clientWidth)"
        assert page.eval_on_selector_all(one, fits)
    assert page.get_by_role("rowheader").count() == page.locator(f"{EFFECTS} tr[data-indicator]").count()
    family = "Bestuurskracht" if view.language == "nl" else "Administrative capacity"
    assert page.locator(f"{EFFECTS} caption").first.inner_text() == family
