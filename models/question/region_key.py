"""What a question asks of one region: a key that changes whenever that does, and no other time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from functools import partial
from hashlib import blake2b
from typing import Any
from weakref import WeakKeyDictionary

from ..scenario.demands import Demands
from .locks import is_known
from .question import Question

_RESOLVED: dict[str, Any] = {
    "weights": True,
    "count": True,
    "locks": True,
    "existing": True,
    "rules": {"joined"},
    "borders": {"added", "removed"},
    "frames": {"zones", "source"},
}
"""What is said in names of municipalities or regions: it stands in the question in indices. Weights are no
part of the question."""

_keys: WeakKeyDictionary[Question, dict[tuple[int, bool], bytes]] = WeakKeyDictionary()
_said: WeakKeyDictionary[Question, dict[str, Any]] = WeakKeyDictionary()
"""What was worked out of a question, which never changes: it is asked for several times for each region."""


def region_key(question: Question, region: int, *, locks: bool = True) -> bytes:
    """Digest all that decides which plans of a region are admissible, and the values of its mergers.

    Questions of the same instance with the same key have the same candidates there, with the same value in
    each term. What the scenario says of other regions takes no part, nor does how it names municipalities.

    Parameters
    ----------
    question : Question
        Its scenario's weights take no part.
    region : int
    locks : bool
        Whether what is held together and apart takes part.

    Returns
    -------
    bytes
    """
    known = _keys.setdefault(question, {})
    if (region, locks) not in known:
        known[region, locks] = _digest(question, region, locks=locks)
    return known[region, locks]


def _digest(question: Question, region: int, *, locks: bool) -> bytes:
    instance, asked = question.instance, question.scenario
    members = instance.members(region).tolist()
    inside = frozenset(members)
    said = {
        "region": instance.regions[region],
        "level": asked.level,
        "demands": _demands(question),
        "count": _counts(question, region),
        "standalone": sorted((i, rule) for i, rule in question.standalone.items() if i in inside),
        "neighbours": [question.neighbours[i] for i in members],
        "together": _touching(question.together, inside) if locks else [],
        "apart": _touching(question.apart, inside) if locks else [],
        "kept": _touching(question.kept, inside),
        "seats": sorted(inside.intersection(question.seats)),
        "unenclosed": [question.unenclosed[i] for i in members] if question.unenclosed else [],
        "uncounted": sorted(inside & question.uncounted),
        # some terms look at borders that hard frames hide, and at who may merge
        "joined": _touching(_found(question, [(text,) for text in asked.rules.joined]), inside),
        "added": _touching(_found(question, asked.borders.added), inside),
        "removed": _touching(_found(question, asked.borders.removed), inside),
    }
    return blake2b(json.dumps(said, separators=(",", ":")).encode(), digest_size=20).digest()


def _demands(question: Question) -> dict[str, Any]:
    """What is demanded of all regions alike."""
    if question not in _said:
        included = set(Demands.model_fields)
        _said[question] = question.scenario.model_dump(mode="json", include=included, exclude=_RESOLVED)
    return _said[question]


def _counts(question: Question, region: int) -> object:
    """Bounds on the number of mergers; of each by name where regions are answered as one."""
    if question.each is None or not question.is_united(region):
        return question.count(region)
    return {name: question.scenario.count.of(name) for name in question.regions_in(region)}


def _touching(groups: Iterable[tuple[int, ...]], inside: Collection[int]) -> list[tuple[int, ...]]:
    """Groups with a municipality of the region, in one order."""
    return sorted(group for group in groups if any(i in inside for i in group))


def _found(question: Question, groups: Iterable[tuple[str, ...]]) -> Iterable[tuple[int, ...]]:
    """Resolve groups of names; what presets say of municipalities that are not here says nothing."""
    instance = question.instance
    for texts in groups:
        if all(map(partial(is_known, instance), texts)):
            yield tuple(sorted(instance.find(text) for text in texts))


__all__ = ["region_key"]
