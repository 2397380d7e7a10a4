"""Who may ask the server of the page, for what, and how much may be sent."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from support.served import Served

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones.app.web.security import HEADERS, MOST_BYTES, SHORT

STATIC = ("/", "/index.html", "/no-such-file.js")
MARKUP = '"><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'


def ask(
    server: Served, method: str, target: str, body: bytes | Iterator[bytes] = b"", **headers: str | None
) -> tuple[int, dict[str, str], bytes]:
    """Send a request to the letter: no client changes its path or its headers; None leaves a header out."""
    sent: dict[str, str | None] = {"Host": f"127.0.0.1:{server.port}", **server.headers}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        if isinstance(body, bytes):
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
        else:
            connection.putheader("Transfer-Encoding", "chunked")
            connection.endheaders()
            try:
                for piece in body:
                    connection.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                connection.send(b"0\r\n\r\n")
            except OSError:
                pass  # the server has heard enough; what it says is there to read
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def refusal(content: bytes) -> dict[str, Any]:
    said = json.loads(content)
    assert set(said) == {"kind", "text", "faults"}
    assert said["text"]["en"]
    return said


@pytest.fixture(scope="module")
def work(page_server: Served) -> str:
    return str(page_server.client().post("/api/works", json={"title": MARKUP}).json()["id"])


@pytest.fixture(scope="module")
def paths(page_server: Served, work: str) -> list[tuple[str, str]]:
    """List everything that the server says it does, with a work that there is."""
    document = page_server.client().get("/api/openapi.json").json()
    return [
        (method.upper(), re.sub(r"{\w+}", work, path))
        for path, methods in document["paths"].items()
        for method in methods
    ]


def test_it_listens_on_this_computer_alone(page_server: Served) -> None:
    import psutil

    listening = [
        one.laddr.ip
        for number in page_server.family()
        for one in psutil.Process(number).net_connections("inet")
        if one.status == psutil.CONN_LISTEN
    ]
    assert listening == ["127.0.0.1"]


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_the_token_is_in_a_file_of_its_owner_alone(page_server: Served) -> None:
    (file,) = page_server.folder.rglob("server.json")
    assert file.stat().st_mode & 0o777 == 0o600
    assert page_server.token in file.read_text(encoding="utf-8")


def test_tokens_differ_and_are_long(page_server: Served, serve: Any) -> None:
    other = serve()
    assert other.token != page_server.token
    assert min(len(other.token), len(page_server.token)) >= 32


WRONG = {
    "none": {"Authorization": None},
    "empty": {"Authorization": ""},
    "no word": {"Authorization": "Bearer"},
    "another": {"Authorization": f"Bearer {'x' * 32}"},
    "another kind": {"Authorization": "Basic dXNlcjpwYXNz"},
    "not ASCII": {"Authorization": "Bearer \xe9\xff"},
    "in a cookie": {"Authorization": None, "Cookie": "token=TOKEN"},
}


@pytest.mark.parametrize("way", WRONG)
def test_nothing_is_told_without_the_token(
    page_server: Served, paths: list[tuple[str, str]], way: str
) -> None:
    token = page_server.token
    headers = {name: value and value.replace("TOKEN", token) for name, value in WRONG[way].items()}
    for method, path in [*paths, ("GET", "/api/openapi.json"), ("GET", "/api/nowhere"), ("GET", "/api")]:
        status, _, content = ask(page_server, method, path, b"{}", **headers)
        assert (status, refusal(content)["kind"]) == (401, "forbidden"), (method, path)


@pytest.mark.parametrize("cut", [slice(0, -1), slice(1, None)])
def test_a_part_of_the_token_is_not_enough(page_server: Served, cut: slice) -> None:
    status, _, _ = ask(page_server, "GET", "/api/works", Authorization=f"Bearer {page_server.token[cut]}")
    assert status == 401


def test_the_token_counts_in_the_header_alone(page_server: Served) -> None:
    """An address is kept in histories and logs."""
    for query in (f"token={page_server.token}", f"access_token={page_server.token}"):
        assert ask(page_server, "GET", f"/api/works?{query}", Authorization=None)[0] == 401


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:PORT",
     "localhost:PORT.evil.example", "", "0.0.0.0:PORT", "[::]:PORT"],
)  # fmt: skip
def test_another_name_does_not_lead_here(page_server: Served, host: str) -> None:
    """A name of somebody else's can be made to lead to this computer (DNS rebinding)."""
    for path in ("/", "/api/works"):
        status, _, content = ask(page_server, "GET", path, Host=host.replace("PORT", str(page_server.port)))
        assert (status, refusal(content)["kind"]) == (421, "forbidden")


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_the_names_of_this_computer_lead_here(page_server: Served, name: str) -> None:
    host = f"{name}:{page_server.port}"
    assert ask(page_server, "GET", "/api/works", Host=host, Origin=f"http://{host}")[0] == 200


