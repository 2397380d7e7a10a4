"""Sentences of the program, as it says them, in Dutch."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from refzones.app.dutch import in_dutch
from refzones.app.dutch.sentences import _Reading, tables, templates
from refzones.app.dutch.slots import SLOT, Slot
from refzones.instances import InputError, Instance, embedded_instances, load
from refzones.models import Scenario, ask
from refzones.solver import Plan, verify
from refzones.solver.deadline import Limits
from refzones.solver.infeasibility.explanation import explain
from refzones.solver.results.points_in_words import points_in_words
from support.dutch import check_dutch
from support.strategies import demands, instances, zone_demands

KINDS = {
    "",
    "n",
    "key",
    "word",
    "year",
    "quoted",
    "t",
    "or",
    "semi",
    "bar",
    "names",
    "either",
    "pieces",
    "comma",
    "from",
    "part",
    "place",
    "proper",
    "value",
}
ALL = [one for table in tables().values() for some in table.values() for one in some]


@pytest.mark.parametrize("name", tables())
def test_slots_are_the_same_in_both_languages(name: str) -> None:
    for some in tables()[name].values():
        for one in some:
            english = {slot.name for slot in one.slots}
            dutch = {field for _, field, _, _ in Formatter().parse(SLOT.sub("{\\1}", one.dutch)) if field}
            assert english == dutch, one
            assert {slot.kind for slot in one.slots} <= KINDS, one
            assert len(english) == len(one.slots), one


def test_contexts_are_used() -> None:
    by_code = {"part", "share", "corner"}  # slots of parts; legends and corners of pictures
    named = {slot.context for one in ALL for slot in one.slots if slot.context} | by_code
    assert named == {context for table in tables().values() for context in table if context}


def test_no_sentence_stands_twice() -> None:
    for context in {context for table in tables().values() for context in table}:
        texts = [SLOT.sub("{}", one.english) for one in templates(context)]
        kinds = [tuple(slot.kind for slot in one.slots) for one in templates(context)]
        assert len(set(zip(texts, kinds, strict=True))) == len(texts)


def test_dutch_is_no_english() -> None:
    from support.dutch import ENGLISH

    for one in ALL:
        words = re.sub(
            r"'[^']*'|\"[^\"]*\"|--[a-z-]+|[a-z_]+\.[a-z_]+( = [a-z]+)?", "", SLOT.sub("", one.dutch)
        )
        assert not ENGLISH.search(words), one


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        (
            "these rules cannot hold together: locks.together: Ronse, Gent; population.max = 130000 (they "
            "could without any one of them). Enough by itself: maximum 140,000 instead of 130,000 "
            "(population.max = 140000) or drop the lock together: Ronse, Gent",
            "deze regels gaan niet samen: locks.together: Ronse, Gent; population.max = 130000 (zonder "
            "een ervan, welke ook, gaan de andere wel samen). Op zich volstaat: maximum 140.000 in plaats "
            'van 130.000 (population.max = 140000) of schrap de afspraak "samen: Ronse, Gent"',
        ),
        (
            "as if everyone in Oost-Brabant were 0.2 km farther from the seat",
            "alsof iedereen in Oost-Brabant 0,2 km verder van de zetel zou wonen",
        ),
        (
            "as if 1,200 more inhabitants lived outside the main primary-care zone of their merger",
            "alsof 1.200 inwoners meer buiten de hoofdzone (eerstelijnszone) van de eigen fusie woonden",
        ),
        ("the zone of M1 (10001) has no 'hospital'", "de zone van M1 (10001) heeft geen 'hospital'"),
        (
            "a.csv, row 3, column 'nis', value '9': no municipality has this code; those here are like 11001",
            "a.csv, rij 3, kolom 'nis', waarde '9': geen gemeente heeft deze code; die van hier zien eruit "
            "als 11001",
        ),
        ("two\nlines", None),
        ("no municipality has this name\nkeep it once", "geen gemeente heeft deze naam\nbehoud ze één keer"),
        ("Something that nobody says", None),
        ("", ""),
    ],
)
def test_some_sentences(english: str, dutch: str | None) -> None:
    assert in_dutch(english) == dutch


names = st.text(
    st.characters(categories=("Lu", "Ll", "Nd"), include_characters=" -'"), min_size=1, max_size=12
)


@given(names, names, st.integers(0, 10**9))
def test_words_of_people_pass_unchanged(one: str, other: str, number: int) -> None:
    both = f"{one} (11001) and {other} (11002)"
    text = f"the merger of {both} has {number:,} inhabitants, fewer than the minimum of 15,000"
    dutch = in_dutch(text)
    assert dutch is not None
    assert dutch.startswith(f"de fusie van {one} (11001) en {other} (11002) heeft ")
    assert f" {number:,} ".replace(",", ".") in dutch


@given(
    st.lists(
        st.sampled_from(
            [
                "and",
                "or",
                "has",
                "merger of",
                ";",
                ".",
                ": ",
                "is in",
                "Gent",
                "(44021)",
                "12",
                "more",
                "'",
                "|",
            ]
        ),
        min_size=1,
        max_size=5,
    ).map(" ".join),
    st.sampled_from(
        [
            "'{}' stands twice; keep it once",
            "the column '{}' is missing",
            "locks.alone names Aalst (41002), but the existing merger {} is kept",
            "frames: the instance has no layer '{}'",
            "no municipality has this name; did you mean '{}'?",
        ]
    ),
)
@settings(deadline=None)
def test_words_of_the_program_in_names_pass_unchanged(name: str, sentence: str) -> None:
    dutch = in_dutch(sentence.format(name))
    assert dutch is not None
    assert name in dutch


VALUES = {
    "": "Sint-Genesius-Rode (23101)",
    "n": "1,234.5",
    "key": "population.max",
    "word": "highs",
    "year": "2025",
    "quoted": "'alone' or 'free'",
    "names": "Aalst, Gent and 3 more",
    "either": "Aalst or Gent",
    "pieces": "Aalst and Gent | Ninove",
    "from": "Aalst and Gent (from plan.csv)",
    "part": "the merger of Aalst and Gent",
    "place": "plan.csv, row 3",
    "proper": "Aalst and De Haan",
    "value": "1 to 1,000",
}


@pytest.mark.parametrize(
    "context", ["", *sorted({context for table in tables().values() for context in table if context})]
)
def test_every_template_has_a_reading(context: str) -> None:
    for one in templates(context):
        text = SLOT.sub(lambda found: _written(Slot.named(found)), one.english)
        told = _Reading().sentence(text, context)
        assert told is not None, text
        assert "Sint-Genesius-Rode (23101)" in told.text or "Sint-Genesius" not in text, text


def _written(slot: Slot) -> str:
    """Fill a slot; words of the program by the first sentence without slots that may stand there."""
    if slot.kind in VALUES:
        return VALUES[slot.kind]
    some = [one.english for one in templates(slot.context) if not one.slots]
    return (
        some[0]
        if some
        else SLOT.sub(lambda found: _written(Slot.named(found)), templates(slot.context)[0].english)
    )


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert in_dutch(text) is None or isinstance(in_dutch(text), str)


def test_a_text_too_long_to_be_read_has_no_dutch() -> None:
    assert in_dutch("keep it once; " * 10_000) is None


# What the program really says


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Instance, Scenario]:
    instance = draw(instances(largest=6, connected=draw(st.booleans()), numbers=(1,)))
    nested = draw(st.booleans())
    asked = draw(demands(instance, agreed=True, gentle=nested))
    if nested:
        asked = {"level": "nested", **asked, "zones": draw(zone_demands(instance, agreed=True))}
    return instance, Scenario.from_dict(asked)


@given(drawn(), st.data())
@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_what_is_said_of_drawn_scenarios(question: tuple[Instance, Scenario], data: st.DataObject) -> None:
    instance, scenario = question
    for level in scenario.levels:
        try:
            ask(instance, level)
        except InputError as error:
            for problem in error.problems:
                check_dutch(problem.what)
                check_dutch(problem.remedy)
            for line in error.told:
                check_dutch(line)
    found = explain(instance, scenario, instance.regions[0], Limits(20))
    if found is not None:
        check_dutch(found.in_words())
        for repair in found.repairs:
            check_dutch(repair.text)
    if scenario.zones is None:
        groups = data.draw(st.lists(st.integers(0, 2), min_size=len(instance), max_size=len(instance)))
        plan = [[i for i in range(len(instance)) if groups[i] == k] for k in range(3)]
        try:
            made = Plan.of(instance, scenario, [tuple(part) for part in plan if part])
        except InputError:
            return
        for violation in verify(instance, scenario, made):
            check_dutch(violation.text)


REGIONS = {
    "Kempen": {"requires": {"functions": ["hospital"]}, "locks": {"alone": ["Mol", "Geel"]}},
    "Waasland": {"locks": {"together": [["Temse", "Lokeren"], ["Sint-Niklaas", "Lokeren"]]}},
    "Regio Brugge": {"preset": "zones", "count": {"min": 4}},
}


@pytest.mark.parametrize("region", REGIONS)
def test_what_is_said_of_real_regions(region: str) -> None:
    found = explain(load(), Scenario.from_dict({"preset": "mergers", **REGIONS[region]}), region, Limits(60))
    assert found is not None
    assert "regel" in check_dutch(found.in_words())


WEIGHTS = [
    "coverage", "distance", "straddle(police)", "straddle(housing_company)", "touched(primary_care)",
    "cut_edges", "orientation", "cooperation", "stacking", "shortfall", "detached",
]  # fmt: skip


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("level", ["mergers", "zones"])
def test_points_in_words(weight: str, level: str) -> None:
    """In one region and in all, few and many, more and fewer."""
    asked = {"preset": level, "weights": {"replace": True, weight: 5, "shortfall": 1e-9}}
    asked |= {"rules": {"enclosed": "priced"}} if weight == "detached" else {}
    asked["weights"] |= {weight: 5.0, "detached": 0.0 if weight != "detached" else 5.0}
    scenario, instance = Scenario.from_dict(asked), load()
    told = set()
    for regions in (["Kempen"], ["Kempen", "Waasland"], instance.regions[:5], instance.regions):
        for exponent in range(1, 13):
            for sign in (1, -1):
                words = points_in_words(instance, scenario, regions, sign * 3 * 10**exponent)
                told |= {check_dutch(words)} if words else set()
    assert len(told) > 4


def test_labels_of_what_is_embedded() -> None:
    for entry in embedded_instances():
        instance = load(entry.name)
        for text in (instance.title, *(function.label for function in instance.functions.values())):
            check_dutch(text)
        for function in instance.functions.values():
            check_dutch(function.unit)
