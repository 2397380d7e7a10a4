"""Takes the pictures of the planner's page that the documentation shows, as a planner prepares a meeting.

Needs the extra `dev` and a Chromium: ``python docs/images/page.py``. Few colours keep the pictures small.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COLOURS = 128
WIDTH, HEIGHT = 1280, 860

Step = Callable[[Any, Callable[..., str]], None]


@contextmanager
def served() -> Iterator[str]:
    """Serve the page from an empty folder; give its address."""
    command = [sys.executable, "-c", "from refzones.app.cli import main; main()", "page", "--no-browser"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server,
    ):
        assert server.stdout is not None
        try:
            yield next(found[0] for line in server.stdout if (found := re.search(r"http://\S+", line)))
        finally:
            server.terminate()


def answered(page: Any) -> None:
    """Wait until the present question is answered to the end."""
    page.wait_for_function(
        "() => window.refzones?.store.answer?.status === 'done' && "
        "window.refzones.store.answer.digest === window.refzones.store.work.digest",
        timeout=60_000,
    )
    page.wait_for_timeout(1200)


def act(page: Any, **action: Any) -> None:
    """Do something to the work, as a button does."""
    page.evaluate("(action) => window.refzones.store.act(action)", action)
    answered(page)


def choose(page: Any, *names: str) -> None:
    """Select municipalities by name."""
    page.evaluate(
        """(names) => {
            const { store } = window.refzones;
            const all = store.given.municipalities;
            store.select(names.map((name) => all.findIndex((one) => one.name === name)));
        }""",
        list(names),
    )
    page.wait_for_timeout(1500)


def tab(page: Any, name: str, share: float = 0.42) -> None:
    """Open a part of the answer, and give it room."""
    page.get_by_role("tab", name=name).click()
    page.evaluate("(share) => document.getElementById('main').style.setProperty('--map-share', share)", share)


def scroll(page: Any, selector: str) -> None:
    """Bring something of the answer to its top."""
    page.locator(selector).first.evaluate("(one) => one.scrollIntoView({ block: 'start' })")
    page.wait_for_timeout(500)


def overview(page: Any, t: Callable[..., str]) -> None:
    """Show the page as it opens."""


def lock(page: Any, t: Callable[..., str]) -> None:
    """Lock an agreement, and select another one."""
    page.evaluate("() => window.refzones.store.tell('zoom', 'Oost-Brabant')")
    act(page, kind="lock", lock="together", municipalities=["Leuven", "Herent", "Rotselaar"])
    choose(page, "Diest", "Scherpenheuvel-Zichem", "Bekkevoort")
    page.wait_for_timeout(3000)


def remedy(page: Any, t: Callable[..., str]) -> None:
    """Ask for two towns that no merger can hold."""
    page.evaluate("() => window.refzones.store.tell('zoom', 'Limburg')")
    choose(page)
    act(page, kind="lock", lock="together", municipalities=["Hasselt", "Genk"])
    page.locator("#reply .remedies button").first.wait_for(timeout=60_000)
    tab(page, t("reply.tab.answer"))
    scroll(page, "#reply .clash")


def alternatives(page: Any, t: Callable[..., str]) -> None:
    """Look at plans that differ."""
    act(page, kind="undo")
    page.evaluate("() => window.refzones.store.tell('zoom', null)")
    tab(page, t("reply.tab.others"))
    page.wait_for_timeout(1000)
    page.wait_for_selector("#reply .map-thumbnail", timeout=120_000)
    page.wait_for_timeout(6000)
    scroll(page, "#reply [role=tabpanel]:not([hidden]) select")


def effects(page: Any, t: Callable[..., str]) -> None:
    """Look at what a merger does."""
    tab(page, t("reply.tab.effects"))
    page.wait_for_selector("#reply .effects table", timeout=60_000)
    choose(page, "Tielt")
    scroll(page, "#reply .effects .choices")


def drawing(page: Any, t: Callable[..., str]) -> None:
    """Draw by hand."""
    tab(page, t("reply.tab.drawing"))
    page.get_by_role("button", name=t("drawing.from.answer")).first.click()
    page.wait_for_function("() => window.refzones.store.work.groups")
    answered(page)
    choose(page, "Haacht", "Boortmeerbeek")
    page.wait_for_timeout(1500)
    scroll(page, "#reply [role=tabpanel]:not([hidden])")


def compare(page: Any, t: Callable[..., str]) -> None:
    """Put two plans side by side."""
    act(page, kind="draw", groups=None, said="stop")
    choose(page)
    tab(page, t("reply.tab.compare"))
    page.locator("#reply [role=tabpanel]:not([hidden]) select").first.select_option("step:0")
    page.wait_for_selector("#reply [role=tabpanel]:not([hidden]) table", timeout=60_000)
    page.wait_for_timeout(1500)


STEPS: tuple[Step, ...] = (overview, lock, remedy, alternatives, effects, drawing, compare)


def main() -> None:
    """Take all pictures in both languages."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--hide-scrollbars"])
        for language in ("en", "nl"):
            with served() as address:
                page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
                page.goto(f"{address}&lang={language}")
                answered(page)
                texts = page.evaluate(f"async () => (await import('/texts/{language}.js')).default")
                for step in STEPS:
                    step(page, texts.__getitem__)
                    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
                    small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
                    small.save(HERE / f"page-{language}-{step.__name__}.png", optimize=True)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
