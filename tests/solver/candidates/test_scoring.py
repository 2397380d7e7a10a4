"""Scores of many candidates: as scored one by one, whether slices are worked on in threads or not."""

from __future__ import annotations

import os
import threading
import time

import numpy as np
import pytest
from refzones.instances import Instance, load
from refzones.models import Scenario, ask
from refzones.models.scoring.scorer import Scorer
from refzones.solver.candidates import scoring, sets
from refzones.solver.candidates.components import split
from refzones.solver.candidates.enumeration import enumerate_candidates
from refzones.solver.candidates.scoring import score_all, values_of_all
from refzones.solver.candidates.sets import Candidates
from refzones.solver.deadline import Deadline, TimeUpError

SCENARIO = Scenario.preset("mergers")


@pytest.fixture(scope="module")
def instance() -> Instance:
    return load("flanders-2025")


@pytest.fixture(scope="module")
def scorer(instance: Instance) -> Scorer:
    return Scorer(instance, SCENARIO)


@pytest.fixture(scope="module")
def candidates(instance: Instance) -> Candidates:
    question = ask(instance, SCENARIO, ["Oost-Brabant"])
    component = split(question, instance.region_indices(["Oost-Brabant"])[0])[0]
    return enumerate_candidates(question, component.municipalities)


@pytest.mark.parametrize("processors", [1, 3])
def test_slices_give_what_candidates_give_by_themselves(
    scorer: Scorer, candidates: Candidates, processors: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    everywhere = np.arange(len(candidates))
    values = scorer.values(candidates.dense(everywhere), candidates.municipalities)
    at_work: set[int] = set()

    def noted(self: Scorer, members: np.ndarray, municipalities: np.ndarray) -> np.ndarray:
        at_work.add(threading.get_ident())
        time.sleep(0.001)  # so that no thread takes them all
        return of_slice(self, members, municipalities)

    of_slice = Scorer.values
    monkeypatch.setattr(Scorer, "values", noted)
    monkeypatch.setattr(sets, "_CHUNK", 100)
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    assert len(list(candidates.chunks())) >= 3 * scoring._SLICES_IN_THREADS
    assert np.array_equal(values_of_all(scorer, candidates), values)
    assert np.array_equal(score_all(scorer, candidates), scorer.nano(values))
    assert (len(at_work) > 1) == (processors > 1)


def test_columns_of_a_slice_are_its_municipalities(
    candidates: Candidates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sets, "_CHUNK", 5)
    for rows in candidates.chunks():
        members, municipalities = candidates.local(rows)
        inside = [tuple(municipalities[row > 0].tolist()) for row in members]
        assert inside == [candidates.members(row) for row in range(*rows.indices(len(candidates)))]
        assert members.any(axis=0).all()


@pytest.mark.parametrize("processors", [1, 3])
def test_no_slice_is_begun_after_the_deadline(
    scorer: Scorer, candidates: Candidates, processors: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sets, "_CHUNK", 3)
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    for numbers in (score_all, values_of_all):
        with pytest.raises(TimeUpError):
            numbers(scorer, candidates, Deadline(time.perf_counter()))