def test_a_host_that_is_not_clear_is_refused(page_server: Served) -> None:
    port = page_server.port
    for lines in (
        ["GET / HTTP/1.1"],
        ["GET / HTTP/1.0"],
        ["GET / HTTP/1.1", f"Host: 127.0.0.1:{port}", "Host: evil.example"],
        ["GET / HTTP/1.1", "Host: evil.example", f"Host: 127.0.0.1:{port}"],
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode())
            assert line.recv(4096).split()[1] in (b"400", b"421"), lines


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "https://127.0.0.1:PORT"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1:PORT.evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=str,
)
def test_another_page_gets_nothing(
    page_server: Served, paths: list[tuple[str, str]], headers: dict[str, str]
) -> None:
    """Even one that knows the token."""
    sent = {name: value.replace("PORT", str(page_server.port)) for name, value in headers.items()}
    before = page_server.client().get("/api/works").json()
    for method, path in [*paths, ("GET", "/")]:
        status, told, content = ask(page_server, method, path, b"{}", **sent)
        assert (status, refusal(content)["kind"]) == (403, "forbidden"), (method, path)
        assert not [name for name in told if name.startswith("access-control-")]
    assert page_server.client().get("/api/works").json() == before


def test_no_other_page_is_let_in(page_server: Served, paths: list[tuple[str, str]]) -> None:
    """No answer, whoever asks and however, allows another origin to read it."""
    for method, path in {("OPTIONS", path) for _, path in paths} | {("GET", "/"), ("OPTIONS", "/")}:
        for origin in (None, f"http://127.0.0.1:{page_server.port}", "http://evil.example"):
            _, told, _ = ask(
                page_server, method, path, Origin=origin, Access_Control_Request_Method="POST",
                Access_Control_Request_Headers="authorization",
            )  # fmt: skip
            assert not [name for name in told if name.startswith("access-control-")]


def test_every_answer_has_the_headers(page_server: Served, paths: list[tuple[str, str]]) -> None:
    asked = [*paths, *(("GET", path) for path in STATIC), ("GET", "/api/openapi.json"), ("GET", "/api/no")]
    asked += [("HEAD", "/"), ("DELETE", "/"), ("PATCH", "/api/works"), ("TRACE", "/api/works")]
    for method, path in asked:
        for token in (page_server.headers["Authorization"], None):
            _, told, _ = ask(page_server, method, path, b"[]", Authorization=token)
            wrong = {name for name, value in HEADERS.items() if told.get(name) != value}
            assert wrong == set(), (method, path)
            assert "server" not in told
            if path.startswith("/api"):
                assert told["cache-control"] == "no-store"


def test_the_policy_lets_nothing_in_from_outside() -> None:
    rules = dict(rule.split(" ", 1) for rule in HEADERS["content-security-policy"].split("; "))
    assert rules["default-src"] == "'none'"
    allowed = {source for sources in rules.values() for source in sources.split()}
    assert allowed <= {"'none'", "'self'", "data:", "blob:"}
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"


def test_methods_that_there_are_not(page_server: Served, paths: list[tuple[str, str]]) -> None:
    there = set(paths)
    for path in {path for _, path in paths}:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECTX"):
            if (method, path) not in there:
                status, _, _ = ask(page_server, method, path, b"{}")
                assert status in (400, 404, 405), (method, path)
    for path in STATIC[:2]:
        for method in ("POST", "PUT", "DELETE"):
            assert ask(page_server, method, path, b"{}")[0] == 405


STEPS = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "....//", "%252e%252e%252f", "/")


