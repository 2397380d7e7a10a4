"""Fund schemes: how a municipal fund is shared out, in building blocks."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from ...instances.common.field_types import Flag, Municipality, Number, Whole
from ...instances.common.problems import suggest
from ...instances.entities import CLASSES
from .scheme_files import Scheme, SchemePart, Steps

INHABITANTS, AREA, GIVEN = "inhabitants", "area", "given"
"""What a block is shared by, where that is no column: the inhabitants of the instance, its area, or what its
members have already."""


class FundBlock(SchemePart):
    """A building block: a part of the fund that is shared out by one rule.

    Attributes
    ----------
    share : float or None
        Of the total of the scheme; None where amounts are given.
    amounts : str
        Column of the euro that each municipality has of it today; empty where a share is given.
    by : str
        What it is shared by: ``inhabitants``, ``area``, a column of the instance, or ``given``, for which a
        merger has what its members have.
    group : str
        Group that alone has a part in it; empty for all.
    classes : dict of str to float
        Weight of each degree of equipment; those that are not named have none. Empty: all count alike.
    steps : Steps or None
        Weight by inhabitants, by steps.
    joined : {'whole', 'members'}
        'whole': a merger counts whole, in the group when one of its members is, in the class of its
        best-equipped member, on the step of its inhabitants. 'members': each member counts as if it had not
        merged, so that mergers change nothing.
    gap : str
        Why nothing can be said of it; empty where something can.
    """

    share: Annotated[Number, Field(ge=0, le=1)] | None = None
    amounts: str = ""
    by: Annotated[str, Field(min_length=1)] = INHABITANTS
    group: str = ""
    classes: dict[str, Annotated[Number, Field(ge=0)]] = Field(default_factory=dict)
    steps: Steps | None = None
    joined: Literal["whole", "members"] = "whole"
    gap: str = ""

    @field_validator("classes")
    @classmethod
    def _known(cls, classes: dict[str, float]) -> dict[str, float]:
        for name in classes:
            if name not in CLASSES:
                raise ValueError(f"unknown class '{name}'; {suggest(name, CLASSES)}")
        return classes

    @model_validator(mode="after")
    def _one_size(self) -> Self:
        if (self.share is None) == (not self.amounts):
            raise ValueError("give a share, or the column of the amounts today, and not both")
        if self.by == GIVEN and not self.amounts:
            raise ValueError("'given' needs amounts, the column of what each municipality has today")
        return self


class FundScheme(Scheme):
    """How a municipal fund is shared out.

    Attributes
    ----------
    total : int or None
        Euro a year; None where blocks have amounts by municipality.
    year : int
        Of the total.
    illustration : bool
        Whether shares or weights stand in for others that nobody has published; it is said beside figures.
    groups : dict of str to tuple of str
        Municipalities by code or name, of any moment since 2018.
    blocks : dict of str to FundBlock
        At least one. Either all have a share, together 1, or all have amounts.
    """

    KIND: ClassVar[str] = "fund"

    total: Annotated[Whole, Field(gt=0, le=10**15)] | None = None
    year: Annotated[Whole, Field(ge=1900, le=2200)]
    illustration: Flag = False
    groups: dict[str, tuple[Municipality, ...]] = Field(default_factory=dict)
    blocks: Annotated[dict[str, FundBlock], Field(min_length=1)]

    @model_validator(mode="after")
    def _shares_sum_to_one(self) -> Self:
        shares = [block.share for block in self.blocks.values() if block.share is not None]
        if shares and len(shares) < len(self.blocks):
            raise ValueError("some blocks have a share and others amounts; give all of them one of the two")
        if shares and self.total is None:
            raise ValueError("the blocks have shares; give the total that they are shares of, in euro")
        if shares and not math.isclose(sum(shares), 1, abs_tol=1e-9):
            raise ValueError(f"the shares of the blocks sum to {sum(shares):g}; they must sum to 1")
        return self

    @model_validator(mode="after")
    def _groups_are_there(self) -> Self:
        for name, block in self.blocks.items():
            if block.group and block.group not in self.groups:
                raise ValueError(
                    f"blocks.{name}: there is no group '{block.group}'; {suggest(block.group, self.groups)}"
                )
        for name, group in self.groups.items():
            if not group:
                raise ValueError(f"groups.{name} is empty; name its municipalities")
        return self
