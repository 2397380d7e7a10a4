"""A browser that drives the planner's page, and notices whatever a planner must not meet."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
# the page is small and the machine may have two cores; nothing that is drawn may depend on a graphics card
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
)
VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy: ${event.effectiveDirective} forbids ${event.blockedURI}`);
});
"""


def executable() -> str:
    """Path of the browser: `REFZONES_CHROMIUM`, or the system's Chromium; empty where there is none."""
    named = os.environ.get("REFZONES_CHROMIUM", "")
    return named or next(filter(None, map(shutil.which, BROWSERS)), "")


def missing() -> str:
    """Say what is missing for driving the page; empty where nothing is."""
    for package in ("starlette", "uvicorn", "playwright"):
        if find_spec(package) is None:
            return f"{package} is not installed (the extra 'dev' has it)"
    return "" if executable() else "there is no Chromium (Debian's package chromium)"


@contextmanager
def chromium(*flags: str) -> Iterator[Any]:
    """Have a browser without a window while the block runs."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable(), args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True)
class View:
    """How somebody looks at the page."""

    language: str = "en"
    scheme: str = "light"
    width: int = 1280
    height: int = 800

    def __str__(self) -> str:
        return f"{self.language}-{self.scheme}-{self.width}x{self.height}"

    @property
    def options(self) -> dict[str, Any]:
        """Those of a context of the browser."""
        phone = self.width < 600
        return {
            "locale": "nl-BE" if self.language == "nl" else "en-GB",
            "timezone_id": "Europe/Brussels",
            "color_scheme": self.scheme,
            "viewport": {"width": self.width, "height": self.height},
            "has_touch": phone,
            "is_mobile": phone,
            "accept_downloads": True,
        }


SCHEMES = View("en", "light"), View("nl", "dark")
"""Each language and each scheme once: words do not hang on colours."""
SIZES = tuple(
    View(language, "light", *size)
    for language in ("en", "nl")
    for size in ((1280, 800), (1920, 1080), (390, 844))
)


@dataclass
class Watch:
    """What went wrong on the pages of a context, whatever the test looks at.

    Attributes
    ----------
    host : str
        The only host and port that may be asked.
    expected : list of str
        Patterns of messages that the test brings about itself.
    """

    host: str
    expected: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def allow(self, *patterns: str) -> None:
        """Expect messages that match these patterns, such as a refusal by the server."""
        self.expected += patterns

    def follow(self, context: Any) -> None:
        """Listen to all that the pages of a context ask and say."""
        context.on("request", lambda request: self._ask(request.url))
        context.on("console", self._say)
        context.on("weberror", lambda fault: self.wrong.append(f"uncaught: {fault.error}"))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._ask(socket.url)))
        context.add_init_script(VIOLATIONS)

    def _ask(self, url: str) -> None:
        parts = urlsplit(url)
        self.asked.append(url)
        inside = parts.netloc == self.host or parts.scheme in ("data", "about")
        if not inside and not (parts.scheme == "blob" and urlsplit(parts.path).netloc == self.host):
            self.wrong.append(f"asks another host: {url}")

    def _say(self, message: Any) -> None:
        if message.type in ("error", "warning", "assert"):
            place = message.location.get("url", "").rsplit("/", 1)[-1]
            self.wrong.append(f"console {message.type}: {message.text} ({place})")

    @property
    def complaints(self) -> list[str]:
        """What went wrong and was not expected."""
        return [text for text in self.wrong if not any(re.search(one, text) for one in self.expected)]


AXE = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = """(tags) => window.axe.run(document, {
    runOnly: {type: "tag", values: tags}, resultTypes: ["violations"],
})"""


def axe_violations(page: Any, tags: Sequence[str] = AXE) -> list[str]:
    """Say where a page breaks the rules of axe (WCAG 2.2 AA and good practice); empty where nowhere."""
    import axe_playwright_python

    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(
            (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
        )
    found = page.evaluate(_RUN, list(tags))
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {', '.join(map(str, node['target']))}:"
        f" {node['html'][:160]} | {' '.join(str(node.get('failureSummary', '')).split())}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


# moves the starting point of Tab to the start of the page
_START = """() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
}"""
_FOCUS = """() => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    if (!one || one === document.body) return null;
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    return {
        name: one.getAttribute("aria-label") || one.labels?.[0]?.innerText || one.innerText || "",
        role: one.getAttribute("role") || one.tagName.toLowerCase(), id: one.id,
        visible: box.width > 0 && box.height > 0 && style.visibility !== "hidden",
        outlined: style.outlineStyle !== "none" || style.boxShadow !== "none" || style.stroke !== "none",
    };
}"""


def focused(page: Any) -> dict[str, Any] | None:
    """Describe what has the focus: name, role, id, whether it is seen and marked; None where nothing has."""
    return page.evaluate(_FOCUS)  # type: ignore[no-any-return]


def tab_stops(page: Any, most: int = 400) -> list[dict[str, Any]]:
    """Press Tab from the start of the page until it comes round, and describe each stop."""
    page.evaluate(_START)
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        here = focused(page)
        if here is None or page.evaluate("() => document.activeElement.hasAttribute('data-stop')"):
            break
        page.evaluate("() => document.activeElement.setAttribute('data-stop', '')")
        stops.append(here)
    page.evaluate(
        "() => document.querySelectorAll('[data-stop]').forEach((one) => one.removeAttribute('data-stop'))"
    )
    return stops


def shot(page: Any, name: str) -> Path:
    """Keep a picture of the page in build/screenshots."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{re.sub(r'[^A-Za-z0-9.-]+', '-', name).strip('-')}.png"
    page.screenshot(path=path, animations="disabled")
    return path
