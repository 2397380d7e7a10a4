"""The option of every command that solves for the memory that it may fill."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any, get_type_hints

import typer

from ...instances.common.problems import InputError, reject

MemoryOption = Annotated[
    str | None,
    typer.Option(
        "--memory",
        help="Memory that the program may fill, as 2GB, 500MB or 50% of what is free. Default: 50%.",
        metavar="SIZE",
        show_default=False,
    ),
]


def takes_memory(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take `--memory` behind its own options, and keep within it to its end."""
    if "memory" in signature(command).parameters:
        return command  # the tree of commands is loaded twice where the docs are made of it
    hints = get_type_hints(command, include_extras=True)
    parameters = [
        one.replace(annotation=hints[name], kind=Parameter.KEYWORD_ONLY)
        for name, one in signature(command).parameters.items()
    ]
    memory = Parameter("memory", Parameter.KEYWORD_ONLY, default=None, annotation=MemoryOption)

    @wraps(command)
    def within_memory(**given: Any) -> None:
        from ...instances.common.machine import keep_for_reuse
        from ...solver.memory import limit_memory, memory_limited

        keep_for_reuse()
        size = given.pop("memory")
        with memory_limited(None):
            try:
                limit_memory(size)
            except InputError as error:
                (problem,) = error.problems
                reject(f"--memory: {problem.what}", problem.remedy, value=problem.value)
            command(**given)

    within_memory.__signature__ = signature(command).replace(parameters=[*parameters, memory])  # type: ignore[attr-defined]
    within_memory.__annotations__ = hints | {"memory": MemoryOption}
    del (
        within_memory.__wrapped__
    )  # whoever reads its source for defaults would find those of other parameters
    return within_memory


__all__ = ["MemoryOption", "takes_memory"]
