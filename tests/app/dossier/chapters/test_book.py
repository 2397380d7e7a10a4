"""The document of a dossier, as a whole."""

from __future__ import annotations

import re

import pytest
from babel.numbers import parse_decimal
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from refzones.app.dossier.chapters.book import CHAPTERS, compose
from refzones.app.dossier.facts.gather import gather
from refzones.app.dutch import Language
from refzones.app.maps.shapes import generalised_shapes
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import record_of, solve
from support.dutch import ENGLISH
from support.strategies import nested_questions, questions
from support.told import (
    LOCKED_REGIONS,
    all_figures,
    all_sections,
    all_texts,
    composed,
    preset_facts,
    resolved,
)

CASES = [
    ("mergers", ("Midwest",)),
    ("mergers", ("Middenkust", "Regio Gent")),
    ("zones", ("Regio Brugge",)),
    ("nested", ("Midwest",)),
    ("locked", LOCKED_REGIONS),
]
LOCALES = {"en": "en_GB", "nl": "nl_BE"}
POINTS = {"en": ".", "nl": ","}


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(("preset", "regions"), CASES)
def test_every_figure_is_that_of_the_record(
    preset: str, regions: tuple[str, ...], language: Language
) -> None:
    data = preset_facts(preset, regions).record.model_dump(mode="json")
    found = all_figures(composed(preset, regions, language))
    assert len(found) > 50
    for figure in found:
        assert resolved(data, figure.of) == figure.value, figure
        text, _, _ = figure.text.partition(" ")
        share = text.endswith("%")
        written = float(parse_decimal(text.rstrip("%"), locale=LOCALES[language]))
        _, _, decimals = text.rstrip("%").partition(POINTS[language])
        shown = figure.value * (100 if share else 1)
        assert written == pytest.approx(shown, rel=0, abs=0.5 * 10 ** -len(decimals) + 1e-9), figure


@pytest.mark.parametrize(("preset", "regions"), CASES)
def test_no_word_is_left_in_english(preset: str, regions: tuple[str, ...]) -> None:
    for text in all_texts(composed(preset, regions, "nl")):
        assert not ENGLISH.search(re.sub(r"'[^']*'", "", text)), text
        check_number(text, "nl")
        assert not re.search(r"[{}]", text), text


@pytest.mark.parametrize(("preset", "regions"), CASES)
def test_keys_are_unique(preset: str, regions: tuple[str, ...]) -> None:
    keys = [section.key for section in all_sections(composed(preset, regions, "en").sections)]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)


def test_chapters_are_chosen_by_key() -> None:
    facts = preset_facts("mergers", ("Midwest",))
    only = compose(facts, "en", ["figures"])
    titles = [section.title for section in all_sections(only.sections)]
    assert titles == ["Midwest", CHAPTERS["figures"].title]
    with pytest.raises(InputError, match="no such chapter"):
        compose(facts, "en", ["figure"])


WITHOUT_MAPS = [key for key in CHAPTERS if key not in ("overview", "map", "alternatives", "settled")]


@given(st.one_of(questions(agreed=True, largest=7), nested_questions(largest=6)))
@settings(max_examples=15, deadline=None)
def test_drawn_questions_are_told_in_both_languages(question: tuple[Instance, Scenario]) -> None:
    """Rules, locks, bounds and weights of all kinds; regions with and without a plan."""
    instance, scenario = question
    try:
        result = solve(instance, scenario, decided=True, workers=1)
    except InputError:
        assume(False)
    assume(any(region.score_nano is not None for region in result.by_region))
    facts = gather(instance, record_of(result), [], generalised_shapes(instance), workers=1)
    data = facts.record.model_dump(mode="json")
    for language in ("en", "nl"):
        document = compose(facts, language, WITHOUT_MAPS)
        for figure in all_figures(document):
            assert resolved(data, figure.of) == figure.value
        for text in all_texts(document):
            assert text.strip() == text or not text.strip(), text
            assert not re.search(r"[{}]|None|\.\.", text), text
            check_number(text, language)
            if language == "nl":
                assert not ENGLISH.search(re.sub(r"'[^']*'|\"[^\"]*\"", "", text)), text


ONE = {
    "en": r"municipalities|mergers|zones|plans|pairs|points",
    "nl": r"gemeenten|fusies|zones|voorstellen|paren|punten",
}


def check_number(text: str, language: Language) -> None:
    """No plural after a one."""
    assert not re.search(rf"(?<![\w.,-])(?:1|een|één|one) (?:{ONE[language]})\b", text), text
