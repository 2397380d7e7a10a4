"""Candidates that were listed before: what is kept, and what it is kept for."""

from __future__ import annotations

import pytest
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import Resolver, ResolverParams, solve
from refzones.solver.methods import listed, listed_again
from refzones.solver.partition import relaxation

FLANDERS, MERGERS = load("flanders-2025"), Scenario.preset("mergers")
MIDWEST = {"regions": ["Midwest"]}


class Calls:
    """Notes what a function is called for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> None:
        self.args: list[tuple[object, ...]] = []
        whole = getattr(where, name)

        def noting(*args: object) -> object:
            self.args.append(args)
            return whole(*args)

        monkeypatch.setattr(where, name, noting)


def weighed(**changes: float) -> Scenario:
    return MERGERS.overlaid({"weights": changes})


def test_weights_do_not_list_again(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, resolver = Calls(monkeypatch, listed, "list_component"), Resolver(FLANDERS)
    resolver.solve(MERGERS, **MIDWEST)
    before = len(calls.args)
    assert before > 0
    for scenario in (weighed(distance=3.0), weighed(distance=7.0, moment=1e-7), weighed(coverage=0.0)):
        again = resolver.solve(scenario, **MIDWEST)
        assert len(calls.args) == before
        right = solve(FLANDERS, scenario, **MIDWEST)
        del calls.args[before:]
        assert (again.plan, again.bound_nano) == (right.plan, right.bound_nano)
    resolver.solve(MERGERS.overlaid({"population": {"floor": 20_001}}), **MIDWEST)
    assert len(calls.args) > before


def test_weights_of_nested_mergers_relax_nothing_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    nested, resolver = Scenario.preset("nested"), Resolver(FLANDERS)
    resolver.solve(nested, **MIDWEST)
    begun = Calls(monkeypatch, relaxation.WarmRelaxation, "__init__")
    for changes in ({"weights": {"distance": 3.0}}, {"zones": {"weights": {"distance": 3.0}}}):
        nested = nested.overlaid(changes)
        again = resolver.solve(nested, **MIDWEST)
        right = solve(FLANDERS, nested, **MIDWEST)
        assert (again.plan, again.bound_nano) == (right.plan, right.bound_nano)
    assert begun.args == []
    resolver.solve(nested.overlaid({"locks": {"apart": [["Roeselare", "Hooglede"]]}}), **MIDWEST)
    assert begun.args != []


def test_only_new_terms_are_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = Resolver(FLANDERS)
    resolver.solve(MERGERS, **MIDWEST)
    calls = Calls(monkeypatch, listed_again, "values_of_terms")
    resolver.solve(weighed(moment=1e-7), **MIDWEST)
    assert {tuple(term.name for term in args[0]) for args in calls.args} == {("moment",)}


def test_what_does_not_fit_is_listed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, resolver = (
        Calls(monkeypatch, listed, "list_component"),
        Resolver(FLANDERS, ResolverParams(listings=1)),
    )
    resolver.solve(MERGERS, regions=["Midwest", "Westhoek"])
    before = len(calls.args)
    resolver.solve(weighed(distance=3.0), regions=["Midwest", "Westhoek"])
    assert len(calls.args) > before


def locked(**locks: list[list[str]]) -> Scenario:
    return MERGERS.overlaid({"locks": locks})


def test_more_locks_do_not_list_again(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, resolver = Calls(monkeypatch, listed, "list_component"), Resolver(FLANDERS)
    best = resolver.solve(MERGERS, **MIDWEST).plan
    assert best is not None
    apart = [FLANDERS.codes[i] for i in next(m.members for m in best.mergers if len(m.members) > 1)[:2]]
    one, other = (FLANDERS.codes[m.members[0]] for m in best.mergers if len(m.members) > 1)
    before = len(calls.args)
    for scenario in (
        locked(apart=[apart]),
        locked(apart=[apart], together=[[apart[0], other]]),
        locked(together=[[one, other]]),
        locked(),
    ):
        again = resolver.solve(scenario, **MIDWEST)
        assert len(calls.args) == before
        right = solve(FLANDERS, scenario, **MIDWEST)
        del calls.args[before:]
        assert (again.plan, again.bound_nano, again.status) == (right.plan, right.bound_nano, right.status)
        assert again.by_region[0].candidates == right.by_region[0].candidates
        assert again.by_region[0].reason == right.by_region[0].reason


def test_fewer_locks_do_list_again(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, resolver = Calls(monkeypatch, listed, "list_component"), Resolver(FLANDERS)
    names = [FLANDERS.names[i] for i in FLANDERS.members(FLANDERS.region_indices(["Midwest"])[0])][:2]
    resolver.solve(locked(apart=[names]), **MIDWEST)
    before = len(calls.args)
    again = resolver.solve(MERGERS, **MIDWEST)
    assert len(calls.args) > before
    assert again.plan == solve(FLANDERS, MERGERS, **MIDWEST).plan
