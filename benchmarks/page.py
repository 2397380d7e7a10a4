"""The planner's page as a planner has it: started by its command, driven in Chromium, timed inside the page.

``python benchmarks/page.py`` measures all and prints a line each; `specs/page.py` puts the same into the
table. The seconds of an input run from the event of the browser to the frame after the page shows what it
led to.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# how the page is started and a browser found is the same for tests and for measuring
sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

from support import browsing, served

TIMES = 10
EDITS = 200
TABS = 10
REGION = "Oost-Brabant"

_IN_PAGE = """
window.bench = (() => {
  const { store } = window.refzones;
  let input = 0;
  for (const kind of ["click", "keydown", "input", "change"]) {
    addEventListener(kind, (event) => { input = event.timeStamp; }, true);
  }
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const proved = (one) => one && one.status === "optimal";
  const is = {
    region: (name) => fresh() && proved(store.answer.regions.get(name)),
    all: () => fresh() && store.answer.status === "done" && proved(store.answer.whole),
    scenario: (digest) => store.work.digest === digest && is.all(),
  };
  const fresh = () => store.answer && store.answer.digest === store.work.digest;
  const until = (test) => new Promise((done) => {
    const look = () => {
      if (!test()) return;
      for (const topic of ["answer", "work"]) store.removeEventListener(topic, look);
      done(undefined);
    };
    for (const topic of ["answer", "work"]) store.addEventListener(topic, look);
    look();
  });
  let waiting = Promise.resolve(0);
  return {
    store, is, until, frame,
    digest: () => store.work.digest,
    /** From now on: wait until another state than the present one is shown as far as it is asked. */
    expect(kind, name) {
      const before = store.work.digest;
      const shown = until(() => store.work.digest !== before && is[kind](name));
      waiting = shown.then(frame).then(() => performance.now());
    },
    /** Milliseconds from the last input to the frame that shows it. */
    async shown() { return (await waiting) - input; },
    /** Carry out an action as a control of the page does. */
    act(action) { input = performance.now(); void store.act(action); },
  };
})();
"""


_REDRAW = """
async (times) => {
  const { store, frame } = bench;
  const plans = [store.planBefore, null];
  const spent = [];
  for (let k = 0; k < times; k++) {
    await frame();
    const begun = performance.now();
    store.preview(plans[k % 2]);
    document.body.getBoundingClientRect();
    spent.push(performance.now() - begun);
  }
  return spent;
}
"""


@dataclass(frozen=True)
class Measure:
    """What was measured of the page.

    Attributes
    ----------
    what, unit : str
    values : list of float
    bar : float or None
        What the median may be at most.
    """

    what: str
    unit: str
    values: list[float]
    bar: float | None = None

    @property
    def median(self) -> float:
        """Median of the values."""
        return statistics.median(self.values)

    def __str__(self) -> str:
        bar = (
            ""
            if self.bar is None
            else f", bar {self.bar:g}: {'kept' if self.median <= self.bar else 'MISSED'}"
        )
        return f"{self.what}: {self.median:.3g} {self.unit} (most {max(self.values):.3g}){bar}"


@dataclass
class Driven:
    """A page in a browser, and the server that it is of."""

    server: served.Served
    page: Any
    watch: browsing.Watch
    _cdp: Any = field(default=None)

    def shown(self, do: Callable[[], None], kind: str = "all", name: str = "") -> float:
        """Do something on the page; seconds from the input to the frame that shows what it led to."""
        self.page.evaluate("([kind, name]) => bench.expect(kind, name)", [kind, name])
        do()
        return float(self.page.evaluate("() => bench.shown()")) / 1000

    def act(self, **action: Any) -> None:
        """Carry out an action."""
        self.page.evaluate("(action) => bench.act(action)", action)

    def heap_mb(self) -> float:
        """What the scripts of the page hold, after collecting what they do not."""
        self._cdp = self._cdp or self.page.context.new_cdp_session(self.page)
        for _ in range(3):
            self._cdp.send("HeapProfiler.collectGarbage")
        return float(self._cdp.send("Runtime.getHeapUsage")["usedSize"]) / 2**20

    def server_mb(self) -> float:
        """What all processes of the server hold; pages that they share count once."""
        return served.memory_mb(self.server.family())


def ready(page: Any, server: served.Served) -> None:
    """Open the page and wait until it can be used."""
    page.goto(server.address, wait_until="commit")
    page.wait_for_function("() => document.documentElement?.dataset.ready === 'true'", polling="raf")


@contextmanager
def opened(browser: Any, folder: Path, instance: str) -> Iterator[Driven]:
    """Have a page that has answered its first question."""
    with served.serving(folder, "--instance", instance, session=False) as server:
        context = browser.new_context(**browsing.View().options)
        context.set_default_timeout(120_000)
        watch = browsing.Watch(server.origin.split("//")[1])
        watch.follow(context)
        page = context.new_page()
        ready(page, server)
        page.evaluate(_IN_PAGE)
        page.evaluate("() => bench.until(() => bench.is.all()).then(bench.frame)")
        yield Driven(server, page, watch)
        context.close()
        assert not watch.complaints, watch.complaints


# what is measured


def usable(browser: Any, instance: str, times: int) -> list[Measure]:
    """From the command to a page that takes input, and to its first proved answer."""
    able, answered = [], []
    for _ in range(times + 1):  # the first one warms the caches of the system
        with tempfile.TemporaryDirectory() as folder:
            context = browser.new_context(**browsing.View().options)
            page = context.new_page()
            begun = time.perf_counter()
            with served.serving(Path(folder), "--instance", instance, session=False) as server:
                ready(page, server)
                able.append(time.perf_counter() - begun)
                page.evaluate(_IN_PAGE)
                page.evaluate("() => bench.until(() => bench.is.all()).then(bench.frame)")
                answered.append(time.perf_counter() - begun)
                context.close()
    return [
        Measure("from the command to a page that can be used", "s", able[1:], 1.5),
        Measure("from the command to the first proved answer", "s", answered[1:]),
    ]


def one_region(browser: Any, instance: str, times: int) -> list[Measure]:
    """Lock two neighbours of the largest region together by the button, and each time two others."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder, opened(browser, Path(folder), instance) as page:
        for pair in _pairs(page, REGION, times):
            page.page.evaluate("(pair) => bench.store.select(pair)", pair)
            button = page.page.get_by_role("button", name="Together", exact=True)
            seconds.append(page.shown(button.click, "region", REGION))
            page.shown(lambda: page.page.keyboard.press("Control+z"))
    return [Measure("one region, proved, after a lock", "s", seconds, 0.3)]


