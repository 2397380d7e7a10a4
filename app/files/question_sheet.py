"""The question of a scenario in words: bounds, rules, agreements and weights, one row each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import Scorer
from ..dutch import Language, labels, told
from ..dutch.indicators import indicator_label
from ..dutch.measures import plain_number, term_label
from ..dutch.numbers import list_text, number_text
from .headings import columns_of, function_text, layer_text
from .workbook import Sheet

Said = Iterator[str]


def question_sheet(instance: Instance, scenario: Scenario, language: Language) -> Sheet:
    """Give one row a demand, rule, agreement or weight of a scenario.

    Parameters
    ----------
    instance : Instance
        Whose municipalities, layers and functions the scenario names.
    scenario : Scenario
    language : {'en', 'nl'}
    """
    words = labels(language)
    rows = [
        (words["levels"][asked.level], words["asked_about"][about], text)
        for asked in scenario.levels
        for about, text in demands_in_words(instance, asked, language)
    ]
    keys = ("level", "about", "asked")
    return Sheet(words["sheets"]["question"], columns_of(keys, language), rows)


def demands_in_words(instance: Instance, asked: Scenario, language: Language) -> list[tuple[str, str]]:
    """Say what a scenario asks at one level.

    Parameters
    ----------
    instance : Instance
    asked : Scenario
        Of one level; see `Scenario.levels`.
    language : {'en', 'nl'}

    Returns
    -------
    list of (str, str)
        What each sentence is about (a word of ``asked_about`` in `labels`), and the sentence.
    """
    words = _Words(instance, asked, language)
    chapters: Sequence[tuple[str, Callable[[], Said]]] = (
        ("population", words.population),
        ("count", words.count),
        ("rules", words.rules),
        ("requires", words.requires),
        ("frames", words.frames),
        ("borders", words.borders),
        ("locks", words.locks),
        ("existing", words.existing),
        ("budgets", words.budgets),
        ("weights", words.weights),
        ("measured", words.measured),
    )
    return [(about, text) for about, sentences in chapters for text in sentences()]


@dataclass(frozen=True)
class _Words:
    """What a scenario of one level says, a chapter at a time."""

    instance: Instance
    asked: Scenario
    language: Language

    @cached_property
    def _part(self) -> str:
        return labels(self.language)["parts"][self.asked.level]

    def _say(self, key: str, **given: object) -> str:
        numbers = {
            name: number_text(value, 0, self.language) if isinstance(value, int) else value
            for name, value in given.items()
        }
        return labels(self.language)["asked"][key].format(part=self._part, **numbers)

    def _term(self, name: str) -> str:
        return term_label(name, self.language)

    def _names(self, texts: Iterable[str]) -> str:
        return list_text(map(self._name, texts), self.language)

    def _name(self, text: str) -> str:
        """Name a municipality that a scenario gives by code or name."""
        try:
            return self.instance.names[self.instance.find(text)]
        except KeyError:
            return text

    def population(self) -> Said:
        bounds = self.asked.population
        yield self._say("bounds", min=bounds.min, max=bounds.max)
        if bounds.lowest < bounds.min:
            yield self._say("floor", floor=bounds.lowest, shortfall=self._term("shortfall"))
        if bounds.highest > bounds.max:
            yield self._say("ceiling", ceiling=bounds.highest, shortfall=self._term("shortfall"))
        for column in bounds.also:
            yield self._say("also", column=column)

    def count(self) -> Said:
        count = self.asked.count
        if count.min:
            yield self._say("count_min", least=count.min)
        if count.max is not None:
            yield self._say("count_max", most=count.max)
        for region, (least, most) in count.regions.items():
            yield self._say("count_region", region=region, least=least, most=most)

    def rules(self) -> Said:
        rules = self.asked.rules
        yield self._say(f"facility_{rules.facility}")
        if rules.joined:
            yield self._say("joined", names=self._names(rules.joined))
        yield self._say(f"above_max_{rules.above_max}", people=rules.absorb_up_to)
        yield self._say(f"isolated_{rules.isolated}")
        yield self._say(f"merged_{rules.merged}")
        if rules.staying:
            yield self._say("staying", names=self._names(rules.staying))
        yield self._say(f"seat_{rules.seat}")
        enclosed = self._say(f"enclosed_{rules.enclosed_parts}")
        yield self._say(f"enclosed_{rules.enclosed}", enclosed=enclosed, detached=self._term("detached"))

    def requires(self) -> Said:
        requires = self.asked.requires
        if requires.classes:
            classes = labels(self.language)["classes"]
            yield self._say("requires_classes", classes="; ".join(classes[name] for name in requires.classes))
        for function in requires.functions:
            yield self._say("requires_function", function=self._function(function))

    def _function(self, name: str) -> str:
        return function_text(name, self.instance, self.language)

    def frames(self) -> Said:
        frames = self.asked.frames
        yield self._say(f"regions_{str(frames.regions).lower()}")
        for key, layers in (("unsplit", frames.unsplit), ("within", frames.within)):
            for layer in layers:
                yield self._say(key, layer=layer_text(layer, self.language))
        if frames.zones:
            yield self._say("own_zones", number=len(frames.zones), source=_source(frames.source))

    def borders(self) -> Said:
        borders = self.asked.borders
        if borders.min_length:
            yield self._say("min_length", metres=plain_number(borders.min_length, self.language))
        for key, pairs in (("added", borders.added), ("removed", borders.removed)):
            for pair in pairs:
                yield self._say(key, names=self._names(pair))

    def locks(self) -> Said:
        locks = self.asked.locks
        for key, groups in (("together", locks.together), ("apart", locks.apart)):
            for group in groups:
                yield self._say(key, names=self._names(group))
        for key, single in (("alone", locks.alone), ("seat", locks.seat)):
            for name in single:
                yield self._say(key, names=self._name(name))

    def existing(self) -> Said:
        existing = self.asked.existing
        for group in existing.mergers:
            yield self._say(existing.mode, names=self._names(group))

    def budgets(self) -> Said:
        for name, budget in self.asked.budgets.items():
            label = indicator_label(name, self.language)
            for key, amount in budget.model_dump(exclude_none=True).items():
                yield self._say(f"budget_{key}", indicator=label, amount=amount)

    def weights(self) -> Said:
        units = {term.name: term.unit for term in Scorer(self.instance, self.asked).terms}
        for name, weight in self.asked.weights.items():
            points = plain_number(weight, self.language)
            unit = told(units[name], self.language)
            yield self._say(
                "weight_of_one" if weight == 1 else "weight", term=self._term(name), points=points, unit=unit
            )
        if not any(self.asked.weights.values()):
            yield self._say("no_weights")

    def measured(self) -> Said:
        """What terms look at, of those that are weighed."""
        weighed = {name.partition("(")[0] for name, weight in self.asked.weights.items() if weight}
        yield from chain.from_iterable(
            sentences()
            for term, sentences in (
                ("size", self._size),
                ("coverage", self._coverage),
                ("cooperation", self._cooperation),
                ("orientation", self._orientation),
            )
            if term in weighed
        )
        for name, scheme in self.asked.schemes.items():
            title, source = (str(scheme.get(key, name)) for key in ("title", "source"))
            yield self._say(
                "scheme", name=name, title=told(title, self.language), source=told(source, self.language)
            )

    def _size(self) -> Said:
        yield self._say("size", target=self.asked.size.target)

    def _coverage(self) -> Said:
        for name, share in self.asked.coverage.shares.items():
            said = f"{plain_number(round(100 * share, 6), self.language)} %"
            yield self._say("coverage", function=self._function(name), share=said)

    def _cooperation(self) -> Said:
        for layer, weight in self.asked.cooperation.layers.items():
            said = plain_number(weight, self.language)
            yield self._say("cooperation", layer=layer_text(layer, self.language), weight=said)

    def _orientation(self) -> Said:
        yield self._say(f"orientation_{self.asked.orientation.by}")


def _source(file: str) -> str:
    return f" ({file})" if file else ""
