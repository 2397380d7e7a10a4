"""A comparison as tables: what `terms.csv`, `rules.csv`, `changes.csv` and `similarity.csv` hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TypeAlias

from ...instances.common.deprecated import renamed_names
from ...models.scoring.scorer import NANO
from ..results.counts import count_parts
from ..verification.violation import Violation
from .comparison import Comparison, LevelComparison
from .findings import RULE_NAMES, rule_of

Table: TypeAlias = tuple[list[str], list[list[object]]]
"""Header and rows."""


def terms_table(comparison: Comparison) -> Table:
    """Tabulate the terms side by side, one row a term.

    Columns: `term`; `unit`; `better` (more or less); `weight`, in points for one unit; for each plan ``value
    NAME``, in the unit, a mean over the inhabitants of the regions that the plans are for; for each plan
    ``points NAME``, what the term adds to the score. More rows follow: `score`, `broken_rules`, and counts:
    `after` (municipalities after merging), `mergers` (of two or more), `unchanged`, or `zones`.
    """
    names = [plan.name for plan in comparison.plans]
    header = ["term", "unit", "better", "weight"]
    header += [f"value {name}" for name in names] + [f"points {name}" for name in names]
    rows: list[list[object]] = []
    for name, term in comparison.plans[0].terms.items():
        records = [plan.terms[name] for plan in comparison.plans]
        row: list[object] = [name, term.unit, term.better, term.weight]
        rows.append(row + [record.value for record in records] + [record.points for record in records])
    scores = [plan.plan.score_nano / NANO for plan in comparison.plans]
    empty = [""] * len(names)
    rows.append(["score", "points", "more", "", *scores, *scores])
    rows.append(
        ["broken_rules", "count", "less", "", *[len(plan.violations) for plan in comparison.plans], *empty]
    )
    for name, counts in count_rows(comparison).items():
        rows.append([name, "count", "", "", *counts, *empty])
    return header, rows


def count_rows(comparison: Comparison) -> dict[str, list[int]]:
    """Count what each plan has after merging: `zones`, or `after`, `mergers`, `unchanged`; see `Counts`."""
    rows: dict[str, list[int]] = {}
    for level in comparison.levels:
        counts = [count_parts(plan.parts(level.level)) for plan in comparison.plans]
        if level.level == "zones":
            rows["zones"] = [one.after for one in counts]
        else:
            rows["after"] = [one.after for one in counts]
            rows["mergers"] = [one.mergers for one in counts]
            rows["unchanged"] = [one.unchanged for one in counts]
    return rows


def transfers_table(comparison: Comparison) -> Table:
    """Tabulate the municipalities with other partners than in the first plan, by region.

    Columns: `level` (mergers or zones); `plan`; `region`; `nis`; `name`; `population`; `from` and `to`, its
    part in the first plan and in this one; `moves`, yes where it leaves its part for another, no where others
    come or go; `leaves` and `joins`, partners that it no longer has and new ones; `from_nis` and `to_nis`,
    the codes of the seats of both parts, which tell parts of one name apart.
    """
    header = ["level", "plan", "region", "nis", "name", "population"]
    header += ["from", "to", "moves", "leaves", "joins", "from_nis", "to_nis"]
    rows = [
        row
        for level in comparison.levels
        for k in range(1, len(comparison.plans))
        for row in _changes(comparison, level, k)
    ]
    return header, rows


def _changes(comparison: Comparison, level: LevelComparison, k: int) -> list[list[object]]:
    instance, plan = comparison.instance, comparison.plans[k]
    before, after = comparison.plans[0].parts(level.level), plan.parts(level.level)

    def names(members: Sequence[int]) -> str:
        return "; ".join(instance.names[i] for i in members)

    rows: list[list[object]] = [
        [
            level.level,
            plan.name,
            instance.regions[instance.region[transfer.municipality]],
            instance.codes[transfer.municipality],
            instance.names[transfer.municipality],
            int(instance.population[transfer.municipality]),
            before[transfer.before].name(instance),
            after[transfer.after].name(instance),
            "yes" if transfer.moves else "no",
            names(transfer.leaves),
            names(transfer.joins),
            instance.codes[before[transfer.before].seat],
            instance.codes[after[transfer.after].seat],
        ]
        for transfer in level.transfers[k]
    ]
    return sorted(rows, key=lambda row: (str(row[2]), str(row[3])))


def rules_table(comparison: Comparison) -> Table:
    """Tabulate which rules break where, one row for each plan, merger and rule.

    Columns: `plan`; `level` (mergers or zones); `merger`, by the name that the plan gives it, `seat_nis` and
    `region`, all empty where the plan as a whole breaks the rule; `rule`; `kind`; `finding`, what is wrong in
    words; `sentence`, the same with all municipalities.
    """
    header = ["plan", "level", "merger", "seat_nis", "region", "rule", "kind", "finding", "sentence"]
    codes, rows = comparison.instance.codes, []
    for plan in comparison.plans:
        for one in plan.evaluated:
            place = [one.name, codes[one.merger.seat], "; ".join(one.regions)]
            rows += [[plan.name, broken.level, *place, *_broken(broken)] for broken in one.broken]
        rows += [[plan.name, "", "", "", "", *_broken(broken)] for broken in plan.of_the_whole]
    return header, rows


def _broken(violation: Violation) -> list[object]:
    return [RULE_NAMES[rule_of(violation)], violation.kind, violation.words, violation.text]


def broken_by_rule(comparison: Comparison) -> dict[str, list[list[str]]]:
    """Name the mergers that break each rule, plan by plan, by what the rule is called.

    A plan breaks a rule as a whole where no merger does.
    """
    found: dict[str, list[list[str]]] = {}
    for name in RULE_NAMES.values():
        by_plan = []
        for plan in comparison.plans:
            names = [
                one.name
                for one in plan.evaluated
                if any(RULE_NAMES[rule_of(violation)] == name for violation in one.broken)
            ]
            is_whole = any(RULE_NAMES[rule_of(violation)] == name for violation in plan.of_the_whole)
            by_plan.append(names + (["the plan as a whole"] if is_whole else []))
        if any(by_plan):
            found[name] = by_plan
    return found


def similarity_table(comparison: Comparison) -> Table:
    """Tabulate how alike the plans are, one row a pair.

    Columns: `level` (mergers or zones); `plan` and `other`; `rand`, the share of pairs of inhabitants placed
    alike; `adjusted_rand`, the same less what chance gives; `adjusted_rand_municipalities`, over pairs of
    municipalities.
    """
    header = ["level", "plan", "other", "rand", "adjusted_rand", "adjusted_rand_municipalities"]
    rows: list[list[object]] = []
    for level in comparison.levels:
        for a, b in combinations(range(len(comparison.plans)), 2):
            alike = level.similarity[a][b]
            figures = [alike.rand, alike.adjusted_rand, alike.adjusted_rand_municipalities]
            rows.append([level.level, comparison.plans[a].name, comparison.plans[b].name, *figures])
    return header, rows


__getattr__ = renamed_names(__name__, changes_table="transfers_table")
