"""Options that change the scenario of a command, written once for all commands that take one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...instances.common.problems import InputError, Problems
from .options import AloneOption, ApartOption, KeepOption, SetOption, TogetherOption
from .words import words_of

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...models.scenario.scenario import Scenario

LOCKS = ("--together", "--apart", "--alone")
"""Options that are followed by as many municipalities as one likes."""


@dataclass(frozen=True)
class ScenarioChanges:
    """What the options say, as it was typed."""

    settings: SetOption = None
    together: TogetherOption = None
    apart: ApartOption = None
    alone: AloneOption = None
    keep: KeepOption = None

    def on(self, scenario: Scenario, instance: Instance) -> Scenario:
        """Change a scenario, as a file would in which the same stands.

        Raises
        ------
        InputError
            An option names nobody, no key that there is, or a value that it cannot have.
        """
        from ...models.scenario.changes import Changes, changed

        problems = Problems()
        alone = self._groups(instance, "--alone", self.alone, problems, least=1)
        changes = Changes(
            settings=tuple(self.settings or ()),
            together=self._groups(instance, "--together", self.together, problems),
            apart=self._groups(instance, "--apart", self.apart, problems),
            alone=tuple(text for group in alone for text in group),
            keep="" if self.keep is None else str(self.keep),
            kept=self._kept(instance, problems),
        )
        problems.raise_if_any()
        return changed(scenario, changes)

    def _groups(
        self, instance: Instance, option: str, texts: list[str] | None, problems: Problems, least: int = 2
    ) -> tuple[tuple[str, ...], ...]:
        from ..input.municipalities import named

        groups = []
        for text in texts or ():
            before = len(problems)
            found = named(instance, option, words_of(text), problems)
            if len(problems) == before and len({i for _, i in found}) < least:
                what = f"{option}: a group needs at least two municipalities"
                problems.add(what, "name others", value=found[0][0])
            groups.append(tuple(words for words, _ in found))
        return tuple(groups)

    def _kept(self, instance: Instance, problems: Problems) -> tuple[tuple[str, ...], ...]:
        """The mergers of a boundary file; other plans are read as those that a scenario file names."""
        from ..input.plan_reading import mergers_drawn

        if self.keep is None:
            return ()
        if not self.keep.exists():
            problems.add("--keep: there is no such file or folder", "name a plan", value=str(self.keep))
            return ()
        try:
            return mergers_drawn(self.keep, instance)
        except InputError as error:
            problems.take(error, "--keep: ")
            return ()


NONE = ScenarioChanges()
