"""`refzones verify --proof` of a census."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ...instances.common.problems import InputError, reject
from .checked import stop_if_any

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...solver.checking.census import CensusCheck
    from ...solver.results.census_certificate import CensusCertificate
    from ..files.census_check import CensusFiles
    from ..files.census_record import CensusRecord


def check_census_proof(
    folder: Path, instance_of: Callable[[CensusRecord, Path], Instance], *, proof: bool
) -> None:
    """Check the certificate of a census, and its files against what it proves.

    Raises
    ------
    InputError
    """
    from ...solver.checking.census import check_census
    from ...solver.results.certificate import CERTIFICATE_FILE
    from ..files.census import CENSUS_FILE
    from ..files.census_check import CensusFiles
    from ..files.census_record import read_census
    from ..terminal.proofs import show_counts

    if not proof:
        reject("a census is checked by its certificate alone", "add --proof", file=str(folder))
    if not (folder / CERTIFICATE_FILE).exists():
        reject(
            "the census has no certificate, so that there is no proof to check",
            "count again with --certificate",
            file=str(folder),
        )
    try:
        record = read_census(folder)
    except (InputError, OSError) as error:
        stop_if_any([f"{CENSUS_FILE}: {error}"])
        raise
    instance = instance_of(record, folder / CENSUS_FILE)
    certificate = _certificate(folder, record)
    checks = check_census(certificate, instance, record.scenario)
    untrue, unproved, without_bins = _compared(checks, CensusFiles(folder, record))
    stop_if_any(untrue)
    names = [check.name for check in checks if check.name not in unproved]
    show_counts(names, len(checks), without_bins, unproved)
    if unproved or without_bins:
        raise typer.Exit(1)


def _certificate(folder: Path, record: CensusRecord) -> CensusCertificate:
    """Read the certificate, which must be about what the census is about."""
    from ...solver.results.census_certificate import read_census_certificate
    from ...solver.results.certificate import CERTIFICATE_FILE, scenario_hash
    from ..files.census import CENSUS_FILE

    try:
        certificate = read_census_certificate(folder / CERTIFICATE_FILE)
    except (InputError, OSError) as error:
        stop_if_any([f"{CERTIFICATE_FILE}: {error}"])
        raise
    problems = []
    if (certificate.instance, certificate.instance_hash) != (record.instance.name, record.instance.hash):
        problems.append(f"{CERTIFICATE_FILE}: it was made for other data than {CENSUS_FILE}")
    if certificate.scenario_hash != scenario_hash(record.scenario):
        problems.append(f"{CERTIFICATE_FILE}: it was made for another scenario than that of {CENSUS_FILE}")
    if [one.name for one in certificate.regions] != [one.region for one in record.regions]:
        problems.append(f"{CERTIFICATE_FILE}: its regions are not those of {CENSUS_FILE}")
    stop_if_any(problems)
    return certificate


def _compared(
    checks: tuple[CensusCheck, ...], files: CensusFiles
) -> tuple[list[str], dict[str, str], dict[str, str]]:
    """Compare the files with what is proved.

    Returns
    -------
    tuple of (list of str, dict of str to str, dict of str to str)
        What is untrue; why regions are not proved; why bins of others are not compared.
    """
    from ...instances.common.activity import doing
    from ...solver.checking.tree import ProofError
    from ..files.census_check import RegionComparison, product_of

    untrue = [str(one) for one in [*files.other_regions(), *product_of(files, checks)]]
    unproved, without_bins = dict[str, str](), dict[str, str]()
    for check, stated in zip(checks, files.record.regions, strict=True):
        if check.plans is None:
            unproved[check.name] = check.problem
            continue
        comparison = RegionComparison(files, stated, check.plans)
        try:
            with doing(f"{check.name}: adding up its plans"):
                untrue += map(str, comparison.differences())
        except ProofError as error:
            unproved[check.name] = str(error)
        if comparison.without_bins:
            without_bins[check.name] = comparison.without_bins
    return untrue, unproved, without_bins