def all_regions(browser: Any, instance: str, times: int) -> list[Measure]:
    """Write a weight, and a bound, of all regions into their fields."""
    weight, bound = [], []
    with tempfile.TemporaryDirectory() as folder, opened(browser, Path(folder), instance) as page:
        page.page.locator("summary", has_text="Size and number").click()
        distance = page.page.get_by_label("Distance to the seat: points")
        least = page.page.get_by_label("Fewest inhabitants").first
        for k in range(times):
            distance.fill(f"{0.71 + 0.01 * k:.2f}")
            weight.append(page.shown(lambda: distance.press("Enter")))
            least.fill(str(27_000 + 100 * k))
            bound.append(page.shown(lambda: least.press("Enter")))
    return [
        Measure("all regions, proved, after a weight", "s", weight, 1.2),
        Measure("all regions, proved, after a bound", "s", bound, 1.2),
    ]


def undo(browser: Any, instance: str, times: int) -> list[Measure]:
    """Undo and redo by the keyboard."""
    back, forth = [], []
    with tempfile.TemporaryDirectory() as folder, opened(browser, Path(folder), instance) as page:
        for k in range(times):
            page.shown(lambda k=k: page.act(kind="set", key="population.min", value=31_000 + 100 * k))
            back.append(page.shown(lambda: page.page.keyboard.press("Control+z")))
            forth.append(page.shown(lambda: page.page.keyboard.press("Control+Shift+z")))
    return [Measure("undo", "s", back, 0.05), Measure("redo", "s", forth, 0.05)]


