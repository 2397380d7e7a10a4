"""Plans and results as HTML, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Protocol

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import NANO
from .counts import count_cells, count_headings, count_parts, count_text
from .mergers import Merger, placed
from .region_result import RegionResult
from .status import Status
from .term_text import values_text
from .terms import TermRecord, term_records

_HIGH = "max-height:26em;overflow:auto"
_COUNT = "text-align:right"
_TEXT = "text-align:left"


class Answered(Protocol):
    """What is known of a region, or of all of them together."""

    @property
    def status(self) -> Status:
        """What is known."""

    @property
    def municipalities(self) -> int:
        """How many there are before merging."""

    @property
    def mergers(self) -> tuple[Merger, ...]:
        """Of the plan."""

    @property
    def zones(self) -> tuple[Merger, ...]:
        """Around the mergers."""

    @property
    def score_nano(self) -> int | None:
        """Of the plan."""

    @property
    def bound_nano(self) -> int | None:
        """On the score of any plan."""

    @property
    def gap(self) -> float | None:
        """Between the two."""


def result_html(
    instance: Instance, scenario: Scenario, by_region: Sequence[RegionResult], whole: Answered, effort: str
) -> str:
    """Show a result: what it says of the whole and what it took, then a row a region."""
    heads = ["region", "status", "before", *count_headings(scenario), "score", "bound", "gap"]
    rows = [_answer(region.name, region, scenario, region.reason) for region in by_region]
    lines = [
        f"<b>{escape(scenario.name)}</b> on {escape(instance.title or instance.name)}: "
        f"{escape(whole.status)}, {escape(effort)}"
    ]
    if whole.mergers:
        lines.append(escape(count_text(count_parts(whole.mergers), scenario.level, len(whole.zones))))
        answered = [region.name for region in by_region if region.mergers]
        lines += _terms(instance, scenario, whole.mergers, whole.zones, answered)
    table = _table(heads, rows, last=_answer("all", whole, scenario) if len(rows) > 1 else None)
    return _block(lines, table)


def _answer(name: str, answer: Answered, scenario: Scenario, reason: str = "") -> list[str]:
    return [
        name,
        answer.status + (f": {reason}" if reason else ""),
        f"{answer.municipalities}",
        *_counted(answer, scenario),
        _points(answer.score_nano),
        _points(answer.bound_nano),
        _gap(answer.gap),
    ]


def _counted(answer: Answered, scenario: Scenario) -> list[str]:
    """Count zones, municipalities after merging, and mergers; empty where a region has no plan."""
    if answer.score_nano is None:
        return [""] * len(count_headings(scenario))
    cells = count_cells(scenario, count_parts(answer.mergers), len(answer.zones))
    return [f"{number:,}" for number in cells.values()]


def plan_html(
    instance: Instance | None,
    scenario: Scenario | None,
    mergers: Sequence[Merger],
    zones: Sequence[Merger],
    score_nano: int,
) -> str:
    """Show a plan: its score, then a row a merger; by number only where its instance is not known."""
    level = "mergers" if scenario is None else scenario.level
    counted = escape(count_text(count_parts(mergers), level, len(zones)))
    lines = [f"<b>{counted}</b>; score {_points(score_nano)}"]
    if instance is None:
        rows = [
            [str(merger.seat), ", ".join(map(str, merger.members)), _points(merger.score_nano)]
            for merger in mergers
        ]
        return _block(lines, _table(["seat", "members", "score"], rows))
    if scenario is not None:
        regions = sorted({int(instance.region[i]) for merger in mergers for i in merger.members})
        names = [instance.regions[region] for region in regions]
        lines += _terms(instance, scenario, mergers, zones, names)
    return _block(lines, _table(*_mergers(instance, mergers, zones)))


def _mergers(
    instance: Instance, mergers: Sequence[Merger], zones: Sequence[Merger]
) -> tuple[list[str], list[list[str]]]:
    zone_of = placed(zones)
    heads = ["region", *(["zone"] if zones else []), "merger", "members", "inhabitants", "score"]
    rows = []
    for part in sorted(mergers, key=lambda part: (int(instance.region[part.seat]), part.members)):
        others = [instance.names[i] for i in part.members if i != part.seat]
        rows.append(
            [
                instance.regions[instance.region[part.seat]],
                *([zone_of[part.seat].name(instance)] if zones else []),
                part.name(instance),
                ", ".join(others) or (f"alone: {part.standalone}" if part.standalone else "alone"),
                f"{part.population(instance):,}",
                _points(part.score_nano),
            ]
        )
    return heads, rows


def _terms(
    instance: Instance,
    scenario: Scenario,
    mergers: Sequence[Merger],
    zones: Sequence[Merger],
    regions: Sequence[str],
) -> list[str]:
    """Value of each term in words, those of zones on a line of their own, and what they are means over."""
    lines = []
    parts_of = {"": mergers, "zones": zones}
    for prefix, asked in reversed(scenario.levels_by_prefix.items()):
        terms = term_records(instance, asked, parts_of[prefix])
        lines.append(
            (f"{prefix}: " if prefix else "") + "; ".join(_term(name, term) for name, term in terms.items())
        )
        said = values_text(instance, regions, terms)
        lines += [f"<small>{escape(said)}</small>"] if said else []
    return lines


def _term(name: str, term: TermRecord) -> str:
    text = f"{name} {term.value:,.4g} ({term.points:+,.4g} points)"
    return f'<span title="{escape(term.unit)}">{escape(text)}</span>'


def _points(nano: int | None) -> str:
    return "" if nano is None else f"{nano / NANO:,.4f}"


def _gap(gap: float | None) -> str:
    return "" if gap is None else f"{100 * gap:.3g} %"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], last: Sequence[str] | None = None) -> str:
    """Make a table of texts; columns of figures keep to the right."""
    rows = list(rows)
    styles = [_COUNT if _are_figures(row[k] for row in rows) else _TEXT for k in range(len(heads))]
    head = "".join(
        f'<th style="{style}">{escape(text)}</th>' for text, style in zip(heads, styles, strict=True)
    )
    body = "".join(f"<tr>{_cells('td', row, styles)}</tr>" for row in rows)
    foot = "" if last is None else f"<tfoot><tr>{_cells('th', last, styles)}</tr></tfoot>"
    return (
        f'<div style="{_HIGH}"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table></div>'
    )


def _cells(tag: str, row: Sequence[str], styles: Sequence[str]) -> str:
    return "".join(
        f'<{tag} style="{style}">{escape(text)}</{tag}>' for text, style in zip(row, styles, strict=True)
    )


def _are_figures(texts: Iterable[str]) -> bool:
    return all(not text or text[0] in "-0123456789" for text in texts)


def _block(lines: Sequence[str], table: str) -> str:
    """Put lines, which are HTML already, above a table."""
    return "<div>" + "".join(f"<p>{line}</p>" for line in lines) + table + "</div>"
