"""Proofs on the terminal: what is certified, and what of it is checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...solver.results.census_certificate import CensusCertificate
from ...solver.results.certificate import BY_SEARCH, CERTIFIED, Certificate
from .console import say

if TYPE_CHECKING:
    from ...solver.checking.checker import RegionCheck


def show_proofs(certificate: Certificate) -> None:
    """Say of which regions the proof is written down."""
    regions = certificate.regions
    names = [region.name for region in regions if region.proof == CERTIFIED]
    if names:
        say(f"certified: {_listed(names, len(regions))}; verify --proof checks it")
    for region in regions:
        if region.proof == BY_SEARCH:
            say(f"{region.name}: proved by search, not certified: {region.reason}")


def show_checks(checks: Sequence[RegionCheck]) -> None:
    """Say of which regions the proof is checked."""
    names = [check.name for check in checks if check.proved]
    if names:
        parts = sum(check.parts for check in checks if check.proved)
        say(f"proof checked: {_listed(names, len(checks))}; {parts:,} possible mergers or zones scored anew")
    for check in checks:
        if not check.proved:
            say(f"not proved: {check.name}: {check.problem}")


def show_diagrams(certificate: CensusCertificate, *, with_sums: bool) -> None:
    """Say of which regions the diagram of all plans is written down; and whose sums are too many."""
    regions = certificate.regions
    names = [region.name for region in regions if region.proof == CERTIFIED]
    if names:
        say(f"certified: {_listed(names, len(regions))}; verify --proof checks it")
    for region in regions:
        if region.proof != CERTIFIED:
            say(f"{region.name}: not certified: {region.reason}")
        elif with_sums and not region.distributions:
            say(f"{region.name}: its distributions are not certified: they take too many sums")


def show_counts(
    names: Sequence[str], regions: int, without_bins: Mapping[str, str], unproved: Mapping[str, str]
) -> None:
    """Say of which regions all is counted again, of which all but bins, and of which nothing."""
    if names:
        say(f"proof checked: {_listed(names, regions)}; all plans counted anew")
    for name, reason in without_bins.items():
        say(f"{name}: distributions not checked: {reason}")
    for name, reason in unproved.items():
        say(f"not proved: {name}: {reason}")


def _listed(names: Sequence[str], regions: int) -> str:
    return "all regions" if len(names) == regions > 1 else ", ".join(names)
