"""How a scenario is answered and proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..instances.common.lazy import face

if TYPE_CHECKING:
    from .deadline import Limits
    from .engines import ENGINES, EngineError, engine_names
    from .infeasibility.explanation import Explanation, explain
    from .infeasibility.params import ExplanationParams
    from .plan_sets.alternatives import (
        Agreement,
        Alternatives,
        AlternativesParams,
        Loss,
        agreement,
        best_plans,
        diverse_plans,
    )
    from .plan_sets.census import Census, CensusParams, Distribution, RegionCensus, Standing, census
    from .plan_sets.pareto import ParetoFront, ParetoParams, Stability, pareto_front, stability
    from .plan_sets.sweep import SweepParams, SweepResult, sweep
    from .progress import Progress, Step
    from .regions.keeping import ResolverParams
    from .regions.resolver import Resolver
    from .regions.solving import solve
    from .results.decided import Decided
    from .results.mergers import Merger
    from .results.plan import Plan
    from .results.points_in_words import points_in_words
    from .results.record import MergerRecord, PlanRecord, RegionRecord, read_record, record_of
    from .results.region_result import RegionResult
    from .results.result import Result
    from .results.status import Status
    from .results.terms import TermRecord
    from .review.comparison import Comparison, compare
    from .review.comparison_record import ComparisonRecord, comparison_record
    from .review.evaluation import Evaluation, evaluate, read_parts
    from .review.evaluation_record import EvaluationRecord, evaluation_record
    from .review.merger_prices import MergerPrice, price_mergers
    from .review.over_time import BoundsOverTime, bounds_over_time
    from .review.whatif import what_if
    from .review.whatif_answer import WhatIfAnswer
    from .review.whatif_locks import WhatIf
    from .verification.verifier import Violation, verify

__all__ = [
    "ENGINES",
    "Agreement",
    "Alternatives",
    "AlternativesParams",
    "BoundsOverTime",
    "Census",
    "CensusParams",
    "Comparison",
    "ComparisonRecord",
    "Decided",
    "Distribution",
    "EngineError",
    "Evaluation",
    "EvaluationRecord",
    "Explanation",
    "ExplanationParams",
    "Limits",
    "Loss",
    "Merger",
    "MergerPrice",
    "MergerRecord",
    "ParetoFront",
    "ParetoParams",
    "Plan",
    "PlanRecord",
    "Progress",
    "RegionCensus",
    "RegionRecord",
    "RegionResult",
    "Resolver",
    "ResolverParams",
    "Result",
    "Stability",
    "Standing",
    "Status",
    "Step",
    "SweepParams",
    "SweepResult",
    "TermRecord",
    "Violation",
    "WhatIf",
    "WhatIfAnswer",
    "agreement",
    "best_plans",
    "bounds_over_time",
    "census",
    "compare",
    "comparison_record",
    "diverse_plans",
    "engine_names",
    "evaluate",
    "evaluation_record",
    "explain",
    "pareto_front",
    "points_in_words",
    "price_mergers",
    "read_parts",
    "read_record",
    "record_of",
    "solve",
    "stability",
    "sweep",
    "verify",
    "what_if",
]

face(
    __name__,
    {
        "deadline": "Limits",
        "engines": "ENGINES EngineError engine_names",
        "infeasibility.explanation": "Explanation explain",
        "infeasibility.params": "ExplanationParams",
        "plan_sets.alternatives": "Agreement Alternatives AlternativesParams Loss agreement best_plans"
        " diverse_plans",
        "plan_sets.census": "Census CensusParams Distribution RegionCensus Standing census",
        "plan_sets.pareto": "ParetoFront ParetoParams Stability pareto_front stability",
        "plan_sets.sweep": "SweepParams SweepResult sweep",
        "progress": "Progress Step",
        "results.decided": "Decided",
        "results.mergers": "Merger",
        "results.plan": "Plan",
        "results.points_in_words": "points_in_words",
        "results.record": "MergerRecord PlanRecord RegionRecord read_record record_of",
        "results.region_result": "RegionResult",
        "results.result": "Result",
        "results.status": "Status",
        "results.terms": "TermRecord",
        "review.comparison": "Comparison compare",
        "review.comparison_record": "ComparisonRecord comparison_record",
        "review.evaluation": "Evaluation evaluate read_parts",
        "review.evaluation_record": "EvaluationRecord evaluation_record",
        "review.merger_prices": "MergerPrice price_mergers",
        "review.over_time": "BoundsOverTime bounds_over_time",
        "review.whatif": "what_if",
        "review.whatif_answer": "WhatIfAnswer",
        "review.whatif_locks": "WhatIf",
        "regions.keeping": "ResolverParams",
        "regions.resolver": "Resolver",
        "regions.solving": "solve",
        "verification.verifier": "Violation verify",
    },
    renamed={"Wish": "WhatIf", "WishAnswer": "WhatIfAnswer", "wish": "what_if"},
    moved="moved",
)