def redraw(browser: Any, instance: str, times: int) -> list[Measure]:
    """Draw another plan on the map, and back: script, styles and layout."""
    with tempfile.TemporaryDirectory() as folder, opened(browser, Path(folder), instance) as page:
        page.shown(lambda: page.act(kind="preset", name="zones"))
        seconds = page.page.evaluate(_REDRAW, times)
    return [Measure("drawing another plan on the map", "s", [one / 1000 for one in seconds], 1 / 60)]


def edits(browser: Any, instance: str, times: int) -> list[Measure]:
    """Edit again and again, each answer awaited; what server and page hold before and after."""
    with tempfile.TemporaryDirectory() as folder, opened(browser, Path(folder), instance) as page:
        heaps, servers = [], []
        for k in range(times + times // 4):  # a quarter fills what is kept on purpose
            if k == times // 4:
                heaps.append(page.heap_mb())
                servers.append(page.server_mb())
            page.shown(lambda k=k: page.act(**_edit(k)))
        heaps.append(page.heap_mb())
        servers.append(page.server_mb())
    return [
        Measure(f"server after {times} edits", "MB", servers[1:], 400.0),
        Measure(f"server, growth by {times} edits", "MB", [servers[1] - servers[0]]),
        Measure(f"scripts of the page after {times} edits", "MB", heaps[1:]),
        Measure(f"scripts of the page, growth by {times} edits", "MB", [heaps[1] - heaps[0]]),
    ]


def tabs(browser: Any, instance: str, times: int) -> list[Measure]:
    """Open tabs of one work; one of them acts, and all show it."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder, opened(browser, Path(folder), instance) as first:
        others = []
        for _ in range(TABS - 1):
            others.append(first.page.context.new_page())
            ready(others[-1], first.server)
            others[-1].evaluate(_IN_PAGE)
            others[-1].evaluate("() => bench.until(() => bench.is.all()).then(bench.frame)")
        first.page.bring_to_front()  # tabs behind it draw no frames, but take what is told
        for k in range(times):
            begun = time.perf_counter()
            first.shown(lambda k=k: first.act(kind="set", key="population.min", value=28_000 + 100 * k))
            digest = first.page.evaluate("() => bench.digest()")
            for page in others:
                page.evaluate("(digest) => bench.until(() => bench.is.scenario(digest))", digest)
            seconds.append(time.perf_counter() - begun)
        held = first.server_mb()
    return [
        Measure(f"all of {TABS} tabs show what one of them did", "s", seconds),
        Measure(f"server with {TABS} tabs", "MB", [held], 400.0),
    ]


def _edit(k: int) -> dict[str, Any]:
    """Give the edit of a number: bounds, weights, undo, in turn; no state comes twice but by undo."""
    return (
        {"kind": "set", "key": "population.min", "value": 25_000 + 10 * k},
        {"kind": "set", "key": "weights.distance", "value": round(0.5 + 0.001 * k, 3)},
        {"kind": "undo"},
    )[k % 3]


def _pairs(page: Driven, region: str, most: int) -> list[list[int]]:
    """Give pairs of neighbours of a region that different mergers of the best plan hold."""
    found = page.page.evaluate(
        """([region, most]) => {
          const { given, plan } = window.refzones.store;
          const mine = (i) => given.regions[given.municipalities[i].region] === region;
          const free = (i) => !given.municipalities[i].facility;
          const apart = (i, j) => plan.mergerOf[i] !== plan.mergerOf[j];
          return given.borders
            .filter(([i, j]) => mine(i) && mine(j) && free(i) && free(j) && apart(i, j))
            .map(([i, j]) => [i, j])
            .slice(0, most);
        }""",
        [region, most],
    )
    return [list(pair) for pair in found]


MEASURED = {
    "start": (usable, TIMES),
    "region": (one_region, TIMES),
    "regions": (all_regions, TIMES),
    "undo": (undo, TIMES),
    "redraw": (redraw, TIMES),
    "edits": (edits, EDITS),
    "tabs": (tabs, TIMES),
}
"""What is measured, and how often."""


def main() -> None:
    """Measure what is named, or all, and print it."""
    for name in sys.argv[1:] or MEASURED:
        measure, times = MEASURED[name]
        with browsing.chromium() as browser:
            for one in measure(browser, "flanders-2025", times):
                print(one, flush=True)


if __name__ == "__main__":
    main()
