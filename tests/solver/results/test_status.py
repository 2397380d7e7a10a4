"""What may be said of an answer follows from what is known, and from nothing else."""

from __future__ import annotations

from dataclasses import fields
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.solver.partition.answer import ComponentAnswer
from refzones.solver.partition.fixing import PartitionAnswer
from refzones.solver.results.region_result import RegionResult
from refzones.solver.results.result import Result
from refzones.solver.results.status import SEVERITY, points_text, signed_points, status_of, worst


@given(st.none() | st.integers(-(2**60), 2**60), st.none() | st.integers(0, 3))
def test_optimal_exactly_when_score_and_bound_meet(score: int | None, above: int | None) -> None:
    bound = None if above is None else (score or 0) + above
    if score is None:
        assert status_of(score, bound) == "no plan within limit"
    else:
        assert status_of(score, bound) == ("optimal" if above == 0 else "feasible")
    assert status_of(None, bound, infeasible=True) == "infeasible"


@pytest.mark.parametrize(("score", "bound", "infeasible"), [(5, 4, False), (5, 5, True), (0, None, True)])
def test_what_contradicts_itself_is_a_defect(score: int, bound: int | None, infeasible: bool) -> None:
    with pytest.raises(RuntimeError, match="a defect of this program"):
        status_of(score, bound, infeasible=infeasible)
    with pytest.raises(RuntimeError, match="a defect of this program"):
        RegionResult("R", 1, (), score, bound, 0.0, infeasible=infeasible)


def test_whole_is_as_good_as_its_worst_part() -> None:
    assert worst(SEVERITY) == "infeasible"
    assert worst(SEVERITY[:2]) == "feasible"
    assert worst(["optimal", "optimal"]) == "optimal"


@pytest.mark.parametrize("kind", [PartitionAnswer, ComponentAnswer, RegionResult, Result])
def test_no_answer_is_told_its_status(kind: type) -> None:
    """It is worked out from score and bound, so that nobody can claim more than is known."""
    assert "status" not in {one.name for one in fields(kind)}
    assert isinstance(vars(kind)["status"], property)


@pytest.mark.parametrize(
    ("nano", "text", "signed"),
    [
        (33_025_313_053, "33.025", "+33.025"),
        (-347_826_087, "-0.348", "-0.348"),
        (100_000_000, "0.100", "+0.100"),
        (6_653_514, "0.007", "+0.007"),
        (690_873, "0.0007", "+0.0007"),
        (960_000, "0.001", "+0.001"),
        (-63_900_000, "-0.064", "-0.064"),
        (500_000, "0.0005", "+0.0005"),
        (1_234_567_890_123, "1,234.568", "+1,234.568"),
        (-12, "-0.00000001", "-0.00000001"),
        (1, "0.000000001", "+0.000000001"),
        (0, "0", "0"),
    ],
)
def test_points_as_people_read_them(nano: int, text: str, signed: str) -> None:
    assert points_text(nano) == text
    assert signed_points(nano) == signed


@given(st.integers(-(2**57), 2**57))
def test_points_are_rounded_truly(nano: int) -> None:
    """To three decimals or the first digit; outwards where it is a bound; and 0 is 0 only."""
    least, near, most = (
        Decimal(points_text(nano, way).replace(",", ""))
        for way in (ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_CEILING)
    )
    exact = Decimal(nano).scaleb(-9)
    assert least <= exact <= most
    assert near in (least, most)
    assert abs(near - exact) <= min(Decimal("0.0005"), abs(exact) / 2)
    assert (near == 0) == (nano == 0)


def test_no_points() -> None:
    assert points_text(None) == "-"
