"""The record of a dossier: every figure that it tells, with the plan itself; what `dossier.json` holds."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ....solver.results.decided import DecidedStatus
from ....solver.results.record import PlanRecord
from ....solver.review.lock_prices import LockPriceStatus

DOSSIER_SCHEMA: Literal[1] = 1

DOSSIER_FILE = "dossier.json"


class Figures(BaseModel):
    """Base of all parts of the record: frozen, no key that nobody knows, no number that is none."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Sized(Figures):
    """A municipality or a merger with its inhabitants."""

    name: str
    inhabitants: int


class ZoneCounts(Figures):
    """What becomes of the zones of a layer that have two municipalities or more in the region.

    Attributes
    ----------
    zones : int
    whole : int
        Those whose municipalities are all in one merger.
    cut : int
        The others.
    """

    zones: int
    whole: int
    cut: int


class Sizes(Figures):
    """Municipalities of a region, before merging or after.

    Attributes
    ----------
    below_min, above_max : int
        Outside the bounds that are aimed at, whether a rule exempts them or not.
    mean_km : float
        From the point of each municipality to that of the seat, mean over inhabitants.
    beyond_5, beyond_10 : float
        Share of the inhabitants whose municipality of today lies farther than so many km from the seat.
    functions : dict of str to float
        Share of the inhabitants who have each centre function in their own municipality.
    layers : dict of str to ZoneCounts
    """

    municipalities: int
    inhabitants: int
    smallest: Sized
    median: float
    largest: Sized
    below_min: int
    above_max: int
    mean_km: float
    beyond_5: float
    beyond_10: float
    functions: dict[str, float]
    layers: dict[str, ZoneCounts]


class LayerZones(Figures):
    """Zones of a layer that a merger holds municipalities of.

    Attributes
    ----------
    whole : list of str
        All their municipalities are in the merger.
    cut : list of str
        Others of their municipalities are outside.
    """

    whole: list[str]
    cut: list[str]


class TermFigures(Figures):
    """A term of one merger: see `TermRecord`."""

    value: float
    points: float


class Without(Figures):
    """The best plan of a region without one of its mergers.

    Attributes
    ----------
    status : str
        How decided the merger is: see `Decided`.
    price_nano : int or None
        What that plan lacks.
    price : float or None
        The same in points.
    mergers : list of list of str
        Of two municipalities or more, by NIS code; empty where no such plan is known.
    inhabitants : int or None
        Of the municipalities that move.
    """

    status: DecidedStatus
    price_nano: int | None = None
    price: float | None = None
    mergers: list[list[str]] = Field(default_factory=list)
    inhabitants: int | None = None


class Member(Figures):
    """A municipality of a merger."""

    nis: str
    name: str
    inhabitants: int
    area: float
    km: float


class MergerFigures(Figures):
    """A merger, or a zone, of a plan.

    Attributes
    ----------
    area : float
        Square kilometres.
    density : float
        Inhabitants a square kilometre.
    functions : dict of str to list of str
        Which members have each centre function.
    farthest : str
        The member whose point lies farthest from the seat.
    """

    name: str
    seat: str
    standalone: str
    inhabitants: int
    area: float
    density: float
    members: list[Member]
    mean_km: float
    farthest: str
    farthest_km: float
    beyond_5: float
    beyond_10: float
    functions: dict[str, list[str]]
    layers: dict[str, LayerZones]
    terms: dict[str, TermFigures]
    without: Without
    zone: str = ""


class AlternativeFigures(Figures):
    """Another plan of a region.

    Attributes
    ----------
    loss_nano : int
        What it lacks to the plan.
    loss : float
        The same in points.
    distance : float or None
        See `RankedPlan`.
    municipalities, inhabitants : int
        Of those that move, how many there are, and who live there.
    mergers : list of list of str
        By NIS code, those that stand alone included.
    """

    loss_nano: int
    loss: float
    distance: float | None
    after: int
    municipalities: int
    inhabitants: int
    mergers: list[list[str]]


class AlternativesFigures(Figures):
    """Plans of a region that differ most from each other.

    Attributes
    ----------
    within : float or None
        What they may lack to the best one, as a share of its score; None where they are the best plans
        without one merger each.
    is_all : bool
        Whether all plans within that were looked at.
    """

    within: float | None
    is_all: bool
    plans: list[AlternativeFigures]


