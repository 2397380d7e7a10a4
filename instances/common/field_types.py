"""Types of the fields of settings files: no value is converted to another type in silence."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

Whole = Annotated[int, Field(strict=True)]
"""A whole number, written as one: ``25.000`` is twenty-five, and no way to write 25,000."""

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A finite number."""

Flag = Annotated[bool, Field(strict=True)]
"""true or false."""

MOST_PEOPLE = 10**12
"""Largest number of inhabitants that a bound may name; sums stay far within 64 bits."""

People = Annotated[Whole, Field(ge=0, le=MOST_PEOPLE)]
"""A number of inhabitants."""


def _code_as_text(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("true and false are no municipality; write its name or code")
    return str(value) if isinstance(value, int) else value


Municipality = Annotated[str, BeforeValidator(_code_as_text)]
"""A municipality by name or code; a code may be written as a number."""
