"""Undoing in a browser: what was answered before is shown at once, even where not all was told of it."""

from __future__ import annotations

from typing import Any

from support.served import Served

_BACK = """async () => {
    const { store } = window.refzones;
    const answered = () => new Promise((done) => {
        const is = () => store.answer?.digest === store.work.digest && store.answer.status === "done";
        const look = () => is() && done();
        store.addEventListener("answer", look);
        look();
    });
    await answered();
    const begun = { digest: store.work.digest, score: store.answer.whole.score_nano };
    await store.act({ kind: "set", key: "population.min", value: 28000 });
    await answered();
    const other = store.answer.whole.score_nano;
    await store.undo();
    return {
        begun, other, digest: store.work.digest, status: store.answer.status,
        score: store.answer.whole?.score_nano, regions: store.answer.regions.size,
    };
}"""


def test_what_was_answered_is_shown_at_once(page_server: Served, open_page: Any) -> None:
    """And what was not told of it, because something else was asked meanwhile, is told then."""
    page = open_page(page_server)
    page.wait_for_function("() => document.documentElement?.dataset.ready === 'true'")
    told = page.evaluate(_BACK)
    assert told["digest"] == told["begun"]["digest"]
    assert (told["status"], told["score"]) == ("done", told["begun"]["score"])
    assert told["other"] != told["score"]
    assert told["regions"] == 15
    page.wait_for_function("() => window.refzones.store.answer.complete")
    assert page.evaluate("() => window.refzones.store.answer.decisions.size") > 0
