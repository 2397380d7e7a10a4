"""`refzones verify --proof`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ...instances.common.problems import InputError, reject
from .checked import stop_if_any

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...solver.results.record import PlanRecord


def require_certificate(record: PlanRecord, file: Path) -> None:
    """Make sure that a run says that it has a certificate.

    Raises
    ------
    InputError
    """
    from ...solver.results.certificate import CERTIFICATE_FILE

    if CERTIFICATE_FILE not in record.files:
        reject(
            "the run has no certificate, so that there is no proof to check",
            "solve again with --certificate; without --proof, verify proves the plan again by searching",
            file=str(file),
        )


def check_proof(folder: Path, record: PlanRecord, instance: Instance) -> None:
    """Check the certificate of a run that is clean, and say what of it is proved."""
    from ...solver.checking.checker import check_certificate
    from ...solver.results.certificate import CERTIFICATE_FILE, read_certificate
    from ..terminal.proofs import show_checks

    try:
        certificate = read_certificate(folder / CERTIFICATE_FILE)
    except (InputError, OSError) as error:
        stop_if_any([f"{CERTIFICATE_FILE}: {error}"])
        raise
    checks = check_certificate(certificate, instance, record.scenario, record.plan(instance))
    show_checks(checks)
    if not all(check.proved for check in checks):
        raise typer.Exit(1)
