"""What a wish costs is what the scenario with the wish, solved afresh, scores less."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.solver import Plan, Result, WhatIf, solve, verify, what_if
from refzones.solver.results.record import PlanRecord, record_of
from support.build import build_instance
from support.strategies import nested_questions, questions

Group = tuple[str, ...]


# The truth: the scenario with the wish written into its file


def with_wish(scenario: Scenario, wished: WhatIf) -> Scenario:
    """Write a wish into the tables of a scenario."""
    data = scenario.model_dump(mode="json")
    table: dict[str, Any] = data["zones"] if wished.level == "zones" and data["zones"] else data
    locks, existing = table["locks"], table["existing"]
    locks["together"] += [list(group) for group in wished.together]
    locks["apart"] += [list(group) for group in wished.apart]
    for key, texts in (("alone", wished.alone), ("seat", wished.seat)):
        locks[key] = list(dict.fromkeys([*locks[key], *texts]))
    if wished.mergers:
        if existing["mode"] == "extend":
            locks["together"] += [group for group in existing["mergers"] if len(group) > 1]
            existing["mergers"] = []
        existing["mode"] = "keep"
        new = [list(group) for group in wished.mergers]
        existing["mergers"] = [*existing["mergers"], *(g for g in new if g not in existing["mergers"])]
    borders, other = table["borders"], {"added": "removed", "removed": "added"}
    table["rules"]["joined"] = list(dict.fromkeys([*table["rules"]["joined"], *wished.joined]))
    for key, pairs in (("added", wished.added), ("removed", wished.removed)):
        for pair in map(sorted, pairs):
            borders[other[key]] = [one for one in borders[other[key]] if sorted(one) != pair]
            borders[key] = [*(one for one in borders[key] if sorted(one) != pair), pair]
    return Scenario.from_dict(data)


def in_codes(instance: Instance, scenario: Scenario) -> Scenario:
    """Name everybody by code, so that names that stand twice are seen."""

    def code(value: object) -> object:
        if isinstance(value, str):
            return instance.codes[instance.find(value)]
        return [code(part) for part in value] if isinstance(value, list) else value

    data = scenario.model_dump(mode="json")
    for table in filter(None, (data, data["zones"])):
        table["locks"] = {key: code(value) for key, value in table["locks"].items()}
        table["borders"] |= {key: code(table["borders"][key]) for key in ("added", "removed")}
        table["existing"]["mergers"] = [sorted(map(str, code(g))) for g in table["existing"]["mergers"]]
    return Scenario.from_dict(data)


def attempt(instance: Instance, scenario: Scenario) -> Result | None:
    try:
        return solve(instance, scenario, workers=1)
    except InputError:
        return None


def score_of(result: Result, regions: Iterable[str]) -> int | None:
    """Score of some regions; None where one of them has no plan."""
    scores = [region.score_nano for region in result.by_region if region.name in regions]
    return None if None in scores else sum(score for score in scores if score is not None)


def check(instance: Instance, scenario: Scenario, wished: WhatIf, *, from_record: bool = False) -> None:
    """Whatever `wish` says is what `solve` says of the scenario with the wish."""
    base = attempt(instance, scenario)
    if base is None:
        return
    plan: Result | PlanRecord = base
    if from_record:
        plan = PlanRecord.model_validate_json(record_of(base).model_dump_json())
    try:
        answer = what_if(instance, plan, wished, workers=1, explain_seconds=0)
    except InputError:
        event("no plan to hold it against")
        assert base.score_nano is None
        return
    truth = attempt(instance, with_wish(scenario, wished))
    if truth is None:
        event("against a rule")
        assert (answer.result, answer.possible, answer.cost_nano) == (None, False, None)
        assert answer.reasons
        return
    with_score, without = score_of(truth, answer.regions), score_of(base, answer.regions)
    if with_score is None or without is None:
        event("no plan")
        assert (answer.possible, answer.cost_nano, answer.terms, answer.changed) == (False, None, (), ())
        assert answer.reasons
        return
    event("held" if answer.held else "costs" if without > with_score else "free, or gains")
    assert answer.possible
    assert answer.proved
    assert answer.cost_nano == answer.at_least_nano == answer.at_most_nano == without - with_score
    # without a border somebody may be enclosed no more, and a merger be free that was forbidden
    frees = wished.removed and "forbidden" in {level.rules.enclosed for level in scenario.levels}
    opens = wished.joined or wished.added or frees
    assert answer.cost_nano >= 0 or wished.alone or wished.mergers or opens or reseats(scenario, wished)
    assert answer.cost_nano == 0 or not answer.held
    assert sum(term.cost_nano for term in answer.terms) == answer.cost_nano
    assert sum(change.cost_nano for change in answer.changed) == answer.cost_nano
    assert answer.result is not None
    check_plan(answer.result, truth, is_ruled=scenario.level != "nested" or not scenario_counts(scenario))


def reseats(scenario: Scenario, wished: WhatIf) -> bool:
    """Whether a wish moves seats: a seat that is wished need not be the best-equipped member."""
    asked = scenario.zones if wished.level == "zones" and scenario.zones else scenario
    return bool(wished.seat) and asked.rules.seat == "best_equipped"


def scenario_counts(scenario: Scenario) -> bool:
    """Whether the number of parts is limited at any level: ties are not broken by rule then."""
    levels = [scenario, *([scenario.zones] if scenario.zones else [])]
    return any(asked.count != type(asked.count)() for asked in levels)


def check_plan(result: Result, truth: Result, *, is_ruled: bool) -> None:
    """The plans are the same, and the verifier agrees."""
    solved = [region.name for region in result.by_region if region.score_nano is not None]
    assert [region.status for region in result.by_region] == [region.status for region in truth.by_region]
    assert (result.score_nano, result.bound_nano) == (truth.score_nano, truth.bound_nano)
    if is_ruled:
        assert (result.mergers, result.zones) == (truth.mergers, truth.zones)
    plan = Plan(result.mergers, result.zones)
    assert verify(result.instance, truth.scenario, plan, regions=solved) == ()
    assert verify(result.instance, result.scenario, plan, regions=solved) == ()


# Drawn wishes


@st.composite
def wishes(draw: st.DrawFn, instance: Instance, level: Any = None) -> WhatIf:
    """Draw one or two wishes at a time; groups lie in one region."""
    every = ("together", "apart", "alone", "seat", "mergers", "joined", "added", "removed")
    kinds = draw(st.lists(st.sampled_from(every), min_size=1, max_size=2))
    found: dict[str, list[Any]] = {}
    for kind in kinds:
        region = draw(st.integers(0, len(instance.regions) - 1))
        codes = [instance.codes[i] for i in instance.members(region).tolist()]
        if kind in ("alone", "seat", "joined"):
            found.setdefault(kind, []).append(draw(st.sampled_from(codes)))
        elif len(codes) > 1:
            size = st.integers(2, 2 if kind in ("added", "removed") else min(3, len(codes)))
            group = draw(st.permutations(codes))[: draw(size)]
            found.setdefault(kind, []).append(tuple(sorted(group)))
    if not found:
        found["seat"] = [instance.codes[0]]
    unique = {kind: tuple(dict.fromkeys(texts)) for kind, texts in found.items()}
    return WhatIf(**unique, level=level)


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_drawn_wishes(data: st.DataObject) -> None:
    instance, scenario = data.draw(questions(largest=7, agreed=data.draw(st.booleans())))
    wished = data.draw(wishes(instance))
    check(instance, in_codes_or_not(instance, scenario), wished, from_record=data.draw(st.booleans()))


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_drawn_wishes_about_zones_and_mergers_in_them(data: st.DataObject) -> None:
    instance, scenario = data.draw(nested_questions(largest=6, agreed=data.draw(st.booleans())))
    wished = data.draw(wishes(instance, data.draw(st.sampled_from((None, "mergers", "zones")))))
    check(instance, in_codes_or_not(instance, scenario), wished, from_record=data.draw(st.booleans()))


def in_codes_or_not(instance: Instance, scenario: Scenario) -> Scenario:
    """Scenarios that name somebody twice in two ways are refused anyway."""
    try:
        return in_codes(instance, scenario)
    except KeyError:
        return scenario


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_what_the_plan_has_costs_nothing_and_is_not_solved_again(data: st.DataObject) -> None:
    is_nested = data.draw(st.booleans())
    agreed = data.draw(st.booleans())
    drawn = nested_questions(largest=6, agreed=agreed) if is_nested else questions(largest=7, agreed=agreed)
    instance, scenario = data.draw(drawn)
    scenario = in_codes_or_not(instance, scenario)
    base = attempt(instance, scenario)
    if base is None or base.score_nano is None:
        return
    level = data.draw(st.sampled_from(("mergers", "zones"))) if is_nested else None
    parts = base.zones if level == "zones" else base.mergers
    part = data.draw(st.sampled_from(parts))
    codes = tuple(instance.codes[i] for i in part.members)
    seat = instance.codes[part.seat]
    held = [WhatIf(seat=(seat,), level=level)]
    if len(codes) > 1:
        held += [WhatIf(mergers=(codes,), level=level), WhatIf(together=(codes[:2],), level=level)]
    else:
        held.append(WhatIf(alone=codes, level=level))
    others = [instance.codes[other.members[0]] for other in parts if other is not part]
    if others:
        held.append(WhatIf(apart=((codes[0], data.draw(st.sampled_from(others))),), level=level))
    for wished in held:
        answer = what_if(instance, base, wished)
        if reseats(scenario, wished):  # it may decide seats elsewhere
            assert answer.cost_nano is not None
            assert answer.cost_nano <= 0
        else:
            assert (answer.held, answer.cost_nano, answer.solved, answer.changed) == (True, 0, (), ())
        check(instance, scenario, wished)


# Real wishes


FLANDERS = load("flanders-2025")


@pytest.fixture(scope="module")
def mergers() -> Result:
    return solve(FLANDERS, Scenario.preset("mergers"), regions=["Denderregio", "Waasland", "Westhoek"])


@pytest.mark.parametrize(
    ("wished", "region"),
    [
        (WhatIf(together=(("Aalst", "Denderleeuw"),)), "Denderregio"),
        (WhatIf(together=(("De Panne", "Koksijde"),), seat=("Koksijde",)), "Westhoek"),
        (WhatIf(mergers=(("Sint-Niklaas", "Stekene"),), apart=(("Lokeren", "Temse"),)), "Waasland"),
        (WhatIf(alone=("Lede",)), "Denderregio"),
        (WhatIf(added=(("Aalst", "Ninove"),)), "Denderregio"),
        (WhatIf(removed=(("De Panne", "Koksijde"),)), "Westhoek"),
        (WhatIf(joined=("Mesen",)), "Westhoek"),
    ],
)
def test_real_wishes(mergers: Result, wished: WhatIf, region: str) -> None:
    answer = what_if(FLANDERS, mergers, wished)
    truth = solve(FLANDERS, with_wish(mergers.scenario, wished), regions=[region])
    without = score_of(mergers, [region])
    assert (answer.solved, answer.proved) == ((region,), True)
    assert without is not None
    assert truth.score_nano is not None
    assert answer.cost_nano == without - truth.score_nano
    assert answer.cost_nano == sum(term.cost_nano for term in answer.terms)
    opens = wished.added or wished.removed or wished.joined
    assert answer.cost_nano > 0 or wished.alone or opens or reseats(mergers.scenario, wished)
    assert answer.result is not None
    (new,) = [found for found in answer.result.by_region if found.name == region]
    assert new.mergers == truth.mergers
    kept = [found for found in answer.result.by_region if found.name != region]
    assert kept == [found for found in mergers.by_region if found.name != region]
    assert (
        verify(FLANDERS, answer.scenario, answer.result.plan, regions=[r.name for r in mergers.by_region])
        == ()
    )


def test_the_example_of_the_documentation(mergers: Result) -> None:
    """The figures in docs/scenarios.md."""
    answer = what_if(FLANDERS, mergers, WhatIf(together=(("Aalst", "Denderleeuw"),)))
    assert round((answer.cost_nano or 0) / 1e9, 3) == 0.046
    costs = {term.name: round(term.cost_nano / 1e9, 2) for term in answer.terms}
    # fewer people turn to a centre of their own, and most live nearer to their seat
    assert {name: cost for name, cost in costs.items() if abs(cost) >= 0.2} == {
        "orientation": 0.48, "distance": -0.22, "shortfall": -0.24,
    }  # fmt: skip


def test_a_real_wish_about_nested_mergers() -> None:
    base = solve(FLANDERS, Scenario.preset("nested"), regions=["Waasland"])
    for level in ("mergers", "zones"):
        wished = WhatIf(together=(("Temse", "Beveren-Kruibeke-Zwijndrecht"),), level=level)  # type: ignore[arg-type]
        answer = what_if(FLANDERS, base, wished)
        truth = solve(FLANDERS, with_wish(base.scenario, wished), regions=["Waasland"])
        assert base.score_nano is not None
        assert truth.score_nano is not None
        assert answer.cost_nano == base.score_nano - truth.score_nano
        assert [term.name for term in answer.terms][:1] == list(base.scenario.weights)[:1]
        assert "zones.touched(police)" in [term.name for term in answer.terms]


# Wishes by hand, on a row of four


def test_a_seat_that_is_wished_need_not_be_the_best_equipped_member() -> None:
    """All are one merger; its best-equipped member lies at the end of the row."""
    points = [(1_000.0 * i, 0.0) for i in range(4)]
    row = build_instance([10_000] * 4, pairwise(range(4)), points=points, classes=["c2", "c2", "c2", "c0"])
    asked = {"population": {"min": 40_000, "max": 50_000}, "weights": {"distance": 1}}
    equipped = solve(row, Scenario.from_dict(asked | {"rules": {"seat": "best_equipped"}}))
    assert [part.seat for part in equipped.mergers] == [3]
    answer = what_if(row, equipped, WhatIf(seat=("M1",)))
    assert answer.result is not None
    assert [part.seat for part in answer.result.mergers] == [1]
    assert answer.cost_nano == -500_000_000  # 1.5 km to the end, 1 km to the middle
    (change,) = answer.changed
    assert [part.name(row) for part in (*change.before, *change.after)] == ["M3 +3", "M1 +3"]
    assert change.cost_nano == answer.cost_nano
    central = solve(row, Scenario.from_dict(asked))
    assert not what_if(row, central, WhatIf(seat=("M0",))).possible


def test_a_border_can_change_what_the_same_mergers_score() -> None:
    """M0 and M2 merge around the town M1; with one more neighbour, M3, they do not enclose it any more."""
    row = build_instance(
        [30_000, 60_000, 30_000, 60_000],
        [(0, 1), (0, 2), (1, 2), (2, 3)],
        classes=["c2", "a0", "c2", "c2"],
    )
    asked = {
        "population": {"min": 60_000, "max": 60_000},
        "rules": {"enclosed": "priced"},
        "weights": {"detached": 1},
    }
    base = solve(row, Scenario.from_dict(asked))
    assert [merger.members for merger in base.mergers] == [(0, 2), (1,), (3,)]
    answer = what_if(row, base, WhatIf(added=(("M1", "M3"),)))
    assert answer.result is not None
    assert [merger.members for merger in answer.result.mergers] == [(0, 2), (1,), (3,)]
    (change,) = answer.changed
    assert (change.before, change.after, change.has_other_mergers) == ((), (), False)
    assert change.cost_nano == answer.cost_nano == -333_333_333  # 60,000 of 180,000
