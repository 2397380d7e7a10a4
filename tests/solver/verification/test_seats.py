"""The second reading of seats; `test_verifier` holds it against the scorer on drawn instances."""

from __future__ import annotations

from dataclasses import replace

from refzones.models import Scenario
from refzones.models.scoring.model import Model
from refzones.solver.results.mergers import make_parts
from refzones.solver.results.plan import Plan
from refzones.solver.verification.seats import seat
from refzones.solver.verification.verifier import verify
from support.build import build_instance

ROW = build_instance(
    [30_000, 20_000, 10_000, 10_000],
    [(0, 1), (1, 2), (2, 3)],
    points=[(0, 0), (1_000, 0), (2_000, 0), (3_000, 0)],
    classes=["c1", "b1", "c2", "c0"],
)
ASKED = {"population": {"min": 0, "max": 100_000}, "weights": {"distance": 1.0}}
CENTRAL = Scenario.from_dict(ASKED)
EQUIPPED = Scenario.from_dict(ASKED | {"rules": {"seat": "best_equipped"}})


def test_seat_by_rule() -> None:
    assert seat(ROW, CENTRAL, (0, 1, 2, 3)) == 1
    assert seat(ROW, EQUIPPED, (0, 1, 2, 3)) == 3
    assert seat(ROW, EQUIPPED, (0, 1, 2)) == 0
    assert seat(ROW, EQUIPPED, (1, 2)) == 1  # b1 and c2 are alike: inhabitants decide


def test_locked_seat_is_the_seat() -> None:
    locked = Scenario.from_dict(
        ASKED | {"rules": {"seat": "best_equipped"}, "locks": {"seat": ["M2", "nowhere"]}}
    )
    assert seat(ROW, locked, (0, 1, 2, 3)) == 2
    assert seat(ROW, locked, (0, 1)) == 0


def test_plan_of_the_other_rule_is_told_what_is_wrong() -> None:
    parts = make_parts(Model.of(ROW, CENTRAL), [(0, 1, 2, 3)])
    found = verify(ROW, EQUIPPED, Plan(tuple(parts)))
    assert [violation.kind for violation in found] == ["seat", "term", "score", "score"]
    assert found[0].text.endswith("is stated as M1 (10001); it should be M3 (10003)")
    right = make_parts(Model.of(ROW, EQUIPPED), [(0, 1, 2, 3)])
    assert verify(ROW, EQUIPPED, Plan(tuple(right))) == ()
    assert right[0].values == ((30_000 * 3 + 20_000 * 2 + 10_000) * 1.0,)
    elsewhere = Plan((replace(right[0], seat=1),))
    assert [violation.kind for violation in verify(ROW, EQUIPPED, elsewhere)] == ["seat"]
