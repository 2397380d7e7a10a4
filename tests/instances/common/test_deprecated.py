from __future__ import annotations

import importlib
import pickle
import sys
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from refzones.instances.common.activity import doing
from refzones.instances.common.deprecated import (
    Renamed,
    moved_paths,
    parameters_into,
    renamed_fields,
    renamed_parameters,
)
from refzones.solver import Merger
from refzones.solver.review.comparison_tables import transfers_table
from support.python import run_python


@dataclass(frozen=True)
class Thing:
    whole: int
    half = Renamed("whole")
    double = Renamed("twice")

    def twice(self) -> int:
        return 2 * self.whole


@renamed_parameters(old="new")
def described(new: int, other: int = 0) -> tuple[int, int]:
    """Say."""
    return new, other


def test_old_attribute_gives_the_new_one_and_says_its_name() -> None:
    with pytest.warns(DeprecationWarning, match=r"^Thing\.half is now Thing\.whole; .* in refzones 0\.3$"):
        assert Thing(3).half == 3
    with pytest.warns(DeprecationWarning, match=r"Thing\.twice"):
        assert Thing(3).double() == 6
    assert Thing(3) == Thing(3)


def test_old_parameter_is_taken_for_the_new_one() -> None:
    with pytest.warns(DeprecationWarning, match="parameter old of described is now new"):
        assert described(old=1, other=2) == (1, 2)
    assert described(1, 2) == (1, 2)


@dataclass(frozen=True)
class Limits:
    most: int = 3
    least: int = 1


@parameters_into(Limits, most_of_all="most")
def limited(params: Limits = Limits()) -> Limits:
    """Say."""
    return params


def test_old_parameter_becomes_a_field_of_the_params() -> None:
    with pytest.warns(DeprecationWarning, match=r"most_of_all of limited is now params=Limits\(most="):
        assert limited(most_of_all=5) == Limits(5)  # type: ignore[call-arg]
    with pytest.warns(DeprecationWarning, match="most_of_all"):
        assert limited(params=Limits(least=0), most_of_all=5) == Limits(5, 0)  # type: ignore[call-arg]
    assert limited() == Limits()


def test_old_parameter_beside_the_new_one_is_no_choice() -> None:
    with pytest.raises(TypeError, match="twice"), pytest.warns(DeprecationWarning, match="new"):
        described(new=1, old=2)


@renamed_fields(old="new")
@dataclass(frozen=True)
class Made:
    new: int
    old = Renamed("new")


def test_old_field_is_taken_for_the_new_one() -> None:
    with pytest.warns(DeprecationWarning, match="parameter old of Made is now new"):
        assert Made(old=3) == Made(3)  # type: ignore[call-arg]
    with pytest.warns(DeprecationWarning, match=r"Made\.old is now Made\.new"):
        assert Made(3).old == 3
    assert replace(Made(3), new=4) == Made(4)


@renamed_parameters(old="new")
@doing("testing")
@renamed_parameters(older="other")
def decorated(new: int, other: int) -> int:
    return new + other


def test_warnings_point_to_the_line_of_the_user() -> None:
    with pytest.warns(DeprecationWarning, match="is now") as told:
        assert decorated(old=1, older=2) == 3  # type: ignore[call-arg]
    assert {Path(warning.filename).name for warning in told} == {Path(__file__).name}


def test_a_stack_may_be_short() -> None:
    source = "from refzones.instances.common.deprecated import warn_renamed\nwarn_renamed('a', 'b', depth=9)"
    assert "DeprecationWarning: a is now b" in run_python(source)


@pytest.mark.parametrize("package", ["instances", "models", "solver"])
def test_every_old_path_has_a_module(package: str) -> None:
    moved = importlib.import_module(f"refzones.{package}.moved").MOVED
    top = Path(__file__).parents[3] / package
    for old, new in moved_paths(moved).items():
        assert find_spec(f"refzones.{package}.{new}"), f"{old} is said to be {new}"
        here = top.joinpath(*old.split("."))
        assert not here.with_suffix(".py").exists(), f"{old} is still there"
        assert not (here / "__init__.py").exists(), f"{old} is still there"


OLD_IMPORTS = """
import warnings
warnings.simplefilter("ignore", DeprecationWarning)
import refzones.solver.verify
import refzones.solver.census.result
import refzones.solver.pareto.stability
import refzones.solver.sweep
import refzones.solver.wish
import refzones.solver.result as old
from refzones.solver import census, solve, sweep, verify, wish
from refzones.solver.pareto import stability
from refzones.solver.candidates import Candidates
from refzones.solver.census import Census
from refzones.solver.verify import verify as same
from refzones.instances.parts import Borders
from refzones.models.scenario import Scenario, presets
from refzones.models.sweep import SweepSpec
assert all(map(callable, (census, solve, sweep, verify, wish, stability, presets))) and same is verify
assert refzones.solver.verify is verify and old.Plan.__module__ == "refzones.solver.results.plan"
try:
    import refzones.solver.nowhere
except ModuleNotFoundError as error:
    assert error.name == "refzones.solver.nowhere"
else:
    raise AssertionError
"""


def test_documented_functions_of_old_modules_are_there() -> None:
    with pytest.warns(DeprecationWarning, match=r"transfers_table; the old name goes"):
        from refzones.solver.comparison_tables import changes_table
    assert changes_table is transfers_table
    with pytest.raises(ImportError):
        from refzones.solver.review.comparison_tables import nothing  # noqa: F401


def test_old_paths_hide_no_function() -> None:
    run_python(OLD_IMPORTS)


def test_old_path_says_the_new_one_where_it_is_imported() -> None:
    done = run_python("import refzones.solver.verify")
    assert "<string>:1: DeprecationWarning: refzones.solver.verify is now" in done
    assert "refzones.solver.verification.verifier" in done


def test_what_was_pickled_under_an_old_path_is_read() -> None:
    merger = Merger((1, 2), 1, "", (0.5,), 7)
    written = pickle.dumps(merger, protocol=0)
    new = Merger.__module__.encode()
    assert new in written
    sys.modules.pop("refzones.solver.result", None)
    with pytest.warns(DeprecationWarning, match=r"refzones\.solver\.results\.result"):
        assert pickle.loads(written.replace(new, b"refzones.solver.result")) == merger


def test_old_name_in_an_old_path_is_found() -> None:
    with pytest.warns(DeprecationWarning, match=r"refzones\.solver\.Wish is now refzones\.solver\.WhatIf"):
        from refzones.solver import Wish  # type: ignore[attr-defined]
    with pytest.warns(DeprecationWarning, match=r"solver\.wish\.Wish is now refzones\.solver\.WhatIf"):
        assert importlib.import_module("refzones.solver.wish").Wish is Wish
