"""How the page starts and ends as a process, and what it says where it cannot start."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support import served
from support.served import Served

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")
pytest.importorskip("uvicorn", reason="uvicorn is in the extra 'page'")

Serve = Callable[..., Served]
posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


def refused(folder: Path, *arguments: str, script: str = served.SCRIPT, **environment: str) -> str:
    """Start a page that cannot be, and give what it says; it ends with the code of bad input."""
    log = folder / "said.txt"
    process = served.begun(folder, log, "--no-browser", *arguments, script=script, **environment)
    try:
        code = process.wait(60)
    finally:
        process.kill()
        process.wait()
    said = log.read_text(encoding="utf-8")
    assert code == 2, said
    assert "Traceback" not in said
    assert not served.ADDRESS.search(said)
    return said


def ends(server: Served, number: signal.Signals) -> int:
    """Send a signal as a terminal does; give the exit code once nothing of the server is left."""
    family = server.family()
    os.killpg(server.process.pid, number)
    code = server.process.wait(10)
    assert served.gone(family) == []
    return code


def slow_answer(server: Served) -> None:
    """Ask what takes minutes, and wait until a worker is at it."""
    client = server.client()
    work = client.post("/api/works", json={}).json()
    client.get(f"/api/works/{work['id']}/answer")  # the workers are there
    action = {"kind": "set", "key": "population", "value": {"min": 2_000, "max": 400_000}}
    answer = client.post(
        f"/api/works/{work['id']}/actions", json={"base": work["revision"], "action": action}
    )
    assert answer.status_code == 200, answer.text
    before = seconds_of(server)
    request = client.build_request("GET", f"/api/works/{work['id']}/answer")
    server.streams.append(client.send(request, stream=True))
    until = time.monotonic() + 60
    while max(seconds_of(server)[number] - before.get(number, 0.0) for number in before) < 1.0:
        assert time.monotonic() < until, "no worker is at work"
        time.sleep(0.05)


def seconds_of(server: Served) -> dict[int, float]:
    """Tell how long each worker has computed."""
    import psutil

    return {number: sum(psutil.Process(number).cpu_times()[:2]) for number in server.family()[1:]}


# how it starts


def test_it_says_where_it_is(serve: Serve, tmp_path: Path) -> None:
    server = serve()
    assert server.client().get("/").headers["content-type"].startswith("text/html")
    assert server.client().get("/api/instance").json()["name"] == "flanders-2025"
    assert "Ctrl-C" in server.said
    assert {path.name for path in server.folder.iterdir()} <= {"said.txt", "runs", "config"}


def test_a_port_that_was_asked_for(serve: Serve) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert serve("--port", str(port)).port == port


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(tmp_path, "--port", str(port))
    assert str(port) in said
    assert "name another one, or leave --port out" in said


@pytest.mark.parametrize("port", ["-1", "65536", "http", "0x50"])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    assert "--port" in refused(tmp_path, "--port", port)


def test_the_browser_is_opened_with_the_address(serve: Serve, tmp_path: Path) -> None:
    told, browser = tmp_path / "told.txt", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {told}\n', encoding="utf-8")
    browser.chmod(0o755)
    server = serve("--browser", "--lang", "nl", BROWSER=f"{browser} %s")
    until = time.monotonic() + 10
    while not (told.exists() and told.read_text("utf-8").endswith("\n")) and time.monotonic() < until:
        time.sleep(0.05)
    assert told.read_text("utf-8").strip() == server.address
    assert "lang=nl" in server.address


def test_there_is_no_browser(serve: Serve) -> None:
    """The page is there all the same, and it is said how to get to it."""
    server = serve("--browser", PATH="/nowhere", BROWSER="", DISPLAY="", WAYLAND_DISPLAY="")
    assert server.client().get("/api/works").status_code == 200
    until = time.monotonic() + 10
    while "no browser could be opened" not in server.said and time.monotonic() < until:
        time.sleep(0.05)
    assert "open the address yourself" in server.said


def test_the_extra_is_not_installed(tmp_path: Path) -> None:
    hidden = f"import sys; sys.modules['starlette'] = None; {served.SCRIPT}"
    said = refused(tmp_path, script=hidden)
    assert "starlette" in said
    assert "page" in said
    assert "pip install" in said


def test_languages(serve: Serve, tmp_path: Path) -> None:
    assert "lang=en" in serve("--lang", "en").address
    assert "lang=" not in serve().address
    assert "write nl or en" in refused(tmp_path, "--lang", "fr")


# what it starts with


def test_another_instance(serve: Serve, tmp_path: Path) -> None:
    server = serve("--instance", "flanders-2024")
    assert server.client().get("/api/instance").json()["name"] == "flanders-2024"
    assert "flanders-2204" in refused(tmp_path, "--instance", "flanders-2204")


def test_a_scenario(serve: Serve, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('preset = "mergers"\nname = "mine"\n[population]\nmin = 25000\n', encoding="utf-8")
    server = serve("--scenario", str(file))
    (line,) = server.client().get("/api/works").json()["works"]
    work = server.client().get(f"/api/works/{line['id']}").json()
    assert (work["title"], work["scenario"]["population"]["min"]) == ("mine", 25000)
    assert f"work={work['id']}" in server.address


@pytest.mark.parametrize(
    ("text", "part"),
    [("population = 3", "population"), ("[weights\n", "mine.toml"), ('preset = "megers"', "mergers")],
)
def test_a_scenario_that_is_none(tmp_path: Path, text: str, part: str) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    assert part in refused(tmp_path, "--scenario", "mine.toml")
    assert "nowhere.toml" in refused(tmp_path, "--scenario", "nowhere.toml")
    assert not list(tmp_path.rglob("work.json"))


def test_a_plan_of_a_run(serve: Serve, tmp_path: Path) -> None:
    solve = [sys.executable, "-c", served.SCRIPT, "solve", "-r", "Waasland", "--out", "best"]
    subprocess.run(solve, cwd=tmp_path, check=True, capture_output=True)
    server = serve("--plan", "best", folder=tmp_path)
    (line,) = server.client().get("/api/works").json()["works"]
    work = server.client().get(f"/api/works/{line['id']}").json()
    plan = json.loads((tmp_path / "best" / "plan.json").read_text(encoding="utf-8"))
    assert len(work["groups"]) == len(plan["mergers"])
    said = refused(tmp_path, "--plan", "best", "--instance", "flanders-2024")
    assert "flanders-2024" in said or "other data" in said
    assert "nowhere" in refused(tmp_path, "--plan", "nowhere")


def test_boundaries_that_are_none(tmp_path: Path) -> None:
    pytest.importorskip("geopandas", reason="geopandas is in the extra 'geo'")
    (tmp_path / "text.shp").write_text("no shapes", encoding="utf-8")
    assert "text.shp" in refused(tmp_path, "--boundaries", "text.shp")
    assert "nowhere.shp" in refused(tmp_path, "--boundaries", "nowhere.shp")


# where it may not write


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("", encoding="utf-8")
    said = refused(tmp_path)
    assert "runs" in said
    assert (tmp_path / "runs").read_text(encoding="utf-8") == ""


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o555)
    assert "locked" in refused(tmp_path, "--out", "locked/page")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc")
def test_a_place_where_nobody_can_write(tmp_path: Path) -> None:
    assert "/proc" in refused(tmp_path, "--out", "/proc/page")


def test_a_folder_that_can_be_written_no_longer(serve: Serve) -> None:
    """What is not on disk is not done: the work stays as it was, and goes on when it can."""
    server = serve()
    client = server.client()
    work = client.post("/api/works", json={"title": "kept"}).json()
    (file,) = server.folder.rglob("work.json")
    aside = file.parent.rename(file.parent.with_name("aside"))
    file.parent.write_text("", encoding="utf-8")
    action = {"base": work["revision"], "action": {"kind": "set", "key": "population.min", "value": 20_000}}
    answer = client.post(f"/api/works/{work['id']}/actions", json=action)
    assert (answer.status_code, answer.json()["kind"]) == (507, "storage")
    assert client.get(f"/api/works/{work['id']}").json() == work
    file.parent.unlink()
    aside.rename(file.parent)
    assert client.post(f"/api/works/{work['id']}/actions", json=action).status_code == 200


# how it ends


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_all_processes(serve: Serve, number: signal.Signals, code: int) -> None:
    server = serve()
    server.client().get("/api/instance")  # the workers have worked
    assert len(server.family()) > 2
    assert ends(server, number) == code
    assert "Traceback" not in server.said
    assert "the work is kept" in server.said


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_an_answer_that_takes_minutes(serve: Serve, number: signal.Signals) -> None:
    server = serve()
    slow_answer(server)
    assert ends(server, number) == 128 + number
    assert "Traceback" not in server.said


@posix
@pytest.mark.parametrize("busy", [False, True])
def test_a_server_that_is_killed_leaves_no_worker(serve: Serve, busy: bool) -> None:
    server = serve()
    server.client().get("/api/instance")
    if busy:
        slow_answer(server)
    family = server.family()
    server.kill()
    # one that still loads the solver sees only then that it is alone
    assert served.gone(family, within=60) == []


@posix
def test_a_server_that_was_killed_goes_on_where_it_was(serve: Serve, tmp_path: Path) -> None:
    """At the same address, so that pages that are still open go on as well."""
    first = serve(folder=tmp_path)
    client = first.client()
    work = client.post("/api/works", json={"title": "kept"}).json()
    for value in (21_000, 22_000, 23_000):
        action = {"kind": "set", "key": "population.min", "value": value}
        answer = client.post(
            f"/api/works/{work['id']}/actions", json={"base": work["revision"], "action": action}
        )
        work = answer.json()
    undo = {"base": work["revision"], "action": {"kind": "undo"}}
    work = client.post(f"/api/works/{work['id']}/actions", json=undo).json()
    first.kill()
    second = serve(folder=tmp_path)
    assert second.address == first.address
    client = second.client()
    assert client.get(f"/api/works/{work['id']}").json() == work
    redo = {"base": work["revision"], "action": {"kind": "redo"}}
    work = client.post(f"/api/works/{work['id']}/actions", json=redo).json()
    assert work["scenario"]["population"]["min"] == 23_000


def test_a_work_that_cannot_be_read_is_passed_over(serve: Serve, tmp_path: Path) -> None:
    first = serve(folder=tmp_path)
    for title in ("one", "two"):
        first.client().post("/api/works", json={"title": title})
    first.end()
    broken, _ = sorted(tmp_path.rglob("work.json"))
    broken.write_text(broken.read_text("utf-8")[:-40], encoding="utf-8")
    server = serve(folder=tmp_path)
    assert len(server.client().get("/api/works").json()["works"]) == 1
    answer = server.client().get(f"/api/works/{broken.parent.name}")
    assert (answer.status_code, answer.json()["kind"]) == (422, "input")
