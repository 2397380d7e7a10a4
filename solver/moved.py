"""Old paths of modules that moved; see `note_moved`."""

MOVED = {
    "": "limits=deadline",
    "audit": "claims consistency reproof restored",
    "candidates": "compiled connected_kernel=kernel frames=components listing=region scoring",
    "diagrams": "alternatives.covers=diagram alternatives.ranking=k_best",
    "infeasibility": "changes_of_rules=repairs explanation feasibility given_up=dropped_rules"
    " islands=island_repairs nearest=minimal_repair nested_cover obstacles=certificates"
    " region_level=relaxed_level rules unbounded",
    "methods": "compact generation heuristic inside=inner large=portfolio",
    "methods.compact": "compact.seating=centres",
    "methods.compact.cutting": "compact.plans=state compact.rounds compact.seats=locked_seats"
    " compact.separator_pool",
    "methods.compact.centres": "compact.seating.given=bounding compact.seating.parts=enumeration"
    " compact.seating.plans=completion",
    "methods.generation": "generation.approach=stabilisation generation.land=pricing_data"
    " generation.root=root_relaxation generation.whole=integer_master",
    "methods.heuristic": "heuristic.carve=tree_partition heuristic.draft=current_plan"
    " heuristic.first=construction heuristic.ground=space"
    " heuristic.multipliers=lagrangian heuristic.small=pairs",
    "partition": "closing=cpsat_proof cuts=subset_rows relaxation search=exact_cover",
    "plan_sets": "alternatives census family=base pareto sweep",
    "plan_sets.alternatives": "alternatives.check=verified alternatives.combining=k_best_sums"
    " alternatives.good=near_optimal alternatives.neighbours=co_assignment",
    "plan_sets.census": "census.below=meet_in_the_middle census.divisible=divisibility census.draw=sampling"
    " census.rows=tables",
    "plan_sets.pareto": "pareto.labels=label_setting pareto.segments=two_phase pareto.stability=sensitivity"
    " pareto.sums=minkowski pareto.surface=tri_objective pareto.zones=search_regions pareto.check=verified"
    " pareto.thin=thinning pareto.weighing=terms pareto.weights=supported",
    "regions": "region solve=solving",
    "results": "counts plots record result showing=html status tables term_text",
    "review": "changes=transfers comparison comparison_record comparison_tables evaluation evaluation_record"
    " merger_prices similarity wish=whatif wish_answer=whatif_answer",
    "verification": "verify=verifier",
}
