"""The files of a census against what its certificate proves: every count is compared."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from ...solver.checking.census import CensusCheck, PlansOfRegion
from ...solver.checking.plan_counts import Moments
from ...solver.plan_sets.census.region import SCORE
from ...solver.verification.values import shown_scale
from .census import CENSUS_FILE, DISTRIBUTION_FILE, PAIRS_FILE, REGIONS_FILE, STANDINGS_FILE
from .census_record import CensusRecord, Ends, RegionStated

_NEAR = 1e-9  # relative, on means and deviations, which are added up in floating point
_POINT = 1_000_000_000

Row = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """A figure of a file that is not what it should be.

    Attributes
    ----------
    file : str
    text : str
    """

    file: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}: {self.text}"


@dataclass(frozen=True, eq=False)
class CensusFiles:
    """The files of a census.

    Attributes
    ----------
    folder : Path
    record : CensusRecord
    """

    folder: Path
    record: CensusRecord

    @cached_property
    def _rows(self) -> dict[str, dict[str, list[Row]]]:
        """Rows of each table by region."""
        tables: dict[str, dict[str, list[Row]]] = {}
        for name in (REGIONS_FILE, PAIRS_FILE, DISTRIBUTION_FILE, STANDINGS_FILE):
            tables[name] = {}
            if (self.folder / name).exists():
                with (self.folder / name).open(encoding="utf-8", newline="") as file:
                    for row in csv.DictReader(file):
                        tables[name].setdefault(str(row.get("region")), []).append(row)
        return tables

    def rows(self, name: str, region: str) -> list[Row]:
        """Give the rows of a region in a table; none where there is no such table."""
        return self._rows[name].get(region, [])

    def other_regions(self) -> list[Difference]:
        """Tell of tables that have rows of other regions than those that are stated."""
        known = {one.region for one in self.record.regions}
        return [
            Difference(name, "it has rows of regions that are not in census.json")
            for name, of in self._rows.items()
            if not set(of) <= known
        ]


@dataclass(frozen=True, eq=False)
class RegionComparison:
    """What files say of a region, against its plans.

    Attributes
    ----------
    files : CensusFiles
    stated : RegionStated
    plans : PlansOfRegion
    """

    files: CensusFiles
    stated: RegionStated
    plans: PlansOfRegion

    @property
    def without_bins(self) -> str:
        """Say why bins and standings are not compared; empty where they are, or where there are none."""
        region = self.stated.region
        rows = [*self.files.rows(DISTRIBUTION_FILE, region), *self.files.rows(STANDINGS_FILE, region)]
        if not rows:
            return ""
        if any(row.get("exact") != "True" for row in rows):
            return "they rest on a sample"
        return "" if self.plans.distributions else "they take too many sums"

    def differences(self) -> Iterator[Difference]:
        """Compare every figure of the region.

        Raises
        ------
        ProofError
            Its distributions cannot be added up after all.
        """
        score = self.plans.values()
        moments = self.plans.moments(score) if self.plans.plans else None
        yield from self._counts(moments)
        yield from self._regions_row(moments)
        if moments is not None:
            yield from self._pairs()
            for name in self.stated.terms:
                yield from self._term(name, score, moments)
            yield from self._standings(score)
        if set(self.stated.terms) not in (set(), {SCORE, *self.plans.scenario.weights}):
            yield self._differs(CENSUS_FILE, "terms")

    def _differs(self, file: str, what: str) -> Difference:
        return Difference(file, f"{what} of {self.stated.region} is not what its plans come to")

    def _counts(self, moments: Moments | None) -> Iterator[Difference]:
        stated, plans = self.stated, self.plans
        people = plans.instance.population
        numbers = {str(number): str(count) for number, count in plans.by_number.items()}
        told = {
            "municipalities": (stated.municipalities, len(plans.members)),
            "inhabitants": (stated.inhabitants, sum(int(people[i]) for i in plans.members)),
            "candidates": (stated.candidates, len(plans.parts)),
            "plans": (stated.plans, str(plans.plans)),
            "estimated": (stated.estimated, None),
            "by_number": (stated.by_number, numbers),
            "states": (stated.states, plans.states),
            "score_nano": (stated.score_nano is None, moments is None),
        }
        for what, (said, counted) in told.items():
            if said != counted:
                yield self._differs(CENSUS_FILE, what)
        if (
            moments is not None
            and stated.score_nano is not None
            and not _are_ends(stated.score_nano, moments)
        ):
            yield self._differs(CENSUS_FILE, "score_nano")

    def _regions_row(self, moments: Moments | None) -> Iterator[Difference]:
        """Compare the row of the region in `regions.csv`."""
        rows, plans = self.files.rows(REGIONS_FILE, self.stated.region), self.plans
        if len(rows) != 1:
            yield self._differs(REGIONS_FILE, "region")
            return
        exact = {
            "municipalities": len(plans.members),
            "candidates": len(plans.parts),
            "plans": plans.plans,
            "exact": True,
            "estimate": "",
            "error": "",
            "fewest": min(plans.by_number, default=""),
            "most": max(plans.by_number, default=""),
            "best": "" if moments is None else moments.most / _POINT,
            "worst": "" if moments is None else moments.least / _POINT,
        }
        yield from self._cells(REGIONS_FILE, rows[0], exact)
        if moments is not None:
            for what, value in (("mean", moments.mean), ("sd", moments.sd)):
                if not _is_near(rows[0].get(what), value / _POINT):
                    yield self._differs(REGIONS_FILE, what)

    def _cells(self, file: str, row: Row, told: dict[str, object]) -> Iterator[Difference]:
        for what, value in told.items():
            if row.get(what) != str(value):
                yield self._differs(file, what)

    def _pairs(self) -> Iterator[Difference]:
        """Compare how often two municipalities share a merger."""
        plans, codes, names = self.plans, self.plans.instance.codes, self.plans.instance.names
        pairs = [(a, b) for at, a in enumerate(plans.members) for b in plans.members[at + 1 :]]
        rows = self.files.rows(PAIRS_FILE, self.stated.region)
        if len(rows) != len(pairs):
            yield self._differs(PAIRS_FILE, "region")
            return
        for (a, b), row in zip(pairs, rows, strict=True):
            told: dict[str, object] = {
                "nis_a": codes[a],
                "nis_b": codes[b],
                "name_a": names[a],
                "name_b": names[b],
            }
            told["probability"] = plans.together.get((a, b), 0) / plans.plans
            yield from self._cells(PAIRS_FILE, row, told)

    def _term(self, name: str, score: list[int], of_score: Moments) -> Iterator[Difference]:
        """Compare the least, greatest and mean value in a term, and the bins of its distribution."""
        stated, plans = self.stated.terms[name], self.plans
        weight = stated.weight
        if weight not in (1.0, 1e-3, 1e-6, 1e-9) or (name == SCORE and weight != 1.0):
            yield self._differs(CENSUS_FILE, f"terms.{name}")
            return
        values = score if name == SCORE else plans.values(name, weight)
        moments = of_score if name == SCORE else plans.moments(values)
        sense, scale = (1, 1.0) if name == SCORE else shown_scale(plans.instance, name, plans.members)
        same_scale = math.isclose(stated.scale, scale, rel_tol=1e-12)
        if stated.sense != sense or not same_scale or not _are_ends(stated, moments):
            yield self._differs(CENSUS_FILE, f"terms.{name}")
            return
        rows = [row for row in self.files.rows(DISTRIBUTION_FILE, self.stated.region) if row["term"] == name]
        if not rows or self.without_bins:
            if not rows:
                yield self._differs(DISTRIBUTION_FILE, name)
            return
        rows = rows if sense > 0 else rows[::-1]
        edges = [
            moments.least + (moments.most + 1 - moments.least) * k // len(rows) for k in range(len(rows) + 1)
        ]
        below = plans.below(values, edges)
        for row, (low, high), (fewer, more) in zip(rows, pairwise(edges), pairwise(below), strict=True):
            ends = sorted(sense * end / _POINT / weight * stated.scale + 0.0 for end in (low, high))
            told: dict[str, object] = {
                "inhabitants": self.stated.inhabitants,
                "unit": stated.unit,
                "lower": ends[0],
                "upper": ends[1],
                "plans": more - fewer,
                "share": (more - fewer) / plans.plans,
            }
            yield from self._cells(DISTRIBUTION_FILE, row, told)

    def _standings(self, score: list[int]) -> Iterator[Difference]:
        """Compare where a plan stands."""
        if self.without_bins:
            return
        for row in self.files.rows(STANDINGS_FILE, self.stated.region):
            try:
                nano = round(float(row["score"]) * _POINT)
            except ValueError:
                yield self._differs(STANDINGS_FILE, "score")
                return
            lower, upto = self.plans.below(score, [nano, nano + 1])
            higher = self.plans.plans - upto
            percentile = 100.0 * lower / (lower + higher) if lower + higher else 100.0
            told: dict[str, object] = {
                "score": nano / _POINT,
                "lower": lower,
                "equal": upto - lower,
                "higher": higher,
                "percentile": percentile,
            }
            yield from self._cells(STANDINGS_FILE, row, told)


def product_of(files: CensusFiles, checks: Iterable[CensusCheck]) -> list[Difference]:
    """Compare the number of plans of all regions together, where all of them are proved."""
    counts = [None if check.plans is None else check.plans.plans for check in checks]
    product = math.prod(count for count in counts if count is not None)
    if None in counts or files.record.plans == str(product):
        return []
    return [Difference(CENSUS_FILE, "plans of all regions together are not their product")]


def _are_ends(stated: Ends, moments: Moments) -> bool:
    return (stated.least, stated.most) == (moments.least, moments.most) and (
        math.isclose(stated.mean, moments.mean, rel_tol=_NEAR, abs_tol=1e-3)
        and math.isclose(stated.sd, moments.sd, rel_tol=_NEAR, abs_tol=1e-3)
    )


def _is_near(text: str | None, value: float) -> bool:
    try:
        return math.isclose(float(text or ""), value, rel_tol=_NEAR, abs_tol=1e-12)
    except ValueError:
        return False
