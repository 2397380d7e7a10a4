"""What may be said of an answer. It is decided here and nowhere else, from what is known."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from ...models.scoring.scorer import NANO

Status = Literal["optimal", "feasible", "infeasible", "no plan within limit"]
"""'optimal' is proved; 'feasible' has a plan and a bound; 'infeasible' is proved."""

_DECIMALS = 9  # of nano-points
_SHOWN = 3  # of them, to people
_LEAST = Decimal("0.001")  # that they can show

SEVERITY: tuple[Status, ...] = ("optimal", "feasible", "no plan within limit", "infeasible")
"""The statuses from best to worst; the whole is as good as its worst part."""


def status_of(score: int | None, bound: int | None, *, infeasible: bool = False) -> Status:
    """Say what is known of a question: every answer asks here, none is told.

    Parameters
    ----------
    score : int or None
        Of the best plan found, in nano-points; None without one.
    bound : int or None
        Proved: no plan scores more; None where nothing is.
    infeasible : bool
        Whether it is proved that there is no plan.

    Returns
    -------
    Status
        'optimal' exactly when score and bound meet, to the last nano-point.

    Raises
    ------
    RuntimeError
        What is known contradicts itself: a plan where there is none, or one above the bound.

    Examples
    --------
    >>> status_of(5, 5), status_of(5, 6), status_of(5, None), status_of(None, 6)
    ('optimal', 'feasible', 'feasible', 'no plan within limit')
    """
    if infeasible and score is not None:
        raise RuntimeError("a defect of this program: a plan was found where none is said to be possible")
    if infeasible:
        return "infeasible"
    if score is None:
        return "no plan within limit"
    if bound is not None and bound < score:
        raise RuntimeError(
            f"a defect of this program: a plan scores {score} billionths of a point, "
            f"more than the bound of {bound}"
        )
    return "optimal" if score == bound else "feasible"


def worst(statuses: Iterable[Status]) -> Status:
    """Say what is known of all: as much as of the one of which least is."""
    return max(statuses, key=SEVERITY.index, default="optimal")


def relative_gap(score: int | None, bound: int | None) -> float | None:
    """(bound - score) / max(|score|, 1), 0 exactly when the two meet."""
    if score is None or bound is None:
        return None
    return (bound - score) / max(abs(score), 1)


def points(nano: int | None) -> float | None:
    """Points of a number of nano-points; None of None."""
    return None if nano is None else nano / NANO


def points_text(nano: int | None, rounding: str = ROUND_HALF_EVEN) -> str:
    """Write points as people read them: to three decimals, or to the first digit of what is less.

    0 is written only where it is exactly that, and "-" for none. Files have all digits.

    Parameters
    ----------
    nano : int or None
    rounding : str
        `ROUND_FLOOR` for what is at least so much, `ROUND_CEILING` for what is at most so much.
    """
    if not nano:
        return "-" if nano is None else "0"
    value = Decimal(nano).scaleb(-_DECIMALS)
    place = Decimal(1).scaleb(min(-_SHOWN, value.adjusted()))
    shown = value.quantize(place, rounding=rounding)
    # the first digit may have been rounded up to the last place that is always written
    return f"{shown.quantize(Decimal(1).scaleb(-_SHOWN)) if abs(shown) >= _LEAST else shown:,f}"


def signed_points(nano: int) -> str:
    """Write points with their sign, as `points_text` does."""
    return f"+{points_text(nano)}" if nano > 0 else points_text(nano)


def gap_text(gap: float | None) -> str:
    """Write a relative gap: 0 only when it is exactly that; a dash for none."""
    if gap is None:
        return "-"
    return "0" if gap == 0 else f"{100 * gap:.3g} %"
