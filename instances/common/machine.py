"""What this machine says of memory: how much is free, and how much a process fills."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # parameters of glibc's mallopt
_KEPT = 64 * 2**20  # bytes at the end of a heap
_LARGE = 32 * 2**20  # bytes from which on a block is given back at once: the most that glibc takes
_PROC = Path("/proc")
_CGROUPS = Path("/sys/fs/cgroup")
_NO_LIMIT = 1 << 60  # bytes; what control groups write for "no limit" is above it
_OF_ALL = 0.5  # of the memory of a machine that does not say how much of it is free


def free_memory() -> int | None:
    """Bytes that can be filled without swapping, here and now; None where that cannot be known.

    Control groups (containers) count. Systems that tell only how much memory there is are taken to have half
    of it free.
    """
    if sys.platform == "win32":
        return _windows_free()
    told = [*_linux_free(), *_group_free()]
    if told:
        return max(0, min(told))
    with suppress(ValueError, OSError, AttributeError):
        return int(_OF_ALL * os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return None


def resident_memory(pid: int | None = None) -> int | None:
    """Bytes of physical memory that a process fills, by default this one; None where that cannot be known.

    Where the system tells of the most so far alone, that of this process.
    """
    if sys.platform == "win32":
        return None if pid else _windows_resident()
    with suppress(OSError, ValueError, IndexError):
        return int(_first_line(f"{_PROC}/{pid or 'self'}/statm").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    if pid:
        return None
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _first_line(path: str) -> bytes:
    """Read the beginning of a file with as little ado as can be: this is asked a hundred times a second."""
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, 256)
    finally:
        os.close(file)


def give_back() -> None:
    """Give memory that is no longer used back to the system, where the C library would keep it."""
    import gc

    gc.collect()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def keep_for_reuse() -> None:
    """Have the C library keep some of the memory that is freed, for what is made next.

    It gives large blocks back at once otherwise, and what replaces them is filled with zeros by the system
    page by page. Where arrays come and go that takes time: a quarter of it on workers of Dask, which are set
    to give back even small blocks. `give_back` returns what is kept.
    """
    if sys.platform == "linux":
        # others than glibc have no such setting
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL(None)
            for parameter, size in ((_TRIM_THRESHOLD, _KEPT), (_MMAP_THRESHOLD, _LARGE)):
                library.mallopt(parameter, size)


def _linux_free() -> Iterator[int]:
    with suppress(OSError, ValueError, IndexError):
        for line in (_PROC / "meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                yield int(line.split()[1]) * 1024


def _group_free() -> Iterator[int]:
    """Give what each control group that this process is in leaves it."""
    for folder, most, now in _groups():
        with suppress(OSError, ValueError):
            limit = (folder / most).read_text(encoding="ascii").strip()
            if limit != "max" and int(limit) < _NO_LIMIT:
                yield int(limit) - int((folder / now).read_text(encoding="ascii")) + _cached(folder)


def _groups() -> Iterator[tuple[Path, str, str]]:
    """Give folders of control groups, of both versions, with the names of limit and use."""
    old, new = ("memory.limit_in_bytes", "memory.usage_in_bytes"), ("memory.max", "memory.current")
    with suppress(OSError):
        for line in (_PROC / "self" / "cgroup").read_text(encoding="utf-8").splitlines():
            _, kinds, path = line.split(":", 2)
            if kinds and "memory" not in kinds.split(","):
                continue
            root = _CGROUPS / "memory" if kinds else _CGROUPS
            own = root / path.lstrip("/")
            # what is above holds too; in a container the path may be that of the host, and the root its own
            for folder in (own, *own.parents):
                if folder == root or root in folder.parents:
                    yield folder, *(old if kinds else new)


def _cached(folder: Path) -> int:
    """Bytes of files that a control group holds and would give back."""
    with suppress(OSError, ValueError, IndexError):
        for line in (folder / "memory.stat").read_text(encoding="ascii").splitlines():
            if line.startswith(("inactive_file ", "total_inactive_file ")):
                return int(line.split()[1])
    return 0


def _windows_free() -> int | None:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "free", "a", "b", "c", "d", "e")),
        )

    status = Status()
    status.length = ctypes.sizeof(Status)
    with suppress(AttributeError, OSError):
        if getattr(ctypes, "windll").kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):  # noqa: B009
            return int(status.free)
    return None


def _windows_resident() -> int | None:
    class Counters(ctypes.Structure):
        _fields_ = (
            ("size", ctypes.c_ulong),
            ("faults", ctypes.c_ulong),
            ("peak", ctypes.c_size_t),
            ("resident", ctypes.c_size_t),
            *((name, ctypes.c_size_t) for name in ("a", "b", "c", "d", "e", "f")),
        )

    counters = Counters()
    counters.size = ctypes.sizeof(Counters)
    with suppress(AttributeError, OSError):
        kernel = getattr(ctypes, "windll").kernel32  # noqa: B009
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        process = ctypes.c_void_p(kernel.GetCurrentProcess())
        if kernel.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.size):
            return int(counters.resident)
    return None
