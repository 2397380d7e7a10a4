"""Drawing by hand, two plans side by side, files and the printed page, in a browser."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import evaluate, solve
from refzones.solver.results.plan import Plan
from support.browsing import SCHEMES, View, axe_violations
from support.served import Served

INSTANCE = load()
REGION = "Oost-Brabant"
MEMBERS = [int(i) for i in INSTANCE.members(INSTANCE.regions.index(REGION))]
WORDS = {
    "en": ("By hand", "Begin with the best plan", "Complete the rest as well as possible", "Compare"),
    "nl": (
        "Met de hand",
        "Beginnen met het beste voorstel",
        "De rest zo goed mogelijk aanvullen",
        "Vergelijken",
    ),
}
DROP = """([name, content]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))], name));
  for (const kind of ["dragover", "drop"])
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def begun(server: Served, open_page: Callable[..., Any], view: View | None = None, **more: Any) -> Any:
    work = server.client().post("/api/works", json={"scenario": "mergers"} | more).json()
    page = open_page(server, view, address=f"{server.address}&work={work['id']}")
    page.wait_for_selector("html[data-ready]")
    answered(page)
    return page


@pytest.fixture
def page(page_server: Served, open_page: Callable[..., Any]) -> Any:
    return begun(page_server, open_page)


def wait(page: Any, expression: str, seconds: float = 60.0) -> None:
    for _ in range(int(seconds / 0.05)):
        if page.evaluate(f"() => {{ const store = window.refzones.store; return Boolean({expression}); }}"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def answered(page: Any) -> None:
    wait(page, "store.answer?.status === 'done' && store.answer.whole")


def said(page: Any) -> list[str]:
    return page.evaluate(  # type: ignore[no-any-return]
        "() => { const { steps, position } = window.refzones.store.work;"
        " return steps.slice(0, position + 1).map((one) => one.said); }"
    )


def select(page: Any, *names: str) -> None:
    page.evaluate("(who) => window.refzones.store.select(who)", [INSTANCE.find(name) for name in names])


def tab(page: Any, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def draw(page: Any, words: tuple[str, ...] = WORDS["en"]) -> None:
    tab(page, words[0])
    page.locator(".drawing-begin select").select_option(REGION)
    page.get_by_role("button", name=words[1], exact=True).click()
    wait(page, "store.work.groups && store.answer.evaluation && store.answer.evaluation.loss_nano !== null")


def judged(page: Any) -> Any:
    wait(page, "store.answer?.status === 'done' && store.answer.evaluation?.loss_nano !== null")
    return page.evaluate("() => window.refzones.store.answer.evaluation")


def drop(page: Any, name: str, content: bytes) -> None:
    page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def belgian() -> bytes:
    """A table as Excel writes it in Belgium: semicolons, Windows-1252."""
    rows = ["Gemeente;Inwoners;Fusie"]
    for k, i in enumerate(MEMBERS):
        rows.append(f"{INSTANCE.names[i]};{INSTANCE.population[i]};fusie à {k // 4}")
    return "\r\n".join(rows).encode("cp1252")


def test_oost_brabant_is_drawn_by_hand_and_the_rest_completed(page: Any) -> None:
    draw(page)
    assert judged(page)["loss_nano"] == 0
    assert "As good as the best plan: proved" in page.locator(".drawing-verdict").inner_text()
    select(page, "Lubbeek")
    aarschot = page.locator(".drawing-can button", has_text="Aarschot and").first
    aarschot.click()
    wait(page, "store.work.steps.at(-1).said === 'draw.move'")
    told = judged(page)
    groups = page.evaluate("() => window.refzones.store.work.groups")
    scenario = Scenario.preset("mergers")
    right = evaluate(INSTANCE, scenario, Plan.of(INSTANCE, scenario, groups))
    assert told["loss_nano"] == right.loss_nano
    assert told["loss_nano"] > 0
    page.get_by_role("button", name="Complete the rest as well as possible").click()
    wait(page, "store.work.groups === null")
    answered(page)
    kept = page.evaluate("() => window.refzones.store.work.locks.kept")
    assert sorted(kept) == sorted(groups)
    best = solve(INSTANCE, scenario, regions=[REGION]).score_nano
    region = page.evaluate("(name) => window.refzones.store.answer.regions.get(name)", REGION)
    assert region["score_nano"] == best - told["loss_nano"]
    for _ in range(3):
        page.keyboard.press("Control+z")
    wait(page, "store.work.position === 0")
    assert page.evaluate("() => window.refzones.store.work.locks.kept") == []


def test_what_cannot_be_moved_says_why_and_can_be_done_anyway(page: Any) -> None:
    draw(page)
    select(page, "Lubbeek")
    page.get_by_role("button", name="Move: choose a merger on the map").click()
    page.locator(f".map-land [data-index='{INSTANCE.find('Hasselt')}']").focus()
    page.keyboard.press("Enter")
    notice = page.locator(".notice", has_text="Hasselt")
    notice.wait_for()
    assert said(page)[-1] == "draw.begin"
    notice.get_by_role("button", name="Do it anyway").click()
    wait(page, "store.work.steps.at(-1).said === 'draw.move'")
    broken = page.locator(".drawing-rules button").first
    broken.wait_for()
    assert page.locator(".map-broken").get_attribute("d")
    broken.click()
    assert page.evaluate("() => window.refzones.store.selection.size") > 0


def test_from_nothing_whoever_has_no_place_yet_is_told(page: Any) -> None:
    tab(page, "By hand")
    page.get_by_role("button", name="Begin with nothing").click()
    wait(page, "store.work.groups?.length === 0")
    select(page, "Leuven")
    page.locator(".drawing-can button", has_text="Herent").first.click()
    wait(page, "store.work.groups?.length === 1")
    page.locator(".drawing-verdict", has_text=f"{len(MEMBERS) - 2} municipalities in {REGION}").wait_for()
    assert "Not finished" in page.locator(".drawing-verdict").inner_text()


def test_a_dropped_belgian_table_is_judged_at_once(page: Any) -> None:
    drop(page, "Voorstel <b>gouverneur</b>.csv", belgian())
    wait(page, "store.work.groups")
    assert len(judged(page)["regions"]) == 1
    notice = page.locator(".notice").first.inner_text()
    assert "Windows-1252" in notice
    assert page.locator(".notice b").count() == 0
    assert page.locator("[role=tab][aria-selected=true]").inner_text() == "By hand"


def test_a_bad_file_is_refused_in_words_and_changes_nothing(page: Any) -> None:
    page.watch.allow(r"422")
    before = page.evaluate("() => window.refzones.store.work.revision")
    drop(page, "foto.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    notice = page.locator(".notice.error")
    notice.wait_for()
    assert "foto.png" in notice.inner_text()
    assert "drop one of these" in notice.inner_text()
    assert page.evaluate("() => window.refzones.store.work.revision") == before


def test_a_file_is_saved_under_the_title_of_the_work(page: Any) -> None:
    page.locator("#files-menu").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=re.compile("^Save the scenario")).click()
    assert download.value.suggested_filename == "mergers-scenario.toml"
    saved = Scenario.read(Path(download.value.path()))
    assert saved == Scenario.preset("mergers")


def test_a_work_is_copied_and_another_one_opened(page: Any) -> None:
    first = page.evaluate("() => window.refzones.store.work.id")
    page.locator("#works-menu").click()
    page.get_by_role("menuitem", name="Copy this work").click()
    wait(page, f"store.work.id !== '{first}'")
    assert page.evaluate("() => window.refzones.store.work.title") == "Copy of mergers"
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("() => window.refzones.store.work.title") == "Copy of mergers"


def test_two_plans_side_by_side_are_zoomed_together(page: Any) -> None:
    tab(page, "Compare")
    page.locator("#compare-other").select_option("known:as-is")
    page.locator(".compared table").wait_for()
    assert page.locator(".map-place").count() == 2
    select_region = page.locator("#stage-tools select").first
    select_region.select_option(REGION)
    scale = "(one) => new DOMMatrix(getComputedStyle(one).transform).a"
    both = f"[...document.querySelectorAll('.map-content')].map({scale})"
    wait(page, f"{both}.every((one, _, all) => Math.abs(one / all[0] - 1) < 0.01 && all[0] > 1)")
    page.get_by_role("button", name="End comparing").click()
    assert page.locator(".map-place").count() == 1


def test_the_plan_of_a_file_is_compared_and_drawn_on(page: Any, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(belgian())
    tab(page, "Compare")
    page.locator(".compare input[type=file]").set_input_files(file)
    page.locator(".compared table").wait_for()
    assert f"Compared in {REGION} only" in page.locator(".compared").inner_text()
    assert said(page) == ["begin"]
    page.get_by_role("button", name="Draw on from the other plan").click()
    wait(page, "store.work.groups")
    assert said(page) == ["begin", "open"]


def test_one_page_of_a4_is_printed(page: Any) -> None:
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1
    width, height = map(float, re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed).groups())  # type: ignore[union-attr]
    assert (round(width), round(height)) == (842, 595)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    sheet = page.locator(".sheet-legend").inner_text()
    assert "Leuven" in sheet
    assert "Proved optimal" in page.locator(".sheet-head").inner_text()


@pytest.mark.parametrize("view", SCHEMES, ids=str)
def test_drawing_comparing_and_menus_have_no_violations(
    page_server: Served, open_page: Callable[..., Any], view: View
) -> None:
    language = "&lang=" + view.language
    server = page_server
    work = server.client().post("/api/works", json={"scenario": "mergers"}).json()
    page = open_page(server, view, address=f"{server.address}{language}&work={work['id']}")
    page.wait_for_selector("html[data-ready]")
    answered(page)
    words = WORDS[view.language]
    found = {}
    page.locator("#files-menu").click()
    found["menu"] = axe_violations(page)
    page.keyboard.press("Escape")
    draw(page, words)
    select(page, "Lubbeek")
    page.locator(".drawing-can button").first.wait_for()
    found["drawing"] = axe_violations(page)
    page.locator(".drawing-can button:not([aria-disabled])").first.click()
    wait(page, "store.work.steps.at(-1).said === 'draw.move'")
    judged(page)
    found["moved"] = axe_violations(page)
    tab(page, words[3])
    page.locator("#compare-other").select_option("known:as-is")
    page.locator(".compared table").wait_for()
    found["compared"] = axe_violations(page)
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


def test_the_dossier_of_the_region_on_the_map_is_saved(page: Any) -> None:
    pytest.importorskip("jinja2", reason="jinja2 is in the extra 'dossier'")
    page.evaluate("() => window.refzones.store.tell('zoom', 'Middenkust')")
    page.locator("#files-menu").click()
    with page.expect_download(timeout=120_000) as download:
        page.get_by_role("menuitem", name=re.compile("^Save the dossier .web page.")).click()
    assert download.value.suggested_filename == "mergers-dossier.html"
    text = Path(download.value.path()).read_text("utf-8")
    assert "Mergers of municipalities: Middenkust" in text
