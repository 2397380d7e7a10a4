"""Mandates: how many councillors, mayors and aldermen a number of inhabitants gives."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import Field

from ...instances.common.field_types import Whole
from .scheme_files import Scheme, SchemePart, Steps, known_scheme


class AfterMerger(SchemePart):
    """Aldermen that a merged municipality may have beside those by inhabitants, by term since the merger."""

    first: Annotated[Whole, Field(ge=0)]
    second: Annotated[Whole, Field(ge=0)]
    later: Annotated[Whole, Field(ge=0)]


class MandateScheme(Scheme):
    """What the decree on local government says of councillors and aldermen."""

    councillors: Steps
    aldermen: Steps
    more_after_merger: AfterMerger


@cache
def mandates() -> MandateScheme:
    """Give the scheme in force."""
    return known_scheme("mandates", MandateScheme)
