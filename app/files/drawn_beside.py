"""The shapes and the map of a run, drawn beside its search where there is a process for it."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Final

from ...instances.common.activity import doing
from ..beside.asking import Beside, given_by

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...models.scenario.scenario import Scenario
    from ...solver.progress import Progress, Step
    from ...solver.results.region_result import RegionResult
    from ...solver.results.result import Result
    from ..dutch import Language
    from ..maps.shapes import Shapes

_WARM: Final = "refzones.app.maps.drawing:warm_up"
_SHAPES: Final = "refzones.app.maps.shapes:generalised_shapes"


class DrawnBeside:
    """What of a run is drawn beside; without a process nothing is, and shapes are drawn at once.

    Parameters
    ----------
    beside : Beside or None
        Which loads what it draws with from now on.
    """

    def __init__(self, beside: Beside | None) -> None:
        self._beside = beside
        self._begun: tuple[dict[str, Any], frozenset[str], Future[tuple[list[bytes], str]]] | None = None
        if beside is not None:
            beside.ask(_WARM)

    def begin_shapes(self, instance: Instance, given: Shapes | None) -> None:
        """Begin to draw generalised shapes, unless others are given."""
        self._instance = instance
        self._asked: Future[Shapes] | None = None
        self._shapes = given
        if given is None and self._beside is not None:
            self._asked = self._beside.ask(_SHAPES, instance)
        elif given is None:
            self._shapes = self._drawn_here()

    @property
    def shapes(self) -> Shapes:
        """The shapes of the municipalities, waited for."""
        if self._shapes is None:
            with doing("drawing the shapes of municipalities"):
                self._shapes = given_by(self._asked, self._drawn_here)
        return self._shapes

    def begin_map(
        self, result: Result, extras: Iterable[str], language: Language
    ) -> Future[tuple[list[bytes], str]] | None:
        """Begin to draw the map of a result, unless one that shows the same has begun.

        None where that is left to whoever writes it.
        """
        from .map_image import ask_for_map, page_of_run
        from .run_file import Run

        if self._beside is None:
            return None
        run = Run(result, self.shapes, extras=frozenset(extras), language=language)
        page = page_of_run(run)
        if self._begun is None or self._begun[:2] != (page, run.extras):
            self._begun = page, run.extras, ask_for_map(self._beside, run, page)
        return self._begun[2]

    def when_answered(
        self, tell: Progress, scenario: Scenario, extras: Iterable[str], language: Language
    ) -> Progress:
        """Give a progress callback that begins the map when all regions are answered, and tells on.

        How decided mergers are is on no map, and takes the search some time longer.
        """
        from ...solver.results.result import Result

        answered: list[RegionResult] = []

        def note(step: Step) -> None:
            tell(step)
            answered.append(step.answer)
            if len(answered) == step.total and self._asked is not None and self._asked.done():
                order = {name: place for place, name in enumerate(self._instance.regions)}
                regions = tuple(sorted(answered, key=lambda one: order[one.name]))
                plan = Result(self._instance, scenario, regions, "", seed=0, workers=1, seconds=0.0)
                self.begin_map(plan, extras, language)

        return note

    def _drawn_here(self) -> Shapes:
        from ..maps.shapes import generalised_shapes

        return generalised_shapes(self._instance)
