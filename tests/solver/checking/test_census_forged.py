"""Forged certificates of a census are found out: every part of one, altered one at a time."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from refzones.instances import InputError, load
from refzones.models.scenario.scenario import Scenario
from refzones.solver.checking.census import check_census
from refzones.solver.plan_sets.census import census
from refzones.solver.plan_sets.census.certificate import census_certificate
from refzones.solver.results.census_certificate import CensusCertificate, read_census_certificate

REGIONS = ["Midwest", "Zuid-West-Vlaanderen"]
BOUNDED = {"preset": "mergers", "count": {"min": 3, "max": 4}}


@cache
def _scenario(bounded: bool) -> Scenario:
    return Scenario.from_dict(BOUNDED) if bounded else Scenario.preset("mergers")


@cache
def _certificate(bounded: bool = False) -> CensusCertificate:
    return census_certificate(census(load("flanders-2025"), _scenario(bounded), regions=REGIONS, bins=0))


def _problems(certificate: CensusCertificate, bounded: bool = False) -> list[str]:
    checks = check_census(certificate, load("flanders-2025"), _scenario(bounded))
    return [check.problem for check in checks if check.plans is None]


Layer = dict[str, Any]


def _layer(data: dict[str, Any]) -> Layer:
    """A layer in the middle of the first region with several states."""
    layers: list[Layer] = [one for one in data["regions"][0]["layers"] if len(one["beyond"]) > 2]
    return layers[len(layers) // 2]


def _remove(data: dict[str, Any], at: int) -> None:
    layer = _layer(data)
    for of in (layer["beyond"], layer["numbers"], layer["plans"]):
        if of:
            del of[at]


def _add(data: dict[str, Any], beyond: str, plans: str = "1", number: int = 0) -> None:
    layer = _layer(data)
    states = zip(layer["beyond"], layer["plans"], layer["numbers"] or [0] * len(layer["plans"]), strict=True)
    more = sorted([*states, (beyond, plans, number)], key=lambda state: (int(state[0], 16), state[2]))
    layer["beyond"], layer["plans"] = [one[0] for one in more], [one[1] for one in more]
    layer["numbers"] = [one[2] for one in more] if layer["numbers"] else []


def _other_state(data: dict[str, Any]) -> None:
    layer = _layer(data)
    plans = layer["plans"][0]
    _remove(data, 0)
    _add(data, f"{max(int(one, 16) for one in layer['beyond']) + 2:x}", plans)


def _plans(by: int) -> Callable[[dict[str, Any]], None]:
    def forge(data: dict[str, Any]) -> None:
        region = data["regions"][0]
        region["plans"] = str(int(region["plans"]) + by)

    return forge


def _plans_everywhere(data: dict[str, Any]) -> None:
    """One plan more on the whole way to the front."""
    _plans(1)(data)
    first = data["regions"][0]["layers"][0]
    first["plans"][0] = str(int(first["plans"][0]) + 1)


def _swap(data: dict[str, Any]) -> None:
    codes = data["regions"][0]["municipalities"]
    codes[0], codes[-1] = codes[-1], codes[0]


def _doubled(data: dict[str, Any]) -> None:
    codes = data["regions"][0]["municipalities"]
    codes[0] = codes[1]


FORGERIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a state is missing": lambda data: _remove(data, 0),
    "a state is another one": _other_state,
    "a state is one that no plan reaches": lambda data: _add(data, "1" + "0" * 8),
    "a state stands twice": lambda data: _add(data, _layer(data)["beyond"][0], _layer(data)["plans"][0]),
    "a state comes to nothing": lambda data: _add(data, "0", "0"),
    "states stand in another order": lambda data: [
        _layer(data)[key].reverse() for key in ("beyond", "plans")
    ],
    "a number is not written so": lambda data: _layer(data)["plans"].__setitem__(
        0, "0" + _layer(data)["plans"][0]
    ),
    "a number is none": lambda data: _layer(data)["plans"].__setitem__(0, "many"),
    "a state is below nothing": lambda data: _layer(data)["beyond"].__setitem__(0, "-1"),
    "a state lacks its plans": lambda data: _layer(data)["plans"].pop(),
    "a layer is missing": lambda data: data["regions"][0]["layers"].remove(_layer(data)),
    "a layer stands twice": lambda data: data["regions"][0]["layers"].append(
        data["regions"][0]["layers"][-1]
    ),
    "a layer is of another municipality": lambda data: data["regions"][0]["layers"][-1].update(place=99),
    "a layer is empty": lambda data: _layer(data).update(beyond=[], plans=[], numbers=[]),
    "there is no diagram": lambda data: data["regions"][0]["layers"].clear(),
    "there is said to be no plan": lambda data: data["regions"][0].update(layers=[], plans="0"),
    "a plan more": _plans(1),
    "a plan less": _plans(-1),
    "a plan more from the first state on": _plans_everywhere,
    "no number of plans": lambda data: data["regions"][0].update(plans=None),
    "a part is not counted": lambda data: data["regions"][0].update(sets=data["regions"][0]["sets"] - 1),
    "two codes are swapped": _swap,
    "a code stands twice": _doubled,
    "a code is missing": lambda data: data["regions"][0]["municipalities"].pop(),
    "a region is said not to be certified": lambda data: data["regions"][0].update(proof="not certified"),
    "a region is another one": lambda data: data["regions"][0].update(name="Denderregio"),
    "a region stands twice": lambda data: data["regions"].__setitem__(0, data["regions"][1]),
    "a region does not exist": lambda data: data["regions"][0].update(name="Nowhere"),
}


def test_the_certificates_are_right_and_have_something_to_forge() -> None:
    for bounded in (False, True):
        assert _problems(_certificate(bounded), bounded) == []
        assert len(_layer(_certificate(bounded).model_dump())["beyond"]) > 2
    assert _layer(_certificate(True).model_dump())["numbers"]


@pytest.mark.parametrize("bounded", [False, True])
@pytest.mark.parametrize("forgery", FORGERIES)
def test_forgeries_are_found_out(forgery: str, bounded: bool) -> None:
    data = _certificate(bounded).model_dump()
    FORGERIES[forgery](data)
    assert data != _certificate(bounded).model_dump()
    assert _problems(CensusCertificate.model_validate(data), bounded) != []


def test_numbers_of_mergers_are_told_apart_where_they_are_bound() -> None:
    data = _certificate(True).model_dump()
    for region in data["regions"]:
        for layer in region["layers"]:
            layer["numbers"] = []
    assert len(_problems(CensusCertificate.model_validate(data), True)) == len(REGIONS)
    # the diagram of the free question is none of the bounded one, nor the other way round
    assert _problems(_certificate(), True) != []
    assert _problems(_certificate(True)) != []


@pytest.mark.parametrize("bounded", [False, True])
def test_a_digit_is_flipped_anywhere(bounded: bool, tmp_path: Path) -> None:
    certificate = _certificate(bounded)
    text, draw, file = certificate.text(), random.Random(16), tmp_path / "certificate.json"
    file.write_text(text, encoding="utf-8")
    assert read_census_certificate(file) == certificate
    digits = [place for place, sign in enumerate(text) if sign.isdigit()]
    about = (certificate.instance, certificate.instance_hash, certificate.scenario_hash)
    for place in draw.sample(digits, 20):
        other = draw.choice([digit for digit in "0123456789" if digit != text[place]])
        file.write_text(text[:place] + other + text[place + 1 :], encoding="utf-8")
        try:
            forged = read_census_certificate(file)
        except InputError:
            continue
        if about == (forged.instance, forged.instance_hash, forged.scenario_hash):
            assert _problems(forged, bounded) != [], text[place - 20 : place + 20]
