"""A plan: mergers that hold every municipality once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...instances.common.arrays import IntArray
from ...instances.common.deprecated import once_method
from ...instances.common.problems import Problems, reject
from ...instances.groups import Grouping, resolve_groups
from ...instances.instance import Instance
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ...models.scoring.model import Model
from ...models.scoring.scorer import NANO
from .counts import count_parts, count_words
from .enclosures import Enclosure, find_enclosures
from .mergers import Merger, make_parts
from .terms import TermRecord, plan_terms

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


@dataclass(frozen=True)
class Plan:
    """Mergers that together hold every municipality of the regions asked for exactly once.

    Attributes
    ----------
    mergers : tuple of Merger
        Ordered by their first member.
    zones : tuple of Merger
        The zones that the mergers are nested in, likewise; empty where a plan has one level.
    instance, scenario : Instance, Scenario or None
        What the plan is for, so that it can show itself. They take no part in comparing plans, and nothing
        that checks or scores a plan looks at them.
    """

    mergers: tuple[Merger, ...]
    zones: tuple[Merger, ...] = ()
    instance: Instance | None = field(default=None, compare=False, repr=False)
    scenario: Scenario | None = field(default=None, compare=False, repr=False)

    @once_method("with_context")
    @classmethod
    def of(
        cls,
        instance: Instance,
        scenario: Scenario,
        groups: Iterable[Iterable[int | str]],
        zones: Iterable[Iterable[int | str]] = (),
    ) -> Plan:
        """Make a plan of groups of municipalities, whether it keeps the rules of the scenario or not.

        Parameters
        ----------
        instance : Instance
        scenario : Scenario
            Which terms score the plan, and who may stand alone in it.
        groups : iterable of iterables of int or str
            Mergers, or zones where the scenario asks for zones alone. Municipalities by index, NIS code or
            name.
        zones : iterable of iterables of int or str
            Zones around the mergers, where the scenario asks for both.

        Returns
        -------
        Plan
            With the seat, the values and the score of each merger.

        Raises
        ------
        InputError
            Lists texts that name no municipality, or more than one, and municipalities named twice.

        Examples
        --------
        >>> plan = Plan.of(load(), Scenario.preset("mergers"), [["Aalst", "Lede"], ["Ninove"]])
        >>> plan.score_nano, [merger.name(plan.instance) for merger in plan.mergers]
        """
        instance = framed(instance, scenario)
        mergers, *around = (
            _scored(instance, asked, _looked_up(instance, parts))
            for asked, parts in zip(scenario.levels, (groups, zones), strict=False)
        )
        return cls(mergers, around[0] if around else (), instance, scenario)

    @cached_property
    def score_nano(self) -> int:
        """Sum of the scores of mergers and zones, in nano-points."""
        return sum(part.score_nano for part in (*self.mergers, *self.zones))

    @property
    def score(self) -> float:
        """Score in points."""
        return self.score_nano / NANO

    @property
    def levels(self) -> tuple[tuple[Scenario, tuple[Merger, ...]], ...]:
        """What is asked at each level, and the mergers or zones that answer it; see `Scenario.levels`."""
        _, scenario = self._known
        return tuple(zip(scenario.levels, (self.mergers, self.zones), strict=False))

    @property
    def regions(self) -> tuple[str, ...]:
        """Names of the regions that the plan has municipalities of, sorted."""
        instance, _ = self._known
        return tuple(sorted({instance.regions[instance.region[i]] for m in self.mergers for i in m.members}))

    @property
    def terms(self) -> dict[str, TermRecord]:
        """Value and points of each term; those of zones around the mergers are called ``zones.TERM``."""
        return plan_terms(*self._known, self.mergers, self.zones)

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """Who is enclosed in the plan, level by level, whether the scenario forbids it or not."""
        instance, _ = self._known
        return tuple(one for asked, parts in self.levels for one in find_enclosures(instance, asked, parts))

    def with_context(self, instance: Instance, scenario: Scenario) -> Plan:
        """Give the same plan, knowing what it is for; nothing is computed again."""
        return replace(self, instance=framed(instance, scenario), scenario=scenario)

    def under(self, scenario: Scenario, instance: Instance | None = None) -> Plan:
        """Give the same mergers, and zones, with seats, values and scores as another scenario has them."""
        groups, zones = ([part.members for part in parts] for parts in (self.mergers, self.zones))
        plan = Plan.of(instance or self._known[0], scenario, groups, zones)
        return plan.labelled(*({p.members: p.label for p in parts} for parts in (self.mergers, self.zones)))

    def labelled(
        self, mergers: Mapping[tuple[int, ...], str], zones: Mapping[tuple[int, ...], str] | None = None
    ) -> Plan:
        """Give the same plan, its mergers and zones called as people call them.

        Parameters
        ----------
        mergers, zones : mapping of tuple of int to str
            Labels by members; what has none is named after its seat.
        """
        return replace(self, mergers=_called(self.mergers, mergers), zones=_called(self.zones, zones or {}))

    def within(self, regions: Iterable[str]) -> Plan:
        """Give the mergers, and zones, that have municipalities in some regions.

        Parameters
        ----------
        regions : iterable of str

        Raises
        ------
        InputError
            A region does not exist, or the plan does not know its instance.
        """
        instance, _ = self._known
        wanted = set(instance.region_indices(regions))

        def inside(parts: tuple[Merger, ...]) -> tuple[Merger, ...]:
            return tuple(
                part for part in parts if any(int(instance.region[i]) in wanted for i in part.members)
            )

        return replace(self, mergers=inside(self.mergers), zones=inside(self.zones))

    @property
    def _known(self) -> tuple[Instance, Scenario]:
        if self.instance is None or self.scenario is None:
            reject("this plan does not know what it is for", "give it: plan.with_context(instance, scenario)")
        return self.instance, self.scenario

    def to_frame(self, rows: str | None = None) -> pd.DataFrame:
        """Give the plan as a data frame.

        Parameters
        ----------
        rows : {'mergers', 'zones', 'municipalities'}, optional
            Zones by default where the scenario asks for zones alone, and mergers otherwise.

        Returns
        -------
        DataFrame
            Of mergers, or zones: merger or zone (name), region, seat, seat_nis, municipalities (how many),
            members and member_nis (tuples), population, area_km2, standalone (the rule, or empty), functions
            (tuple of those it has), score (points), one column a term (mean over its own inhabitants, of
            ``commuting`` over its own commuters; counts as they are), price_without (points) and
            price_status where something is known of them (see `Decided`), and zone where there are two
            levels.
            Of municipalities: nis, name, region, population, area_km2, zone, merger, seat, seat_nis,
            standalone.

        Raises
        ------
        InputError
            The plan does not know its instance, or pandas is not installed.
        """
        from .tables import plan_frame

        return plan_frame(*self._known, self.mergers, self.zones, rows)

    def to_geoframe(self, rows: str | None = None, boundaries: str | Path | None = None) -> gpd.GeoDataFrame:
        """Give the plan as a data frame with shapes, in the CRS of the instance.

        Parameters
        ----------
        rows : {'mergers', 'zones', 'municipalities'}, optional
        boundaries : str or Path, optional
            Vector file with the official boundaries; generalised cells without it. `attrs` of the frame
            says which in `source`.

        Returns
        -------
        GeoDataFrame
            The columns of `to_frame`, and geometry.
        """
        from .tables import plan_geoframe

        return plan_geoframe(*self._known, self.mergers, self.zones, rows, boundaries)

    def plot(self, ax: Any = None, *, kind: str = "plan", **options: Any) -> Any:
        """Draw the map of the plan, and give the figure, which a notebook shows.

        Parameters
        ----------
        ax : matplotlib Axes, optional
            Where to draw; a figure of its own without it.
        kind : str
            Name of another picture of a plan, where one is installed: an entry point of ``refzones.plots``.
        **options
            See `refzones.app.pictures.plot_plan`.
        """
        from .plots import drawn

        return drawn(kind, self, *self._known, ax=ax, **options)

    def _repr_html_(self) -> str:
        from .html import plan_html

        return plan_html(self.instance, self.scenario, self.mergers, self.zones, self.score_nano)

    def __repr__(self) -> str:
        level = "mergers" if self.scenario is None else self.scenario.level
        counted = count_words(count_parts(self.mergers), level, len(self.zones))
        return f"<Plan: {counted}, {self.score:,.4f} points>"

    def assignment(self, instance: Instance) -> IntArray:
        """Index of each municipality's merger, -1 where the plan does not hold it; shape (n,)."""
        merger_of = np.full(len(instance), -1, dtype=np.int64)
        for k, merger in enumerate(self.mergers):
            merger_of[list(merger.members)] = k
        return merger_of


def _called(parts: tuple[Merger, ...], labels: Mapping[tuple[int, ...], str]) -> tuple[Merger, ...]:
    return tuple(replace(part, label=labels.get(part.members, "")) for part in parts)


def _looked_up(instance: Instance, groups: Iterable[Iterable[int | str]]) -> list[tuple[int, ...]]:
    """Indices of the municipalities of groups, ascending, by first member."""
    given = [tuple(group) for group in groups]
    if not any(isinstance(who, str) for group in given for who in group):
        return sorted(tuple(sorted(int(who) for who in group)) for group in given)
    texts = tuple(
        tuple(who if isinstance(who, str) else instance.codes[who] for who in group) for group in given
    )
    problems = Problems()
    rows = tuple((0,) * len(group) for group in texts)
    found = resolve_groups(instance, Grouping("", texts, rows, ("",) * len(texts)), problems)
    problems.raise_if_any()
    return sorted(found)


def _scored(instance: Instance, scenario: Scenario, groups: Sequence[tuple[int, ...]]) -> tuple[Merger, ...]:
    regions = {instance.regions[instance.region[i]] for group in groups for i in group}
    return tuple(make_parts(Model.of(instance, scenario, sorted(regions)), groups))
