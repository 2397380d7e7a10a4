"""The planner's page as a person starts it: the command in a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SCRIPT = "from refzones.app.cli import main; main()"
ADDRESS = re.compile(r"https?://[\w.\[\]:-]+/\S*")
PATIENCE = 60.0  # seconds until the address must be there, on a busy machine


@dataclass
class Served:
    """A server that runs.

    Attributes
    ----------
    process : subprocess.Popen
    folder : Path
        Where it was started.
    address : str
        What it said, token included: what a browser opens.
    log : Path
        What it says, both streams.
    streams : list
        Answers that are still being heard; they are closed when the server ends.
    """

    process: subprocess.Popen[bytes]
    folder: Path
    address: str
    log: Path
    streams: list[Any] = field(default_factory=list)
    _clients: list[Any] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """Scheme, host and port, without a stroke at the end."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def port(self) -> int:
        """Where it listens."""
        return urlsplit(self.address).port or 0

    @property
    def token(self) -> str:
        """What every request to `/api` must carry."""
        found = re.search(r"token=([^&\s]+)", urlsplit(self.address).fragment)
        assert found, f"no token in {self.address}"
        return found[1]

    @property
    def headers(self) -> dict[str, str]:
        """Those of a request that the server answers."""
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def said(self) -> str:
        """All that it has said up to now."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def client(self, **more: Any) -> Any:
        """Open a client of HTTP that carries the token; it is closed when the server ends."""
        import httpx

        options: dict[str, Any] = {"base_url": self.origin, "headers": self.headers, "timeout": 60.0}
        self._clients.append(httpx.Client(trust_env=False, **options | more))
        return self._clients[-1]

    def family(self) -> list[int]:
        """Numbers of its processes: the server and all that it started."""
        import psutil

        with suppress(psutil.NoSuchProcess):
            server = psutil.Process(self.process.pid)
            return [server.pid, *(child.pid for child in server.children(recursive=True))]
        return []

    def kill(self) -> None:
        """End the server itself at once, as a crash does; what it started is not told."""
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        """End it and all that it started."""
        for client in [*self.streams, *self._clients]:
            client.close()
        left = self.family()
        self.kill()
        gone(left, kill=True)


def started(
    folder: Path, *arguments: str, script: str = SCRIPT, session: bool = True, **environment: str
) -> Served:
    """Start the page in a folder and wait until it says where it is.

    Parameters
    ----------
    folder : Path
        Made where there is none; works are kept below it.
    arguments : str
        Further words of the command; the browser stays closed, and the port is a free one unless they say.
    script : str
        What Python runs in place of the command.
    session : bool
        Apart from the process that starts it, so that signals to its group reach it and its own alone.
    environment : str
        Variables that are set.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "said.txt"
    process = begun(folder, log, "--no-browser", *arguments, script=script, session=session, **environment)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        said = log.read_text(encoding="utf-8", errors="replace")
        if found := ADDRESS.search(said):
            return Served(process, folder, found[0], log)
        if process.poll() is not None:
            raise RuntimeError(f"the page ended with {process.returncode}:\n{said}")
        time.sleep(0.01)
    process.kill()
    raise RuntimeError(f"no address within {PATIENCE:.0f} s:\n{log.read_text(encoding='utf-8')}")


def begun(
    folder: Path, log: Path, *arguments: str, script: str = SCRIPT, session: bool = True, **environment: str
) -> subprocess.Popen[bytes]:
    """Start the command `page`; what it says goes into a file."""
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONWARNINGS", "COLUMNS")}
    kept |= {"REFZONES_CONFIG_DIR": str(folder / "config"), "PYTHONUNBUFFERED": "1", "COLUMNS": "400"}
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-c", script, "page", *arguments],
            cwd=folder, env=kept | environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            start_new_session=session,
        )  # fmt: skip


@contextmanager
def serving(folder: Path, *arguments: str, **more: Any) -> Iterator[Served]:
    """Have the page while the block runs."""
    server = started(folder, *arguments, **more)
    try:
        yield server
    finally:
        server.end()


def gone(processes: list[int], *, within: float = 5.0, kill: bool = False) -> list[int]:
    """Wait for processes to end and tell which are still there; end those, if asked."""
    import psutil

    waiting = []
    for number in processes:
        with suppress(psutil.NoSuchProcess):
            waiting.append(psutil.Process(number))
    _, alive = psutil.wait_procs(waiting, timeout=0 if kill else within)
    alive = [process for process in alive if _runs(process)]
    for process in alive if kill else ():
        with suppress(psutil.NoSuchProcess):
            process.kill()
    return [process.pid for process in alive]


def _runs(process: Any) -> bool:
    """Tell whether a process still runs: one that nobody has asked for its exit code does not."""
    import psutil

    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def memory_mb(processes: list[int]) -> float:
    """Sum the proportional set sizes: pages that several processes share count once."""
    import psutil

    total = 0
    for number in processes:
        with suppress(psutil.NoSuchProcess):
            total += psutil.Process(number).memory_full_info().pss
    return total / 2**20
