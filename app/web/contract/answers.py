"""Answers: plans region by region, what is proved of them, and why there is none."""

from __future__ import annotations

from typing import Literal

from .base import Said, Text


class MergerData(Said):
    """A merger or a zone of an answer."""

    members: list[int]
    seat: int
    standalone: str
    inhabitants: int
    score_nano: int
    values: dict[str, float]


class Decision(Said):
    """How decided a merger is, or a zone."""

    level: Literal["mergers", "zones"]
    members: list[int]
    status: Literal["proved", "no plan", "rule", "not known"]
    price_nano: int | None
    words: Text | None


class Decisions(Said):
    """How decided the mergers of a region are, and its zones."""

    region: str
    parts: list[Decision]


class RegionData(Said):
    """The answer for a region."""

    name: str
    status: str
    mergers: list[MergerData]
    zones: list[MergerData]
    score_nano: int | None
    bound_nano: int | None
    gap: float | None
    reason: Text | None
    seconds: float


class TermData(Said):
    """The value of a plan in a term; at the nested level ``zones.NAME`` are those of the zones."""

    name: str
    value: float
    unit: str
    better: str
    weight: float
    points: float
    divided_by: str


class AnswerData(Said):
    """The answer for all regions."""

    status: str
    score_nano: int | None
    bound_nano: int | None
    gap: float | None
    terms: list[TermData]
    counts: dict[str, int]
    seconds: float
    lines: list[Text]
