"""An engine made as CONTRIBUTING says: the checks of all engines hold for it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.engines import REGISTERED, Entry, engine, engine_names
from support.own_engine import Wrapped
from support.strategies import questions


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REGISTERED, "wrapped", Entry(Wrapped))


def test_it_is_listed_and_made_by_its_name() -> None:
    assert "wrapped" in engine_names()
    assert isinstance(engine("Wrapped"), Wrapped)


@given(question=questions(largest=6, agreed=True))
@settings(max_examples=20, deadline=None)
def test_same_optimum_as_the_usual_engine(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    try:
        usual, own = (solve(instance, scenario, engine_name=name, workers=1) for name in ("highs", "wrapped"))
    except InputError:
        return
    assert (own.engine, own.status, own.score_nano) == ("wrapped", usual.status, usual.score_nano)