@pytest.mark.parametrize("step", STEPS)
def test_no_path_leads_out(page_server: Served, work: str, step: str) -> None:
    """Neither out of the files of the page nor out of a work; what lies beside them is there to be found."""
    (secret,) = page_server.folder.rglob("server.json")
    up = step * 12
    targets = [f"/{up}etc/passwd", f"/js/{up}etc/passwd", f"/{step * 3}{secret}", f"/{step}server.json"]
    targets += [f"/{step}security.py", f"/{step}{step}web/security.py"]
    targets += [f"/api/works/{up}etc/passwd", f"/api/works/{step}server.json", f"/api/works/{step}{work}/x"]
    targets += [f"/api/works/{work}/files/{up}etc/passwd", f"/api/works/{work}/files/{step}{step}server.json"]
    targets += [f"/api/works/{work}/files/{secret}", f"/api/works/{work}/files/work.json%00.csv"]
    for target in targets:
        status, _, content = ask(page_server, "GET", target)
        assert status in (400, 404, 405, 422), target
        assert b"root:" not in content
        assert page_server.token.encode() not in content
        assert b"MutableHeaders" not in content


def test_a_work_named_like_a_path_is_none(page_server: Served) -> None:
    for name in ("..", ".", "%2e", "A" * 12, "0" * 11, "0" * 13, "0" * 100_00, "%00" * 12, "con", "0" * 12):
        status, _, content = ask(page_server, "GET", f"/api/works/{name}")
        assert status in (404, 405), name
        assert b"Traceback" not in content


@pytest.mark.parametrize(
    ("path", "length", "expected"),
    [
        ("/api/works", SHORT + 1, b"413"),
        ("/api/works/WORK/files", SHORT + 1, b"422"),  # a form without a boundary, but not too large
        ("/api/works/WORK/files", MOST_BYTES + 1, b"413"),
        ("/api/works/WORK/files", 10**30, b"400"),
    ],
)
def test_a_body_that_says_it_is_too_large(
    page_server: Served, work: str, path: str, length: int, expected: bytes
) -> None:
    """It is refused before it is sent."""
    with socket.create_connection(("127.0.0.1", page_server.port), timeout=30) as line:
        head = [
            f"POST {path.replace('WORK', work)} HTTP/1.1", f"Host: 127.0.0.1:{page_server.port}",
            f"Authorization: Bearer {page_server.token}", f"Content-Length: {length}", "", "",
        ]  # fmt: skip
        line.sendall("\r\n".join(head).encode())
        assert line.recv(4096).split()[1] == expected


def test_a_body_that_does_not_say_its_length(page_server: Served) -> None:
    piece = b" " * 2**16
    before = page_server.client().get("/api/works").json()
    for count, expected in ((4, 422), (SHORT // len(piece) + 1, 413)):
        status, _, content = ask(page_server, "POST", "/api/works", iter([piece] * count))
        assert (status, refusal(content)["kind"]) == (expected, {422: "input", 413: "large"}[expected])
    assert page_server.client().get("/api/works").json() == before


def test_a_text_that_is_too_long_is_refused(page_server: Served, work: str) -> None:
    client = page_server.client()
    for body in ({"title": "x" * 10_000}, {"scenario": "x" * 10_000}, {"copy_of": "../" * 1000}):
        answer = client.post("/api/works", json=body)
        assert answer.status_code in (404, 422), body
        assert len(answer.content) < 5_000
    deep = "[" * 50_000 + "]" * 50_000
    assert client.post("/api/works", content=deep).status_code == 422
    assert (
        client.post(f"/api/works/{work}/actions", content=f'{{"base":0,"action":{deep}}}').status_code == 422
    )


def test_a_name_with_markup_stays_a_name(page_server: Served, work: str) -> None:
    answer = page_server.client().get(f"/api/works/{work}")
    assert answer.json()["title"] == MARKUP
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_token_is_told_to_nobody(page_server: Served, paths: list[tuple[str, str]]) -> None:
    for method, path in [*paths, ("GET", "/"), ("GET", "/api/openapi.json")]:
        _, told, content = ask(page_server, method, path, b"{}")
        assert page_server.token not in f"{told}{content.decode('utf-8', 'replace')}", (method, path)
    assert page_server.said.count(page_server.token) == 1  # on the line for the person at the terminal
