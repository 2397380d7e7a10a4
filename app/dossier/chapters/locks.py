"""What is agreed, in sentences."""

from __future__ import annotations

from ....models.question.each_lock import Lock
from .teller import Teller


def lock_sentence(teller: Teller, lock: Lock) -> str:
    """Say a lock in a sentence."""
    instance, zones = teller.instance, lock.level == "zones" or teller.scenario.level == "zones"
    names = teller.listed([instance.names[i] for i in lock.municipalities])
    return {
        "together": _together,
        "apart": _apart,
        "alone": _alone,
        "seat": _seat,
        "existing": _existing,
        "joined": _joined,
        "added": _added,
        "removed": _removed,
    }[lock.kind](teller, names, zones, len(lock.municipalities))


def _together(teller: Teller, names: str, zones: bool, number: int) -> str:
    if zones:
        return teller.say("{names} are in one zone", names=names)
    return teller.say("{names} are in one merger", names=names)


def _apart(teller: Teller, names: str, zones: bool, number: int) -> str:
    if number == 2:
        if zones:
            return teller.say("{names} are in different zones", names=names)
        return teller.say("{names} are in different mergers", names=names)
    if zones:
        return teller.say("no two of {names} are in one zone", names=names)
    return teller.say("no two of {names} are in one merger", names=names)


def _alone(teller: Teller, names: str, zones: bool, number: int) -> str:
    if zones:
        return teller.say("{names} is a zone by itself", names=names)
    return teller.say("{names} stays alone", names=names)


def _seat(teller: Teller, names: str, zones: bool, number: int) -> str:
    if zones:
        return teller.say("{names} is the seat of its zone", names=names)
    return teller.say("{names} is the seat of its merger", names=names)


def _existing(teller: Teller, names: str, zones: bool, number: int) -> str:
    asked = teller.scenario.levels[-1 if zones else 0]
    if number == 1:
        return _alone(teller, names, zones, number)
    if asked.existing.mode == "extend":
        return teller.say("{names} stay together, and others may join them", names=names)
    if zones:
        return teller.say("{names} are a zone as they are", names=names)
    return teller.say("{names} are a merger as they are", names=names)


def _joined(teller: Teller, names: str, zones: bool, number: int) -> str:
    return teller.say("{names} takes part, though it is a facility municipality", names=names)


def _added(teller: Teller, names: str, zones: bool, number: int) -> str:
    return teller.say("{names} count as neighbours", names=names)


def _removed(teller: Teller, names: str, zones: bool, number: int) -> str:
    return teller.say("{names} do not count as neighbours", names=names)
