"""What is asked, in a browser: weights, bounds, locks and their prices, wishes and why they cannot be had."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from support.browsing import SCHEMES, View, axe_violations
from support.served import Served


@pytest.fixture
def page(page_server: Served, open_page: Callable[..., Any]) -> Any:
    """The page with a work of its own, once it is answered."""
    return begun(page_server, open_page)


def begun(server: Served, open_page: Callable[..., Any], view: View | None = None) -> Any:
    work = server.client().post("/api/works", json={}).json()
    page = open_page(server, view, address=f"{server.address}&work={work['id']}")
    page.wait_for_selector("html[data-ready]")
    answered(page)
    return page


def wait(page: Any, expression: str, seconds: float = 60.0) -> None:
    """Wait until an expression holds; by polling, since the page lets nobody evaluate strings in it."""
    for _ in range(int(seconds / 0.05)):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def answered(page: Any) -> None:
    wait(
        page, "() => window.refzones.store.answer?.status === 'done' && !!window.refzones.store.answer.whole"
    )


def scenario(page: Any) -> dict[str, Any]:
    return page.evaluate("() => window.refzones.store.work.scenario")  # type: ignore[no-any-return]


def steps(page: Any) -> list[dict[str, Any]]:
    return page.evaluate(  # type: ignore[no-any-return]
        "() => window.refzones.store.work.steps.slice(0, window.refzones.store.work.position + 1)"
    )


def select(page: Any, *names: str) -> None:
    """Find municipalities by name and select them, by keyboard alone."""
    for k, name in enumerate(names):
        page.locator("#finder").focus()
        page.keyboard.type(name)
        page.wait_for_selector("#found [aria-selected=true]")
        page.keyboard.press("Shift+Enter" if k else "Enter")
    page.wait_for_selector("[data-wish=apart-price], [data-wish=alone-price]")


def label(page: Any, text: str) -> Any:
    return page.get_by_label(text, exact=True)


def test_a_slider_is_answered_while_it_moves_and_is_one_step(page: Any) -> None:
    slider = label(page, "Distance to the seat")
    slider.scroll_into_view_if_needed()
    box, before = slider.bounding_box(), len(steps(page))
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + box["height"] / 2, steps=4)
    wait(page, "() => window.refzones.store.work.steps.at(-1).moving && !!window.refzones.store.answer.whole")
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    wait(page, "() => window.refzones.store.work.steps.at(-1).moving === false")
    answered(page)
    weight = scenario(page)["weights"]["distance"]
    assert weight > 8
    assert len(steps(page)) == before + 1
    means = page.locator(".weight", has=slider).locator(".means").inner_text()
    assert means == f"1 km farther from the seat for everyone costs {weight:g} points."
    page.keyboard.press("Control+z")
    wait(page, "() => window.refzones.store.work.scenario.weights.distance === 5")
    wait(page, "() => document.querySelectorAll('.weight.is-changed').length === 0")


def test_weights_by_the_keyboard(page: Any) -> None:
    slider = label(page, "Distance to the seat")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    wait(page, "() => window.refzones.store.work.scenario.weights.distance > 5")
    wait(page, "() => window.refzones.store.work.steps.at(-1).moving === false")
    assert scenario(page)["weights"]["distance"] > 5
    assert len(steps(page)) == 2
    assert re.match(r"5\.\d+\. 1 km farther", slider.get_attribute("aria-valuetext"))
    page.locator(".weight", has=slider).locator(".reset").click()
    wait(page, "() => window.refzones.store.work.scenario.weights.distance === 5")
    written = label(page, "Existing cooperation: points")
    written.fill("12.5")
    written.press("Enter")
    wait(page, "() => window.refzones.store.work.scenario.weights.cooperation === 12.5")
    written.fill("a lot")
    written.press("Enter")
    assert written.input_value() == "12.5"


def test_criteria_come_and_go(page: Any) -> None:
    page.locator("select[aria-label^='Add a criterion']").select_option("cut_edges")
    wait(page, "() => window.refzones.store.work.scenario.weights.cut_edges > 0")
    label(page, "Leave out: Neighbours kept apart").click()
    wait(page, "() => !('cut_edges' in window.refzones.store.work.scenario.weights)")
    label(page, "Leave out: Inhabitants too few or too many").click()
    wait(page, "() => !('shortfall' in window.refzones.store.work.scenario.weights)")
    assert scenario(page)["population"]["ceiling"] is None
    page.get_by_text("Back to the preset", exact=True).click()
    wait(page, "() => window.refzones.store.work.scenario.population.ceiling === 150000")


def test_bounds_as_they_are_written_in_dutch(page_server: Served, open_page: Callable[..., Any]) -> None:
    page = begun(page_server, open_page, View(language="nl"))
    page.locator(".bounds-title summary").first.click()
    least = label(page, "Minimumaantal inwoners")
    least.fill("25.000")
    least.press("Enter")
    wait(page, "() => window.refzones.store.work.scenario.population.min === 25000")
    assert scenario(page)["population"]["ceiling"] == 150_000
    assert least.input_value() == "25.000"
    page.get_by_text("mag minder zijn, tot", exact=True).click()
    wait(page, "() => window.refzones.store.work.scenario.population.floor === 15000")
    assert len(steps(page)) == 3


def test_rules_and_frames(page: Any) -> None:
    page.locator(".rules-title summary").click()
    label(page, "Rings around one municipality").select_option("priced")
    wait(page, "() => window.refzones.store.work.scenario.rules.enclosed === 'priced'")
    assert scenario(page)["weights"]["detached"] > 0
    page.locator(".frames-title summary").click()
    label(page, "police zones").select_option("within")
    wait(page, "() => window.refzones.store.work.scenario.frames.within.includes('police')")
    label(page, "police zones").select_option("unsplit")
    wait(page, "() => window.refzones.store.work.scenario.frames.unsplit.includes('police')")
    assert scenario(page)["frames"]["within"] == []
    label(page, "railway station").check()
    wait(page, "() => window.refzones.store.work.scenario.requires.functions.includes('rail')")


def test_nested_asks_of_zones_too(page: Any) -> None:
    label(page, "Begin from").select_option("nested")
    wait(page, "() => window.refzones.store.work.scenario.level === 'nested'")
    page.locator(".levels label", has_text="Reference zones").click()
    written = label(page, "Distance to the seat: points")
    assert written.input_value() == "4"
    written.fill("6")
    written.press("Enter")
    wait(page, "() => window.refzones.store.work.scenario.zones.weights.distance === 6")
    assert scenario(page)["weights"]["distance"] == 5


def test_zones_have_locks_of_their_own(page: Any) -> None:
    label(page, "Begin from").select_option("nested")
    wait(page, "() => window.refzones.store.work.scenario.level === 'nested'")
    answered(page)
    select(page, "Kluisbergen", "Ronse")
    page.wait_for_selector("[data-wish=together][aria-disabled=true]")
    page.locator(".wish-row select").select_option("zones")
    page.wait_for_selector("[data-wish=together]:not([aria-disabled])")
    page.get_by_role("button", name="Together", exact=True).click()
    wait(page, "() => window.refzones.store.work.zone_locks.together.length === 1")
    locks = page.locator(".lock-names").all_inner_texts()
    assert sorted(locks) == [
        "Border added (zones) Riemst and Voeren",
        "Together (zones) Ronse and Kluisbergen",
    ]
    page.wait_for_selector(".lock.together .price")
    page.get_by_role("button", name="Remove – Together (zones)").click()
    wait(page, "() => window.refzones.store.work.zone_locks.together.length === 0")


def test_a_lock_stands_with_its_price_and_is_removed(page: Any) -> None:
    select(page, "Lede", "Haaltert")
    page.get_by_role("button", name="Alone", exact=True).click()
    page.wait_for_selector(".lock:nth-child(2) .price")
    assert page.locator(".lock-names").all_inner_texts() == ["Alone Haaltert", "Alone Lede"]
    prices = page.locator(".lock-price").all_inner_texts()
    assert all(re.match(r"costs [\d.]+ points as if everyone in Denderregio", price) for price in prices)
    page.get_by_role("button", name="Remove – Alone: Lede").click()
    wait(page, "() => document.querySelectorAll('.lock').length === 1")
    page.keyboard.press("Control+z")
    wait(page, "() => document.querySelectorAll('.lock').length === 2")


def test_a_wish_is_priced_before_it_is_made(page: Any) -> None:
    select(page, "Aalst", "Lede")
    page.get_by_role("button", name="What would it cost: Together").click()
    page.wait_for_selector(".quote .price")
    assert "costs nothing" in page.locator(".quote").inner_text()
    assert len(steps(page)) == 1
    page.get_by_role("button", name="Ask for it").press("Enter")
    page.wait_for_selector(".lock .price")
    assert page.evaluate("() => document.activeElement.innerText") == "No longer together"
    assert page.locator(".lock-price").inner_text() == "costs nothing"
    again = page.get_by_role("button", name="No longer together")
    again.click()
    wait(page, "() => document.querySelectorAll('.lock').length === 0")


def test_what_cannot_be_chosen_says_why(page: Any) -> None:
    together = page.get_by_role("button", name="Together", exact=True)
    assert together.get_attribute("aria-disabled") == "true"
    together.focus()
    assert "select municipalities first" in page.locator(".why").inner_text()
    select(page, "Aalst", "Leuven")
    page.wait_for_selector("[data-wish=together][aria-disabled=true]")
    together.click(force=True)  # Playwright takes it for disabled
    assert "different regions" in page.locator(".why").inner_text()
    assert "different regions" in page.locator(f"#{together.get_attribute('aria-describedby')}").inner_text()
    assert len(steps(page)) == 1


def test_a_wish_that_no_plan_has_comes_with_a_remedy(page: Any) -> None:
    select(page, "Brugge", "Damme")
    page.get_by_role("button", name="What would it cost: Together").click()
    remedy = page.locator(".quote .remedies button", has_text="enclose")
    remedy.wait_for()
    assert "leaves no plan" in page.locator(".quote").inner_text()
    remedy.click()
    page.wait_for_selector(".lock.together")
    region = "window.refzones.store.answer?.regions.get('Regio Brugge')"
    wait(page, f"() => {region}?.status === 'optimal'")
    together = page.evaluate(f"() => {region}.mergers.map((one) => one.members)")
    places = page.evaluate("() => window.refzones.store.work.locks.together[0]")
    assert any(set(places) <= set(members) for members in together)


def test_the_menu_of_the_map_leads_to_what_can_be_asked(page: Any) -> None:
    select(page, "Aalst")
    page.evaluate("() => window.refzones.store.tell('look', [...window.refzones.store.selection][0])")
    page.keyboard.press("Shift+F10")
    assert page.evaluate("() => document.activeElement.dataset.wish") == "together"
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "finder"


@pytest.mark.parametrize("view", SCHEMES, ids=str)
def test_nothing_that_axe_knows_of_is_wrong(
    page_server: Served, open_page: Callable[..., Any], view: View
) -> None:
    page = begun(page_server, open_page, view)
    page.evaluate("() => document.querySelectorAll('#question details').forEach((one) => (one.open = true))")
    select(page, "Aalst", "Geraardsbergen")
    page.locator("[data-wish=alone]").click()
    page.wait_for_selector(".lock .price")
    page.locator("[data-wish=apart-price]").click()
    page.wait_for_selector(".quote .price")
    page.locator("#finder").focus()
    page.keyboard.type("aal")
    assert axe_violations(page) == []
