"""Labels in both languages."""

from __future__ import annotations

import pytest
from refzones.app.dutch import LANGUAGES, Language, labels
from refzones.instances import embedded_instances, load
from refzones.instances.entities import CLASSES
from refzones.models import presets
from refzones.models.question.question import ABOVE_MAX, FACILITY, ISOLATED, LOCKED, MERGED, STAYING
from refzones.models.scenario.term_names import TERM_NAMES
from refzones.solver.results.status import SEVERITY
from support.dutch import ENGLISH

TERMS = [name.partition("(")[0] for name in TERM_NAMES]
FUNCTIONS = {name for entry in embedded_instances() for name in load(entry.name).functions}
LAYERS = {layer for entry in embedded_instances() for layer in load(entry.name).layers}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_a_label(language: Language) -> None:
    told = labels(language)
    assert set(TERMS) <= told["terms"].keys()
    assert set(TERMS) <= told["term_units"].keys()
    assert told["classes"].keys() == set(CLASSES)
    assert told["layers"].keys() == told["zones"].keys()
    assert told["layers"].keys() >= LAYERS
    assert told["functions"].keys() >= FUNCTIONS
    assert told["presets"].keys() == told["preset_descriptions"].keys() == set(presets())
    assert told["statuses"].keys() == set(SEVERITY)
    assert told["standalone"].keys() == {FACILITY, ABOVE_MAX, MERGED, ISOLATED, STAYING, LOCKED}
    assert all(text for kind in told.values() for text in kind.values())


def test_languages_have_the_same_words_and_differ() -> None:
    english, dutch = labels("en"), labels("nl")
    assert {kind: set(words) for kind, words in english.items()} == {
        kind: set(words) for kind, words in dutch.items()
    }
    for kind, words in dutch.items():
        for word, text in words.items():
            assert text != english[kind][word], (kind, word)
            assert not ENGLISH.search(text), text
