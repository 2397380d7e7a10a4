"""Better plans beside a proof: they begin with the plan that is known, and end with the proof."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

from refzones.models import Scenario
from refzones.solver.deadline import Deadline
from refzones.solver.methods.beside import improving_beside
from refzones.solver.methods.contract import Method, Task
from refzones.solver.partition.answer import ComponentAnswer
from support.build import build_instance
from support.regions import task_of_region

ROW = build_instance([20_000] * 4, pairwise(range(4)))
TASK = task_of_region(ROW, Scenario.from_dict({"population": {"min": 20_000}, "weights": {"distance": 1}}))
KNOWN = replace(TASK, start=ComponentAnswer(((0, 1), (2, 3)), -9))


class Waits(Method):
    """Betters a plan until its time is up."""

    name = "waits"
    doing = "waiting"

    def __init__(self, *, beside: bool = True) -> None:
        self.beside, self.began_with = beside, None

    def accepts(self, task: Task) -> str | None:
        return None

    def works_beside(self, task: Task) -> bool:
        return self.beside

    def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
        raise AssertionError("it is not asked to")

    def improve(self, task: Task, deadline: Deadline) -> ComponentAnswer:
        self.began_with = task.started
        while not deadline.passed:
            time.sleep(0.001)
        return ComponentAnswer(((0,), (1, 2, 3)), -5)


def test_the_end_of_the_proof_ends_it_and_what_was_found_is_kept() -> None:
    method = Waits()
    with improving_beside([Waits(beside=False), method], KNOWN, Deadline.after(600)) as found:
        assert found == []
    assert [answer.score for answer in found] == [-5]
    assert method.began_with == ((0, 1), (2, 3))


def test_without_a_plan_or_a_limit_nothing_begins() -> None:
    for task, deadline in ((TASK, Deadline.after(600)), (KNOWN, Deadline())):
        method = Waits()
        with improving_beside([method], task, deadline) as found:
            pass
        assert (found, method.began_with) == ([], None)
