"""Stabilised duals, what a pool adds, and bounds where searches were given up: against listing."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from refzones.instances import load
from refzones.models import Model, Scenario, Scorer, ask
from refzones.models.scoring.scorer import NANO
from refzones.solver.candidates.components import Component, split
from refzones.solver.candidates.enumeration import enumerate_candidates
from refzones.solver.candidates.scoring import score_all
from refzones.solver.candidates.sets import Candidates
from refzones.solver.deadline import Deadline, TimeUpError
from refzones.solver.engines import engine
from refzones.solver.methods.generation.columns import Columns
from refzones.solver.methods.generation.master import SetMaster
from refzones.solver.methods.generation.params import RootParams
from refzones.solver.methods.generation.pricing import Part, Pricer
from refzones.solver.methods.generation.pricing_data import build_coefficients, build_pricing_data
from refzones.solver.methods.generation.root_relaxation import RootRelaxation
from refzones.solver.methods.generation.solve import solve_by_generation
from refzones.solver.partition.fixing import solve_partition
from refzones.solver.partition.problem import PartitionProblem

INSTANCE, SCENARIO = load("flanders-2025").restricted(["Waasland"]), Scenario.preset("mergers")
QUESTION, SCORER = ask(INSTANCE, SCENARIO), Scorer(INSTANCE, SCENARIO)
FRAME: Component = max(split(QUESTION, 0), key=lambda frame: len(frame.municipalities))
LISTED: Candidates = enumerate_candidates(QUESTION, FRAME.municipalities)
SCORES = score_all(SCORER, LISTED)
BEST = solve_partition(PartitionProblem(LISTED, SCORES), engine("highs"))


def places(row: int) -> Part:
    where = {i: k for k, i in enumerate(FRAME.municipalities.tolist())}
    return tuple(where[i] for i in LISTED.members(row))


SETS = [places(row) for row in range(len(LISTED))]


def make_root(parts: list[Part], params: RootParams = RootParams()) -> RootRelaxation:
    data = build_pricing_data(Model(QUESTION, SCORER), FRAME.municipalities)
    columns = Columns(FRAME.municipalities, SCORER)
    columns.add(parts)
    coefficients = build_coefficients(SCORER, FRAME.municipalities, data)
    return RootRelaxation(data, coefficients, Pricer(data, 1), columns, Deadline(), params=params)


def test_no_column_beats_stabilised_duals() -> None:
    some = SETS[:: max(1, len(SETS) // 200)] + [places(row) for row in BEST.chosen]
    root = make_root(some)
    root.master.add(root.columns.nano, root.columns.nano)
    before = root.master.solve()
    solved, duals = root.stabilisation.solve()
    assert solved.value == pytest.approx(before.value)
    assert root.columns.reduced_costs(some, duals).max() <= 1e-7
    assert duals.sum() >= solved.value - 1e-7
    # what must be covered is 1 again, so that the plan is feasible as it was
    assert solved.value >= (BEST.score or 0) / NANO - 1e-7


@pytest.mark.parametrize("limit", [1, 20, 300])
@pytest.mark.parametrize("level", [0.6, 0.9, 1.1])
def test_searches_that_were_given_up_still_bound_each_seat(limit: int, level: float) -> None:
    root = make_root(SETS[:5], RootParams(few=1.0))
    root.limit = limit
    data = root.data
    total = level * (BEST.score or 0) / NANO
    duals = total * data.people / data.people.sum()
    first = root.pricer.best(root.coefficients, duals, 0.0, limit=limit, keep=6)
    most = root._completed(root.coefficients, duals, first).most
    if limit == 1 and level < 1:
        assert not first.is_complete
    assert not np.isposinf(most).all()
    for part, nano in zip(SETS, SCORES.tolist(), strict=True):
        if len(part) > 1:
            members = list(part)
            far = data.effort[np.ix_(members, members)].astype(np.float64) @ data.people[members]
            seat = members[int(far.argmin())]
            assert nano / NANO - duals[members].sum() <= max(0.0, most[seat]) + 1e-6


def test_a_pool_changes_the_way_and_not_the_answer() -> None:
    plan = [LISTED.members(row) for row in BEST.chosen]
    order = np.argsort(-SCORES)[:300].tolist()
    pool = {LISTED.members(row): int(SCORES[row]) for row in order}
    found = solve_by_generation(
        Model(QUESTION, SCORER), FRAME, engine("highs"), start=plan, pool=pool, workers=1
    )
    assert (found.status, found.score, found.bound) == ("optimal", BEST.score, BEST.score)
    assert found.mergers == tuple(sorted(plan))
    assert all(
        bound * NANO >= (BEST.score or 0) - 2 * len(FRAME.municipalities) for _, bound in found.history
    )


def test_duals_are_not_worked_out_after_time() -> None:
    master = SetMaster(2, np.full(2, -5.0), Deadline(0.0))
    assert master.add([(0,), (1,), (0,), (0, 1)], {(0,): NANO, (1,): NANO, (0, 1): 3 * NANO}) == 3
    with pytest.raises(TimeUpError):
        master.solved()
    master.deadline = Deadline()
    assert master.solved().value == pytest.approx(3.0)
    assert master.add([(0,)], {(0,): NANO}) == 0
