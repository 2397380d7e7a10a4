"""How long a proof may be that is written down."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..partition.params import SiftingParams, SubsetRowParams


@dataclass(frozen=True)
class CertificateParams:
    """Limits of a certificate, so that anyone can check it in plain Python within minutes.

    Attributes
    ----------
    most_sets : int
        Parts of a component that are listed at most: the check lists and scores each of them.
    most_open : int
        Parts that the last step may leave open.
    nodes_first : int
        Nodes of a cover tree, before cuts are tried.
    nodes : int
        Nodes after them.
    most_zones : int
        Zones that may be open before the mergers inside them are looked at.
    sifting : SiftingParams
    cuts : SubsetRowParams
    """

    most_sets: int = 2_000_000
    most_open: int = 20_000
    nodes_first: int = 5_000
    nodes: int = 200_000
    most_zones: int = 20_000
    sifting: SiftingParams = field(default_factory=SiftingParams)
    cuts: SubsetRowParams = field(default_factory=SubsetRowParams)
