"""What is raised where work comes to a limit before its end."""

from __future__ import annotations


class TimeUpError(Exception):
    """A stage could not finish before its deadline."""


class OutOfMemoryError(TimeUpError):
    """A stage would not fit into the memory that is left, or has filled it: it ends as if time were up."""
