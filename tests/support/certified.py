"""Drawn questions, answered, certified and checked."""

from __future__ import annotations

from refzones.instances import InputError, Instance
from refzones.models.scenario.scenario import Scenario
from refzones.solver import Result, solve
from refzones.solver.certificates.params import CertificateParams
from refzones.solver.certificates.writing import certified
from refzones.solver.checking.checker import RegionCheck, check_certificate
from refzones.solver.results.plan import Plan


def answered(
    instance: Instance, scenario: Scenario, params: CertificateParams = CertificateParams()
) -> Result | None:
    """Answer a question with its certificate; None where the question contradicts itself."""
    try:
        return certified(solve(instance, scenario, workers=1), params=params)
    except InputError:
        return None


def checked(result: Result) -> tuple[RegionCheck, ...]:
    """Check the certificate of a result."""
    assert result.certificate is not None
    plan = result.plan or Plan(())
    return check_certificate(result.certificate, result.instance, result.scenario, plan)
