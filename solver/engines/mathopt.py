"""HiGHS and SCIP, both through OR-Tools MathOpt, which is loaded with the first programme."""

from __future__ import annotations

from importlib.metadata import version

from ...instances.common.arrays import FloatArray
from ...models.programmes.programme import Programme
from ..limit_errors import OutOfMemoryError, TimeUpError
from .apart import is_large, solve_apart
from .base import Answer, Engine


class _MathOptEngine(Engine):
    """An engine behind the MathOpt interface."""

    _solver: str
    _threads: int | None = 1

    def _solve(
        self, programme: Programme, *, seconds: float | None, seed: int, start: FloatArray | None
    ) -> Answer:
        from .mathopt_programme import solve_programme

        return solve_programme(
            programme, self._solver, self.name, seconds=seconds, seed=seed, start=start, threads=self._threads
        )

    def version(self) -> str:
        """Version of OR-Tools, which the solver comes with."""
        return f"OR-Tools {version('ortools')}"


class HighsEngine(_MathOptEngine):
    """HiGHS (Huangfu and Hall 2018); large programmes are solved in a process of their own."""

    name = "highs"
    _solver = "HIGHS"
    _threads = None  # MathOpt refuses to set it for HiGHS

    def _solve(
        self, programme: Programme, *, seconds: float | None, seed: int, start: FloatArray | None
    ) -> Answer:
        if not is_large(programme):
            return super()._solve(programme, seconds=seconds, seed=seed, start=start)
        try:
            return solve_apart(programme, seconds=seconds, seed=seed, start=start)
        except OutOfMemoryError:
            raise
        except TimeUpError:
            return Answer("unknown", None, None)

    def solve_here(
        self, programme: Programme, *, seconds: float | None, seed: int, start: FloatArray | None
    ) -> Answer:
        """Solve a programme in this process, however large it is; see `Engine.solve`."""
        return super()._solve(programme, seconds=seconds, seed=seed, start=start)


class ScipEngine(_MathOptEngine):
    """SCIP (Achterberg 2009)."""

    name = "scip"
    _solver = "GSCIP"
