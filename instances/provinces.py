"""Provinces of the Flemish municipalities, by the first digits of their codes (Statbel)."""

from __future__ import annotations

_BY_DIGITS = {
    "1": "Antwerpen",
    "23": "Vlaams-Brabant",
    "24": "Vlaams-Brabant",
    "3": "West-Vlaanderen",
    "4": "Oost-Vlaanderen",
    "7": "Limburg",
}

PROVINCES = tuple(sorted(set(_BY_DIGITS.values())))
"""Names of the provinces."""


def province_of(code: str) -> str:
    """Give the province of a municipality by its code; empty where the code is not one of Flanders.

    Examples
    --------
    >>> province_of("24062"), province_of("31005"), province_of("21004")
    ('Vlaams-Brabant', 'West-Vlaanderen', '')
    """
    if len(code) != 5:
        return ""
    return next((name for digits, name in _BY_DIGITS.items() if code.startswith(digits)), "")
