"""Works: their states, on disk before anybody is told of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones.app.web.contract.actions import Action
from refzones.app.web.works import MOST_STATES, WORK_FILE, History, StaleError, StorageError, Works
from refzones.instances import InputError, load
from refzones.models import Scenario

FLANDERS = load("flanders-2025")
ADAPTER: TypeAdapter[Any] = TypeAdapter(Action)
MERGERS = Scenario.preset("mergers")


def act(works: Works, history: History, **action: Any) -> History:
    return works.act(history.id, history.revision, ADAPTER.validate_python(action))


@pytest.fixture
def works(tmp_path: Path) -> Works:
    return Works(tmp_path, FLANDERS)


def test_undo_and_redo_of_everything(works: Works) -> None:
    history = works.begin(MERGERS, "for the meeting")
    digests = [history.state.digest]
    for minimum in range(20_000, 26_000, 200):
        history = act(works, history, kind="set", key="population.min", value=minimum)
        digests.append(history.state.digest)
    assert len(set(digests)) == 31
    for digest in reversed(digests[:-1]):
        history = act(works, history, kind="undo")
        assert history.state.digest == digest
    with pytest.raises(InputError, match="nothing to undo"):
        act(works, history, kind="undo")
    for digest in digests[1:]:
        history = act(works, history, kind="redo")
        assert history.state.digest == digest
    with pytest.raises(InputError, match="nothing to redo"):
        act(works, history, kind="redo")
    assert act(works, history, kind="go", to=7).state.digest == digests[7]


def test_another_way_after_undo(works: Works) -> None:
    history = works.begin(MERGERS)
    history = act(works, history, kind="set", key="population.min", value=20_000)
    history = act(works, history, kind="undo")
    history = act(works, history, kind="set", key="population.min", value=21_000)
    assert [state.asked.population.min for state in history.states] == [30_000, 21_000]


def test_the_move_of_a_slider_is_one_step(works: Works) -> None:
    history = works.begin(MERGERS)
    for value in (5.5, 6, 6.5):
        history = act(works, history, kind="set", key="weights.distance", value=value, moving=True)
    history = act(works, history, kind="set", key="weights.distance", value=7)
    assert [state.asked.weights["distance"] for state in history.states] == [5, 7]
    history = act(works, history, kind="set", key="weights.distance", value=8)
    assert len(history.states) == 3


def test_who_has_not_seen_the_last_change_is_told(works: Works) -> None:
    history = works.begin(MERGERS)
    changed = act(works, history, kind="set", key="population.min", value=20_000)
    with pytest.raises(StaleError):
        act(works, history, kind="undo")
    assert works.get(history.id) == changed


def test_a_server_that_is_killed_loses_nothing(works: Works) -> None:
    history = works.begin(MERGERS, "Ünder <b>way</b>")
    history = act(works, history, kind="lock", lock="alone", municipalities=["Gent"])
    history = act(works, history, kind="draw", groups=[["Lede", "Aalst"]])
    history = act(works, history, kind="undo")
    again = Works(works.folder, FLANDERS)
    assert again.get(history.id) == history
    assert act(again, history, kind="redo").state.drawn == (("41002", "41034"),)


def test_works_are_listed_the_last_one_first_and_broken_ones_passed_over(works: Works) -> None:
    first = works.begin(MERGERS, "first")
    second = works.begin(Scenario.preset("zones"), "second")
    (works.folder / "notes").mkdir()
    broken = works.folder / "0123456789ab"
    broken.mkdir()
    (broken / WORK_FILE).write_text("{")
    elsewhere = Works(works.folder, load("flanders-2024")).begin(MERGERS, "other data")
    lines = Works(works.folder, FLANDERS).lines()
    assert [line.id for line in lines] == [second.id, first.id]
    assert elsewhere.id not in {line.id for line in lines}
    with pytest.raises(InputError, match="this work cannot be read"):
        works.get("0123456789ab")


@pytest.mark.parametrize("id", ["", "..", "../notes", "notes", "0123456789AB", "0123456789ab/..", "0" * 13])
def test_only_names_of_works_are_looked_for(works: Works, id: str) -> None:
    with pytest.raises(KeyError):
        works.get(id)


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"position": 5},
        {"position": -1},
        {"states": []},
        {"states": [{"scenario": {}}]},
        {"revision": None},
    ],
)
def test_altered_files_are_refused(works: Works, change: dict[str, Any]) -> None:
    history = works.begin(MERGERS)
    with pytest.raises(ValueError, match=r"."):
        History.of_plain(json.dumps(json.loads(history.plain()) | change))


def test_the_oldest_states_go(works: Works) -> None:
    history = works.begin(MERGERS)
    for k in range(MOST_STATES + 5):
        history = history.after(
            FLANDERS, ADAPTER.validate_python({"kind": "set", "key": "population.min", "value": 10_000 + k})
        )
    assert len(history.states) == MOST_STATES
    assert history.position == MOST_STATES - 1
    assert history.state.asked.population.min == 10_000 + MOST_STATES + 4


def test_a_title_is_changed_and_no_state_is_added(works: Works) -> None:
    history = works.begin(MERGERS)
    renamed = works.rename(history.id, "Oost-Brabant, tweede lezing")
    assert renamed.title == "Oost-Brabant, tweede lezing"
    assert renamed.states == history.states
    assert renamed.revision == history.revision + 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("")
    with pytest.raises(StorageError, match="file"):
        Works(place, FLANDERS).begin(MERGERS)
