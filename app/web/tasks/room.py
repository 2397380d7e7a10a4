"""What a worker process keeps from job to job, and how its jobs speak."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from ....instances.instance import Instance
from ....solver.deadline import Limits
from ..contract.base import Said

if TYPE_CHECKING:
    from ....solver.regions.resolver import Resolver


@dataclass(frozen=True)
class Setup:
    """What a worker is started with.

    Attributes
    ----------
    instance : str
        Embedded instance, or an instance folder.
    boundaries, layer : str or None
        A boundary file, and which of its layers.
    memory : float or None
        Bytes that the process may fill.
    """

    instance: str
    boundaries: str | None = None
    layer: str | None = None
    memory: float | None = None

    def drawn(self, instance: Instance) -> str | None:
        """Name the boundary file to draw, given or remembered; None for generalised shapes."""
        from ...maps.remembered import remembered_path

        if self.boundaries is not None:
            return None if self.boundaries == "none" else self.boundaries
        known = remembered_path(instance)
        return str(known) if known is not None and known.exists() else None


class CancelledError(Exception):
    """The job was cancelled."""


@dataclass
class Room:
    """What a worker keeps from job to job, and the job that it is at."""

    setup: Setup
    pipe: Connection
    stop: threading.Event = field(default_factory=threading.Event)
    speaking: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def instance(self) -> Instance:
        """The instance that all is about."""
        from ....instances import load

        return load(self.setup.instance)

    @cached_property
    def resolver(self) -> Resolver:
        """What answers scenarios, and keeps what did not change from one to the next."""
        from ....solver.regions.resolver import Resolver

        return Resolver(self.instance)

    def say(self, name: str, data: Said | dict[str, Any] | None) -> None:
        """Tell the page something: the name of an event, and its data.

        Raises
        ------
        CancelledError
            Nobody wants to hear it any more.
        """
        if self.stop.is_set():
            raise CancelledError
        plain = data.model_dump(mode="json") if isinstance(data, Said) else data
        with self.speaking:
            self.pipe.send((name, plain))

    @property
    def limits(self) -> Limits:
        """Limits of a job that ends when it is cancelled."""
        return Limits(until=self.stop)


def check_boundaries(setup: Setup) -> None:
    """Read a boundary file in a process of its own, so that the server does not hold what that takes.

    Raises
    ------
    InputError
        The file cannot be used.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        pool.submit(_remember_boundaries, setup).result()


def _remember_boundaries(setup: Setup) -> None:
    from pathlib import Path

    from ....instances import load
    from ...input.named import shapes_to_draw

    assert setup.boundaries is not None
    shapes_to_draw(load(setup.instance), Path(setup.boundaries), setup.layer, tell=lambda _: None)
