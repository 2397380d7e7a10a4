"""Packages of the extras, which the core install lacks."""

from __future__ import annotations

from importlib.util import find_spec

from .problems import reject


def require(package: str, extra: str, purpose: str) -> None:
    """Check that an optional package is installed before it is imported.

    Parameters
    ----------
    package : str
        Import name.
    extra : str
        Extra of this project that installs it.
    purpose : str
        What needs it, as the plural subject of a sentence, such as ``data frames``.

    Raises
    ------
    InputError
        It is not installed.
    """
    if find_spec(package) is None:
        reject(f"{purpose} need the package {package}", f"pip install 'refzones[{extra}]'")
