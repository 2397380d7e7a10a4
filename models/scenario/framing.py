"""The frame of a question: the reference regions of an instance, or all of it at once."""

from __future__ import annotations

from ...instances.instance import Instance
from .demands import Demands


def framed(instance: Instance, demands: Demands) -> Instance:
    """Give an instance with the regions that a scenario asks for.

    What takes an instance and a scenario from outside calls it first, so that nothing behind it knows of more
    than regions. It may be called again, on what it gave and for another scenario.

    Parameters
    ----------
    instance : Instance
    demands : Demands
        With `frames.regions` false, no reference region is a frame.

    Returns
    -------
    Instance
        Of the same name and hash.
    """
    if not demands.frames.regions:
        return instance.in_one_frame
    return instance if instance.given is None else instance.given
