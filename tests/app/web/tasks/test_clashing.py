"""Why there is no plan, as the page is told: proofs and contradictions, with remedies that are enough."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones.app.web.contract.clashes import Clash
from refzones.app.web.tasks.answering import answer
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import solve
from support.heard import heard

FLANDERS = load("flanders-2025")


def codes(*names: str) -> list[str]:
    return [FLANDERS.codes[FLANDERS.find(name)] for name in names]


def asked(**changes: Any) -> dict[str, Any]:
    scenario = Scenario.preset("mergers").overlaid(changes)
    return scenario.model_dump(mode="json", exclude_unset=True)


def clashes(said: list[tuple[str, Any]]) -> list[Clash]:
    return [Clash.model_validate(data) for name, data in said if name == "clash"]


def test_two_towns_of_different_regions_are_refused_and_explained_once() -> None:
    said = heard(answer, scenario=asked(locks={"together": [codes("Gent", "Aalst")]}))
    assert [name for name, _ in said] == ["refused", "clash"]
    (clash,) = clashes(said)
    assert clash.verdict == "contradiction"
    assert [rule.kind for rule in clash.rules] == ["together"]
    assert clash.rules[0].municipalities == sorted(FLANDERS.find(name) for name in ("Gent", "Aalst"))
    (remedy,) = clash.remedies
    assert [(one.kind, one.lock) for one in remedy.differences] == [("unlocked", "together")]
    again = heard(answer, scenario=remedy.scenario, decided=False)
    assert again[-1][0] == "answer"
    assert again[-1][1]["status"] == "optimal"


def test_every_remedy_of_a_region_without_a_plan_is_enough() -> None:
    said = heard(answer, scenario=asked(population={"max": 60_000}), decided=False)
    found = [one for one in clashes(said) if one.region == "Denderregio"]
    assert len(found) == 1
    assert found[0].verdict == "no plan"
    values = {rule.kind: rule.value for rule in found[0].rules}
    assert values["low"] == 30_000
    assert values["high"] == 60_000
    assert found[0].remedies
    for remedy in found[0].remedies:
        assert remedy.differences, remedy.text
        result = solve(FLANDERS, Scenario.from_dict(remedy.scenario), regions=["Denderregio"])
        assert result.status == "optimal", remedy.text


def test_regions_with_a_plan_have_nothing_to_explain() -> None:
    assert clashes(heard(answer, scenario=asked(), decided=False)) == []
