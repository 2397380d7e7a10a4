"""What is known of the good plans of a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ....instances.common.arrays import FloatArray, IntArray
from ....instances.common.problems import reject, suggest
from ....models.scoring.scorer import NANO
from ...candidates.sets import Part
from ...results.counts import count_groups, number_of
from ...results.plan import Plan
from ..base import Family, data_frame

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class RankedPlan:
    """A plan of some municipalities by its parts.

    Attributes
    ----------
    rank : int
        From 1.
    score_nano, loss_nano : int
        Score, and what it lacks to the best one, in nano-points.
    parts : tuple of tuple of int
        Members of the mergers, by first member.
    distance : float or None
        Among plans that differ: share of the pairs of inhabitants that it places otherwise than the plan of
        lower rank that is most like it; None for the first.
    """

    rank: int
    score_nano: int
    loss_nano: int
    parts: tuple[Part, ...]
    distance: float | None = None


@dataclass(frozen=True)
class RankedPlans:
    """The best plans of a region, or plans that differ most.

    Attributes
    ----------
    region : str
        Name, or `ALL`.
    plans : tuple of RankedPlan
        By rank; equal scores in lexicographic order of their parts.
    is_all : bool
        Whether it is proved that there are no others (of those asked for: within the loss).
    note : str
        What a reader must know about it, in words; empty otherwise.
    """

    region: str
    plans: tuple[RankedPlan, ...]
    is_all: bool
    note: str = ""

    def __repr__(self) -> str:
        return f"<RankedPlans {self.region}: {number_of(len(self.plans), 'plan')}>"


@dataclass(frozen=True, eq=False)
class RegionPairs:
    """How often the good plans of a region merge two neighbours.

    Attributes
    ----------
    region : str
    best_nano, loss_nano : int
        Score of the best plan, and the most that a good one lacks to it.
    plans : int
        Good plans that were counted.
    is_exact : bool
        Whether these are all of them; otherwise they are the best ones.
    pairs : ndarray of int64, shape (p, 2)
        Neighbours under the scenario's rules, by index.
    merging : ndarray of int64, shape (p,)
        Good plans that hold both in one merger.
    """

    region: str
    best_nano: int
    loss_nano: int
    plans: int
    is_exact: bool
    pairs: IntArray
    merging: IntArray

    def __repr__(self) -> str:
        return f"<RegionPairs {self.region}: {number_of(len(self.pairs), 'pair')} of neighbours>"

    @property
    def share(self) -> FloatArray:
        """Share of the good plans that merge the two: 1 and 0 are settled, all else is open; shape (p,)."""
        return np.asarray(self.merging / self.plans, dtype=np.float64)


@dataclass(frozen=True, eq=False, repr=False)
class Alternatives(Family):
    """The k best plans of each region and of all of them together, or plans that differ most.

    Attributes
    ----------
    seconds : float
    k : int
        How many were asked for.
    by_region : tuple of RankedPlans
    whole : RankedPlans or None
        Of all regions together; None where plans that differ are asked for, where one region is, or where a
        region has no plan.
    loss : str
        What a plan may lack to the best one, as it was asked for; empty for the k best plans.
    """

    seconds: float
    k: int
    by_region: tuple[RankedPlans, ...]
    whole: RankedPlans | None
    loss: str = ""

    def of(self, region: str | None = None) -> RankedPlans:
        """Give the plans of a region; by default the first list: that of all together where there is one.

        Raises
        ------
        InputError
            There is no such region among those asked for, or nothing is known of all together.
        """
        if region is None:
            return self.lists[0]
        lists = {one.region: one for one in self.lists}
        if region not in lists:
            reject("there are no plans of this region", suggest(region, lists), value=region)
        return lists[region]

    @property
    def lists(self) -> tuple[RankedPlans, ...]:
        """All lists, that of all regions together first."""
        return (() if self.whole is None else (self.whole,)) + self.by_region

    def plan(self, rank: int = 1, region: str | None = None) -> Plan:
        """Make the plan of a rank."""
        plans = self.of(region).plans
        if not 1 <= rank <= len(plans):
            reject(f"there is no plan of this rank; the ranks are 1 to {len(plans)}", value=rank)
        return self.plan_of(plans[rank - 1].parts)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of `rows`: `ALTERNATIVE_COLUMNS`; of zones, their number in place of the mergers."""
        before, after = ALTERNATIVE_COLUMNS[:4], ALTERNATIVE_COLUMNS[6:]
        counted = ("zones",) if self.scenario.level == "zones" else ALTERNATIVE_COLUMNS[4:6]
        return (*before, *counted, *after)

    def rows(self) -> list[tuple[object, ...]]:
        """Give one row a plan: `columns`, as `to_frame` describes them."""
        return [
            (
                plans.region,
                plan.rank,
                plan.score_nano / NANO,
                plan.loss_nano / NANO,
                *_counted(plan.parts, self.scenario.level),
                plan.distance,
                *(
                    "; ".join(" + ".join(called[i] for i in part) for part in plan.parts if len(part) > 1)
                    for called in (self.instance.names, self.instance.codes)
                ),
            )
            for plans in self.lists
            for plan in plans.plans
        ]

    def to_frame(self) -> pd.DataFrame:
        """Give one row a plan.

        Returns
        -------
        DataFrame
            region (its name, or 'all'), rank (from 1), score and loss (points; the loss to the best plan of
            the region), after (municipalities after merging), mergers (of two or more; at the level of zones,
            zones stands in place of the two), distance (see `RankedPlan`; missing where it is not asked for)
            and members (names of those of each merger, " + " between them, "; " between mergers), and
            member_nis, the same by code.
        """
        frame = data_frame(self.rows(), self.columns)
        return frame.astype({"score": float, "loss": float, "distance": float})


