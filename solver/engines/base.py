"""What an engine is: it takes a programme and gives a point, a bound and a status."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from ...instances.common.arrays import FloatArray
from ...models.programmes.programme import Programme

AnswerStatus = Literal["optimal", "feasible", "infeasible", "unknown"]


class EngineError(Exception):
    """An engine broke down: it crashed, lost its licence or ran out of memory; told on one line."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


@dataclass(frozen=True)
class Answer:
    """What an engine says of a programme.

    Attributes
    ----------
    status : AnswerStatus
        'feasible' and 'unknown' when a limit was reached.
    x : ndarray of float64, shape (columns,), or None
        The best point found, integer columns rounded.
    bound : float or None
        Proved lower bound on the objective, where the engine gives one.
    """

    status: AnswerStatus
    x: FloatArray | None
    bound: float | None


class Engine(ABC):
    """A solver of mixed-integer linear programmes."""

    name: ClassVar[str]

    def solve(
        self,
        programme: Programme,
        *,
        seconds: float | None = None,
        seed: int = 0,
        start: FloatArray | None = None,
    ) -> Answer:
        """Minimise a programme on one thread.

        Parameters
        ----------
        programme : Programme
        seconds : float or None
            Time limit.
        seed : int
        start : ndarray of float64, shape (columns,), or None
            A feasible point to start from; engines that cannot use one pass it over.

        Raises
        ------
        EngineError
        """
        if (programme.row_lower > programme.row_upper).any() or (programme.lower > programme.upper).any():
            return Answer("infeasible", None, None)
        if not (np.isfinite(programme.cost).all() and np.isfinite(programme.coefficients).all()):
            raise EngineError(f"{self.name}: the programme holds numbers that are not finite")
        return self._solve(programme, seconds=seconds, seed=seed, start=start)

    @abstractmethod
    def _solve(
        self, programme: Programme, *, seconds: float | None, seed: int, start: FloatArray | None
    ) -> Answer:
        """Hand over a programme whose sides are not the wrong way round; see `solve`."""

    @abstractmethod
    def version(self) -> str:
        """Version of the solver behind the engine."""


_WHOLE = 1e-4
"""How far engines may miss whole numbers; their own tolerances are a hundredth of this or less."""


def checked(programme: Programme, values: FloatArray) -> FloatArray:
    """Round the integer columns of an engine's point and make sure that it is feasible.

    Raises
    ------
    EngineError
        The engine's point breaks a row even so, or what was rounded was not near a whole number: a point of
        the relaxation.
    """
    x = values.copy()
    x[programme.integer] = values[programme.integer].round()
    if not programme.is_feasible(x) or (np.abs(x - values) > _WHOLE).any():
        raise EngineError("the engine returned a point that breaks the constraints")
    return x
