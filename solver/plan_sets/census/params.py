"""What a census may take, and why so much."""

from __future__ import annotations

from dataclasses import dataclass

from ...diagrams.diagram import ARC_BYTES


@dataclass(frozen=True)
class CensusParams:
    """Limits and sample sizes of a census.

    Attributes
    ----------
    memory : float
        Bytes that the work on a region may take where no limit is given.
    arc_bytes : int
        Memory for each step between partial covers, as measured while graphs are built.
    sum_bytes : int
        Memory for each sum that is sorted, as measured where most occur more than once.
    most_sums : int
        Most sums to sort: pairs of so many are counted in 64 bits without overflow.
    probes : int
        Random probes of a region that cannot be counted; the standard error falls with their root.
    probe_seconds : float
        Longest time for them.
    sample : int
        Random plans for a distribution that takes too many sums: a share of a half then has a standard error
        of 0.35 per cent.
    """

    memory: float = 6e9
    arc_bytes: int = ARC_BYTES
    sum_bytes: float = 10.0
    most_sums: int = 1_000_000_000
    probes: int = 20_000
    probe_seconds: float = 10.0
    sample: int = 20_000
