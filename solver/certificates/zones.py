"""The proof of zones with mergers inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import IntArray
from ..candidates.sets import Candidates
from ..deadline import Deadline
from ..methods.inner import InnerMergers
from ..partition.exact_cover import SearchLimitError
from ..partition.problem import PartitionProblem
from ..partition.relaxation import relax
from ..results.certificate import InnerProof, ZoneProof
from .component import NO_PLAN, StepsAndTree, members_of
from .covering import NotProvedError, TreeBuilder
from .params import CertificateParams


@dataclass
class NestedProof:
    """Writes the proof of a component of zones, each worth its own score and that of the mergers inside it.

    Attributes
    ----------
    zones : PartitionProblem
        Scored without their mergers.
    mergers : PartitionProblem
        Those that lie in the component.
    claim : int
        Nano-points; `NO_PLAN` where all zones and mergers are worth 0 and there is no plan.
    deadline : Deadline
    params : CertificateParams
    """

    zones: PartitionProblem
    mergers: PartitionProblem
    claim: int
    deadline: Deadline
    params: CertificateParams

    def write(self, inner: InnerMergers) -> tuple[StepsAndTree, InnerProof]:
        """Bound zones by the duals of mergers, work the open ones out, and close the rest.

        Raises
        ------
        NotProvedError
            The proof would be too long, or what is claimed does not follow.
        TimeUpError
        """
        duals, costs = self._duals()
        at_most = self.zones.candidates.sums(duals)
        bounded = self.zones.rescore(self.zones.scores + at_most)
        written = StepsAndTree(bounded, self.claim, self.deadline, self.params)
        lacking, gap = written.first()
        kept = np.flatnonzero(lacking < gap)
        if len(kept) > self.params.most_zones:
            raise NotProvedError("too many zones are open before the mergers inside them are looked at")
        some = bounded.restrict(kept)
        more = self._lacking(inner, some.candidates, at_most[kept], gap - lacking[kept])
        proofs = self._proofs(some.candidates, at_most[kept], more, costs)
        left = np.flatnonzero(lacking[kept] + more < gap)
        refined = some.restrict(left).rescore(some.scores[left] - more[left])
        self._close(written, refined, (lacking[kept] + more)[left], gap)
        inner_proof = InnerProof(duals=duals.tolist(), sets=len(self.mergers), zones=proofs)
        return written, inner_proof

    def _close(self, written: StepsAndTree, refined: PartitionProblem, costs: IntArray, gap: int) -> None:
        """Close the zones that are left: under new prices, which their mergers bring down."""
        if len(refined) > 0 and gap > 0 and not refined.candidates.uncovered:
            second = StepsAndTree(refined, self.claim, self.deadline, self.params)
            costs, gap = second.first()
            written.steps += second.steps
        written.close(refined, costs, gap)

    def _duals(self) -> tuple[IntArray, IntArray]:
        """Give duals of the mergers, with their reduced costs."""
        mergers = self.mergers
        if mergers.candidates.uncovered:
            if self.claim != NO_PLAN:
                raise NotProvedError("a municipality is in no merger")
            lost = np.isin(mergers.candidates.municipalities, mergers.candidates.uncovered[:1])
            duals = -lost.astype(np.int64)
        else:
            relaxed = relax(mergers, self.deadline, self.params.sifting)
            self.deadline.check()
            duals = relaxed.duals
            if not relaxed.feasible:
                if self.claim != NO_PLAN or relaxed.certificate is None:
                    raise NotProvedError("the relaxation of mergers has no solution")
                duals = relaxed.certificate
        return duals, mergers.candidates.sums(duals) - mergers.scores

    def _lacking(
        self, inner: InnerMergers, zones: Candidates, at_most: IntArray, enough: IntArray
    ) -> IntArray:
        """Work out what the mergers inside zones lack to their duals, as far as it matters."""
        if not len(zones):
            return np.zeros(0, dtype=np.int64)
        if self.claim == NO_PLAN:
            found, worth = inner.worth(zones)[0], np.zeros(0, dtype=np.int64)
            worth = np.zeros(len(found), dtype=np.int64)
        else:
            found, worth, _ = inner.worth(zones)
        more = enough.copy()
        more[found] = np.minimum(enough[found], at_most[found] - worth)
        return more

    def _proofs(
        self, zones: Candidates, at_most: IntArray, lacking: IntArray, costs: IntArray
    ) -> list[ZoneProof]:
        """Write down for each zone that no mergers inside it lack less."""
        members, bits = (
            members_of(self.mergers.candidates.take(np.flatnonzero(costs < lacking.max(initial=0)))),
            [],
        )
        near = np.flatnonzero(costs < lacking.max(initial=0))
        some, scores = costs[near].tolist(), self.mergers.scores[near].tolist()
        bits = [sum(1 << i for i in own) for own in members]
        proofs = []
        for zone, most, less in zip(members_of(zones), at_most.tolist(), lacking.tolist(), strict=True):
            if less <= 0:
                continue
            cover, said = sum(1 << i for i in zone), most - less
            inside = [k for k, own in enumerate(bits) if not own & ~cover and some[k] < less]
            tree = self._tree(
                [members[k] for k in inside],
                [some[k] for k in inside],
                [scores[k] for k in inside],
                cover,
                less,
                said,
            )
            proofs.append(ZoneProof(zone=list(zone), most=said, tree=tree))
        return proofs

    def _tree(
        self,
        members: list[tuple[int, ...]],
        costs: list[int],
        scores: list[int],
        cover: int,
        budget: int,
        most: int,
    ) -> list[int]:
        self.deadline.check()
        builder = TreeBuilder(
            members,
            costs,
            self.mergers.size,
            lambda chosen: sum(scores[k] for k in chosen) <= most,
            self.params.nodes,
            self.deadline,
        )
        try:
            return builder.build(cover, budget)
        except SearchLimitError:
            raise NotProvedError("the cover tree of the mergers inside a zone would be too long") from None
