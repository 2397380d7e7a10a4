"""What good plans agree on, drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ...instances.common.problems import reject, suggest
from ...solver.plan_sets.alternatives import Agreement
from ...solver.results.counts import number_of
from ..dutch import Language, told
from ..maps.lettering import lettered
from ..maps.shapes import Shapes
from .pair_map import draw_pairs
from .plan_map import shapes_of


@lettered
def plot_agreement(
    agreement: Agreement,
    *,
    region: str | None = None,
    ax: Any = None,
    title: str | None = None,
    boundaries: str | Path | Shapes | None = None,
    names: bool = True,
    language: Language = "en",
) -> Any:
    """Draw for each pair of neighbours how many of the good plans merge them.

    Parameters
    ----------
    agreement : Agreement
    region : str, optional
        All of them without it.
    ax : matplotlib Axes, optional
    title : str, optional
        Above the map; what was counted without it.
    boundaries : str, Path or Shapes, optional
        Vector file with the official boundaries, or what was read from it; generalised cells without it.
    names : bool
        Whether municipalities are named where there is room.
    language : {'en', 'nl'}
        Of all texts.

    Returns
    -------
    Figure

    Raises
    ------
    InputError
        The region is not among those that were counted.
    """
    instance = agreement.instance
    known = {pairs.region: pairs for pairs in agreement.by_region}
    if region is not None and region not in known:
        reject("nothing is known of this region", suggest(region, known), value=region)
    if not known:
        reject("there are no plans that could agree", "ask for regions that have a plan")
    shown = agreement.by_region if region is None else (known[region],)
    inside = np.isin(instance.region, [instance.regions.index(pairs.region) for pairs in shown])
    if title is None:
        counted = "good plans"
        if len(shown) == 1:
            counted = f"{number_of(shown[0].plans, 'good plan')} of {shown[0].region}"
        title = f"Who merges with whom in the {counted}, up to {_loss(agreement.loss)} below the best"
        title = told(title, language)
    return draw_pairs(
        instance,
        shapes_of(instance, boundaries),
        np.vstack([pairs.pairs for pairs in shown]),
        np.concatenate([pairs.share for pairs in shown]),
        members=np.flatnonzero(inside).tolist(),
        what="good plans",
        title=title,
        names=names,
        ax=ax,
        language=language,
    )


def _loss(text: str) -> str:
    return text if text.endswith("%") else f"{text} points"
