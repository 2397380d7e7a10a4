"""Certificates of answers: each region that is proved, its proof written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...instances.common.activity import doing
from ...instances.common.arrays import IntArray
from ...instances.common.problems import InputError
from ...models.indicators.asked import data_hash
from ...models.question.constraints import binds_together, number_of_mergers
from ...models.scoring.model import Model
from ..candidates.components import Component, components_of
from ..candidates.constraints import side_constraint
from ..candidates.enumeration import TooManyCandidatesError
from ..candidates.region import list_component
from ..candidates.scoring import score_all
from ..candidates.sets import Candidates, Part
from ..deadline import Deadline, Limits, TimeUpError
from ..engines import EngineError
from ..methods.inner import InnerMergers
from ..partition.problem import PartitionProblem
from ..regions.answering import Work
from ..results.certificate import (
    BY_SEARCH,
    CERTIFIED,
    Certificate,
    Certified,
    ComponentProof,
    InnerProof,
    RegionProof,
    scenario_hash,
)
from ..results.region_result import RegionResult
from ..results.result import PARTITION, Result
from .component import NO_PLAN, StepsAndTree
from .covering import NotProvedError
from .params import CertificateParams
from .zones import NestedProof


def certified(
    result: Result, limits: Limits = Limits(), params: CertificateParams = CertificateParams()
) -> Result:
    """Write down the proof of each region that is proved: `Result.certificate`.

    The proof is made anew from the plan, by listing and pricing, whatever method found it. A region whose
    proof cannot be written down so says that it was proved by search.

    Parameters
    ----------
    result : Result
    limits : Limits
        Regions that come too late are not certified.
    params : CertificateParams

    Returns
    -------
    Result
        The same, with the certificate, and with `RegionResult.proof`.
    """
    deadline = limits.start()
    levels: tuple[Model, ...] | None
    try:
        free = result.scenario.without_budgets()
        names = [region.name for region in result.by_region]
        levels, why = Work.of(result.instance, free, PARTITION, result.engine, names).levels, ""
    except InputError as error:
        levels, why = None, str(error)
    proofs = [_proof(region, levels, why, deadline, params) for region in result.by_region]
    certificate = Certificate(
        certificate_version=1,
        instance=result.instance.name,
        instance_hash=data_hash(result.instance, result.scenario),
        scenario_hash=scenario_hash(result.scenario),
        regions=proofs,
    )
    by_region = tuple(
        replace(region, proof=proof.proof) for region, proof in zip(result.by_region, proofs, strict=True)
    )
    return replace(result, by_region=by_region, certificate=certificate)


def _proof(
    region: RegionResult,
    levels: tuple[Model, ...] | None,
    why: str,
    deadline: Deadline,
    params: CertificateParams,
) -> RegionProof:
    components: list[ComponentProof] = []
    said: Certified = ""
    reason = ""
    if region.status in ("optimal", "infeasible"):
        said = BY_SEARCH
        try:
            if levels is None:
                raise NotProvedError(why)
            with doing(f"{region.name}: writing its proof down"):
                components = _RegionWriter(region, levels, deadline, params).write()
            said = CERTIFIED
        except NotProvedError as error:
            reason = str(error)
        except (TimeUpError, TooManyCandidatesError, EngineError, InputError) as error:
            reason = _REASONS.get(type(error), str(error))
    return RegionProof(
        name=region.name,
        status=region.status,
        score_nano=region.score_nano,
        proof=said,
        reason=reason,
        components=components,
    )


_REASONS: dict[type[Exception], str] = {
    TimeUpError: "no time was left to write its proof down",
    TooManyCandidatesError: "it has too many parts to list",
}


@dataclass
class _RegionWriter:
    """The proof of one region."""

    region: RegionResult
    levels: tuple[Model, ...]
    deadline: Deadline
    params: CertificateParams

    def write(self) -> list[ComponentProof]:
        """Write the proofs of all components, or of one that has no plan."""
        if self.region.together:
            raise NotProvedError("a budget binds it to other regions")
        question = self.levels[-1].question
        region = question.instance.regions.index(self.region.name)
        inner = None
        for model in self.levels[:-1]:
            inner = InnerMergers(model, region, self.deadline, self.params.most_sets)
        bound = binds_together(question, region)
        reasons, proofs = [], []
        for component, fixed in components_of(question, region, bound_together=bound):
            try:
                proofs.append(self._component(component, fixed, inner))
                if self.region.infeasible:
                    return proofs[-1:]
            except NotProvedError as error:
                if not self.region.infeasible:
                    raise
                reasons.append(str(error))
        if self.region.infeasible:
            raise NotProvedError("; ".join(dict.fromkeys(reasons)) or "no component is without a plan")
        return proofs

    def _component(
        self, component: Component, fixed: list[Part], inner: InnerMergers | None
    ) -> ComponentProof:
        zones = self._problem(component, fixed)
        claim = NO_PLAN if self.region.infeasible else self._claim(component)
        inner_proof: InnerProof | None = None
        if inner is None:
            written = StepsAndTree(zones, claim, self.deadline, self.params)
            written.write()
        else:
            mergers = self._mergers(component, inner)
            nested = NestedProof(zones, mergers, claim, self.deadline, self.params)
            written, inner_proof = nested.write(inner)
        codes = self.levels[-1].instance.codes
        return ComponentProof(
            municipalities=[codes[i] for i in component.municipalities.tolist()],
            claim=None if self.region.infeasible else claim,
            sets=len(zones),
            steps=written.steps,
            open=written.open,
            tree=written.tree,
            inner=inner_proof,
        )

    def _claim(self, component: Component) -> int:
        inside = set(component.municipalities.tolist())
        parts = (*self.region.zones, *self.region.mergers)
        return sum(part.score_nano for part in parts if inside.issuperset(part.members))

    def _problem(self, component: Component, fixed: Sequence[Part]) -> PartitionProblem:
        """List and score the parts of a component at its outermost level."""
        model = self.levels[-1]
        candidates = list_component(
            model.question, component, list(fixed), self.deadline, self.params.most_sets
        )
        number = number_of_mergers(model.question, component.region)
        constraints = () if number is None else (side_constraint(number, candidates),)
        return PartitionProblem(candidates, self._scores(model, candidates), constraints)

    def _mergers(self, component: Component, inner: InnerMergers) -> PartitionProblem:
        _, mergers = inner.listed.inside(component.municipalities)
        return PartitionProblem(mergers, self._scores(self.levels[0], mergers))

    def _scores(self, model: Model, candidates: Candidates) -> IntArray:
        if self.region.infeasible:
            return np.zeros(len(candidates), dtype=np.int64)
        return score_all(model.scorer, candidates, self.deadline)
