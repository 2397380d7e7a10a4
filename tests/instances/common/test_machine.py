"""What the machine says of memory."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from refzones.instances.common import machine
from refzones.instances.common.machine import free_memory, give_back, resident_memory

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def test_a_process_fills_what_it_holds() -> None:
    give_back()  # or what other tests have freed is filled again
    before = resident_memory() or 0
    held = bytearray(b"x" * 100_000_000)
    now = resident_memory() or 0
    assert before > 1e6
    assert now - before >= 0.9e8
    assert len(held) == 100_000_000


@on_linux
def test_another_process_can_be_read_while_it_lives() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert resident_memory(process.pid)
        process.communicate(b"\n")
    assert resident_memory(process.pid) is None


@on_linux
def test_what_is_freed_is_given_back() -> None:
    held = [bytes(1000) for _ in range(100_000)]
    full = resident_memory() or 0
    del held
    give_back()
    assert (resident_memory() or 0) < full - 5e7


def test_some_memory_is_free() -> None:
    free = free_memory()
    assert free is not None
    assert free > 0


@on_linux
@pytest.mark.parametrize("old", [False, True])
def test_control_groups_leave_less(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bool) -> None:
    proc, groups = tmp_path / "proc", tmp_path / "groups"
    (proc / "self").mkdir(parents=True)
    (proc / "meminfo").write_text("MemTotal: 9 kB\nMemAvailable:   8000000 kB\n")
    inner = groups / ("memory" if old else "") / "a/b"
    inner.mkdir(parents=True)
    most, now = (
        ("memory.limit_in_bytes", "memory.usage_in_bytes") if old else ("memory.max", "memory.current")
    )
    (proc / "self/cgroup").write_text("3:cpu:/x\n4:memory:/a/b\n" if old else "0::/a/b\n")
    (inner / most).write_text("9223372036854771712\n" if old else "max\n")
    (inner / now).write_text("5\n")
    monkeypatch.setattr(machine, "_PROC", proc)
    monkeypatch.setattr(machine, "_CGROUPS", groups)
    assert free_memory() == 8_000_000 * 1024
    (inner.parent / most).write_text("1000000000\n")
    (inner.parent / now).write_text("400000000\n")
    (inner.parent / "memory.stat").write_text("anon 3\ninactive_file 100000000\n")
    assert free_memory() == 700_000_000
    (inner / most).write_text("2000\n")
    (inner / now).write_text("3000\n")
    assert free_memory() == 0


_COMES_AND_GOES = """
import resource, sys
from refzones.instances.common.machine import keep_for_reuse
if sys.argv[1:]:
    keep_for_reuse()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(100):
    bytearray(4_000_000)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has the setting")
def test_what_is_freed_is_kept_for_what_is_made_next() -> None:
    """Otherwise a thousand new pages are filled for each of the hundred blocks."""
    faults = [
        int(
            subprocess.run(
                [sys.executable, "-c", _COMES_AND_GOES, *given],
                check=True,
                capture_output=True,
                env=os.environ | {"MALLOC_TRIM_THRESHOLD_": "65536"},
            ).stdout
        )
        for given in ([], ["keep"])
    ]
    assert faults[0] > 50_000
    assert faults[1] < 5_000
