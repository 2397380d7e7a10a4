"""The program as a process: how it starts, is stopped, and ends."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn

from ..instances.common.activity import REPLACING, begin, kept, made, unfinished
from .dutch.speaking import told
from .terminal import streams
from .terminal.status import Status

DEBUG: Final = "REFZONES_DEBUG"
"""Environment variable: set to 1, an unexpected error shows its traceback, and libraries their warnings."""

DONE, BAD_INPUT, DEFECT, INTERRUPTED = 0, 2, 70, 128
"""Exit codes; what was interrupted adds the number of the signal, as shells do."""

_BY_CTRL_C = INTERRUPTED + signal.SIGINT
_WAIT = 1.0  # seconds that files which take their final places may hold up an end
_STACK = 64 * 2**20  # bytes for the thread of a command: those of other systems are small
_TICK = 0.1
_ATTEMPTS = 20  # to remove a folder that another thread writes into


_stopping = threading.Event()


class Stopped(BaseException):
    """The program is asked to end: by Ctrl-C, or by a signal to terminate."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def run(command: Callable[[], Any]) -> int:
    """Run a command to its end, whatever that is; give the exit code.

    The command has a thread of its own, so that this one can say what it does and stop it at once: Python
    tells its main thread alone of signals, and only between two of its own steps, not while it is inside a
    solver.
    """
    outcome: list[int] = []
    finished = threading.Event()

    begin()

    def work() -> None:
        try:
            outcome.append(ended(command))
        finally:
            finished.set()

    usual = threading.stack_size()
    with _signals():
        try:
            threading.stack_size(_STACK)
            thread = threading.Thread(target=work, daemon=True, name="command")
            thread.start()
            threading.stack_size(usual)
            with Status() as status:
                while not finished.wait(_TICK):
                    status.look()
            thread.join()
        except Stopped as stopped:
            _stop(stopped.number)
    return outcome[0] if outcome else DEFECT


def ended(command: Callable[[], Any]) -> int:
    """Run a command; report what ended it, a line each, and give the exit code."""
    from ..instances.common.problems import InputError
    from .dutch.problems import told_problems

    try:
        code = command()
    except InputError as error:
        _wait_for_the_end()
        for line in told_problems(error):
            streams.say(f"{told('error')}: {line}")
        return BAD_INPUT
    except SystemExit as end:
        code = end.code
    except KeyboardInterrupt:
        code = _BY_CTRL_C
    except MemoryError:
        _traceback()
        streams.say(
            told("error: there is not enough memory for this; ask for fewer regions or narrower bounds")
        )
        return BAD_INPUT
    except BaseException as error:
        _wait_for_the_end()
        return _other(error)
    if code == _BY_CTRL_C:
        streams.say(interrupted())
    if isinstance(code, str):
        streams.say(code)
        return 1
    return code if isinstance(code, int) else DONE


def _wait_for_the_end() -> None:
    """Wait silently while the program is being stopped: errors then come from that."""
    if _stopping.is_set():
        threading.Event().wait()


def _other(error: BaseException) -> int:
    """Report an error that is not bad input; give the exit code."""
    if hasattr(error, "format_message") and hasattr(error, "exit_code"):  # of click: the command line
        return _misused(error)
    if type(error).__name__ == "EngineError":
        _traceback()
        streams.say(told(f"error: the engine broke down: {error}; try another one with --engine"))
        return BAD_INPUT
    _traceback()
    streams.say(
        told(
            f"defect: {_place(error)}{type(error).__name__}: {error}; the fault is in the program, not in "
            f"your input: please report it with the command that you gave ({DEBUG}=1 shows where it happened)"
        )
    )
    return DEFECT


def _misused(error: Any) -> int:
    """Say what is wrong with a command line, and where help is."""
    context = getattr(error, "ctx", None)
    message = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        print(message)
        return DONE
    streams.say(f"{told('error')}: {told(message)}")
    if context is not None:
        streams.say(told(f"'{context.command_path} --help' says what there is"))
    return int(error.exit_code)


def _place(error: BaseException) -> str:
    """Name the last line of this program that an error came through."""
    place, step = "", error.__traceback__
    while step is not None:
        module = step.tb_frame.f_globals.get("__name__", "")
        if module.startswith("refzones.") and module != __name__:
            place = f"{module}, line {step.tb_lineno}: "
        step = step.tb_next
    return place


def _traceback() -> None:
    if os.environ.get(DEBUG, "") not in ("", "0"):
        import traceback

        traceback.print_exc()


def interrupted() -> str:
    """Say that the program was stopped, and what stays."""
    return told(f"interrupted; {'; '.join(kept()) or 'nothing was written'}")


@contextmanager
def _signals() -> Iterator[None]:
    """Turn the signals that ask for an end into `Stopped`, in the main thread; what is ignored stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: object) -> NoReturn:
        raise Stopped(number)

    before = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) not in (signal.SIG_IGN, None):
            before[number] = signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int) -> NoReturn:
    """End at once, whatever other threads are doing: remove what is unfinished, and say what stays."""
    for other in (signal.SIGINT, signal.SIGTERM):
        signal.signal(other, signal.SIG_IGN)
    _stopping.set()
    REPLACING.acquire(timeout=_WAIT)  # and never released: nothing takes its final place any more
    text = interrupted()
    _remove_unfinished()
    last_words = threading.Thread(target=_say_last, args=(text,), daemon=True)
    last_words.start()
    last_words.join(_WAIT)  # whoever should read them may have stopped reading
    _end_children()
    os._exit(INTERRUPTED + number)


def _say_last(text: str) -> None:
    streams.say(text)
    sys.stdout.flush()


def _remove_unfinished() -> None:
    import shutil
    from contextlib import suppress

    for path in unfinished():
        for _ in range(_ATTEMPTS):  # a thread may still fill it, until it finds no place
            with suppress(OSError):
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)
            if not path.exists():
                break
    for folder in made():
        with suppress(OSError):  # those that hold something stay
            folder.rmdir()


def _end_children() -> None:
    """End processes that were started, and remove temporary folders, of whichever library they are."""
    import gc
    import subprocess
    import tempfile
    from contextlib import suppress

    folders = []
    for thing in gc.get_objects():
        kind = type(thing)
        if issubclass(kind, subprocess.Popen):
            with suppress(OSError):
                thing.kill()
        elif issubclass(kind, tempfile.TemporaryDirectory):
            folders.append(thing)
    for folder in folders:
        with suppress(OSError):
            folder.cleanup()
    if "multiprocessing" in sys.modules:  # last: whoever misses a worker starts another one
        import multiprocessing

        for child in multiprocessing.active_children():
            with suppress(OSError, ValueError):
                child.kill()
