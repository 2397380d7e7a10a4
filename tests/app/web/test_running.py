"""Addresses: a port, a token that is remembered, and a folder that is served once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.served import SCRIPT, Served

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones.app.web.running import SERVER_FILE, Address, listen, remember, remembered, serves
from refzones.instances import InputError

Serve = Callable[..., Served]


def test_an_address_is_remembered_for_its_owner_alone(tmp_path: Path) -> None:
    address = Address(45678, "secret", "flanders-2025")
    remember(tmp_path, address)
    assert remembered(tmp_path) == address
    if sys.platform != "win32":
        assert (tmp_path / SERVER_FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"port": 1}', '{"port": "x", "token": "y"}'])
def test_a_damaged_file_is_forgotten(tmp_path: Path, text: str) -> None:
    (tmp_path / SERVER_FILE).write_text(text, encoding="utf-8")
    assert remembered(tmp_path) is None


def test_the_port_and_token_of_the_last_time_are_taken_again() -> None:
    first, address = listen(None, None)
    first.close()
    second, again = listen(None, address)
    assert again == address
    third, other = listen(None, address)
    assert other.port != address.port
    assert other.token != address.token
    with pytest.raises(InputError, match="--port"):
        listen(address.port, None)
    second.close()
    third.close()


def test_what_is_behind_the_hash_is_not_sent() -> None:
    url = Address(1234, "secret").url("nl", "0123456789ab")
    assert url == "http://127.0.0.1:1234/#token=secret&lang=nl&work=0123456789ab"


def page(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SCRIPT, "page", "--no-browser", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def test_a_folder_that_is_served_already_is_opened_there(serve: Serve, tmp_path: Path) -> None:
    server = serve(folder=tmp_path)
    address = remembered(tmp_path / "runs" / "page")
    assert address is not None
    assert serves(address)
    assert not serves(Address(address.port, "other"))
    again = page(tmp_path)
    assert again.returncode == 0
    assert f"is open already at {server.address}" in again.stdout + again.stderr
    begun = page(tmp_path, "--scenario", "zones")
    assert "&work=" in begun.stdout + begun.stderr
    id = (begun.stdout + begun.stderr).split("&work=")[1][:12]
    assert server.client().get(f"/api/works/{id}").json()["scenario"]["level"] == "zones"
    for other in (("--instance", "flanders-2024"), ("--port", "1")):
        refused = page(tmp_path, *other)
        assert refused.returncode == 2
        assert "is served already" in refused.stderr
