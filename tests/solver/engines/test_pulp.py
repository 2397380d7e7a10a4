"""CBC and licensed solvers through PuLP, whichever version: found or told, silent, on one line."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pulp as library
import pytest
from refzones.instances import InputError
from refzones.instances.common import temporary
from refzones.models.programmes.programme import Programme, with_row
from refzones.models.programmes.set_partition import partition_programme
from refzones.solver.engines import EngineError, engine, engine_names, pulp

MEMBERS = np.array([[1.0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 0]])


def programme() -> Programme:
    return partition_programme(MEMBERS, np.array([5.0, 7, 4, 6]))


def test_missing_cbc_is_told_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulp, "cbc_path", lambda: None)
    with pytest.raises(InputError, match=r"not installed here; install it with: pip install 'pulp\[cbc\]'"):
        engine("cbc")
    assert engine_names()[:3] == ["highs", "scip", "cpsat"]
    assert "cbc" not in engine_names()
    with pytest.raises(InputError, match="present here: highs, scip, cpsat;"):
        engine("clp")


def test_cbc_that_does_not_start_is_told_on_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "cbc"
    broken.write_text("#!/bin/sh\necho crashed\nexit 3\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setattr(pulp, "cbc_path", lambda: str(broken))
    with pytest.raises(EngineError, match=r"^cbc: .+") as error:
        engine("cbc").solve(programme())
    assert "\n" not in str(error.value)


def test_temporary_folder_with_blanks_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "of two words"
    folder.mkdir()
    monkeypatch.setattr(temporary.tempfile, "tempdir", str(folder))
    with pytest.raises(EngineError, match="set TMPDIR"):
        engine("cbc").solve(programme())


def test_pulp_has_nothing_to_warn_of() -> None:
    """Nothing is used that the next version drops."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        engine_names()
        ranged = with_row(programme(), np.ones(4), at_most=3, at_least=1)
        answer = engine("cbc").solve(ranged, seconds=30, seed=5, start=np.array([0.0, 0, 1, 1]))
    assert answer.x is not None
    assert answer.x.tolist() == [0, 0, 1, 1]


def test_column_that_costs_nothing_and_stands_in_no_row_is_left_at_rest() -> None:
    members = np.vstack([MEMBERS, np.zeros((1, 3))])
    answer = engine("cbc").solve(partition_programme(members, np.array([5.0, 7, 4, 6, 0])))
    assert answer.status == "optimal"
    assert answer.x is not None
    assert answer.x.tolist() == [0, 0, 1, 1, 0]


class _Loud(library.COIN_CMD):  # type: ignore[misc]
    """A solver that announces itself, knows no gaps, and has no licence for more than three columns."""

    name = "LOUD"

    def __init__(self, msg: bool = True, timeLimit: float | None = None) -> None:  # noqa: N803
        print("Loud Optimizer 1.0")
        super().__init__(path=pulp.cbc_path(), msg=msg, timeLimit=timeLimit)

    def actualSolve(self, lp: Any, **options: Any) -> Any:  # noqa: N802
        print("Loud works")
        if len(lp.variables()) > 4:
            raise ValueError("Model too large for a restricted licence;\nvisit the shop\n")
        return super().actualSolve(lp, **options)


@pytest.fixture
def _loud(monkeypatch: pytest.MonkeyPatch) -> None:
    apis = library.apis
    monkeypatch.setattr(apis, "_all_solvers", [*apis._all_solvers, _Loud])


@pytest.mark.usefixtures("_loud")
def test_licensed_solver_is_found_and_kept_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert "LOUD" in engine_names()
    answer = engine("loud").solve(programme(), seconds=30)
    assert answer.x is not None
    assert answer.x.tolist() == [0, 0, 1, 1]
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("_loud")
def test_licence_that_is_too_small_is_told_on_one_line() -> None:
    large = partition_programme(np.eye(5), np.ones(5))
    with pytest.raises(EngineError) as error:
        engine("LOUD").solve(large)
    assert str(error.value) == "LOUD: Model too large for a restricted licence; visit the shop"


def test_solver_that_cannot_even_be_asked_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    class Expired(library.COIN_CMD):  # type: ignore[misc]
        name = "EXPIRED"

        def available(self) -> bool:
            raise RuntimeError("licence expired")

    apis = library.apis
    monkeypatch.setattr(apis, "_all_solvers", [*apis._all_solvers, Expired])
    assert "EXPIRED" not in engine_names()
