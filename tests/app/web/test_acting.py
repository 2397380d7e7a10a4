"""Actions, one by one: what each makes of a scenario, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.app.web.acting import acted, shown_locks
from refzones.app.web.contract.actions import Action
from refzones.app.web.contract.scenarios import plain_scenario
from refzones.app.web.states import State
from refzones.instances import InputError, load
from refzones.models import Scenario

FLANDERS = load("flanders-2025")
ADAPTER: TypeAdapter[Any] = TypeAdapter(Action)
BEGIN = State(plain_scenario(Scenario.preset("mergers")))


def after(*actions: dict[str, Any], state: State = BEGIN) -> State:
    for action in actions:
        state = acted(FLANDERS, state, ADAPTER.validate_python(action))
    return state


def lock(kind: str, *names: str) -> dict[str, Any]:
    return {"kind": "lock", "lock": kind, "municipalities": list(names)}


def unlock(kind: str, *names: str) -> dict[str, Any]:
    return {"kind": "unlock", "lock": kind, "municipalities": list(names)}


def index(*names: str) -> list[int]:
    return sorted(FLANDERS.find(name) for name in names)


def test_locks_of_every_kind() -> None:
    state = after(
        lock("together", "Rotselaar", "Aarschot"),
        lock("apart", "Leuven", "Herent"),
        lock("alone", "Tervuren"),
        lock("seat", "Tienen"),
        lock("keep", "Aalst", "Lede"),
        lock("keep", "Ninove", "Denderleeuw"),
    )
    locks = shown_locks(FLANDERS, state.asked)
    assert locks.together == [index("Aarschot", "Rotselaar")]
    assert locks.apart == [index("Leuven", "Herent")]
    assert locks.alone == index("Tervuren")
    assert locks.seat == index("Tienen")
    assert locks.kept == [index("Aalst", "Lede"), index("Ninove", "Denderleeuw")]
    assert state.asked.existing.mode == "keep"
    assert state.step.said == "lock"
    assert state.step.lock == "keep"
    assert state.step.municipalities == sorted(FLANDERS.codes[i] for i in index("Ninove", "Denderleeuw"))


def test_a_lock_is_removed_by_its_members_in_any_writing_and_order() -> None:
    locked = after(lock("together", "24001", "Rotselaar"), lock("together", "Aalst", "Lede"))
    state = after(unlock("together", "Rotselaar (24094)", "Aarschot"), state=locked)
    assert shown_locks(FLANDERS, state.asked).together == [index("Aalst", "Lede")]
    assert shown_locks(FLANDERS, after(unlock("together"), state=locked).asked).together == []


def test_all_locks_are_removed_and_nothing_else() -> None:
    locked = after(
        {"kind": "set", "key": "population.min", "value": 25_000},
        lock("together", "Aarschot", "Rotselaar"),
        lock("keep", "Aalst", "Lede"),
        lock("alone", "Tervuren"),
    )
    asked = after(unlock("all"), state=locked).asked
    assert asked == after({"kind": "set", "key": "population.min", "value": 25_000}).asked
    with pytest.raises(InputError, match="there is no such lock"):
        after(unlock("all"))


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (lock("together", "Aarschot"), "at least two municipalities"),
        (lock("together", "Aarschot", "24001"), "at least two municipalities"),
        (lock("alone", "Nergensland"), "no municipality has this name"),
        (unlock("apart", "Leuven", "Herent"), "there is no such lock"),
        ({"kind": "set", "key": "population.mim", "value": 1}, "population.mim"),
        ({"kind": "set", "key": "population..min", "value": 1}, "no key of a scenario"),
        ({"kind": "set", "key": "population.min", "value": "many"}, "population.min"),
        ({"kind": "set", "key": "population.min", "value": 200_000}, "above max"),
        ({"kind": "set", "key": "weights.nix", "value": 1}, "unknown term 'nix'"),
        ({"kind": "preset", "name": "nix"}, "there is no such preset"),
        ({"kind": "join", "municipality": "Gent", "joined": True}, "no facility municipality"),
        ({"kind": "border", "change": "add", "pair": ["Gent", "44021"]}, "between two municipalities"),
        ({"kind": "draw", "groups": [["Gent", "Lede"], ["Lede"]]}, "drawn in two mergers"),
    ],
)
def test_what_cannot_be_done_is_refused(action: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        after(action)


def test_a_key_is_set_as_a_file_sets_it_and_goes_back_to_what_is_usual() -> None:
    state = after({"kind": "set", "key": "population.max", "value": 120_000})
    laid = Scenario.preset("mergers").overlaid({"population": {"max": 120_000}})
    assert state.asked == laid
    term = after({"kind": "set", "key": "weights.touched(police)", "value": 3.5})
    assert term.asked.weights["touched(police)"] == 3.5
    assert (
        "touched(police)"
        not in after(
            {"kind": "set", "key": "weights.touched(police)", "value": None}, state=term
        ).asked.weights
    )
    assert after({"kind": "set", "key": "size.target", "value": None}).asked == BEGIN.asked


def test_keys_that_need_each_other_are_set_in_one_step() -> None:
    bare = after(
        {"kind": "set", "key": "weights.shortfall", "value": None, "more": {"population.ceiling": None}}
    )
    assert bare.asked.population.ceiling is None
    assert "shortfall" not in bare.asked.weights
    soft = {"kind": "set", "key": "population.floor", "value": 25_000}
    with pytest.raises(InputError, match=r"weights\.shortfall"):
        after(soft, state=bare)
    state = after(soft | {"more": {"weights.shortfall": 2e-5}}, state=bare)
    assert (state.asked.population.floor, state.asked.weights["shortfall"]) == (25_000, 2e-5)
    assert state.step.key == "population.floor"


def test_a_bound_is_hard_unless_the_same_step_says_how_soft() -> None:
    bound = {"kind": "set", "key": "population.max", "value": 120_000}
    assert after(bound).asked.population.ceiling is None
    kept = after(bound | {"more": {"population.ceiling": 140_000}}).asked.population
    assert (kept.max, kept.ceiling) == (120_000, 140_000)


def test_zones_have_locks_of_their_own() -> None:
    preset = {"kind": "preset", "name": "nested"}
    zoned = after(
        preset,
        lock("together", "Aalst", "Lede"),
        lock("together", "Aalst", "Ninove") | {"level": "zones"},
        lock("keep", "Gent") | {"level": "zones"},
        {"kind": "border", "change": "remove", "pair": ["Aalst", "Lede"], "level": "zones"},
        {"kind": "join", "municipality": "Ronse", "joined": True, "level": "zones"},
    )
    zones = zoned.asked.zones
    assert zones is not None
    own, outer = shown_locks(FLANDERS, zoned.asked, "zones"), shown_locks(FLANDERS, zoned.asked)
    assert (own.together, own.kept) == ([index("Aalst", "Ninove")], [index("Gent")])
    assert (own.joined, own.removed) == (index("Ronse"), [index("Aalst", "Lede")])
    assert own.added == [index("Voeren", "Riemst")]
    assert (outer.together, outer.kept, outer.joined, outer.removed) == ([index("Aalst", "Lede")], [], [], [])
    assert zoned.step.level == "zones"
    assert shown_locks(FLANDERS, after(preset, state=zoned).asked, "zones") == own
    gone = after(unlock("together", "Aalst", "Ninove") | {"level": "zones"}, state=zoned)
    assert shown_locks(FLANDERS, gone.asked, "zones").together == []
    assert shown_locks(FLANDERS, gone.asked).together == [index("Aalst", "Lede")]
    bare = after(unlock("all"), state=zoned).asked
    assert bare.zones is not None
    assert (bare.locks.together, bare.zones.locks.together, bare.zones.existing.mergers) == ((), (), ())
    with pytest.raises(InputError, match="does not ask for zones"):
        after(lock("alone", "Lede") | {"level": "zones"})


def test_zones_come_and_go_with_the_level() -> None:
    nested = after({"kind": "set", "key": "level", "value": "nested", "more": {"zones.preset": "zones"}})
    assert nested.asked.zones == Scenario.preset("nested").zones
    zone = after({"kind": "set", "key": "zones.weights.distance", "value": 9}, state=nested).asked.zones
    assert zone is not None
    assert zone.weights["distance"] == 9
    back = after({"kind": "set", "key": "level", "value": "mergers", "more": {"zones": None}}, state=nested)
    assert back.asked == BEGIN.asked


def test_a_preset_keeps_borders_of_its_own_and_those_that_were_agreed() -> None:
    nested, zones, mergers = ({"kind": "preset", "name": name} for name in ("nested", "zones", "mergers"))
    asked = after(nested, zones).asked
    assert asked.borders == Scenario.preset("zones").borders
    pair = [FLANDERS.codes[FLANDERS.find(name)] for name in ("Gent", "Aalter")]
    agreed = after({"kind": "border", "change": "add", "pair": pair}, zones)
    own, pair_agreed = index("Voeren", "Riemst"), index("Gent", "Aalter")
    assert shown_locks(FLANDERS, agreed.asked).added == [own, pair_agreed]
    back = after(mergers, state=agreed)
    assert shown_locks(FLANDERS, back.asked).added == [pair_agreed]


def test_a_preset_leaves_what_is_agreed() -> None:
    locked = after(
        lock("together", "Aarschot", "Rotselaar"),
        {"kind": "border", "change": "add", "pair": ["Gent", "Lede"]},
        {"kind": "join", "municipality": "Drogenbos", "joined": True},
        {"kind": "preset", "name": "zones"},
    )
    preset = Scenario.preset("zones")
    assert locked.asked.weights == preset.weights
    assert locked.asked.population == preset.population
    locks = shown_locks(FLANDERS, locked.asked)
    assert locks.together == [index("Aarschot", "Rotselaar")]
    assert locks.added == [index("Voeren", "Riemst"), index("Gent", "Lede")]  # the first is the preset's own
    assert locks.joined == index("Drogenbos")


def test_a_border_is_added_removed_and_restored() -> None:
    pair = ["Leuven", "Herent"]
    removed = after({"kind": "border", "change": "remove", "pair": pair})
    assert shown_locks(FLANDERS, removed.asked).removed == [index(*pair)]
    added = after({"kind": "border", "change": "add", "pair": pair[::-1]}, state=removed)
    assert shown_locks(FLANDERS, added.asked).removed == []
    assert shown_locks(FLANDERS, added.asked).added == [index(*pair)]
    restored = after({"kind": "border", "change": "restore", "pair": pair}, state=added)
    assert shown_locks(FLANDERS, restored.asked).added == []


def test_a_facility_municipality_joins_and_leaves_once() -> None:
    join = {"kind": "join", "municipality": "Drogenbos", "joined": True}
    state = after(join)
    with pytest.raises(InputError, match="agreed already"):
        after(join, state=state)
    assert shown_locks(FLANDERS, state.asked).joined == index("Drogenbos")
    assert shown_locks(FLANDERS, after(join | {"joined": False}, state=state).asked).joined == []


def test_a_plan_is_drawn_in_codes_and_a_question_leaves_it() -> None:
    state = after({"kind": "draw", "groups": [["Lede", "Aalst"], ["Gent"]]}, lock("alone", "Tervuren"))
    assert state.drawn == (("41002", "41034"), ("44021",))
    assert after({"kind": "draw", "groups": None}, state=state).drawn is None


def test_equal_questions_have_equal_digests() -> None:
    there = after(lock("alone", "Tervuren"))
    back = after(unlock("alone", "Tervuren"), state=there)
    assert there.digest != BEGIN.digest
    assert back.asked == BEGIN.asked
    assert State.of_plain(there.plain()).digest == there.digest


_NAMES = st.sampled_from(["Aarschot", "Rotselaar", "Leuven", "Herent", "Aalst", "Lede", "Gent", "Tervuren"])
_ACTIONS = st.one_of(
    st.builds(
        lambda kind, names: lock(kind, *names),
        st.sampled_from(["together", "apart", "alone", "seat", "keep"]),
        st.lists(_NAMES, min_size=1, max_size=3),
    ),
    st.builds(unlock, st.sampled_from(["together", "apart", "alone", "seat", "keep", "all"])),
    st.builds(
        lambda key, value: {"kind": "set", "key": key, "value": value},
        st.sampled_from(["population.min", "population.max", "weights.distance", "count.max"]),
        st.one_of(st.none(), st.integers(-5, 200_000)),
    ),
    st.builds(lambda name: {"kind": "preset", "name": name}, st.sampled_from(["mergers", "zones", "nested"])),
)


@given(st.lists(_ACTIONS, max_size=8))
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_leads_to_a_scenario_that_a_file_holds(actions: list[dict[str, Any]]) -> None:
    state = BEGIN
    for action in actions:
        try:
            state = after(action, state=state)
        except InputError:
            continue
    assert plain_scenario(state.asked) == state.scenario
    assert State.of_plain(state.plain()).asked == state.asked
