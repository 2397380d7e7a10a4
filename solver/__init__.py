"""How a scenario is answered and proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..instances.common.lazy import face

if TYPE_CHECKING:
    from .certificates.writing import certified
    from .checking.checker import RegionCheck, check_certificate
    from .deadline import Limits
    from .drawing.broken_rules import BrokenRule
    from .drawing.completion import Completion, Unkept, complete_drawn
    from .drawing.drawn_plan import DrawnPlan, DrawnRegion, evaluate_drawn
    from .drawing.editing import Edit, join_drawn, move_drawn, split_drawn
    from .engines import ENGINES, EngineError, engine_names
    from .executing.dask_cluster import Cluster
    from .executing.executor import Executor
    from .experiments import InhabitantSteps, StepsExperiment, steps_experiment
    from .incumbents import Incumbent, Live
    from .infeasibility.diagnosis import Diagnosis, Remedy, diagnose
    from .infeasibility.explanation import Explanation, explain
    from .infeasibility.params import ExplanationParams
    from .memory import limit_memory
    from .plan_sets.alternatives import (
        Agreement,
        Alternatives,
        AlternativesParams,
        Loss,
        agreement,
        best_plans,
        diverse_plans,
    )
    from .plan_sets.alternatives.described import Alternative, describe_alternatives
    from .plan_sets.census import Census, CensusParams, Distribution, RegionCensus, Standing, census
    from .plan_sets.pareto import ParetoFront, ParetoParams, Stability, pareto_front, stability
    from .plan_sets.sweep import SweepParams, SweepResult, sweep
    from .progress import Progress, Step
    from .regions.keeping import ResolverParams
    from .regions.resolver import Resolver
    from .regions.solving import solve
    from .results.certificate import Certificate
    from .results.decided import Decided
    from .results.mergers import Merger
    from .results.plan import Plan
    from .results.points_in_words import points_in_words
    from .results.record import MergerRecord, PlanRecord, RegionRecord, read_record, record_of
    from .results.region_result import RegionResult
    from .results.result import Result
    from .results.staged import StagedRegion, StagedResult
    from .results.status import Status
    from .results.terms import TermRecord
    from .review.comparison import Comparison, compare
    from .review.comparison_record import ComparisonRecord, comparison_record
    from .review.cooperation_changes import BodyChange, cooperation_changes
    from .review.effects import Effects, effects_of
    from .review.effects_record import EffectsRecord, effects_record
    from .review.evaluation import Evaluation, evaluate
    from .review.evaluation_record import EvaluationRecord, evaluation_record
    from .review.findings import EvaluatedMerger, RuleFinding
    from .review.lock_prices import LockPrice, price_locks
    from .review.merger_prices import MergerPrice, price_mergers
    from .review.over_time import BoundsOverTime, bounds_over_time
    from .review.plan_groups import read_parts
    from .review.reason import Reason
    from .review.reasons import why_not, wished_locks
    from .review.whatif import what_if
    from .review.whatif_answer import WhatIfAnswer
    from .review.whatif_locks import WhatIf
    from .review.who_moves import Move, Moves, moves_between
    from .review.without import PlanWithout, plans_without
    from .road.foreclosure import Foreclosure, foreclosure
    from .road.problem import RoadProblem, road_problem
    from .road.schedule import Schedule
    from .road.solving import best_schedule
    from .stages.solving import solve_staged
    from .verification.staged import verify_staged
    from .verification.verifier import Violation, verify

__all__ = [
    "ENGINES",
    "Agreement",
    "Alternative",
    "Alternatives",
    "AlternativesParams",
    "BodyChange",
    "BoundsOverTime",
    "BrokenRule",
    "Census",
    "CensusParams",
    "Certificate",
    "Cluster",
    "Comparison",
    "ComparisonRecord",
    "Completion",
    "Decided",
    "Diagnosis",
    "Distribution",
    "DrawnPlan",
    "DrawnRegion",
    "Edit",
    "Effects",
    "EffectsRecord",
    "EngineError",
    "EvaluatedMerger",
    "Evaluation",
    "EvaluationRecord",
    "Executor",
    "Explanation",
    "ExplanationParams",
    "Foreclosure",
    "Incumbent",
    "InhabitantSteps",
    "Limits",
    "Live",
    "LockPrice",
    "Loss",
    "Merger",
    "MergerPrice",
    "MergerRecord",
    "Move",
    "Moves",
    "ParetoFront",
    "ParetoParams",
    "Plan",
    "PlanRecord",
    "PlanWithout",
    "Progress",
    "Reason",
    "RegionCensus",
    "RegionCheck",
    "RegionRecord",
    "RegionResult",
    "Remedy",
    "Resolver",
    "ResolverParams",
    "Result",
    "RoadProblem",
    "RuleFinding",
    "Schedule",
    "Stability",
    "StagedRegion",
    "StagedResult",
    "Standing",
    "Status",
    "Step",
    "StepsExperiment",
    "SweepParams",
    "SweepResult",
    "TermRecord",
    "Unkept",
    "Violation",
    "WhatIf",
    "WhatIfAnswer",
    "agreement",
    "best_plans",
    "best_schedule",
    "bounds_over_time",
    "census",
    "certified",
    "check_certificate",
    "compare",
    "comparison_record",
    "complete_drawn",
    "cooperation_changes",
    "describe_alternatives",
    "diagnose",
    "diverse_plans",
    "effects_of",
    "effects_record",
    "engine_names",
    "evaluate",
    "evaluate_drawn",
    "evaluation_record",
    "explain",
    "foreclosure",
    "join_drawn",
    "limit_memory",
    "move_drawn",
    "moves_between",
    "pareto_front",
    "plans_without",
    "points_in_words",
    "price_locks",
    "price_mergers",
    "read_parts",
    "read_record",
    "record_of",
    "road_problem",
    "solve",
    "solve_staged",
    "split_drawn",
    "stability",
    "steps_experiment",
    "sweep",
    "verify",
    "verify_staged",
    "what_if",
    "why_not",
    "wished_locks",
]

face(
    __name__,
    {
        "certificates.writing": "certified",
        "checking.checker": "RegionCheck check_certificate",
        "deadline": "Limits",
        "engines": "ENGINES EngineError engine_names",
        "executing.dask_cluster": "Cluster",
        "executing.executor": "Executor",
        "experiments": "InhabitantSteps StepsExperiment steps_experiment",
        "incumbents": "Incumbent Live",
        "infeasibility.explanation": "Explanation explain",
        "infeasibility.params": "ExplanationParams",
        "memory": "limit_memory",
        "plan_sets.alternatives": "Agreement Alternatives AlternativesParams Loss agreement best_plans"
        " diverse_plans",
        "plan_sets.census": "Census CensusParams Distribution RegionCensus Standing census",
        "plan_sets.pareto": "ParetoFront ParetoParams Stability pareto_front stability",
        "plan_sets.sweep": "SweepParams SweepResult sweep",
        "progress": "Progress Step",
        "results.certificate": "Certificate",
        "results.decided": "Decided",
        "results.mergers": "Merger",
        "results.plan": "Plan",
        "results.points_in_words": "points_in_words",
        "results.record": "MergerRecord PlanRecord RegionRecord read_record record_of",
        "results.region_result": "RegionResult",
        "results.result": "Result",
        "results.staged": "StagedRegion StagedResult",
        "results.status": "Status",
        "results.terms": "TermRecord",
        "review.comparison": "Comparison compare",
        "review.comparison_record": "ComparisonRecord comparison_record",
        "review.cooperation_changes": "BodyChange cooperation_changes",
        "review.effects": "Effects effects_of",
        "review.effects_record": "EffectsRecord effects_record",
        "review.evaluation": "Evaluation evaluate",
        "review.findings": "EvaluatedMerger RuleFinding",
        "review.plan_groups": "read_parts",
        "review.evaluation_record": "EvaluationRecord evaluation_record",
        "review.merger_prices": "MergerPrice price_mergers",
        "review.over_time": "BoundsOverTime bounds_over_time",
        "review.whatif": "what_if",
        "review.whatif_answer": "WhatIfAnswer",
        "review.whatif_locks": "WhatIf",
        "regions.keeping": "ResolverParams",
        "regions.resolver": "Resolver",
        "regions.solving": "solve",
        "stages.solving": "solve_staged",
        "drawing.broken_rules": "BrokenRule",
        "drawing.completion": "Completion Unkept complete_drawn",
        "drawing.drawn_plan": "DrawnPlan DrawnRegion evaluate_drawn",
        "drawing.editing": "Edit join_drawn move_drawn split_drawn",
        "infeasibility.diagnosis": "Diagnosis Remedy diagnose",
        "plan_sets.alternatives.described": "Alternative describe_alternatives",
        "review.lock_prices": "LockPrice price_locks",
        "review.reason": "Reason",
        "review.reasons": "why_not wished_locks",
        "review.who_moves": "Move Moves moves_between",
        "review.without": "PlanWithout plans_without",
        "road.foreclosure": "Foreclosure foreclosure",
        "road.problem": "RoadProblem road_problem",
        "road.schedule": "Schedule",
        "road.solving": "best_schedule",
        "verification.staged": "verify_staged",
        "verification.verifier": "Violation verify",
    },
    renamed={"Wish": "WhatIf", "WishAnswer": "WhatIfAnswer", "wish": "what_if"},
    moved="moved",
)
