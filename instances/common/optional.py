"""Packages that are not in the core install."""

from __future__ import annotations

from importlib.util import find_spec

from .problems import reject


def require(package: str, extra: str, purpose: str) -> None:
    """Make sure that an optional package is there before it is imported.

    Parameters
    ----------
    package : str
        Import name.
    extra : str
        Extra of this project that installs it.
    purpose : str
        What needs it: the beginning of a sentence in the plural, such as ``data frames``.

    Raises
    ------
    InputError
        It is not installed.
    """
    if find_spec(package) is None:
        reject(f"{purpose} need the package {package}", f"pip install 'refzones[{extra}]'")
