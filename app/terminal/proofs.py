"""Proofs on the terminal: what is certified, and what of it is checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

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


def _listed(names: Sequence[str], regions: int) -> str:
    return "all regions" if len(names) == regions > 1 else ", ".join(names)
