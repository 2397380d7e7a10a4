"""What is asked of the parts of a plan at one level: bounds, rules, locks and weights."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, field_validator, model_validator

from ...instances.common.field_types import Number
from .schemes import check_held, check_schemes
from .tables import (
    BorderRules,
    Budget,
    Cooperation,
    Count,
    Coverage,
    Existing,
    Frames,
    Locks,
    Orientation,
    Part,
    Population,
    Requires,
    Rules,
    Size,
)
from .term_names import check_term_name

HEAVIEST = 1_000_000
"""Most points of a weight; scores in nano-points then stay far within 64 bits."""


class Demands(Part):
    """What is asked of the parts of a plan at one level.

    Attributes
    ----------
    population : Population
        Bounds on a part, in inhabitants.
    count : Count
    rules : Rules
    requires : Requires
    frames : Frames
    borders : BorderRules
    locks : Locks
    existing : Existing
    coverage : Coverage
    orientation : Orientation
    cooperation : Cooperation
    size : Size
    schemes : dict of str to dict
        Schemes of one's own by name, such as that of a merger bonus, as their files hold them. A file names
        the path of a scheme file instead. See `models.indicators.scheme_files`.
    budgets : dict of str to Budget
        Bounds on indicators, summed over the whole plan.
    weights : dict of str to float
        Points for one unit of each term, 0 to a million; terms to be minimised enter with a minus.
    """

    FILE_KEYS: ClassVar[tuple[str, ...]] = ("preset",)
    ADDED: ClassVar[tuple[str, ...]] = ("orientation", "cooperation", "schemes", "budgets")

    population: Population = Population()
    count: Count = Count()
    rules: Rules = Rules()
    requires: Requires = Requires()
    frames: Frames = Frames()
    borders: BorderRules = BorderRules()
    locks: Locks = Locks()
    existing: Existing = Existing()
    coverage: Coverage = Coverage()
    orientation: Orientation = Orientation()
    cooperation: Cooperation = Cooperation()
    size: Size = Size()
    schemes: Annotated[dict[str, dict[str, Any]], AfterValidator(check_schemes)] = Field(default_factory=dict)
    budgets: dict[str, Budget] = Field(default_factory=dict)
    weights: dict[str, Annotated[Number, Field(ge=0, le=HEAVIEST)]] = Field(default_factory=dict)

    @field_validator("weights")
    @classmethod
    def _known_terms(cls, weights: dict[str, float]) -> dict[str, float]:
        for name in weights:
            check_term_name(name)
        return weights

    @model_validator(mode="after")
    def _schemes_are_held(self) -> Demands:
        for name in (*self.weights, *self.budgets):
            check_held(name, self.schemes)
        return self

    @model_validator(mode="after")
    def _absorbing_within_bounds(self) -> Demands:
        most = min(self.population.max - self.population.min, (self.population.max - 1) // 2)
        if self.rules.above_max == "absorb" and self.rules.absorb_up_to > most:
            raise ValueError(
                f"rules.absorb_up_to is {self.rules.absorb_up_to}; with these bounds it may be at most {most}"
            )
        return self

    @model_validator(mode="after")
    def _coverage_has_shares(self) -> Demands:
        if self.weights.get("coverage", 0) > 0 and not self.coverage.shares:
            raise ValueError("the coverage term has a weight but [coverage.shares] names no function")
        return self

    @model_validator(mode="after")
    def _cooperation_has_layers(self) -> Demands:
        if self.weights.get("cooperation", 0) > 0 and not self.cooperation.layers:
            raise ValueError("the cooperation term has a weight but [cooperation.layers] names no layer")
        return self

    @model_validator(mode="after")
    def _soft_bounds_have_a_price(self) -> Demands:
        if self.population.soft and "shortfall" not in self.weights:
            raise ValueError(
                "population.floor and population.ceiling make bounds soft; give each missing inhabitant a "
                "price: weights.shortfall, in points"
            )
        return self

    @model_validator(mode="after")
    def _regions_have_numbers(self) -> Demands:
        if not self.frames.regions and self.count.regions:
            raise ValueError(
                "count.regions is about reference regions, which frames.regions = false unites; write "
                "count.min and count.max for all of them"
            )
        return self

    @model_validator(mode="after")
    def _merging_again_has_a_price(self) -> Demands:
        if self.rules.merged == "priced" and "stacking" not in self.weights:
            raise ValueError(
                'rules.merged is "priced"; give each inhabitant that is merged again a price: '
                "weights.stacking, in points for all inhabitants"
            )
        return self

    @model_validator(mode="after")
    def _rings_have_a_price(self) -> Demands:
        weight = self.weights.get("detached")
        if self.rules.enclosed == "priced" and weight is None:
            raise ValueError(
                'rules.enclosed = "priced": give the inhabitants around an enclosed centre town a price: '
                "weights.detached, in points"
            )
        if self.rules.enclosed == "allowed" and weight:
            raise ValueError(
                'the detached term has a weight but rules.enclosed is "allowed"; write '
                'rules.enclosed = "priced", or leave out weights.detached'
            )
        return self
