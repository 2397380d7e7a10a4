"""Questions: who stands alone, whom locks and frames hold together, what is refused."""

from __future__ import annotations

import pytest
from refzones.instances import InputError
from refzones.models import Scenario, ask
from support.build import build_instance

ROW = build_instance(
    [40_000, 50_000, 200_000, 45_000, 3_000],
    [(0, 1), (1, 2), (2, 3)],
    facility=[1],
    layers={"police": ["A", "B", "B", "B", ""]},
)


def put(**data: object):
    return ask(ROW, Scenario.from_dict({"locks": {"alone": ["M4"]}, **data}))


def test_standalone_reasons() -> None:
    assert put().standalone == {1: "facility", 2: "above_max", 4: "locked"}
    assert put(rules={"facility": "free", "above_max": "absorb"}).standalone == {4: "locked"}
    assert put(rules={"joined": ["M1"]}).standalone == {2: "above_max", 4: "locked"}
    assert put(locks={"alone": ["M4", "10001"]}).standalone[1] == "locked"


def test_absorbing_city_counts_as_the_maximum_less_what_it_may_absorb() -> None:
    question = put(rules={"above_max": "absorb", "absorb_up_to": 20_000})
    assert question.bounded.tolist() == [40_000, 50_000, 110_000, 45_000, 3_000]


def test_lonely_small_municipality() -> None:
    with pytest.raises(InputError, match=r"M4 \(10004\) has 3000 inhabitants, fewer than population.min"):
        ask(ROW, Scenario())
    lonely_but_large = build_instance([40_000, 40_000], [])
    assert ask(lonely_but_large, Scenario()).standalone == {}


def test_overlapping_locks_are_united() -> None:
    assert put(locks={"together": [["M0", "M3"], ["M3", "10000"]], "alone": ["M4"]}).together == ((0, 3),)


def test_frames() -> None:
    assert put(frames={"within": ["police"]}).neighbours == ((), (2,), (1, 3), (2,), ())
    # the facility municipality and the city are exempt, and a zone of one holds nobody together
    assert put(frames={"unsplit": ["police"]}).together == ()
    assert put(frames={"unsplit": ["police"]}, rules={"facility": "free"}).together == ((1, 3),)


def test_borders() -> None:
    changed = put(borders={"added": [["M4", "M0"]], "removed": [["M1", "10002"]]})
    assert changed.neighbours == ((1, 4), (0,), (3,), (2,), (0,))
    assert put(borders={"min_length": 1001}).neighbours == ((),) * 5


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"borders": {"added": [["M0", "M0"]]}}, "a municipality cannot border itself"),
        ({"borders": {"removed": [["M0", "M9"]]}}, "borders.removed: no municipality has this name"),
        ({"frames": {"within": ["polis"]}}, "the instance has no layer 'polis'; did you mean 'police'?"),
        ({"requires": {"functions": ["rail"]}}, "the instance has no function 'rail'"),
        ({"rules": {"joined": ["M0"]}}, "M0 (10000) is no facility municipality"),
        (
            {"locks": {"together": [["M0", "M3"]], "apart": [["M3", "M0"]], "alone": ["M4"]}},
            "M0 (10000) and M3 (10003) are locked both together and apart",
        ),
        (
            {"locks": {"together": [["M0", "M2"]], "alone": ["M4"]}},
            "M2 (10002) has more inhabitants than population.max and stands alone",
        ),
    ],
)
def test_refused(data: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        put(**data)
    assert message in str(caught.value)
