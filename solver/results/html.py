"""Plans and results as HTML, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...models.scorer import NANO
from .counts import count_parts, count_text
from .record import TermRecord, term_records
from .result import Merger, Plan, RegionResult, Result
from .term_text import values_text

_HIGH = "max-height:26em;overflow:auto"
_COUNT = "text-align:right"
_TEXT = "text-align:left"


def result_html(result: Result) -> str:
    """Show a result: what it says of the whole, then a row a region."""
    level = result.scenario.level
    after = ["zones"] if level == "zones" else [*(["zones"] if level == "nested" else []), "after", "mergers"]
    heads = ["region", "status", "before", *after, "score", "bound", "gap"]
    rows = [
        [
            region.name,
            region.status + (f": {region.reason}" if region.reason else ""),
            f"{region.municipalities}",
            *_counted(region, level),
            _points(region.score_nano),
            _points(region.bound_nano),
            _gap(region.gap),
        ]
        for region in result.by_region
    ]
    whole = [
        "all",
        result.status,
        f"{sum(region.municipalities for region in result.by_region)}",
        *_counted(result, level),
        _points(result.score_nano),
        _points(result.bound_nano),
        _gap(result.gap),
    ]
    lines = [
        f"<b>{escape(result.scenario.name)}</b> on {escape(result.instance.title or result.instance.name)}: "
        f"{escape(result.status)}, {result.seconds:.1f} s with {escape(result.engine)}"
    ]
    if result.mergers:
        lines.append(escape(count_text(count_parts(result.mergers), level, len(result.zones))))
        answered = [region.name for region in result.by_region if region.mergers]
        plan = Plan(result.mergers, result.zones)
        lines += _terms(result.instance, result.scenario, plan, answered)
    table = _table(heads, rows, last=whole if len(rows) > 1 else None)
    return _block(lines, table)


def _counted(found: RegionResult | Result, level: str) -> list[str]:
    """Count zones, municipalities after merging, and mergers; empty where a region has no plan."""
    if found.score_nano is None:
        return [""] * (1 if level == "zones" else 3 if level == "nested" else 2)
    counts = count_parts(found.mergers)
    if level == "zones":
        return [f"{counts.after:,}"]
    zones = [f"{len(found.zones):,}"] if level == "nested" else []
    return [*zones, f"{counts.after:,}", f"{counts.mergers:,}"]


def plan_html(plan: Plan) -> str:
    """Show a plan: its score, then a row a merger; by number only where its instance is not known."""
    instance, scenario = plan.instance, plan.scenario
    level = "mergers" if scenario is None else scenario.level
    counted = escape(count_text(count_parts(plan.mergers), level, len(plan.zones)))
    lines = [f"<b>{counted}</b>; score {_points(plan.score_nano)}"]
    if instance is None:
        rows = [
            [str(part.seat), ", ".join(map(str, part.members)), _points(part.score_nano)]
            for part in plan.mergers
        ]
        return _block(lines, _table(["seat", "members", "score"], rows))
    if scenario is not None:
        regions = sorted({int(instance.region[i]) for part in plan.mergers for i in part.members})
        lines += _terms(instance, scenario, plan, [instance.regions[region] for region in regions])
    return _block(lines, _table(*_mergers(instance, plan)))


def _mergers(instance: Instance, plan: Plan) -> tuple[list[str], list[list[str]]]:
    zone_of = {i: zone for zone in plan.zones for i in zone.members}
    heads = ["region", *(["zone"] if plan.zones else []), "merger", "members", "inhabitants", "score"]
    rows = []
    for part in sorted(plan.mergers, key=lambda part: (int(instance.region[part.seat]), part.members)):
        others = [instance.names[i] for i in part.members if i != part.seat]
        rows.append(
            [
                instance.regions[instance.region[part.seat]],
                *([zone_of[part.seat].name(instance)] if plan.zones else []),
                part.name(instance),
                ", ".join(others) or (f"alone: {part.standalone}" if part.standalone else "alone"),
                f"{part.population(instance):,}",
                _points(part.score_nano),
            ]
        )
    return heads, rows


def _terms(instance: Instance, scenario: Scenario, plan: Plan, regions: Sequence[str]) -> list[str]:
    """Value of each term in words, those of zones on a line of their own, and what they are means over."""
    levels: list[tuple[str, Scenario, Sequence[Merger]]] = [("", scenario, plan.mergers)]
    if scenario.level == "nested":
        levels = [("zones: ", scenario.at("zones"), plan.zones), ("", scenario.at("mergers"), plan.mergers)]
    lines = []
    for prefix, asked, parts in levels:
        terms = term_records(instance, asked, parts)
        lines.append(prefix + "; ".join(_term(name, term) for name, term in terms.items()))
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
