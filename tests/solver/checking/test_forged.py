"""Forged certificates are found out: every part of one, altered one at a time."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, load
from refzones.models.scenario.scenario import Scenario
from refzones.solver import Result, solve
from refzones.solver.certificates.writing import certified
from refzones.solver.checking.checker import check_certificate
from refzones.solver.results.certificate import Certificate, read_certificate

REGIONS = ["Midwest", "Zuid-West-Vlaanderen"]


@cache
def _result(preset: str = "mergers") -> Result:
    regions = ["Middenkust", "Waasland"] if preset == "nested" else REGIONS
    return certified(solve(load("flanders-2025"), Scenario.preset(preset), regions=regions))


def _data(preset: str = "mergers") -> dict[str, Any]:
    certificate = _result(preset).certificate
    assert certificate is not None
    return certificate.model_dump()


def _problems(data: dict[str, Any], preset: str = "mergers") -> list[str]:
    """What is wrong with a certificate, by region."""
    result, certificate = _result(preset), Certificate.model_validate(data)
    assert result.plan is not None
    checks = check_certificate(certificate, result.instance, result.scenario, result.plan)
    return [check.problem for check in checks if not check.proved]


def test_the_certificates_are_right_and_have_something_to_forge() -> None:
    assert _problems(_data()) == []
    assert _problems(_data("nested"), "nested") == []
    component = _with_tree(_data())
    assert len(component["open"]) > 5
    assert len(component["tree"]) > 3


def _with_tree(data: dict[str, Any]) -> dict[str, Any]:
    """The component with the longest tree."""
    components = [one for region in data["regions"] for one in region["components"]]
    return max(components, key=lambda one: len(one["tree"]))


def _lower_dual(data: dict[str, Any]) -> None:
    component = _with_tree(data)
    component["steps"][0]["duals"][0] -= 10**9


def _raise_dual(data: dict[str, Any]) -> None:
    component = _with_tree(data)
    component["steps"][0]["duals"][0] += 10**9


def _no_open(data: dict[str, Any]) -> None:
    _with_tree(data)["open"].pop()


def _more_open(data: dict[str, Any]) -> None:
    _with_tree(data)["open"].append([0, 1, 2, 3])


def _same_open(data: dict[str, Any]) -> None:
    component = _with_tree(data)
    component["open"].append(component["open"][-1])


def _other_order(data: dict[str, Any]) -> None:
    _with_tree(data)["open"].reverse()


def _short_tree(data: dict[str, Any]) -> None:
    _with_tree(data)["tree"].pop()


def _long_tree(data: dict[str, Any]) -> None:
    _with_tree(data)["tree"].append(0)


def _no_tree(data: dict[str, Any]) -> None:
    _with_tree(data)["tree"].clear()


def _covered(data: dict[str, Any]) -> None:
    tree = _with_tree(data)["tree"]
    tree[1] = tree[0]


def _beyond(data: dict[str, Any]) -> None:
    _with_tree(data)["tree"][0] = 1_000


def _below(data: dict[str, Any]) -> None:
    _with_tree(data)["tree"][0] = -1


def _fewer_sets(data: dict[str, Any]) -> None:
    _with_tree(data)["sets"] -= 1


def _claim(by: int) -> Callable[[dict[str, Any]], None]:
    def forge(data: dict[str, Any]) -> None:
        _with_tree(data)["claim"] += by

    return forge


def _score_and_claim(by: int) -> Callable[[dict[str, Any]], None]:
    def forge(data: dict[str, Any]) -> None:
        component = _with_tree(data)
        component["claim"] += by
        for region in data["regions"]:
            if component in region["components"]:
                region["score_nano"] += by

    return forge


def _shifted_claims(data: dict[str, Any]) -> None:
    """More for one component, less for another one of its region."""
    several = next(region["components"] for region in data["regions"] if len(region["components"]) > 1)
    several[0]["claim"] += 1
    several[1]["claim"] -= 1


def _no_component(data: dict[str, Any]) -> None:
    data["regions"][0]["components"].pop()


def _twice(data: dict[str, Any]) -> None:
    data["regions"][0]["components"].append(data["regions"][0]["components"][0])


def _other_regions_component(data: dict[str, Any]) -> None:
    data["regions"][0]["components"] = data["regions"][1]["components"]


def _unknown_code(data: dict[str, Any]) -> None:
    _with_tree(data)["municipalities"][0] = "99999"


def _swapped_codes(data: dict[str, Any]) -> None:
    codes = _with_tree(data)["municipalities"]
    codes[0], codes[1] = codes[1], codes[0]


def _one_code_less(data: dict[str, Any]) -> None:
    _with_tree(data)["municipalities"].pop()


def _no_municipalities(data: dict[str, Any]) -> None:
    _with_tree(data)["municipalities"].clear()


def _no_steps(data: dict[str, Any]) -> None:
    _with_tree(data)["steps"].clear()


def _number(data: dict[str, Any]) -> None:
    _with_tree(data)["steps"][0]["number"] = -(10**9)


def _cut_below(data: dict[str, Any]) -> None:
    _with_tree(data)["steps"][0]["cuts"] = [{"municipalities": [0, 1, 2], "price": -1}]


def _cut_of_two(data: dict[str, Any]) -> None:
    _with_tree(data)["steps"][0]["cuts"] = [{"municipalities": [0, 1], "price": 1}]


def _infeasible(data: dict[str, Any]) -> None:
    data["regions"][0] |= {"status": "infeasible", "score_nano": None}


def _no_claims(data: dict[str, Any]) -> None:
    _infeasible(data)
    for one in data["regions"][0]["components"]:
        one["claim"] = None


def _by_search(data: dict[str, Any]) -> None:
    data["regions"][0]["proof"] = "proved by search, not certified"


def _feasible(data: dict[str, Any]) -> None:
    data["regions"][0]["status"] = "feasible"


def _other_region(data: dict[str, Any]) -> None:
    data["regions"][0]["name"] = "Denderregio"


def _same_region(data: dict[str, Any]) -> None:
    data["regions"][0] = data["regions"][1]


def _no_such_region(data: dict[str, Any]) -> None:
    data["regions"][0]["name"] = "Nowhere"


def _inner(data: dict[str, Any]) -> None:
    component = _with_tree(data)
    component["inner"] = {"duals": [0] * len(component["municipalities"]), "sets": 0, "zones": []}


FORGERIES: dict[str, Callable[[dict[str, Any]], None]] = {
    "a dual is lower": _lower_dual,
    "a dual is higher": _raise_dual,
    "an open set is missing": _no_open,
    "an open set is none": _more_open,
    "an open set stands twice": _same_open,
    "open sets stand in another order": _other_order,
    "a tree lacks its last node": _short_tree,
    "a tree has a node too many": _long_tree,
    "a tree is missing": _no_tree,
    "a tree covers a municipality twice": _covered,
    "a tree names a municipality beyond the last": _beyond,
    "a tree names a municipality below the first": _below,
    "a part is not counted": _fewer_sets,
    "a claim is one too low": _claim(-1),
    "a claim is one too high": _claim(1),
    "claim and score are one too low": _score_and_claim(-1),
    "claim and score are one too high": _score_and_claim(1),
    "claims are shifted": _shifted_claims,
    "a component is missing": _no_component,
    "a component stands twice": _twice,
    "components are those of another region": _other_regions_component,
    "a code is unknown": _unknown_code,
    "two codes are swapped": _swapped_codes,
    "a municipality is missing": _one_code_less,
    "a component is empty": _no_municipalities,
    "there is no step": _no_steps,
    "the number of parts has a price": _number,
    "a cut has a price below 0": _cut_below,
    "a cut has two municipalities": _cut_of_two,
    "there is said to be no plan": _infeasible,
    "no component is said to have one": _no_claims,
    "a region is said not to be certified": _by_search,
    "a region is said not to be proved": _feasible,
    "a region is another one": _other_region,
    "a region stands twice": _same_region,
    "a region does not exist": _no_such_region,
    "mergers inside zones where there are none": _inner,
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forgeries_are_found_out(forgery: str) -> None:
    data = _data()
    FORGERIES[forgery](data)
    assert data != _data()
    assert _problems(data) != []


def _with_zones(data: dict[str, Any]) -> dict[str, Any]:
    components = [one for region in data["regions"] for one in region["components"]]
    inner: dict[str, Any] = max((one["inner"] for one in components), key=lambda one: len(one["zones"]))
    assert inner["zones"]
    return inner


NESTED: dict[str, Callable[[dict[str, Any]], object]] = {
    "a dual of mergers is lower": lambda inner: inner["duals"].__setitem__(0, inner["duals"][0] - 10**9),
    "a merger is not counted": lambda inner: inner.update(sets=inner["sets"] - 1),
    "a zone is missing": lambda inner: inner["zones"].pop(),
    "a zone stands twice": lambda inner: inner["zones"].append(inner["zones"][0]),
    "mergers score less than they do": lambda inner: [
        zone.update(most=zone["most"] - 10**9) for zone in inner["zones"]
    ],
    "a tree lacks a node": lambda inner: inner["zones"][0]["tree"].pop(),
    "a tree has a node too many": lambda inner: inner["zones"][0]["tree"].append(0),
    "a zone is none": lambda inner: inner["zones"][0].update(zone=[-1]),
    "nothing is proved of a zone": lambda inner: inner["zones"][0].update(most=10**15),
}


@pytest.mark.parametrize("forgery", NESTED)
def test_forgeries_of_zones_are_found_out(forgery: str) -> None:
    data = _data("nested")
    NESTED[forgery](_with_zones(data))
    assert data != _data("nested")
    assert _problems(data, "nested") != []


@pytest.mark.parametrize("preset", ["mergers", "nested"])
def test_a_digit_is_flipped_anywhere(preset: str, tmp_path: Path) -> None:
    """It is rejected, or what is claimed is the same and still proved."""
    certificate = _result(preset).certificate
    assert certificate is not None
    text, draw = certificate.text(), random.Random(16)
    digits = [place for place, sign in enumerate(text) if sign.isdigit()]
    rejected = 0
    for place in draw.sample(digits, 40):
        other = draw.choice([digit for digit in "0123456789" if digit != text[place]])
        file = tmp_path / "certificate.json"
        file.write_text(text[:place] + other + text[place + 1 :], encoding="utf-8")
        try:
            forged = read_certificate(file)
        except InputError:
            rejected += 1
            continue
        hashes = (forged.instance, forged.instance_hash, forged.scenario_hash)
        if hashes != (certificate.instance, certificate.instance_hash, certificate.scenario_hash):
            rejected += 1  # these are compared with the plan
        elif _problems(forged.model_dump(), preset):
            rejected += 1
        else:
            claims = [(one.name, one.status, one.score_nano, one.proof) for one in forged.regions]
            assert claims == [
                (one.name, one.status, one.score_nano, one.proof) for one in certificate.regions
            ]
    assert rejected > 20


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_files_that_are_cut_off_or_written_otherwise(tmp_path: Path, data: st.DataObject) -> None:
    certificate = _result().certificate
    assert certificate is not None
    text = certificate.text()
    place = data.draw(st.integers(0, len(text) - 2))
    for other in (text[:place], text[:place] + " " + text[place:], text[:place] + text[place + 1 :]):
        file = tmp_path / "certificate.json"
        file.write_text(other, encoding="utf-8")
        # what is left out of a name or a hash makes another one, which is compared with the plan
        with suppress(InputError):
            assert read_certificate(file) != certificate


def test_another_plan_is_not_what_is_proved() -> None:
    result = _result()
    other = solve(load("flanders-2025"), Scenario.preset("zones"), regions=REGIONS).plan
    assert other is not None
    assert result.certificate is not None
    checks = check_certificate(result.certificate, result.instance, result.scenario, other)
    assert not any(check.proved for check in checks)
