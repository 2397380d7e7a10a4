"""The certificate of a census: the diagrams of all regions, written down so that others can add them up."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from ....instances.common.activity import doing
from ....models.indicators.asked import data_hash
from ....models.question.surroundings import forbids_enclosed_mergers
from ...results.census_certificate import NOT_CERTIFIED, CensusCertificate, Layer, RegionDiagram
from ...results.certificate import CERTIFIED, scenario_hash
from .graph import PlanGraph
from .region import RegionCensus
from .result import Census


@dataclass(frozen=True)
class CensusCertificateParams:
    """Limits of the certificate of a census, so that anyone can check it in minutes.

    Attributes
    ----------
    most_states : int
        Of the diagram of a region.
    most_arcs : int
        Between them; they are not written, but the check goes along each.
    most_sums : int
        Sums to sort for a distribution.
    """

    most_states: int = 500_000
    most_arcs: int = 3_000_000
    most_sums: int = 2_000_000


@doing("writing the diagrams down")
def census_certificate(
    census: Census, params: CensusCertificateParams = CensusCertificateParams()
) -> CensusCertificate:
    """Write down the diagram of each region that is counted.

    Parameters
    ----------
    census : Census
    params : CensusCertificateParams

    Returns
    -------
    CensusCertificate
        A region that is estimated, or whose diagram is too large, says that it is not certified.
    """
    return CensusCertificate(
        certificate_version=1,
        counted="plans",
        instance=census.instance.name,
        instance_hash=data_hash(census.instance, census.scenario),
        scenario_hash=scenario_hash(census.scenario),
        regions=[_region(census, one, params) for one in census.by_region],
    )


def _region(census: Census, one: RegionCensus, params: CensusCertificateParams) -> RegionDiagram:
    reason = _lacking(census, one, params)
    if reason:
        return RegionDiagram(
            name=one.region,
            proof=NOT_CERTIFIED,
            reason=reason,
            distributions=False,
            plans=None,
            municipalities=[],
            sets=0,
            layers=[],
        )
    instance, graph = census.instance, one.graph
    # without plans there is no diagram, and any order does
    order = (
        one.municipalities if graph is None else np.concatenate([c.municipalities for c in graph.candidates])
    )
    bounded = census.question.count(instance.regions.index(one.region)) is not None
    return RegionDiagram(
        name=one.region,
        proof=CERTIFIED,
        reason="",
        distributions=one.cut is not None and one.cut.sums <= params.most_sums,
        plans=str(one.count),
        municipalities=[instance.codes[i] for i in order.tolist()],
        sets=one.candidates,
        layers=[] if graph is None else _layers(graph, one.counted.tolist(), bounded=bounded),
    )


def _lacking(census: Census, one: RegionCensus, params: CensusCertificateParams) -> str:
    """Say why a region is not certified; empty where it is."""
    question, graph = census.question, one.graph
    if one.count is None:
        return "its plans are not counted"
    if forbids_enclosed_mergers(census.scenario):
        return "that mergers are not enclosed is a rule of whole plans"
    if question.budgets:
        return "budgets are rules of whole plans"
    if graph is not None and (graph.states > params.most_states or len(graph.row) > params.most_arcs):
        return "its diagram is too large to be written down"
    return ""


def _layers(graph: PlanGraph, counted: list[int], *, bounded: bool) -> list[Layer]:
    """Give the states of a diagram, all but the last, by the first municipality left."""
    size, ways = sum(len(some.municipalities) for some in graph.candidates), graph.paths_from.tolist()
    states = sorted(
        (_first_left(cover), cover, number if bounded else 0, plans)
        for (cover, number), plans in zip(_covers(graph, counted), ways, strict=True)
        if cover >> size == 0 and cover != (1 << size) - 1
    )
    layers = []
    for place, some in groupby(states, key=lambda state: state[0]):
        own = list(some)
        layers.append(
            Layer(
                place=place,
                beyond=[f"{cover >> (place + 1):x}" for _, cover, _, _ in own],
                numbers=[number for *_, number, _ in own] if bounded else [],
                plans=[str(plans) for *_, plans in own],
            )
        )
    return layers


def _first_left(cover: int) -> int:
    return (~cover & (cover + 1)).bit_length() - 1


def _covers(graph: PlanGraph, counted: list[int]) -> list[tuple[int, int]]:
    """Say what each state covers, by places in the order of covering, and how many mergers it counts."""
    masks, offset = list[int](), 0
    for some in graph.candidates:
        masks += [sum(1 << (offset + int(i)) for i in np.flatnonzero(row)) for row in some.dense()]
        offset += len(some.municipalities)
    # any way into a state makes the same cover, and a state is numbered after where its ways come from
    reached, arcs = np.unique(graph.target, return_index=True)
    covers = [(0, 0)] * graph.states
    for state, source, row in zip(
        reached.tolist(), graph.source[arcs].tolist(), graph.row[arcs].tolist(), strict=True
    ):
        cover, number = covers[source]
        covers[state] = (cover | masks[row], number + counted[row])
    return covers
