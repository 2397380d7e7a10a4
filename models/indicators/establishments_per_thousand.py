"""Establishments per thousand: how many business establishments a municipality has for 1,000 inhabitants."""

from __future__ import annotations

from .figure_columns import PerInhabitant


class EstablishmentsPerThousand(PerInhabitant):
    """Business establishments, divided by thousands of inhabitants."""

    key = "establishments_per_thousand"
    column = "establishments"
    unit = "establishments"
    digits = 1
    per = 1_000
