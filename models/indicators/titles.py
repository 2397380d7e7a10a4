"""Where the figures of an instance come from, by column."""

from __future__ import annotations

from ...instances.instance import Instance


def titles_of(instance: Instance, *columns: str) -> tuple[str, ...]:
    """Name the sources of some columns of an instance, each once: title, publisher and year.

    Parameters
    ----------
    instance : Instance
    *columns : str
        As ``file.column``; one without a source adds nothing.
    """
    titles: dict[str, None] = {}
    for name in columns:
        column = instance.columns.get(name)
        source = instance.sources.get(column.source) if column else None
        if source is not None:
            titles[f"{source.title} ({', '.join(filter(None, (source.publisher, source.year)))})"] = None
    return tuple(titles)