def _counted(parts: tuple[Part, ...], level: str) -> tuple[int, ...]:
    """Municipalities after merging, and mergers of two or more; or zones."""
    counts = count_groups((part, "") for part in parts)
    return (counts.after,) if level == "zones" else (counts.after, counts.mergers)


ALTERNATIVE_COLUMNS = (
    "region",
    "rank",
    "score",
    "loss",
    "after",
    "mergers",
    "distance",
    "members",
    "member_nis",
)

PAIR_COLUMNS = (
    "region", "nis_a", "name_a", "nis_b", "name_b", "share", "merging", "plans", "exact", "loss",
)  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class Agreement(Family):
    """What good plans agree on: for each pair of neighbours, how many merge them.

    Attributes
    ----------
    seconds : float
    loss : str
        What a good plan may lack to the best one of its region, as it was asked for.
    by_region : tuple of RegionPairs
    """

    seconds: float
    loss: str
    by_region: tuple[RegionPairs, ...]

    def rows(self) -> list[tuple[object, ...]]:
        """Give one row a pair of neighbours: `PAIR_COLUMNS`, as `to_frame` describes them."""
        instance = self.instance
        return [
            (
                one.region,
                instance.codes[a],
                instance.names[a],
                instance.codes[b],
                instance.names[b],
                merging / one.plans,
                merging,
                one.plans,
                one.is_exact,
                one.loss_nano / NANO,
            )
            for one in self.by_region
            for (a, b), merging in zip(one.pairs.tolist(), one.merging.tolist(), strict=True)
        ]

    def plot(self, **options: Any) -> Any:
        """Draw what is settled and what is open: see `refzones.app.pictures.plot_agreement`."""
        from ...results.plots import drawn

        return drawn("agreement", self, **options)

    def to_frame(self) -> pd.DataFrame:
        """Give one row a pair of neighbours.

        Returns
        -------
        DataFrame
            region, nis_a, name_a, nis_b, name_b (the two), share (of the good plans that merge them, 0 to
            1), merging and plans (how many do, of how many), exact (whether these are all good plans of the
            region), loss (points that a good plan may lack to the region's best).
        """
        return data_frame(self.rows(), PAIR_COLUMNS)
