"""Standard streams and environment, put right whatever the program is started with."""

from __future__ import annotations

import codecs
import errno
import io
import os
import signal
import sys
import unicodedata
import warnings
from typing import Any, Final, TextIO

from ..dutch.speaking import told
from .plain import one_line

_PLAIN: Final = {
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"',
    "\u2026": "...", "\u2192": "->", "\u2190": "<-", "\u00b1": "+/-", "\u00d7": "x", "\u00b7": "-",
    "\u2264": "<=", "\u2265": ">=", "\u2248": "~", "\u00a0": " ", "\u2009": " ", "\u202f": " ",
}  # fmt: skip
"""What stands for a character where an encoding lacks it."""

_ERRORS: Final = "refzones.plain"
_GONE: Final = (errno.EPIPE, errno.EINVAL, errno.ESHUTDOWN)
_NARROWEST, _WIDEST = 20, 10_000


def _replace(error: UnicodeError) -> tuple[str, int]:
    """Write what an encoding lacks in letters that it has: for codecs.register_error."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    written = []
    for character in error.object[error.start : error.end]:
        base = unicodedata.normalize("NFKD", character)[:1] if character.isalpha() else ""
        for text in (_PLAIN.get(character, ""), base, "?"):
            try:
                text.encode(error.encoding)
            except (UnicodeEncodeError, LookupError):
                continue
            if text:
                written.append(text)
                break
    return "".join(written), error.end


class Output(io.TextIOWrapper):
    """A stream that never stops the work: what cannot be written is left out, and why is remembered.

    Attributes
    ----------
    failure : str
        Why something could not be written; empty where all was. A reader that has gone, as ``head`` does when
        it has seen enough, is no failure.
    """

    failure: str = ""
    _gone: bool = False

    def write(self, text: str) -> int:
        """Write a text, as far as there is somebody to read it."""
        if not self._gone:
            try:
                return super().write(text)
            except OSError as error:
                self._give_up(error)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written."""
        if not self._gone:
            try:
                super().flush()
            except OSError as error:
                self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        self._gone = True
        if error.errno not in _GONE:
            self.failure = error.strerror or str(error)
        try:  # what is still in the buffer has to go somewhere at the end
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            pass


_own = False


def is_own_process() -> bool:
    """Tell whether the program is a process of its own, not part of a script, a notebook or a test."""
    return _own


def prepare() -> None:
    """Put standard streams and environment right, so that nothing in them stops the program.

    Closed streams are opened to nowhere: the next file would take their place. Characters that an encoding
    lacks are written in others. What libraries read from the environment and would stumble over is put right.
    """
    global _own  # noqa: PLW0603
    _own = True
    for descriptor, mode in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, mode)  # takes the lowest number that is free: this one
    codecs.register_error(_ERRORS, _replace)
    sys.stdout, sys.stderr = _safe(sys.stdout, 1), _safe(sys.stderr, 2)
    for name in ("COLUMNS", "LINES"):
        value = os.environ.get(name, "")
        if not (value.isascii() and value.isdigit() and _NARROWEST <= int(value[:6]) < _WIDEST):
            os.environ.pop(name, None)
    os.environ["MPLBACKEND"] = "agg"  # nothing is shown, all is written
    if not os.environ.get("REFZONES_DEBUG"):
        warnings.resetwarnings()  # those of libraries are for its authors, not its users
        warnings.simplefilter("ignore")
        os.environ["PYTHONWARNINGS"] = "ignore"  # in the processes that a sweep starts too


def _safe(stream: TextIO | None, descriptor: int) -> Any:
    """Give a stream that takes any text and survives its reader."""
    encoding, buffer = "utf-8", None
    if stream is not None:
        encoding = stream.encoding or encoding
        stream.flush()
        buffer = stream.detach()  # type: ignore[attr-defined]
    if buffer is None:
        buffer = os.fdopen(descriptor, "wb", closefd=False)
    is_terminal = os.isatty(descriptor)
    return Output(buffer, encoding, _ERRORS, line_buffering=is_terminal or descriptor == 2)


def finish(code: int) -> int:
    """Flush what was printed; what could not be printed is an error.

    Returns
    -------
    int
        The exit code.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)  # all is done: a second signal ends it without a word
    sys.stdout.flush()
    failure = sys.stdout.failure if isinstance(sys.stdout, Output) else ""
    if failure:
        say(told(f"error: what this prints cannot be written ({failure}); print it to another place"))
        return code or 2
    return code


def say(text: str) -> None:
    """Print a line among the errors: whatever is in it, it stays one line."""
    print(one_line(text), file=sys.stderr, flush=True)
