"""The map in a browser: how it looks to the eye, to the keyboard and to assistive technology."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.browsing import View
from support.served import Served

ONE = ".map-land [role=option]"
BOXES = """(texts) => texts.map((text) => {
    const box = text.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom];
})"""
FILLS = "(all) => Object.fromEntries(all.map((one) => [one.dataset.index, getComputedStyle(one).fill]))"


@pytest.fixture
def page(page_server: Served, open_page: Callable[..., Any]) -> Any:
    """The page, once there is a plan on its map."""
    page = open_page(page_server)
    page.wait_for_selector(".map-land .colour-0", state="attached")
    page.wait_for_selector(f"{ONE}[aria-label$='in no merger yet']", state="detached")
    page.wait_for_selector(".map-seat-name")
    return page


def chosen(page: Any) -> list[str]:
    return page.locator(f"{ONE}[aria-selected=true]").evaluate_all(  # type: ignore[no-any-return]
        "(all) => all.map((one) => one.getAttribute('aria-label').split(',')[0])"
    )


def middle(page: Any, name: str) -> tuple[float, float]:
    """A point of the window inside a municipality: that of its name."""
    place = page.evaluate(
        """(name) => {
            const one = [...document.querySelectorAll(".map-land [role=option]")]
                .find((option) => option.getAttribute("aria-label").split(",")[0] === name);
            const { municipalities } = window.refzones.store.geometry;
            const { x, y } = municipalities[one.dataset.index];
            const at = new DOMPoint(x, y).matrixTransform(one.getScreenCTM());
            return [at.x, at.y];
        }""",
        name,
    )
    return place[0], place[1]


def transform(page: Any) -> str:
    return page.locator(".map-content").get_attribute("transform")  # type: ignore[no-any-return]


def test_each_municipality_has_a_name_and_a_role_and_one_can_be_reached_by_tab(page: Any) -> None:
    options = page.locator(ONE)
    assert options.count() == 285
    labels = options.evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
    assert len(set(labels)) == 285
    assert any(label.startswith("Leuven, in the merger of Leuven (") for label in labels)
    assert "Antwerpen, stands alone by rule" in labels
    assert page.locator(f"{ONE}[tabindex='0']").count() == 1
    assert page.locator(".map-land").get_attribute("role") == "listbox"


def test_arrows_lead_from_neighbour_to_neighbour_and_enter_chooses(page: Any) -> None:
    page.locator(f"{ONE}[aria-label^='Leuven,']").focus()
    page.keyboard.press("Enter")
    assert chosen(page) == ["Leuven"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+Enter")
    first, second = chosen(page)
    assert "Leuven" in (first, second)
    assert page.locator(".map-focus").get_attribute("d")
    assert page.locator(".map-card").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".map-card").is_visible()
    assert len(chosen(page)) == 2  # the first Escape closes the card and nothing else


def test_keys_zoom_and_come_back(page: Any) -> None:
    page.locator(f"{ONE}[aria-label^='Gent,']").focus()
    before = transform(page)
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert transform(page) != before
    page.keyboard.press("0")
    assert transform(page) == before


def test_the_focus_stays_in_view(page: Any) -> None:
    page.locator(f"{ONE}[aria-label^='Gent,']").focus()
    for _ in range(6):
        page.keyboard.press("+")
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
        name = page.evaluate("document.activeElement.getAttribute('aria-label').split(',')[0]")
        x, y = middle(page, name)
        box = page.locator(".map").bounding_box()
        assert box["x"] <= x <= box["x"] + box["width"]
        assert box["y"] <= y <= box["y"] + box["height"]


def test_click_drag_wheel_and_box(page: Any) -> None:
    page.mouse.click(*middle(page, "Brugge"))
    assert chosen(page) == ["Brugge"]
    x, y = middle(page, "Tienen")
    outline = page.locator(f"{ONE}[aria-label^='Tienen,']").get_attribute("d")
    home = transform(page)
    page.mouse.move(x, y, steps=8)
    page.mouse.wheel(0, -400)
    page.wait_for_selector(".map.zoomed")
    close = transform(page)
    assert close != home
    after = middle(page, "Tienen")
    assert after == pytest.approx((x, y), abs=2)  # what is under the pointer stays; wheels tell whole pixels
    assert page.locator(f"{ONE}[aria-label^='Tienen,']").get_attribute("d") == outline
    page.mouse.down()
    page.mouse.move(x - 40, y + 10, steps=4)
    page.mouse.up()
    assert transform(page) != close
    assert chosen(page) == ["Brugge"]  # a drag chooses nothing
    page.keyboard.down("Shift")
    page.mouse.move(x - 60, y - 60)
    page.mouse.down()
    page.mouse.move(x + 60, y + 60, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    assert {"Brugge", "Tienen"} <= set(chosen(page))
    assert len(chosen(page)) > 3


def test_names_do_not_overlap_and_more_of_them_appear_with_zoom(page: Any) -> None:
    counts: list[int] = []
    for step in range(3):
        if step:  # a busy machine takes its time
            more = "(before) => document.querySelectorAll('.map-name').length > before"
            page.wait_for_function(more, arg=counts[-1])
        page.wait_for_timeout(250)
        boxes = page.locator(".map-name").evaluate_all(BOXES)
        counts.append(len(boxes))
        for i, (left, top, right, bottom) in enumerate(boxes):
            for other in boxes[:i]:
                # a box of a text is a little larger than its letters
                apart_x = min(right, other[2]) - max(left, other[0])
                apart_y = min(bottom, other[3]) - max(top, other[1])
                assert apart_x < 3 or apart_y < 5
        page.get_by_role("button", name="Closer").click()
    assert 40 < counts[0] < counts[1] < counts[2] <= 285


def test_seats_stand_out_among_the_names(page: Any) -> None:
    weights = "(all) => [...new Set(all.map((one) => getComputedStyle(one).fontWeight))]"
    assert page.locator(".map-name:not(.map-seat-name)").evaluate_all(weights) == ["400"]
    assert page.locator(".map-seat-name").evaluate_all(weights) == ["600"]


def test_neighbouring_mergers_differ_in_colour(page: Any) -> None:
    fills = page.locator(ONE).evaluate_all(FILLS)
    plan, borders = page.evaluate(
        """() => {
            const { store } = window.refzones;
            return [[...store.plan.mergerOf], store.given.borders];
        }"""
    )
    compared = 0
    for i, j, *_ in borders:
        pair = {fills[str(i)], fills[str(j)]}
        if plan[i] != plan[j] and pair != {
            "rgb(230, 230, 230)"
        }:  # those that stand alone by rule are all grey
            assert len(pair) == 2
            compared += 1
    assert compared > 200


def test_patterns_beside_colours_on_request(page: Any) -> None:
    assert page.locator(f"{ONE}[fill]").count() == 0
    button = page.get_by_role("button", name="Patterns")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator(f"{ONE}[fill]").count() > 200
    used = set(page.locator(ONE).evaluate_all("(all) => all.map((one) => getComputedStyle(one).fill)"))
    assert len([fill for fill in used if fill.startswith("url")]) >= 5


def test_a_finger_scrolls_the_page_as_long_as_the_whole_map_is_in_view(
    page_server: Served, open_page: Callable[..., Any]
) -> None:
    page = open_page(page_server, View(width=390, height=844))
    page.wait_for_selector(".map-name")
    style = "getComputedStyle(document.querySelector('.map-picture')).touchAction"
    assert page.evaluate(style) == "pan-y"
    page.get_by_role("button", name="Closer").click()
    assert page.evaluate(style) == "none"


def test_a_region_that_was_zoomed_to_fills_the_map_in_a_window_of_any_size(page: Any) -> None:
    page.locator("#stage-tools select").first.select_option(label="Oost-Brabant")
    for width, height in ((1280, 800), (900, 1000), (1600, 900)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        share = page.evaluate(
            """() => {
                const { store } = window.refzones;
                const region = store.given.regions.indexOf("Oost-Brabant");
                const boxes = [...document.querySelectorAll(".map-land [role=option]")]
                    .filter((one) => store.given.municipalities[one.dataset.index].region === region)
                    .map((one) => one.getBoundingClientRect());
                const map = document.querySelector(".map-picture").getBoundingClientRect();
                const left = Math.min(...boxes.map((box) => box.left)) - map.left;
                const top = Math.min(...boxes.map((box) => box.top)) - map.top;
                const right = map.right - Math.max(...boxes.map((box) => box.right));
                const bottom = map.bottom - Math.max(...boxes.map((box) => box.bottom));
                return [Math.min(left, top, right, bottom), Math.min(left + right, top + bottom)];
            }"""
        )
        assert share[0] > 0
        assert share[1] < 60


def test_two_fingers_zoom_and_a_tap_chooses(page_server: Served, open_page: Callable[..., Any]) -> None:
    page = open_page(page_server, View(width=390, height=844))
    page.wait_for_selector(f"{ONE}[aria-label^='Gent,']", state="attached")
    page.touchscreen.tap(*middle(page, "Gent"))
    assert chosen(page) == ["Gent"]
    tool = page.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(places)]
        tool.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = middle(page, "Gent")
    before = page.evaluate("document.querySelector('.map-land').getScreenCTM().a")
    touch("touchStart", (x - 20, y))
    touch("touchStart", (x - 20, y), (x + 20, y))
    for step in range(1, 6):
        touch("touchMove", (x - 20 - 4 * step, y), (x + 20 + 4 * step, y))
    touch("touchEnd", (x + 40, y))
    touch("touchEnd")
    page.wait_for_selector(".map.zoomed")
    after = page.evaluate("document.querySelector('.map-land').getScreenCTM().a")
    assert after == pytest.approx(2 * before, rel=0.05)  # the fingers are twice as far apart as before
    assert chosen(page) == ["Gent"]


def test_the_print_shows_the_whole_map_and_no_buttons(page: Any) -> None:
    on_screen = page.locator(".map-name").count()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".map-name").count() > on_screen  # paper has room for more
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".map-controls").is_visible()
    _, _, width, height = map(float, page.locator(".map-picture").get_attribute("viewBox").split())
    assert width / height == pytest.approx(2.5, abs=0.4)  # Flanders, and no paper wasted above and below
    paper = page.evaluate("getComputedStyle(document.querySelector('.map-land .colour-0')).fill")
    assert paper == "rgb(249, 239, 196)"  # light, also for who has a dark screen


def test_the_card_comes_where_the_pointer_rests_and_lies_on_the_other_side(page: Any) -> None:
    card = page.locator(".map-card")
    page.mouse.move(*middle(page, "Ieper"))
    card.wait_for(state="visible")
    box = page.locator(".map").bounding_box()
    assert card.bounding_box()["x"] > box["x"] + box["width"] / 3
    assert card.inner_text().startswith("Ieper")
    page.mouse.move(*middle(page, "Genk"), steps=6)
    card.get_by_text("Genk").first.wait_for()
    assert card.bounding_box()["x"] < box["x"] + box["width"] / 3
    page.keyboard.press("Escape")  # the focus is elsewhere
    card.wait_for(state="hidden")


def test_what_is_agreed_is_drawn_and_said(page: Any) -> None:
    names = ("Leuven", "Herent")
    for name, held in zip(names, ([], ["Shift"]), strict=True):
        page.locator(f"{ONE}[aria-label^='{name},']").click(modifiers=held)
    assert sorted(chosen(page)) == sorted(names)
    page.get_by_role("button", name="Together", exact=True).click()
    page.wait_for_selector(".map-link", state="attached")
    assert page.locator(".map-knot").count() == 2
    agreed = page.locator(f"{ONE}[aria-label$='something is agreed about it']")
    assert agreed.count() == 2
    page.keyboard.press("Control+z")
    page.wait_for_selector(".map-link", state="detached")
    assert agreed.count() == 0
