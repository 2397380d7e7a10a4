"""Templates laid over texts."""

from __future__ import annotations

import time

from refzones.app.dutch.slots import Told
from refzones.app.dutch.template import Template


def _none(text: str, context: str) -> None:
    return None


def test_slots_are_filled_and_numbers_turned() -> None:
    template = Template("{names:names} have {size:n} inhabitants", "{names} hebben {size} inwoners")
    assert template.translated("A and B have 1,200 inhabitants", _none) == Told(
        "A en B hebben 1.200 inwoners", 23
    )


def test_a_slot_takes_more_where_less_does_not_fit() -> None:
    template = Template("{name} has {size:n}", "{name} heeft {size}")
    told = template.translated("Who has it has 3", _none)
    assert told is not None
    assert told.text == "Who has it heeft 3"


def test_what_does_not_fit_is_left() -> None:
    template = Template("{name} has {size:n}", "{name} heeft {size}")
    assert [template.translated(text, _none) for text in ("A has many", " has 3", "has", "A has 3 more")] == [
        None
    ] * 4


def test_braces_and_slots_in_the_text_stay() -> None:
    template = Template("the file '{name}' is empty", "het bestand '{name}' is leeg")
    told = template.translated(r"the file '{name}\1' is empty", _none)
    assert told is not None
    assert told.text == r"het bestand '{name}\1' is leeg"


def test_a_text_with_many_ways_is_given_up_soon() -> None:
    template = Template("{a} x {b} x {c} x {d} x {e:n}", "{a} x {b} x {c} x {d} x {e}")
    started = time.monotonic()
    assert template.translated("y x " * 2000 + "z", _none) is None
    assert time.monotonic() - started < 10
