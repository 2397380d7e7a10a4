"""Which proofs are written down, and what is said of others."""

from __future__ import annotations

from refzones.instances import load
from refzones.models.scenario.scenario import Scenario
from refzones.solver import Limits, solve
from refzones.solver.certificates.params import CertificateParams
from refzones.solver.certificates.writing import certified
from refzones.solver.results.certificate import BY_SEARCH, CERTIFIED
from refzones.solver.results.record import record_of
from support.build import build_instance

LINE = build_instance([40_000, 20_000, 30_000, 25_000, 35_000], [(0, 1), (1, 2), (2, 3), (3, 4)])
SCENARIO = Scenario.from_dict({"population": {"min": 30_000, "max": 80_000}, "weights": {"distance": 1.0}})


def test_regions_say_how_they_are_proved() -> None:
    result = certified(solve(LINE, SCENARIO))
    assert [region.proof for region in result.by_region] == [CERTIFIED]
    assert result.certificate is not None
    assert [region.proof for region in record_of(result).regions] == [CERTIFIED]


def test_nothing_is_said_without_a_certificate() -> None:
    result = solve(LINE, SCENARIO)
    assert result.certificate is None
    assert "proof" not in record_of(result).model_dump()["regions"][0]


def test_what_has_too_many_parts_is_proved_by_search() -> None:
    result = certified(solve(LINE, SCENARIO), params=CertificateParams(most_sets=2))
    assert result.certificate is not None
    (region,) = result.certificate.regions
    assert (region.proof, region.components) == (BY_SEARCH, [])
    assert region.reason == "it has too many parts to list"


def test_what_has_too_long_a_tree_is_proved_by_search() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    result = solve(instance, scenario, regions=["Midwest"])
    params = CertificateParams(nodes_first=1, nodes=1)
    written = certified(result, params=params).certificate
    assert written is not None
    assert written.regions[0].reason in ("its cover tree would be too long", "")


def test_what_comes_too_late_is_proved_by_search() -> None:
    result = certified(solve(LINE, SCENARIO), Limits(1e-9))
    assert result.certificate is not None
    assert result.certificate.regions[0].reason == "no time was left to write its proof down"


def test_a_plan_that_is_not_proved_has_no_proof() -> None:
    result = certified(solve(LINE, SCENARIO, limits=Limits(1e-9)))
    assert result.certificate is not None
    (region,) = result.certificate.regions
    assert (region.proof, region.reason) == ("", "") or region.status in ("optimal", "infeasible")


def test_a_region_without_a_plan() -> None:
    result = certified(
        solve(LINE, Scenario.from_dict({"population": {"min": 90_000, "max": 120_000}, "weights": {}}))
    )
    assert result.certificate is not None
    (region,) = result.certificate.regions
    assert (region.status, region.proof) == ("infeasible", CERTIFIED)
    assert all(component.claim is None for component in region.components)