class PairFigures(Figures):
    """Two neighbours, and how many good plans merge them."""

    one: str
    other: str
    merging: int
    share: float


class SettledFigures(Figures):
    """What the good plans of a region agree on.

    Attributes
    ----------
    within : float
        What a good plan may lack to the best one, as a share of its score.
    plans : int
        How many there are.
    is_exact : bool
        Whether these are all of them.
    pairs : list of PairFigures
        Neighbours under the rules of the scenario.
    """

    within: float
    loss_nano: int
    plans: int
    is_exact: bool
    pairs: list[PairFigures]


class LockFigures(Figures):
    """What an agreement costs: see `LockPrice`."""

    key: str
    municipalities: list[str]
    regions: list[str]
    status: LockPriceStatus
    cost_nano: int | None
    cost: float | None
    proved: bool


class WeightFigures(Figures):
    """What a term counts.

    Attributes
    ----------
    weight : float
        As the scenario has it.
    inhabitant_km : float or None
        Kilometres to the seat for one inhabitant that one unit counts as much as: an inhabitant (times the
        unit of a mean over inhabitants), a commuter, a zone, a pair. None where distance has no weight.
    """

    weight: float
    inhabitant_km: float | None


class IndicatorFigures(Figures):
    """What is measured of a plan.

    Attributes
    ----------
    family, unit : str
    digits : int
        Decimals with which a value is told.
    sources : list of str
        Laws and publications.
    columns : list of str
        Of the instance, that were read.
    remarks : list of str
        What a reader of the values must know.
    """

    family: str
    unit: str
    digits: int
    sources: list[str]
    columns: list[str]
    remarks: list[str]


class EffectFigures(Figures):
    """A value of an indicator before and after; None where it is not known."""

    before: float | None
    after: float | None
    change: float | None


class MergerEffects(Figures):
    """What a plan does to one merger, by the names of indicators."""

    name: str
    seat: str
    effects: dict[str, EffectFigures]


class RateFigures(Figures):
    """Tax rates of a municipality that merges, by the names of indicators."""

    nis: str
    name: str
    merger: str
    rates: dict[str, EffectFigures]


class RegionFigures(Figures):
    """What is told of a region beside its place in the plan.

    Attributes
    ----------
    after, zones_after : Sizes or None
        None without a plan, and for zones where there are none.
    points : dict of str to float
        Share of each term in the sum of all points, whatever their sign.
    effects : dict of str to EffectFigures
        What the plan does in the region, by the names of indicators; empty without a plan of mergers.
    merger_effects : list of MergerEffects
        The same of each merger of two municipalities or more.
    others_effects : dict of str to EffectFigures
        The same of all municipalities outside the region.
    rates : list of RateFigures
        Of each municipality that merges.
    """

    before: Sizes
    after: Sizes | None = None
    points: dict[str, float] = Field(default_factory=dict)
    mergers: list[MergerFigures] = Field(default_factory=list)
    zones: list[MergerFigures] = Field(default_factory=list)
    alternatives: AlternativesFigures | None = None
    settled: SettledFigures | None = None
    effects: dict[str, EffectFigures] = Field(default_factory=dict)
    merger_effects: list[MergerEffects] = Field(default_factory=list)
    others_effects: dict[str, EffectFigures] = Field(default_factory=dict)
    rates: list[RateFigures] = Field(default_factory=list)


class DossierRecord(Figures):
    """Everything that a dossier tells in figures.

    Attributes
    ----------
    plan : PlanRecord
        The record of the run, as `plan.json` has it.
    before, after : Sizes
        All regions of the dossier that have a plan, together.
    regions : dict of str to RegionFigures
        In the order of the plan.
    locks : list of LockFigures
    weights : dict of str to WeightFigures
        By the names of terms, with ``zones.`` before those of zones around mergers.
    indicators : dict of str to IndicatorFigures
        What is measured of the plan, by name; empty for a plan of zones alone.
    """

    schema_version: Literal[1] = DOSSIER_SCHEMA
    plan: PlanRecord
    before: Sizes
    after: Sizes
    regions: dict[str, RegionFigures]
    locks: list[LockFigures] = Field(default_factory=list)
    weights: dict[str, WeightFigures] = Field(default_factory=dict)
    indicators: dict[str, IndicatorFigures] = Field(default_factory=dict)
