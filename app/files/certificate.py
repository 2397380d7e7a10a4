"""`certificate.json`: the proof of a plan, in whole numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...instances.common.problems import InputError
from ...solver.results.certificate import CERTIFICATE_FILE, Certificate, read_certificate, scenario_hash
from ...solver.results.record import PLAN_FILE, PlanRecord
from .run_file import Run, RunFile, Stated


def write_certificate(path: Path, run: Run) -> str:
    """Write the certificate of a result that has one."""
    assert run.result.certificate is not None, "who asks for the file makes the certificate first"
    path.write_text(run.result.certificate.text(), encoding="utf-8", newline="\n")
    return ""


def check_certificate_file(path: Path, stated: Stated) -> list[str]:
    """Compare what a certificate is about with the plan; `verify --proof` checks what it proves."""
    try:
        certificate = read_certificate(path)
    except (InputError, OSError) as error:
        return [f"{path.name}: {error}"]
    return [f"{path.name}: {text}" for text in _differences(certificate, stated.record)]


def _differences(certificate: Certificate, record: PlanRecord) -> Iterator[str]:
    if (certificate.instance, certificate.instance_hash) != (record.instance.name, record.instance.hash):
        yield f"it was made for other data than {PLAN_FILE}"
    if certificate.scenario_hash != scenario_hash(record.scenario):
        yield f"it was made for another scenario than that of {PLAN_FILE}"
    claimed = [(one.name, one.status, one.score_nano, one.proof) for one in certificate.regions]
    told = [(one.name, one.status, one.score_nano, one.proof) for one in record.regions]
    if claimed != told:
        yield f"regions, their status, scores or proofs are not those of {PLAN_FILE}"


def missing_certificate(record: PlanRecord) -> list[str]:
    """Say where a plan speaks of a certificate that it has not."""
    if CERTIFICATE_FILE in record.files or not any(region.proof for region in record.regions):
        return []
    return [f"{PLAN_FILE}: a region says how it is proved, but there is no {CERTIFICATE_FILE}"]


CERTIFICATE = RunFile(CERTIFICATE_FILE, write_certificate, check_certificate_file, sealed=True, extra=True)
