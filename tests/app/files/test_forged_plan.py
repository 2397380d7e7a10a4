"""Forged plans are found out: every value of `plan.json` altered, one at a time."""

from __future__ import annotations

import pytest
from refzones.app.files.check import read_to_the_letter
from refzones.instances import InputError, Instance
from refzones.solver import solve
from refzones.solver.results.record import PLAN_FILE, PlanRecord
from support.all_plans import all_plans
from support.forged_runs import Forger, some
from support.forging import Place, forged_values, put_plan


def test_the_run_itself_is_clean(forger: Forger) -> None:
    forger.restore()
    assert not forger.is_rejected()


def test_altered_plan(forger: Forger) -> None:
    """Whoever alters anything is found out by the digest, times aside."""
    for path, forge in some(forged_values(forger.plan), 12, forger.name):
        forger.restore()
        put_plan(forger.folder, forge(), knowing=False)
        assert forger.is_rejected() or _is_a_time(path), path


def _is_a_time(path: Place) -> bool:
    """Times are not told apart from others of their kind: another run takes another time."""
    return "runtime" in path


MAY_BE_SO: dict[str, str] = {
    "runtime": "times and workers differ from run to run",
    "seed": "any seed gives the same proved answer",
    "versions": "no one can tell later with which version a plan was found",
    "reason": "words, of which the status is checked",
    "kept": "how many candidates are left open depends on the duals, which differ between versions",
    "name": "a scenario may have any name",
    "description": "a scenario may have any description",
    "source": "a file may have any name",
}
"""What somebody who mends the digest can alter without being found out, and why."""


def test_altered_by_somebody_who_mends_the_digest(forger: Forger) -> None:
    """What follows from the plan is found out, and what is false; a scenario may ask what is answered too."""
    for path, forge in some(forged_values(forger.plan), 24, forger.name):
        forger.restore()
        put_plan(forger.folder, forge(), knowing=True)
        if not forger.is_rejected():
            assert may_be_so(path) or is_true_as_well(forger), path


def may_be_so(path: Place) -> bool:
    if path[0] == "scenario":
        return str(path[-1]) in ("name", "description", "source")
    return bool({"runtime", "versions", "seed", "reason", "kept"} & set(path))


def is_true_as_well(forger: Forger) -> bool:
    """Whether all that a forged file claims is so, by brute force over all plans where there is one level."""
    record = read_to_the_letter(forger.folder / PLAN_FILE)
    if record.scenario.level == "nested":
        return _is_answered_so(record, forger.instance)
    for region in record.regions:
        plans = all_plans(forger.instance, record.scenario, forger.instance.regions.index(region.name))
        best = plans[0][0] if plans else None
        if region.status == "infeasible" and best is not None:
            return False
        if region.bound_nano is not None and (best is None or region.bound_nano < best):
            return False
        if region.status == "optimal" and region.score_nano != best:
            return False
    return True


def _is_answered_so(record: PlanRecord, instance: Instance) -> bool:
    again = solve(instance, record.scenario, regions=record.region_names)
    return [(r.status, r.score_nano, r.bound_nano) for r in again.by_region] == [
        (r.status, r.score_nano, r.bound_nano) for r in record.regions
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"schema_version": 2, "schema_version": 2}',
        "[" * 100_000,
        '{"gap": NaN}',
        '{"gap": 1e999}',
        '{"score_nano": ' + "9" * 5_000 + "}",
        '{"a": "\\ud800"}',
        "null",
        "\x00",
        "{}",
    ],
    ids=["twice", "deep", "nan", "infinite", "long", "surrogate", "null", "zero", "empty"],
)
def test_strange_json(forger: Forger, text: str) -> None:
    forger.restore()
    whole = forger.files[PLAN_FILE].decode()
    for content in (text, text[:-1] + "," + whole.lstrip()[1:] if text.startswith("{") else text):
        (forger.folder / PLAN_FILE).write_text(content, encoding="utf-8")
        with pytest.raises(InputError):
            read_to_the_letter(forger.folder / PLAN_FILE)
